"""Stage 4: mentions. Every numeral of a sentence becomes part of a quantity, a time or a name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from pipeline import regex
from pipeline.recognise.numerals import NUMERAL
from pipeline.recognise.quantities import QuantityGrammar
from pipeline.recognise.times import as_time
from pipeline.rules import NameRule, Rules, TimeRule, alternation
from pipeline.values import Mention, Metadata, Recognised, Segmented, Sentence

_RUN = regex.compile(r"(?:\d++[.,])*(?:\d|[零〇一二两三四五六七八九十百千万亿]){25,}(?:[.,]\d+)*")
"""Too long to be a number; patterns that repeat digits would try every way to divide it."""


def recognise(segmented: Segmented, rules: Rules, grammar: QuantityGrammar, metadata: Metadata) -> Recognised:
    """Finds quantities, times and the other uses of numerals in every sentence that holds one, and times in one that
    speaks of a year by a word.

    Where two overlap, the one that starts first wins, then the longer one, then times before names; quantities are
    sought in what is left.
    """
    quantities: list[Mention] = []
    times: list[Mention] = []
    others: list[Mention] = []
    anchor = viewpoint(metadata, rules.words("kinds", "review"))
    stage = regex.compile(alternation(rules.words("grammar", "stage")))
    for sentence in segmented.sentences:
        if not sentence.clauses:
            if stage.search(segmented.text, sentence.start, sentence.end):
                said = rules.matches(("times",), segmented.text, sentence.start, sentence.end)
                times += (as_time(rule, match, anchor) for rule, match in _leftmost_longest(said))
            continue
        for mention in _sentence(segmented, sentence, rules, grammar, anchor):
            if mention.type == "quantity":
                quantities.append(mention)
            elif mention.type == "time":
                times.append(mention)
            else:
                others.append(mention)
    return Recognised(segmented, tuple(_share_units(segmented.text, quantities, grammar)), tuple(times), tuple(others))


_REPORT = regex.compile("工作报告(?!》.)")
"""《政府工作报告》重点任务分工方案 is no report."""


def is_report(metadata: Metadata) -> bool:
    """Whether a document is a government's work report."""
    return bool(_REPORT.search(metadata.title)) or metadata.kind == "work-report"


_REVIEWED = regex.compile(r"(?:19|20)\d{2}(?=年度?\D)")
_NAMED_YEAR = regex.compile(r"(?<!到|至)(?P<y>(?:19|20)\d{2})(?:年(?!版)(?P<past>(?:工作)?回顾)?|(?P<span>[—–\-－~～至]+))")
"""A year in a title; one with 到 is that of a goal, and tells nothing of the title's own day."""


def viewpoint(metadata: Metadata, review: Iterable[str]) -> date | None:
    """The day that a document speaks from: its date, or the last day of the year that its title says it reports on.

    Where the date is not known, the title may name the year.

    Args:
        review: the words of a title that name a review of a year, ``公报``.

    >>> str(viewpoint(Metadata("江州市2022年统计公报", date=date(2023, 4, 7)), ["公报"]))
    '2022-12-31'
    """
    year = _REVIEWED.search(metadata.title)
    if metadata.date and year and int(year[0]) < metadata.date.year and any(word in metadata.title for word in review):
        return date(int(year[0]), 12, 31)
    return metadata.date or _named_day(metadata)


def _named_day(metadata: Metadata) -> date | None:
    """The day that a title without a date tells: plans and work reports open the year that they name, all else ends it.

    What a report looks back on (2024年工作回顾) is the year before its own.

    >>> str(_named_day(Metadata("江州市2025年政府工作报告")))
    '2025-01-01'
    >>> str(_named_day(Metadata("江州市政府工作报告（2024年工作回顾）")))
    '2025-01-01'
    >>> _named_day(Metadata("江州市到2027年建成50个产业集群"))
    """
    named = list(_NAMED_YEAR.finditer(metadata.title))
    if not named:
        return None
    span = next((match for match in named if match["span"]), None)
    year = int(span["y"]) if span else max(int(match["y"]) + bool(match["past"]) for match in named)
    opens = span or any(match["past"] for match in named) or is_report(metadata) or metadata.kind == "plan"
    return date(year, 1, 1) if opens else date(year, 12, 31)


def _sentence(
    segmented: Segmented, sentence: Sentence, rules: Rules, grammar: QuantityGrammar, anchor: date | None
) -> list[Mention]:
    text, start, end = segmented.text, sentence.start, sentence.end
    if run := _RUN.search(text, start, end):
        around = (replace(sentence, end=run.start()), replace(sentence, start=run.end()))
        mentions = [m for part in around for m in _sentence(segmented, part, rules, grammar, anchor)]
        return [*mentions, Mention(run.start(), run.end(), "编号", run[0], "quantity.run")]
    found = (
        (rule, match)
        for rule, match in rules.matches(("times", "names"), text, start, end)
        if not (grammar.is_length(match) if isinstance(rule, TimeRule) else match.start() == match.end())
    )
    taken = [_mention(rule, match, anchor) for rule, match in _leftmost_longest(found)]
    mentions = list(taken)
    at = start
    for block in [*taken, None]:
        stop = block.start if block else end
        if stop > at:
            mentions += grammar.find(text, at, stop)
        at = max(at, block.end) if block else at
    mentions.sort(key=lambda m: m.start)
    covered = [m for m in mentions if NUMERAL.search(m.text) or m.type in ("time", "quantity")]
    return covered + _words(text, start, end, mentions)


def _mention(rule: TimeRule | NameRule, match: regex.Match[str], anchor: date | None) -> Mention:
    if isinstance(rule, TimeRule):
        return as_time(rule, match, anchor)
    return Mention(match.start(), match.end(), rule.reason, match[0], rule.id)


_Found = tuple[Any, regex.Match[str]]


def _leftmost_longest(found: Iterable[_Found]) -> Iterator[_Found]:
    """Those that no other one overlaps which begins before, or there and ends later; of two alike the first."""
    at = 0
    for rule, match in sorted(found, key=_place):
        if match.start() >= at:
            yield rule, match
            at = match.end()


def _place(found: _Found) -> tuple[int, int]:
    start, end = found[1].span()
    return start, -end


def _words(text: str, start: int, end: int, mentions: list[Mention]) -> list[Mention]:
    """Numeral characters that no mention covers: parts of words such as 统一 or 千方百计."""
    spans = iter([*mentions])
    current = next(spans, None)
    left = []
    for match in NUMERAL.finditer(text, start, end):
        at = match.start()
        while at < match.end():
            while current and current.end <= at:
                current = next(spans, None)
            if current and current.start <= at:
                at = current.end
                continue
            stop = min(match.end(), current.start) if current else match.end()
            reason = "unexplained" if text[at].isdigit() else "词语"
            left.append(Mention(at, stop, reason, text[at:stop], "quantity.word"))
            at = stop
    return left


def _share_units(text: str, quantities: list[Mention], grammar: QuantityGrammar) -> list[Mention]:
    """``33、8、4家``: a bare number takes the unit of the one it is coordinated with."""
    shared = list(quantities)
    for i in range(len(shared) - 2, -1, -1):
        here, after = shared[i], shared[i + 1]
        unit, other = here.data["unit"], after.data["unit"]
        joined = grammar.join.fullmatch(text, here.end, after.start)
        if (
            joined
            and other
            and (not unit or (unit == "个" and other != "个" and other.startswith("个")))
            and not here.rule.startswith("quantity.f")
        ):
            shared[i] = replace(here, rule="quantity.shared-unit", data={**here.data, "unit": other})
    return shared
