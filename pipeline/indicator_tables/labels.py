"""The label of a row: 3.单位地区生产总值能耗降低（累计，%）★ names an indicator, a unit, and how it is measured."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline import regex
from pipeline.relate.lexicon import Lexicon
from pipeline.units import UnitTable

_NUMBER = regex.compile(r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）.．、]|[①-⑳⑴-⒇]|第[一二三四五六七八九十]+[、：])(?!\d)")
_LEAD = regex.compile(r"^(?:[★☆▲△●○◆◇■□*＊#—\-–·•]+|其中[：:，,]?|#)")
_MARK = regex.compile(r"(?:[①-⑳★☆▲△*＊#]|[\[〔(（]?注?\d?[\])〕）]|\[\d+\])$")
_BRACKET = regex.compile(r"[（(\[〔]([^（）()\[\]〔〕]*)[）)\]〕]$")
_COMMA_UNIT = regex.compile(r"[，,]([^，,]{1,8})$")
_CUMULATIVE, _YEARLY = regex.compile(r"累计"), regex.compile(r"年均|每年")
_AVERAGE_END = regex.compile(r"(?:(?:五年)?累计|年均|年平均|平均每年|总)$")
_KEPT_RATES = regex.compile(r"自然增长率?$")
"""A rate of its own that only ends like a change: 人口自然增长率."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a row measures."""

    indicator: str
    unit: str
    measure: str
    rule: str
    cumulative: bool
    yearly: bool


def read_label(text: str, lexicon: Lexicon, units: UnitTable) -> Label:
    """Reads a label without blanks.

    Args:
        text: the label.
        lexicon: the nouns that name a rate, and the verbs of change.
        units: tells a unit in brackets from words of the name.
    """
    text = _stripped(text)
    unit, said = "", ""
    while match := _BRACKET.search(text):
        pieces = regex.split(r"[，、,;；:：]|(?<=累计|年均)", match[1])
        named = [piece for piece in pieces if is_unit(piece, units)]
        plain = all(
            is_unit(p, units) or _CUMULATIVE.search(p) or _YEARLY.search(p) or lexicon.modality.search(p) or not p
            for p in pieces
        )
        if not plain:
            break
        unit = unit or (named[0] if named else "")
        said += match[1]
        text = _stripped(text[: match.start()])
    if not unit and (match := _COMMA_UNIT.search(text)) and is_unit(match[1], units):
        unit, text = match[1], text[: match.start()]
    measure, rule, stem = "level", "", text
    words = {**lexicon.change, **lexicon.rates}
    if not _KEPT_RATES.search(text):
        for word in sorted(words, key=len, reverse=True):
            if len(word) > 1 and text.endswith(word) and len(text) > len(word) + 1:
                (measure, rule), stem = words[word], text[: -len(word)]
                break
    spoken = said + text
    shorter = _AVERAGE_END.sub("", stem)
    return Label(shorter or stem, unit, measure, rule, bool(_CUMULATIVE.search(spoken)), bool(_YEARLY.search(spoken)))


def is_unit(text: str, units: UnitTable) -> bool:
    """Whether a bracket holds a unit: one that the rules know, or two of them with a stroke or 每 between."""
    text = text.removeprefix("单位").strip("：:")
    if not text:
        return False
    if text in ("%", "‰", "％"):
        return True
    parts = regex.split(r"[/／]", text)
    return all(units.dimension(part) for part in parts if part) and units.split(parts[0])[1] != ""


def _stripped(text: str) -> str:
    """A label without number, mark and 其中."""
    before = None
    while text != before:
        before = text
        text = _LEAD.sub("", _NUMBER.sub("", text))
        if not _BRACKET.search(text):
            text = _MARK.sub("", text)
    return text
