"""Precision, recall and F1 of tables against gold, by table, field, genre and document, with their uncertainty."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from pipeline.check.compare import Comparison, View, bodies
from pipeline.check.rows import Row, span

SAMPLES = 1000
"""How often the documents are drawn again for a confidence interval."""

_SEED = 20240630
_CONFIDENCE = (2.5, 97.5)


class Judged(NamedTuple):
    """A row of gold with the row of the table that stands in its place, or one of the two alone."""

    doc_id: str
    gold: Row | None
    found: Row | None
    wrong: tuple[str, ...] = ()
    """The fields in which the two differ."""
    optional: bool = False
    """Whether the row counts neither when it is found nor when it is missed."""


class Counts(NamedTuple):
    """Rows that are right, rows of the table, rows of gold."""

    right: int
    found: int
    gold: int

    @property
    def precision(self) -> float:
        """The share of the table's rows that is right."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """The share of gold's rows that is found."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        return 2 * self.right / (self.found + self.gold) if self.right else 0.0

    def __add__(self, other: object) -> Counts:
        assert isinstance(other, Counts)
        return Counts(self.right + other.right, self.found + other.found, self.gold + other.gold)


class Interval(NamedTuple):
    """Where the figure lies with 95 % confidence when the documents are drawn anew."""

    low: float
    high: float


@dataclass(frozen=True)
class Score:
    """One table against its gold."""

    table: str
    judged: tuple[Judged, ...]
    measures: dict[str, Counts]
    """``span``, ``row``, …"""
    intervals: dict[str, Interval]
    """Of the F1 of each measure; none where there is only one document."""
    fields: dict[str, Counts]
    accuracy: dict[str, float]
    """The share of the pairs in which a field is right."""
    by_document: dict[str, dict[str, Counts]]
    by_group: dict[str, dict[str, dict[str, Counts]]]
    """By ``genre`` and, where documents.csv names any, ``split``: the measures of each group."""
    confusion: dict[str, Counter[tuple[str, str]]]
    """How often gold says the first word and the table the second; an empty word stands for no row."""
    owner_jaccard: float | None = None
    """Of statements whose gold names bodies in charge: how much of both sides' bodies the two share."""

    @cached_property
    def _by_document(self) -> dict[str, list[Judged]]:
        judged: dict[str, list[Judged]] = defaultdict(list)
        for one in self.judged:
            judged[one.doc_id].append(one)
        return judged

    def of(self, doc_id: str) -> list[Judged]:
        """What is judged of one document."""
        return self._by_document.get(doc_id, [])


def pair(
    comparison: Comparison, gold: Iterable[Row], found: Iterable[Row]
) -> tuple[list[tuple[Row, Row | None]], list[Row]]:
    """Each row of gold with the row that fits it best and is still free, and the rows that are left over."""
    tables: dict[str, list[Row]] = defaultdict(list)
    for row in found:
        tables[row["doc_id"]].append(row)
    free = {doc_id: _Free(rows) for doc_id, rows in tables.items()}
    pairs: list[tuple[Row, Row | None]] = []
    for row in gold:
        pairs.append((row, free[row["doc_id"]].take(comparison, row) if row["doc_id"] in free else None))
    return pairs, [row for rows in free.values() for row in rows.left()]


class _Free:
    """The rows of one document that are not paired yet. Only those that can touch a span are looked at."""

    def __init__(self, rows: list[Row]) -> None:
        self._rows = sorted(rows, key=lambda row: span(row)[0])
        self._starts = [span(row)[0] for row in self._rows]
        self._longest = max(end - start for start, end in map(span, self._rows))
        self._taken: set[int] = set()

    def take(self, comparison: Comparison, gold: Row) -> Row | None:
        """The free row that fits a row of gold best, which is free no more."""
        start, end = span(gold)
        near = range(bisect_left(self._starts, start - self._longest), bisect_left(self._starts, end))
        fits = {i: comparison.closeness((start, end), span(self._rows[i])) for i in near if i not in self._taken}
        best = max(fits, key=fits.__getitem__, default=None)
        if best is None or fits[best] <= 0:
            return None
        self._taken.add(best)
        return self._rows[best]

    def left(self) -> list[Row]:
        """The rows that are still free."""
        return [row for i, row in enumerate(self._rows) if i not in self._taken]


def judge(comparison: Comparison, gold: Iterable[Row], found: Iterable[Row], view: View | None = None) -> list[Judged]:
    """Pairs the rows of one part of a table with gold, and says what is wrong in each pair."""
    part = view or comparison.views[0]
    pairs, extra = pair(comparison, filter(part.holds, gold), filter(part.holds, found))
    judged = [Judged(g["doc_id"], g, f, _wrong(comparison, g, f) if f else (), comparison.optional(g)) for g, f in pairs]
    return judged + [Judged(row["doc_id"], None, row, (), _optional_extra(comparison, row)) for row in extra]


def _wrong(comparison: Comparison, gold: Row, found: Row) -> tuple[str, ...]:
    return tuple(field.name for field in comparison.fields if not field.same(gold, found))


def _optional_extra(comparison: Comparison, row: Row) -> bool:
    """A row that gold has not: whether it would be optional as it stands, or as a result."""
    return comparison.optional(row) or ("kind" in row and comparison.optional({**row, "kind": "actual"}))


def score(
    comparison: Comparison,
    gold: Sequence[Row],
    found: Sequence[Row],
    documents: Sequence[str],
    groups: Mapping[str, Mapping[str, str]],
) -> Score:
    """Holds a table against its gold.

    Args:
        comparison: how.
        gold: the rows of gold.
        found: the rows of the table, of the same documents.
        documents: the documents that have gold, those without a row as well.
        groups: for each way to group documents the group of each document.
    """
    whole = judge(comparison, gold, found)
    names = [measure.name for view in comparison.views for measure in view.measures]
    table = {doc_id: dict.fromkeys(names, Counts(0, 0, 0)) for doc_id in documents}
    fields: dict[str, Counts] = {}
    for view in comparison.views:
        counted = [
            one
            for one in (whole if view is comparison.views[0] else judge(comparison, gold, found, view))
            if not one.optional
        ]
        for measure in view.measures:
            for one in counted:
                is_gold = one.gold is not None and measure.counts(one.gold)
                is_found = one.found is not None and measure.counts(one.found)
                right = is_gold and one.found is not None and not set(measure.fields) & set(one.wrong)
                table[one.doc_id][measure.name] += Counts(int(right), int(is_found), int(is_gold))
    counted = [one for one in whole if not one.optional]
    pairs = [one for one in counted if one.gold and one.found]
    size = Counts(0, sum(one.found is not None for one in counted), sum(one.gold is not None for one in counted))
    accuracy = {}
    for field in comparison.fields:
        same = sum(field.name not in one.wrong for one in pairs)
        fields[field.name] = size._replace(right=same)
        accuracy[field.name] = same / len(pairs) if pairs else 0.0
    return Score(
        table=comparison.table,
        judged=tuple(whole),
        measures=_total(table.values(), names),
        intervals=intervals(list(table.values()), names),
        fields=fields,
        accuracy=accuracy,
        by_document=table,
        by_group={name: _grouped(table, group, names) for name, group in groups.items()},
        confusion={column: _confusion(counted, column) for column in comparison.confusable},
        owner_jaccard=_owner_jaccard(pairs),
    )


def _total(tables: Iterable[Mapping[str, Counts]], names: Iterable[str]) -> dict[str, Counts]:
    listed = list(tables)
    return {name: sum((table[name] for table in listed), Counts(0, 0, 0)) for name in names}


def _grouped(
    table: Mapping[str, dict[str, Counts]], group: Mapping[str, str], names: list[str]
) -> dict[str, dict[str, Counts]]:
    members: dict[str, list[dict[str, Counts]]] = defaultdict(list)
    for doc_id, counts in table.items():
        members[group.get(doc_id, "")].append(counts)
    return {name: _total(members[name], names) for name in sorted(members)}


def _confusion(judged: Iterable[Judged], column: str) -> Counter[tuple[str, str]]:
    return Counter(((one.gold or {}).get(column, ""), (one.found or {}).get(column, "")) for one in judged)


def _owner_jaccard(pairs: Iterable[Judged]) -> float | None:
    both = [
        (bodies(one.gold.get("owner", "")), bodies(one.found.get("owner", ""))) for one in pairs if one.gold and one.found
    ]
    named = [(gold, found) for gold, found in both if gold]
    return sum(len(gold & found) / len(gold | found) for gold, found in named) / len(named) if named else None


def intervals(documents: Sequence[Mapping[str, Counts]], names: Sequence[str]) -> dict[str, Interval]:
    """95 % confidence intervals of F1: whole documents are drawn again, for rows of one document err together.

    Efron & Tibshirani, An Introduction to the Bootstrap (1993), percentile intervals. The same documents give the same
    interval.
    """
    if len(documents) < 2:
        return {}
    counts = np.array([[document[name] for name in names] for document in documents], dtype=float)
    drawn = np.random.default_rng(_SEED).multinomial(len(documents), [1 / len(documents)] * len(documents), SAMPLES)
    sums = np.tensordot(drawn, counts, axes=1)
    size = sums[..., 1] + sums[..., 2]
    f1 = np.divide(2 * sums[..., 0], size, out=np.zeros_like(size), where=size > 0)
    low, high = np.percentile(f1, _CONFIDENCE, axis=0)
    return {name: Interval(float(low[i]), float(high[i])) for i, name in enumerate(names)}
