"""When two rows say the same: the rules by which a row of a table is held against one of gold.

They are those of the labelling guide: values agree across magnitudes (3 万家 is 30000 家), indicators when they share two
thirds of their pairs of neighbouring characters, and rows on which careful readers differ count neither way.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from pipeline.check.rows import Row, Span, overlap, shared, span

_MAGNITUDES = {
    "十亿": 1e9, "百亿": 1e10, "千亿": 1e11, "万亿": 1e12, "十万": 1e5, "百万": 1e6, "千万": 1e7,
    "十": 10, "百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8,
}  # fmt: skip
_WHOLE_UNITS = re.compile(r"千[瓦克米伏卡焦帕兆]|百分点|百帕|十字")
_SAME_UNITS = {
    "％": "%", "百分点": "个百分点", "人民币元": "元", "元人民币": "元", "公斤": "千克", "公里": "千米", "km": "千米",
    "日": "天", "种": "个", "项": "个", "件": "件",
}  # fmt: skip
_PRECISION = 1e-6

_DROPPED = re.compile('[\\s“”"‘’《》()、,·的]')
_PLACE = re.compile(r"^(?:全国|全省|全市|全县|全区|我国|我省|我市|中国|全球)")
SIMILAR = 0.66
"""How much of their pairs of characters two indicators share when they are the same."""

_SPAN_OF_TIME = re.compile(r"个?(?:年|周年|个月|月|天|日|周|小时|分钟|分|秒|集|节)")
_SUM_OF_LIST = re.compile(r"(?:部门|部委|方面|大?类|领域|省|市|省市|地|制度|政策|板块|届|批|次|轮|步|连冠|部|条|层|级)?")
_FEW = 20

_SAME_TASK = 0.8
_SAME_BODY = 0.6


@dataclass(frozen=True)
class Field:
    """One thing that a row says, and when two rows say the same of it."""

    name: str
    same: Callable[[Row, Row], bool]


@dataclass(frozen=True)
class Measure:
    """A figure: the pairs whose ``fields`` are all right, among the rows that ``counts`` takes on either side."""

    name: str
    fields: tuple[str, ...] = ()
    counts: Callable[[Row], bool] = lambda row: True


@dataclass(frozen=True)
class View:
    """A part of a table that is paired on its own, and what is measured in it."""

    measures: tuple[Measure, ...]
    holds: Callable[[Row], bool] = lambda row: True


@dataclass(frozen=True)
class Comparison:
    """How one table is held against gold."""

    table: str
    fields: tuple[Field, ...]
    views: tuple[View, ...]
    """The first one is that of the whole table."""
    closeness: Callable[[Span, Span], float]
    """How well two spans fit; rows pair where it is above nothing, those that fit best."""
    optional: Callable[[Row], bool] = lambda row: False
    confusable: tuple[str, ...] = ()
    """The columns whose words are counted against each other."""


# What is the same


def _amount(value: object, unit: object) -> tuple[float, str]:
    """Value and unit without the magnitude that is written into the unit.

    >>> _amount("3", "万家"), _amount("5", "千瓦")
    ((30000.0, '家'), (5.0, '千瓦'))
    """
    text, scale = str(unit or "").strip().replace("％", "%"), 1.0
    if not _WHOLE_UNITS.match(text):
        for word, size in _MAGNITUDES.items():
            if text.startswith(word):
                text, scale = text[len(word) :], size
                break
    return float(str(value)) * scale, _SAME_UNITS.get(text, text)


def same_value(gold: Row, found: Row) -> bool:
    """Whether value, upper end and unit of two statements are the same amount."""
    try:
        (wanted, unit), (got, other) = (_amount(row["value"], row["unit"]) for row in (gold, found))
        if not _equal(wanted, got) or (unit != other and not {unit, other} <= {"个", ""}):
            return False
        if not gold.get("value_high") or not found.get("value_high"):
            return not gold.get("value_high") and not found.get("value_high")
        (wanted, _), (got, _) = (_amount(row["value_high"], row["unit"]) for row in (gold, found))
        return _equal(wanted, got)
    except ValueError:
        return False


def _equal(wanted: float, got: float) -> bool:
    return abs(wanted - got) <= _PRECISION * max(1, abs(wanted))


def similarity(one: str, other: str) -> float:
    """How many pairs of neighbouring characters two indicators share, from 0 to 1.

    >>> similarity("全市高新技术企业", "高新技术的企业"), round(similarity("企业", "高新技术企业"), 2)
    (1.0, 0.33)
    """
    a, b = (_PLACE.sub("", _DROPPED.sub("", text)) for text in (one, other))
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    pairs, others = _pairs(a), _pairs(b)
    return 2 * (pairs & others).total() / (pairs.total() + others.total())


def _pairs(text: str) -> Counter[str]:
    return Counter(text[i : i + 2] for i in range(max(1, len(text) - 1)))


_YEAR = re.compile(r"(?:19|20)\d\d")


def _year(row: Row, column: str) -> str:
    found = _YEAR.search(str(row.get(column) or ""))
    return found.group() if found else ""


def _same_year(column: str) -> Field:
    """The same year, or gold that does not speak of it."""
    return Field(column, lambda gold, found: column not in gold or _year(gold, column) == _year(found, column))


def _same_cell(column: str) -> Field:
    """The same word, or gold that does not speak of it."""
    return Field(column, lambda gold, found: column not in gold or gold[column] == found.get(column, ""))


def bodies(cell: str) -> frozenset[str]:
    """The bodies that a cell of ``owner`` names."""
    return frozenset(part for part in (part.strip() for part in re.split(r"[;；、,]", cell or "")) if part)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def optional_statement(row: Row) -> bool:
    """Whether careful readers differ on there being a row: how long something has lasted, sums of a list, 数百."""
    quote, unit = row["quote"], row.get("unit", "")
    if quote.startswith(("数", "几")) or "分之" in quote or quote in ("零", "一"):
        return True
    if row.get("kind") != "actual":
        return False
    value = _number(row.get("value", ""))
    few = value is not None and value <= _FEW
    return bool(_SPAN_OF_TIME.fullmatch(unit)) or (few and bool(_SUM_OF_LIST.fullmatch(unit)))


def _touching(gold: Span, found: Span) -> float:
    """More for more shared characters, then for a nearer start; nothing where the spans lie apart."""
    common = overlap(gold, found)
    return common + 1 / (2 + abs(gold[0] - found[0])) if common > 0 else 0.0


def _mostly(gold: Span, found: Span) -> float:
    """The same for all spans that share enough, so that rows pair in the order of the tables."""
    return 1.0 if shared(gold, found) >= _SAME_BODY else 0.0


def _task(row: Row) -> Span:
    return row.get("task_start", -1), row.get("task_end", -1)


# The tables

_ROW = ("value", "kind", "comparator", "measure", "year_to", "indicator")

COMPARISONS: dict[str, Comparison] = {
    comparison.table: comparison
    for comparison in (
        Comparison(
            "targets",
            (
                Field("value", same_value),
                _same_cell("kind"),
                _same_cell("comparator"),
                _same_cell("measure"),
                _same_year("year_to"),
                _same_year("year_from"),
                Field("indicator", lambda g, f: similarity(g.get("indicator", ""), f.get("indicator", "")) >= SIMILAR),
                Field("owner", lambda g, f: bodies(g.get("owner", "")) == bodies(f.get("owner", ""))),
            ),
            (
                View(
                    (
                        Measure("span"),
                        Measure("row", _ROW),
                        Measure("target_row", _ROW, lambda row: row.get("kind") == "target"),
                    )
                ),
            ),
            _touching,
            optional_statement,
            ("kind", "comparator", "measure"),
        ),
        Comparison(
            "owners",
            (
                _same_cell("role"),
                Field("task", lambda g, f: shared(_task(g), _task(f)) >= _SAME_TASK),
                _same_cell("body"),
            ),
            (
                View(
                    (Measure("span"), Measure("role", ("role",)), Measure("row", ("role", "task"))),
                    lambda row: row.get("basis") != "issuer",
                ),
                View(
                    (Measure("note.span"), Measure("note.role", ("role",)), Measure("note.row", ("role", "task"))),
                    lambda row: row.get("basis") in ("inline", "section"),
                ),
            ),
            _mostly,
            confusable=("role",),
        ),
        Comparison(
            "tasks",
            (
                Field("extent", lambda g, f: shared(span(g), span(f)) >= _SAME_TASK),
                _same_year("deadline_year"),
            ),
            (View((Measure("span"), Measure("row", ("extent", "deadline_year")))),),
            _touching,
        ),
        Comparison(
            "citations",
            (_same_cell("number"), _same_cell("title")),
            (View((Measure("span"), Measure("row", ("number",)))),),
            _touching,
        ),
    )
}
