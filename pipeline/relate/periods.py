"""Periods: the years that a document as a whole is for, by its title."""

from __future__ import annotations

from pipeline import regex
from pipeline.recognise.times import first_year_of_plan
from pipeline.relate.timescope import NOTHING, Scope

_SPAN = regex.compile(r"(?P<y>20\d{2})(?:年)?[—–\-－~～至]+(?P<y2>20\d{2})")
_PLAN = regex.compile(r"[“\"](?P<plan>十[一二三四五六七八]?五)[”\"]")
_YEARLY = regex.compile(r"(?P<y>20\d{2})年(?:度)?(?![—–\-－~～至]).*(?:计划|要点|安排|任务|实事|方案)")


def period_of(title: str) -> Scope:
    """The years that a plan is for, by its title: “十四五”规划, 行动方案（2024—2026年）, 2025年工作要点."""
    if match := _SPAN.search(title):
        return Scope(int(match["y"]), int(match["y2"]), "time.title-period", "span")
    if match := _PLAN.search(title):
        first = first_year_of_plan(match["plan"])
        return Scope(first, first + 4, "time.title-period", "span")
    if match := _YEARLY.search(title):
        return Scope(None, int(match["y"]), "time.title-period", "point")
    return NOTHING
