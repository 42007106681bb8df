"""Times: which years a stretch of text speaks of, seen from the document's date."""

from __future__ import annotations

from datetime import date

from pipeline import regex
from pipeline.recognise.numerals import parse
from pipeline.rules import Rules, TimeRule
from pipeline.values import Mention

_MOST_DIGITS = 4
_SIGNED_TERM = regex.compile(r"([+-]?)([a-z]\w*|\d+)")
_MONTH_AND_DAY = regex.compile(r"(\d{1,2})月(?:(\d{1,2})日)?")
_FIRST_MONTHS, _YEAR_ALL_BUT_OVER = 5, 10
"""Until when 五年来 ends with the year before, for which alone there are figures; from when on 全年 is the year itself."""
_DEADLINE = ("前", "之前", "以前", "起")
_AHEAD = ("将于", "将在", "定于", "拟于", "将从", "计划于", "计划在", "预计")
"""What makes a month one to come: early in the year 6月底 is last year's, 6月底前 and 将于6月 are not."""
_PLANS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}


def find_times(text: str, start: int, end: int, rules: Rules, anchor: date | None) -> list[Mention]:
    """Every match of every time rule in ``text[start:end]``, overlaps included.

    Args:
        anchor: the document's date; without it a time that is relative to it has no years.
    """
    return [as_time(rule, match, anchor) for rule, match in rules.matches(("times",), text, start, end)]


def as_time(rule: TimeRule, match: regex.Match[str], anchor: date | None) -> Mention:
    """What a match of a time rule says, seen from the document's date."""
    return Mention(match.start(), match.end(), "time", match[0], rule.id, _years(rule, match, anchor))


def _years(rule: TimeRule, match: regex.Match[str], anchor: date | None) -> dict[str, object]:
    groups = {name: value for name, value in match.groupdict().items() if value}
    names: dict[str, int | None] = {"doc": None, "past": None, "complete": None}
    if anchor:
        doc = anchor.year
        early = anchor.month <= 3
        deadline = match.string.startswith(_DEADLINE, match.end()) or match.string.endswith(_AHEAD, 0, match.start())
        if rule.role == "part" and early and int(groups.get("m2", "1")) > anchor.month and not deadline:
            doc -= 1
        complete = doc - 1 if anchor.month < _YEAR_ALL_BUT_OVER else doc
        past = doc - 1 if anchor.month <= _FIRST_MONTHS else doc
        names |= {"doc": doc, "past": past, "complete": complete}
    for name in ("y", "y2"):
        if name in groups:
            names[name] = _year(groups[name])
    if "n" in groups and len(groups["n"]) <= _MOST_DIGITS:
        names["n"] = int(parse(groups["n"]))
    if "plan" in groups:
        names["plan"] = first_year_of_plan(groups["plan"])
    if "era" in groups:
        names["era"] = rule.values[groups["era"]]
    to = _evaluate(rule.to, names)
    return {
        "role": rule.role,
        "year_from": _evaluate(rule.from_, names),
        "year_to": to,
        "to_come": rule.role in ("point", "part") and _is_to_come(match[0], to, anchor),
        "years": names.get("n"),
        "bare": groups.keys() <= {"m", "m2"} and rule.role == "part",
    }


def _is_to_come(text: str, year: int | None, anchor: date | None) -> bool:
    """Whether a time of the document's own year is after its date, by the first month or day of its ``text``."""
    said = _MONTH_AND_DAY.search(text)
    if said is None or anchor is None or year != anchor.year:
        return False
    return (int(said[1]), int(said[2] or 0)) > (anchor.month, anchor.day if said[2] else 0)


def _year(text: str) -> int:
    if len(text) == 2 and text.isdigit():
        return 1900 + int(text)
    return int(parse(text.replace("○", "〇").replace("零", "〇")))


def first_year_of_plan(name: str) -> int:
    """The first year of a five-year plan: 一五 1953, 二五 1958, then from 三五 (1966) on every five years.

    >>> first_year_of_plan("十四五"), first_year_of_plan("八五")
    (2021, 1991)
    """
    ordinal = int(parse(name[:-1])) if len(name) > 2 else _PLANS[name[0]]
    return {1: 1953, 2: 1958}.get(ordinal, 1966 + 5 * (ordinal - 3))


def _evaluate(expression: str | int | None, names: dict[str, int | None]) -> int | None:
    """The value of a sum such as ``doc-n+1``; ``None`` where a name in it is unknown."""
    if expression is None:
        return None
    total = 0
    for sign, term in _SIGNED_TERM.findall(str(expression)):
        value = int(term) if term.isdigit() else names.get(term)
        if value is None:
            return None
        total += -value if sign == "-" else value
    return total
