"""Two runs side by side: the rows that came, went and changed, and the rules behind each difference."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import NamedTuple

from pipeline.check.rows import Row, overlap, span, words
from pipeline.check.runs import KNOWN_TABLES, Run

ADDED, LOST, CHANGED = "added", "lost", "changed"

_PLACES = frozenset({"start", "end", "task_start", "task_end", "sentence"})
"""What changes in every row behind an edit of the document."""

_OF_THE_FILE = frozenset({"path", "sha256", "characters", "statements", "residue"})
"""What the table ``documents`` counts; the rows themselves say more."""


class Cell(NamedTuple):
    """A cell that changed."""

    column: str
    old: str
    new: str


@dataclass(frozen=True)
class Difference:
    """A row that came, went or changed."""

    table: str
    doc_id: str
    old: Row | None
    new: Row | None
    cells: tuple[Cell, ...] = ()
    """Of a row that changed: the cells that differ, without the rules."""
    elsewhere: str = ""
    """Of a statement that came or went: why the number was, or is now, no statement."""

    @property
    def what(self) -> str:
        """``added``, ``lost`` or ``changed``."""
        return CHANGED if self.old and self.new else ADDED if self.new else LOST

    @property
    def row(self) -> Row:
        """The new row, or the old one where there is no new one."""
        row = self.new if self.new is not None else self.old
        assert row is not None
        return row

    @property
    def rules_old(self) -> tuple[str, ...]:
        """The rules that made the old row and not the new one."""
        return tuple(rule for rule in _rules(self.old) if rule not in _rules(self.new))

    @property
    def rules_new(self) -> tuple[str, ...]:
        """The rules that made the new row and not the old one."""
        return tuple(rule for rule in _rules(self.new) if rule not in _rules(self.old))

    @property
    def rules_both(self) -> tuple[str, ...]:
        """The rules that made both."""
        return tuple(rule for rule in _rules(self.new) if rule in _rules(self.old))


@dataclass(frozen=True)
class RunDiff:
    """All that is different between two runs."""

    old: Run
    new: Run
    differences: tuple[Difference, ...]
    rules_edited: tuple[str, ...] = field(default=())
    """The rules whose text is another one, where both sides' rules are known."""

    def count(self, table: str, what: str) -> int:
        """How many rows of a table came, went or changed."""
        return sum(one.table == table and one.what == what for one in self.differences)

    @property
    def tables(self) -> list[str]:
        """The tables that either run has."""
        return [table for table in KNOWN_TABLES if table in self.old.tables or table in self.new.tables]

    def by_rule(self) -> list[tuple[str, Counter[str]]]:
        """Each rule that made a row on one side only, with how many rows came, went or changed with it."""
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for one in self.differences:
            for rule in (*one.rules_old, *one.rules_new):
                counts[rule][one.what] += 1
        return sorted(counts.items(), key=lambda item: (-item[1].total(), item[0]))


def compare_runs(old: Run, new: Run, rules_edited: Iterable[str] = ()) -> RunDiff:
    """Lays two runs side by side.

    Rows pair by their place in the text; where the document itself was edited, by the order of their quotes.
    """
    differences = list(_documents(old, new))
    for table in KNOWN_TABLES:
        if table != "documents":
            for doc_id in dict.fromkeys((*old.documents, *new.documents)):
                differences += _rows(table, doc_id, old, new)
    return RunDiff(old, new, tuple(_without_moves(differences)), tuple(sorted(rules_edited)))


def _documents(old: Run, new: Run) -> Iterator[Difference]:
    for doc_id in dict.fromkeys((*old.documents, *new.documents)):
        before, after = old.documents.get(doc_id), new.documents.get(doc_id)
        cells = tuple(_cells(before, after, _OF_THE_FILE)) if before and after else ()
        if before is None or after is None or cells:
            yield Difference("documents", doc_id, before, after, cells)


def _rows(table: str, doc_id: str, old: Run, new: Run) -> Iterator[Difference]:
    before, after = old.rows(table, doc_id), new.rows(table, doc_id)
    edited = _edited(doc_id, old, new)
    for one, other in _by_order(before, after) if edited else _by_place(before, after):
        cells = tuple(_cells(one, other, _PLACES if edited else frozenset())) if one and other else ()
        difference = Difference(table, doc_id, one, other, cells)
        if not (one and other) or cells or difference.rules_old or difference.rules_new:
            yield difference


def _edited(doc_id: str, old: Run, new: Run) -> bool:
    before, after = old.documents.get(doc_id), new.documents.get(doc_id)
    return bool(before and after and before["sha256"] != after["sha256"])


Pairs = Iterator[tuple[Row | None, Row | None]]


def _by_place(old: Sequence[Row], new: Sequence[Row]) -> Pairs:
    """Rows of the same span, then rows that overlap, then the rest; in the order of the text."""
    free = dict(enumerate(new))
    at: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, row in free.items():
        at[span(row)].append(number)
    pairs: list[tuple[Row | None, Row | None]] = []
    rest = []
    for row in old:
        if same := at[span(row)]:
            pairs.append((row, free.pop(same.pop(0))))
        else:
            rest.append(row)
    for row in rest:
        near = next((number for number, other in free.items() if overlap(span(row), span(other)) > 0), None)
        pairs.append((row, free.pop(near) if near is not None else None))
    pairs += [(None, row) for row in free.values()]
    yield from sorted(pairs, key=lambda pair: span(pair[1] or pair[0] or {}))


def _by_order(old: Sequence[Row], new: Sequence[Row]) -> Pairs:
    matcher = SequenceMatcher(None, [words(row) for row in old], [words(row) for row in new], autojunk=False)
    for _, a, b, c, d in matcher.get_opcodes():
        if b - a == d - c and [words(row) for row in old[a:b]] == [words(row) for row in new[c:d]]:
            yield from zip(old[a:b], new[c:d], strict=True)
        else:
            yield from ((row, None) for row in old[a:b])
            yield from ((None, row) for row in new[c:d])


def _cells(old: Row, new: Row, apart: frozenset[str]) -> Iterator[Cell]:
    for column in dict.fromkeys((*old, *new)):
        before, after = str(old.get(column, "")), str(new.get(column, ""))
        if before != after and column != "rule" and column not in apart:
            yield Cell(column, before, after)


def _rules(row: Row | None) -> tuple[str, ...]:
    return tuple(rule for rule in str((row or {}).get("rule", "")).split(";") if rule)


def _without_moves(differences: Sequence[Difference]) -> Iterator[Difference]:
    """A number that moves between statements and residue is one difference: that of the statement."""
    residue: dict[tuple[str, str], list[Difference]] = defaultdict(list)
    for one in differences:
        if one.table == "residue":
            residue[one.doc_id, one.what].append(one)
    told: set[int] = set()
    for one in differences:
        if one.table == "targets" and one.what != CHANGED:
            opposite = residue[one.doc_id, LOST if one.what == ADDED else ADDED]
            twin = next((other for other in opposite if overlap(span(one.row), span(other.row)) > 0), None)
            if twin:
                told.add(id(twin))
                yield Difference(one.table, one.doc_id, one.old, one.new, one.cells, twin.row["reason"])
                continue
        if one.table != "residue":
            yield one
    yield from (one for one in differences if one.table == "residue" and id(one) not in told)
