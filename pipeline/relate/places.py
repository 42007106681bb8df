"""Which region each statement is of: the one that its sentence names, else the document's own."""

from __future__ import annotations

from bisect import bisect_right

from pipeline.recognise.regions import Regions
from pipeline.values import Segmented, Statement


def in_regions(
    statements: tuple[Statement, ...], segmented: Segmented, regions: Regions, region: str
) -> tuple[Statement, ...]:
    """The statements with their regions.

    Args:
        statements: in text order.
        segmented: the document.
        regions: knows the names of regions and the words that stand for them.
        region: the document's own.
    """
    placed = []
    for statement in statements:
        sentence = segmented.sentences[statement.sentence]
        starts = [clause.start for clause in sentence.clauses]
        index = bisect_right(starts, statement.start) - 1
        clause = sentence.clauses[index].start if index >= 0 else sentence.start
        own = segmented.text[clause : statement.start]
        before = segmented.text[sentence.start : clause]
        placed.append(statement._replace(region=regions.of_statement(own, before, region)))
    return tuple(placed)
