"""An evaluation as text for a terminal."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Iterator

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.check.anchor import Anchored
from pipeline.check.evaluate import Evaluation
from pipeline.check.rows import words
from pipeline.check.score import Counts, Interval, Score

_WIDTH = 120


def render_scores(evaluation: Evaluation) -> str:
    """The scores of every table that has gold: whole, by field, genre, split and document, and what was confused."""
    if not evaluation.scores:
        return "no gold: put what a person read into corpus/gold/<doc_id>.csv\n"
    console = Console(file=io.StringIO(), width=_WIDTH, color_system=None)
    for score in evaluation.scores.values():
        size = score.measures["span"]
        console.print(
            f"{score.table}: {len(score.by_document)} documents, {size.gold} rows of gold, {size.found} rows found"
        )
        for table in _tables(score):
            console.print(table)
    text: str = console.file.getvalue()  # type: ignore[attr-defined]
    return "\n".join(line.rstrip() for line in text.splitlines()) + "\n"


def render_fixed(fixed: Iterable[Anchored]) -> str:
    """What became of gold rows whose document was edited, one line each."""
    lines = []
    for anchored in fixed:
        path = anchored.gold.path
        lines += [f"{path}:{r.line}: {words(r.row)!r} moved from {r.row['start']} to {start}" for r, start in anchored.moved]
        lines += [
            f"{path}:{r.line}: {words(r.row)!r} at {r.row['start']} was not found again; correct its line, or take it away"
            for r in anchored.lost
        ]
    return "".join(f"{line}\n" for line in lines) or "every row of gold stands in its place\n"


def _tables(score: Score) -> Iterator[Table]:
    yield _table(
        ("", "precision", "recall", "F1", "95 % interval"),
        ((name, *_figures(counts), _interval(score.intervals.get(name))) for name, counts in score.measures.items()),
    )
    yield _table(
        ("field", "precision", "recall", "F1", "right in pairs"),
        ((name, *_figures(counts), f"{score.accuracy[name]:.3f}") for name, counts in score.fields.items()),
    )
    for by, groups in (*score.by_group.items(), ("document", score.by_document)):
        yield _table(
            (by, "gold", "found", *(f"{name} P, R, F1" for name in score.measures if "." not in name)),
            (
                (
                    name or "-",
                    *_sizes(counts),
                    *(
                        " ".join(_figures(one)) if one.gold or one.found else "-"
                        for n, one in counts.items()
                        if "." not in n
                    ),
                )
                for name, counts in groups.items()
            ),
        )
    for column, confusion in score.confusion.items():
        yield _confusion(column, confusion)


def _confusion(column: str, confusion: Counter[tuple[str, str]]) -> Table:
    words = sorted({word for pair in confusion for word in pair}, key=lambda word: (not word, word))
    head = (f"{column}: gold ↓ found →", *(word or "(no row)" for word in words))
    return _table(head, ((gold or "(no row)", *(str(confusion[gold, found] or "·") for found in words)) for gold in words))


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Table:
    table = Table(box=SIMPLE, pad_edge=False)
    for place, name in enumerate(head):
        table.add_column(Text(name), justify="right" if place else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    return table


def _figures(counts: Counts) -> tuple[str, str, str]:
    return f"{counts.precision:.3f}", f"{counts.recall:.3f}", f"{counts.f1:.3f}"


def _sizes(counts: dict[str, Counts]) -> tuple[str, str]:
    size = counts["span"]
    return str(size.gold), str(size.found)


def _interval(interval: Interval | None) -> str:
    return f"{interval.low:.3f}–{interval.high:.3f}" if interval else ""
