"""Finds again the places of gold rows whose document was edited.

An edit shifts all that stands behind it by the same number of characters. So each row is led to one of the places where
its quote stands, in the order of the text, such that the shift changes as seldom as can be and the words of its indicator
stand near by. The cheapest way through all rows is found by dynamic programming.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.check.gold import GoldFile, Record
from pipeline.check.rows import Row, span, words

_CANDIDATES = 40
"""How many places of a quote are looked at, the nearest ones."""

_JUMP = 1.0
_LOST = 1.75
"""A row without a place costs more than one change of the shift and less than two: a quote that stands by chance
between two rows that agree on the shift is not taken."""

_STRANGE = 1.0
_CONTEXT = 80
_NEARNESS = 1e-6


@dataclass(frozen=True)
class Anchored:
    """A gold file whose rows stand where its document has them."""

    gold: GoldFile
    moved: tuple[tuple[Record, int], ...]
    """The rows that moved, as they were, with their new ``start``."""
    lost: tuple[Record, ...]
    """The rows whose quote was not found; they are kept as they were."""


def anchor(gold: GoldFile, text: str) -> Anchored:
    """Leads every row of a gold file to its place in the text."""
    records = sorted(gold.records, key=lambda record: span(record.row))
    starts = _places(records, text)
    moved = tuple((record, start) for record, start in starts.items() if start is not None and start != record.row["start"])
    lost = tuple(record for record, start in starts.items() if start is None)
    return Anchored(gold.moved({record.line: start for record, start in moved}), moved, lost)


@dataclass(frozen=True)
class _Step:
    """A place for a row, and the cheapest way there from the rows before."""

    record: Record
    start: int
    cost: float
    before: _Step | None


def _places(records: list[Record], text: str) -> dict[Record, int | None]:
    """The new place of each row, or ``None``.

    A way is a chain of steps, one for each row that has a place. ``ends`` holds the best way to each place of the rows
    so far, and the way that has lost all of them.
    """
    ends: list[tuple[_Step | None, float]] = [(None, 0.0)]
    for record in records:
        steps = []
        for start in _candidates(record.row, text):
            shift = start - record.row["start"]
            here = _STRANGE * (1 - _context(record.row, start, text)) + _NEARNESS * abs(shift)
            ways = [
                (before, cost + here + _jump(before, record, start))
                for before, cost in ends
                if _follows(before, record, start)
            ]
            before, cost = min(ways, key=lambda way: way[1], default=(None, float("inf")))
            if cost < float("inf"):
                steps.append((_Step(record, start, cost, before), cost))
        lost = [(way, cost + _LOST) for way, cost in ends]
        cheapest = min(cost for _, cost in (*steps, *lost))
        # A way that is dearer than changing over from the cheapest one and losing a row can never come to be the best.
        ends = [(way, cost) for way, cost in (*steps, *lost) if cost <= cheapest + _JUMP + _LOST + _STRANGE]
        ends = sorted(ends, key=lambda way: way[1])[: 2 * _CANDIDATES]
    places: dict[Record, int | None] = dict.fromkeys(records)
    step, _ = min(ends, key=lambda way: way[1])
    while step is not None:
        places[step.record] = step.start
        step = step.before
    return places


def _jump(before: _Step | None, record: Record, start: int) -> float:
    shift = start - record.row["start"]
    earlier = before.start - before.record.row["start"] if before else 0
    return _JUMP if shift != earlier else 0.0


def _follows(before: _Step | None, record: Record, start: int) -> bool:
    """Whether a place keeps the order that the rows had, and rows apart that were apart."""
    if before is None:
        return True
    same = span(before.record.row) == span(record.row)
    return (start == before.start) if same else (start > before.start)


def _candidates(row: Row, text: str) -> list[int]:
    """The places where the words of a row stand, those nearest to where it was."""
    starts = list(_occurrences(words(row), text))
    at = bisect_left(starts, row["start"])
    near = starts[max(0, at - _CANDIDATES) : at + _CANDIDATES]
    return sorted(sorted(near, key=lambda start: abs(start - row["start"]))[:_CANDIDATES])


def _occurrences(quote: str, text: str) -> Iterator[int]:
    start = text.find(quote) if quote else -1
    while start >= 0:
        # 5家 within 15家 is another number.
        if not (start and quote[0].isdigit() and (text[start - 1].isdigit() or text[start - 1] == ".")):
            yield start
        start = text.find(quote, start + 1)


def _context(row: Row, start: int, text: str) -> float:
    """How much of the indicator's words stands near a place, from 0 to 1."""
    indicator = str(row.get("indicator") or "")
    pairs = {indicator[i : i + 2] for i in range(len(indicator) - 1)}
    if not pairs:
        return 1.0
    around = text[max(0, start - _CONTEXT) : start + _CONTEXT]
    return sum(pair in around for pair in pairs) / len(pairs)
