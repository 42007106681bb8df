"""What the page shows, as plain values that become JSON: documents with their texts, and every row as an *item*.

An item is a row of a table, a row of gold, or both where they pair. Offsets are given twice: as code points in the rows,
and as the UTF-16 code units that a browser counts in.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Any

from pipeline import __version__
from pipeline.check.compare import COMPARISONS
from pipeline.check.evaluate import Evaluation, Shortfall
from pipeline.check.gold import GOLD_COLUMNS, GOLD_WORDS
from pipeline.check.rows import Row, span, words
from pipeline.check.score import Counts, Judged, Score

# Words for the state of an item. The page has a name for each of them.
RIGHT, WRONG, MISSED, EXTRA, OPTIONAL, UNLABELLED = "right", "wrong", "missed", "extra", "optional", "unlabelled"
UNEXPLAINED, NO_STATEMENT = "unexplained", "no-statement"

_LEFT_OUT = frozenset({"doc_id", "start", "end", "quote", "text", "sentence"})
"""Columns that the page reads off the text itself."""

Values = dict[str, Any]


def payload(evaluation: Evaluation, shortfalls: Iterable[Shortfall] = (), generated: str = "") -> Values:
    """Everything that the page shows of a run and its gold."""
    return {
        "version": __version__,
        "generated": generated,
        "run": {name: evaluation.run.account.get(name, "") for name in ("zhibiao", "python", "rules_sha256", "problems")},
        "tables": {
            table: _table(evaluation, table) for table in (*COMPARISONS, "residue") if table in evaluation.run.tables
        },
        "documents": [document_values(evaluation, doc_id) for doc_id in evaluation.chosen],
        "scores": {table: score_values(score) for table, score in evaluation.scores.items()},
        "shortfalls": [
            [*shortfall.name.split(".", 1), shortfall.split, shortfall.figure, shortfall.threshold]
            for shortfall in shortfalls
        ],
    }


def document_values(evaluation: Evaluation, doc_id: str) -> Values:
    """One document: what is known of it, its text, its scores and its items in the order of the text."""
    row, text = evaluation.run.documents[doc_id], evaluation.texts[doc_id]
    to_units = _CodeUnits(text)
    items = sorted(_items(evaluation, doc_id), key=lambda item: (item["start"], -item["end"], item["table"]))
    for item in items:
        item["from"], item["to"] = to_units(item.pop("start")), to_units(item.pop("end"))
    return {
        "id": doc_id,
        **{name: row[name] for name in ("title", "issuer", "number", "date", "kind", "error")},
        "split": evaluation.splits.get(doc_id, ""),
        "text": text,
        "gold": sorted({file.table for file in evaluation.gold if file.doc_id == doc_id}),
        "scores": {
            table: {name: _counts(counts) for name, counts in score.by_document[doc_id].items()}
            for table, score in evaluation.scores.items()
            if doc_id in score.by_document
        },
        "items": items,
    }


class _CodeUnits:
    """Offsets in code points become offsets in UTF-16 code units, in which a browser counts."""

    def __init__(self, text: str) -> None:
        self._beyond = (
            [place for place, character in enumerate(text) if ord(character) > 0xFFFF] if not text.isascii() else []
        )

    def __call__(self, place: int) -> int:
        return place + bisect_left(self._beyond, place)


def _table(evaluation: Evaluation, table: str) -> Values:
    rows = evaluation.run.tables[table]
    columns = list(rows[0]) if rows else []
    return {
        "columns": [name for name in columns if name not in _LEFT_OUT],
        "gold": list(GOLD_COLUMNS.get(table, ())),
        "words": {name: list(allowed) for name, allowed in GOLD_WORDS.get(table, {}).items()},
        "fields": [field.name for field in COMPARISONS[table].fields] if table in COMPARISONS else [],
    }


def _items(evaluation: Evaluation, doc_id: str) -> Iterator[Values]:
    for table in COMPARISONS:
        score = evaluation.scores.get(table)
        if score and doc_id in score.by_document:
            for judged in score.of(doc_id):
                yield _item(table, judged.found, judged.gold, _state(table, judged), judged.wrong)
        else:
            for row in evaluation.run.rows(table, doc_id):
                yield _item(table, row, None, UNLABELLED)
    for row in evaluation.run.rows("residue", doc_id):
        yield _item("residue", row, None, UNEXPLAINED if row["reason"] == "unexplained" else NO_STATEMENT)


def _state(table: str, judged: Judged) -> str:
    if judged.optional:
        return OPTIONAL
    if judged.gold is None:
        return EXTRA
    if judged.found is None:
        return MISSED
    return WRONG if _ROW_FIELDS[table].intersection(judged.wrong) else RIGHT


_ROW_FIELDS = {
    table: frozenset(field for measure in comparison.views[0].measures if measure.name == "row" for field in measure.fields)
    for table, comparison in COMPARISONS.items()
}
"""The fields in which a row must be right to be right as a whole; another one that differs is shown all the same."""


def _item(table: str, found: Row | None, gold: Row | None, state: str, wrong: tuple[str, ...] = ()) -> Values:
    row = found if found is not None else gold
    assert row is not None
    start, end = span(row)
    item: Values = {"table": table, "start": start, "end": end, "at": start, "state": state}
    if wrong:
        item["wrong"] = list(wrong)
    if found is not None:
        item["found"] = {name: cell for name, cell in found.items() if name not in _LEFT_OUT and cell != ""}
    if gold is not None:
        item["gold"] = {name: cell for name, cell in gold.items() if name not in _LEFT_OUT and cell != ""}
        if span(gold) != (start, end):
            item["goldAt"], item["goldQuote"] = gold["start"], words(gold)
    return item


def _counts(counts: Counts) -> list[float]:
    return [round(counts.precision, 4), round(counts.recall, 4), round(counts.f1, 4), counts.gold, counts.found]


def score_values(score: Score) -> Values:
    """The scores of one table."""
    return {
        "measures": {name: _counts(counts) for name, counts in score.measures.items()},
        "intervals": {name: [round(end, 4) for end in interval] for name, interval in score.intervals.items()},
        "fields": {name: [*_counts(counts), round(score.accuracy[name], 4)] for name, counts in score.fields.items()},
        "groups": {
            by: {group: {name: _counts(counts) for name, counts in measures.items()} for group, measures in groups.items()}
            for by, groups in score.by_group.items()
        },
        "confusion": {
            column: [[gold, found, count] for (gold, found), count in sorted(counts.items())]
            for column, counts in score.confusion.items()
        },
    }
