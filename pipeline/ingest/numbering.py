"""The numbers that Word counts itself: they stand in no paragraph, but 第三条 and （二） are part of what a reader sees."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FIGURES = "零一二三四五六七八九"
_CHINESE = frozenset(
    {
        "chineseCounting", "chineseCountingThousand", "ideographTraditional", "japaneseCounting", "taiwaneseCounting",
        "taiwaneseCountingThousand", "ideographDigital", "chineseLegalSimplified",
    }
)  # fmt: skip
_ENCLOSED = frozenset({"decimalEnclosedCircle", "decimalEnclosedCircleChinese"})
_UNNUMBERED = frozenset({"bullet", "none"})
_LEVELS = 9


class Numbering:
    """Counts the numbered paragraphs of a document as Word does, in the order they are asked for."""

    def __init__(self, document: Any) -> None:
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._of_style: dict[str, tuple[str, int]] = {}
        self._counters: dict[str, list[int]] = defaultdict(lambda: [0] * _LEVELS)
        root = _part(document)
        abstract: dict[str, dict[int, tuple[str, str, int]]] = {}
        owner: dict[str, str] = {}
        if root is not None:
            for element in root.iter(_W + "abstractNum"):
                abstract[element.get(_W + "abstractNumId") or ""] = _levels(element)
            for element in root.iter(_W + "num"):
                number = element.get(_W + "numId") or ""
                reference = _val(element.find(_W + "abstractNumId"))
                self._levels[number] = abstract.get(reference, {}) | _levels(element)
                owner[number] = reference
        self._owner = owner
        for style in document.styles.element.iter(_W + "style"):
            found = style.find(f"{_W}pPr/{_W}numPr")
            if found is not None:
                number = _val(found.find(_W + "numId"))
                self._of_style[style.get(_W + "styleId") or ""] = (number, _whole(_val(found.find(_W + "ilvl"))))

    def label(self, paragraph: Any) -> str:
        """The number of a paragraph as Word shows it; empty where it has none, or only a bullet."""
        number, level = self._place(paragraph)
        levels = self._levels.get(number, {})
        if level not in levels or levels[level][0] in _UNNUMBERED:
            return ""
        counters = self._counters[self._owner.get(number, number)]
        counters[level] = counters[level] + 1 if counters[level] else levels[level][2]
        counters[level + 1 :] = [0] * (_LEVELS - level - 1)

        def figure(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            form, _, start = levels.get(at, ("decimal", "", 1))
            return written(counters[at] or start, form)

        return re.sub(r"%([1-9])", figure, levels[level][1])

    def _place(self, paragraph: Any) -> tuple[str, int]:
        """Which list a paragraph is of, and how deep in it."""
        properties = paragraph.find(_W + "pPr")
        if properties is None:
            return "", 0
        own = properties.find(_W + "numPr")
        style = _val(properties.find(_W + "pStyle"))
        number, level = self._of_style.get(style, ("", 0))
        if own is not None:
            number = _val(own.find(_W + "numId")) or number
            level = _whole(_val(own.find(_W + "ilvl"))) if own.find(_W + "ilvl") is not None else level
        return number, min(level, _LEVELS - 1)


def _part(document: Any) -> Any:
    """The part of a document that defines its lists; ``None`` where it has none."""
    try:
        return document.part.numbering_part.element
    except (KeyError, NotImplementedError, AttributeError):
        return None


def _levels(element: Any) -> dict[int, tuple[str, str, int]]:
    """By level: the form of its numbers, the text around them, and the first one."""
    found = {}
    for level in element.iter(_W + "lvl"):
        form = _val(level.find(_W + "numFmt")) or "decimal"
        text = _val(level.find(_W + "lvlText"))
        found[_whole(level.get(_W + "ilvl"))] = (form, text, _whole(_val(level.find(_W + "start")), 1))
    return found


def _val(element: Any) -> str:
    return (element.get(_W + "val") or "") if element is not None else ""


def _whole(text: str | None, default: int = 0) -> int:
    return min(int(text), 10_000) if text and text.isdecimal() else default


def written(number: int, form: str) -> str:
    """A number in one of Word's forms.

    >>> written(12, "chineseCountingThousand"), written(3, "decimal"), written(2, "decimalEnclosedCircleChinese")
    ('十二', '3', '②')
    """
    if form in _CHINESE:
        return _chinese(number)
    if form in _ENCLOSED and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    if form in ("lowerLetter", "upperLetter") and 1 <= number <= 26:
        return chr((97 if form == "lowerLetter" else 65) + number - 1)
    if form in ("lowerRoman", "upperRoman") and 1 <= number <= 12:
        roman = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")[number - 1]
        return roman if form == "lowerRoman" else roman.upper()
    return str(number)


def _chinese(number: int) -> str:
    if number < 10:
        return _FIGURES[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return (_FIGURES[tens] if tens > 1 else "") + "十" + (_FIGURES[ones] if ones else "")
    if number < 1000:
        hundreds, rest = divmod(number, 100)
        if not rest:
            return _FIGURES[hundreds] + "百"
        return (
            _FIGURES[hundreds]
            + "百"
            + (
                "零" + _FIGURES[rest]
                if rest < 10
                else _FIGURES[rest // 10] + "十" + (_FIGURES[rest % 10] if rest % 10 else "")
            )
        )
    return str(number)
