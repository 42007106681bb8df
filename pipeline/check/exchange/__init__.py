"""Gold on its way to other labelling tools and back: as marks on a text, each with its cells.

A tool of labels knows spans with one label each. The label carries ``kind`` or ``role``, the other cells travel beside it.
What comes back is written to gold; rows that came back as they were keep their lines, so a round trip changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.check.errors import CheckError
from pipeline.check.evaluate import GOLD_NAME
from pipeline.check.exchange import docbin, doccano, label_studio
from pipeline.check.exchange.marks import LABEL_COLUMN, Labelled, Mark, label_of
from pipeline.check.gold import GOLD_COLUMNS, GoldFile, gold_files, open_gold, row_problems
from pipeline.check.rows import Row, span, words
from pipeline.check.runs import document_text, load_run

__all__ = ["FORMATS", "Format", "export_gold", "import_gold"]


@dataclass(frozen=True)
class Format:
    """A format: how labelled documents become files, and back."""

    write: Callable[[Sequence[Labelled], Path], list[Path]]
    read: Callable[[Path], list[Labelled]]


FORMATS = {
    "label-studio": Format(label_studio.write, label_studio.read),
    "doccano": Format(doccano.write, doccano.read),
    "docbin": Format(docbin.write, docbin.read),
}


def export_gold(output: Path, corpus: Path, path: Path, to: str) -> tuple[int, list[Path]]:
    """Writes the gold of a corpus for another tool.

    Returns:
        How many documents, and the files.

    Raises:
        CheckError: there is no run, or gold that does not fit it.
        OutputError: a file cannot be written.
    """
    texts = _texts(output)
    by_document: dict[str, list[GoldFile]] = {}
    for file in gold_files(corpus / GOLD_NAME):
        if file.doc_id not in texts:
            raise CheckError(f"{file.path}: no document {file.doc_id} in {output}; run zhibiao extract")
        by_document.setdefault(file.doc_id, []).append(file)
    labelled = [
        Labelled(
            doc_id,
            texts[doc_id],
            tuple(_mark(file.table, row) for file in files for row in file.rows),
            {file.table: list(file.columns) for file in files},
        )
        for doc_id, files in by_document.items()
    ]
    for document in labelled:
        for mark in document.marks:
            if document.text[mark.start : mark.end] != mark.quote:
                raise CheckError(f"{document.doc_id}: {mark.quote!r} does not stand at {mark.start}; run zhibiao check")
    return len(labelled), FORMATS[to].write(labelled, path)


def import_gold(output: Path, corpus: Path, path: Path, of: str) -> list[Path]:
    """Writes what another tool labelled to the gold of a corpus; every row is looked at before the first file is written.

    Returns:
        The files of gold that changed.

    Raises:
        CheckError: the file is not of the format, or holds what gold cannot hold.
        OutputError: a file cannot be written.
    """
    if not path.is_file():
        raise CheckError(f"{path}: no such file; name what the tool exported")
    texts = _texts(output)
    problems: list[str] = []
    changed: list[GoldFile] = []
    for document in FORMATS[of].read(path):
        if texts.get(document.doc_id) != document.text:
            why = "is not the text of the document" if document.doc_id in texts else "belongs to no document"
            problems.append(
                f"{path}: {document.doc_id or '(no doc_id)'}: its text {why} in {output}; label the text that was exported"
            )
            continue
        for table in GOLD_COLUMNS:
            file = open_gold(corpus / GOLD_NAME, table, document.doc_id, _columns(document, table))
            rows = [_row(file, mark) for mark in document.marks if mark.table == table]
            for row in rows:
                problems += [
                    f"{path}: {document.doc_id}: {words(row)!r} at {row['start']}: {p}" for p in row_problems(table, row)
                ]
            new = _holding(file, rows)
            if new.content() != file.content() or (table in document.columns and not file.path.exists()):
                changed.append(new)
    if problems:
        raise CheckError(*problems)
    for file in changed:
        file.write()
    return [file.path for file in changed]


def _texts(output: Path) -> dict[str, str]:
    run = load_run(output)
    return {doc_id: document_text(row, output) for doc_id, row in run.documents.items()}


def _mark(table: str, row: Row) -> Mark:
    first, last = span(row)
    cells = {name: str(cell) for name, cell in row.items() if name not in ("doc_id", "start", "quote", "end", "text")}
    return Mark(table, first, last, words(row), label_of(table, cells), cells)


def _row(file: GoldFile, mark: Mark) -> Row:
    """A mark as a row; what a tool of labels alone left open is what the labelling guide takes for granted."""
    cells = {**_DEFAULTS.get(file.table, {}), **mark.cells}
    if file.table in LABEL_COLUMN:
        cells[LABEL_COLUMN[file.table]] = mark.label
    place = {"doc_id": file.doc_id, "start": mark.start, "end": mark.end, "quote": mark.quote, "text": mark.quote}
    row: Row = {name: cells.get(name, "") for name in file.columns}
    row |= {name: value for name, value in place.items() if name in file.columns}
    for name in ("task_start", "task_end"):
        if row.get(name, "").lstrip("-").isdigit():
            row[name] = int(row[name])
    return row


_DEFAULTS = {"targets": {"comparator": "eq", "measure": "level"}}


def _columns(document: Labelled, table: str) -> list[str] | None:
    """The columns that a file of gold had when it was exported, where what came back names them as columns can be."""
    columns: object = document.columns.get(table)
    if not isinstance(columns, list | tuple):
        return None
    return list(columns) if all(isinstance(name, str) and name.isidentifier() for name in columns) else None


def _holding(file: GoldFile, rows: Iterable[Row]) -> GoldFile:
    """The file with exactly these rows; those that it had already keep their lines and their order."""
    left = list(rows)
    kept = []
    for record in file.records:
        if record.row in left:
            left.remove(record.row)
            kept.append(record)
    new = replace(file, records=tuple(kept))
    for row in left:
        new = new.with_row(row)
    return new
