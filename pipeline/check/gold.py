"""Gold: what people read, one CSV file a document.

``corpus/gold/<doc_id>.csv`` holds the statements, ``corpus/gold/<table>/<doc_id>.csv`` the rows of another table. A change
touches the line of its row alone, so that version control shows one line a change.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.check.errors import CheckError
from pipeline.check.rows import VERBATIM, Row, is_text, read_rows, span, words
from pipeline.tables import TABLES
from pipeline.write import csv_cell, replacing

GOLD_COLUMNS: dict[str, tuple[str, ...]] = {
    "targets": (
        "doc_id", "start", "quote", "kind", "indicator", "value", "value_high", "unit", "comparator", "measure",
        "year_from", "year_to", "owner", "note",
    ),
    "owners": ("doc_id", "start", "quote", "role", "body", "task_start", "task_end", "basis"),
    "tasks": ("doc_id", "start", "end", "text", "deadline_year"),
    "citations": ("doc_id", "start", "quote", "title", "number", "issuer", "year"),
}  # fmt: skip
"""The columns that a person fills, by table; a file may have more."""

DRAFT_MARK = "#draft"
"""How the first line of a gold file begins that nobody has checked yet."""

GOLD_WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    table: {column.name: column.allowed for column in TABLES.get(table, ()) if column.allowed and column.name in columns}
    for table, columns in GOLD_COLUMNS.items()
}
"""The words that a column may hold, where they are limited."""
GOLD_WORDS["owners"] |= {"role": ("lead", "support", "joint"), "basis": ("inline", "section", "subject")}

_LONGEST_CELL = 2000
_YEARS = range(1900, 2200)
_ONE_LINE = re.compile(r"[^\x00-\x1f\x7f\u2028\u2029]*")
_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?")


@dataclass(frozen=True, eq=False)
class Record:
    """A row of a gold file, with the number of its line and the characters that it takes in the file.

    Two records are the same only where they are one: a file may hold a line twice.
    """

    line: int
    raw: str
    row: Row


@dataclass(frozen=True)
class GoldFile:
    """The gold of one document and one table. It is a value: a change makes another one, and :meth:`write` keeps it."""

    path: Path
    table: str
    doc_id: str
    head: str
    columns: tuple[str, ...]
    records: tuple[Record, ...]

    @property
    def rows(self) -> list[Row]:
        """The rows, in the order of the file."""
        return [record.row for record in self.records]

    def find(self, start: int, quote: str) -> Row | None:
        """The row of these words at this place."""
        return next((row for row in self.rows if row["start"] == start and words(row) == quote), None)

    def with_row(self, row: Row) -> GoldFile:
        """This file with one row more, at its place in the order of the text; a row of the same span gives way."""
        kept = [record for record in self.records if span(record.row) != span(row)]
        before = [record for record in kept if span(record.row) <= span(row)]
        added = Record(0, self._line(row), row)
        return replace(self, records=(*before, added, *kept[len(before) :]) if self._in_order(kept) else (*kept, added))

    def without(self, start: int, quote: str) -> GoldFile:
        """This file without the row of these words at this place."""
        return replace(self, records=tuple(r for r in self.records if (r.row["start"], words(r.row)) != (start, quote)))

    def moved(self, starts: dict[int, int]) -> GoldFile:
        """This file with some rows at other places, in the order of the text.

        Args:
            starts: the new ``start`` of a row, by the number of its line.
        """
        records = [self._moved(record, starts[record.line]) if record.line in starts else record for record in self.records]
        return replace(self, records=tuple(sorted(records, key=lambda record: span(record.row))))

    def _moved(self, record: Record, start: int) -> Record:
        shift = start - record.row["start"]
        offsets = {
            name: record.row[name] + shift for name in ("start", "end", "task_start", "task_end") if name in record.row
        }
        row = record.row | offsets
        return replace(record, raw=self._line(row), row=row)

    def content(self) -> str:
        """The file as it is written."""
        return self.head + "".join(self._ended(record.raw) for record in self.records)

    def write(self) -> None:
        """Writes the file beside its place, and then renames it.

        Raises:
            OutputError: it cannot be written.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(self.path) as path:
            path.write_bytes(self.content().encode("utf-8"))

    @staticmethod
    def _in_order(records: list[Record]) -> bool:
        spans = [span(record.row) for record in records]
        return spans == sorted(spans)

    def _line(self, row: Row) -> str:
        cells = (
            csv_cell(str(row.get(name, "")), verbatim=name in VERBATIM or not is_text(self.table, name))
            for name in self.columns
        )
        return ",".join(cells) + self._line_end

    @property
    def _line_end(self) -> str:
        return "\r\n" if self.head.endswith("\r\n") else "\n"

    def _ended(self, raw: str) -> str:
        return raw if raw.endswith(("\n", "\r")) else raw + self._line_end


def gold_path(folder: Path, table: str, doc_id: str) -> Path:
    """Where the gold of a document lies.

    Raises:
        CheckError: the file would lie outside of the folder.
    """
    path = (folder if table == "targets" else folder / table) / f"{doc_id}.csv"
    if not path.resolve().is_relative_to(folder.resolve()):
        raise CheckError(f"{path}: lies outside of {folder}; a doc_id is the name of a file, without a folder")
    return path


def is_draft(path: Path) -> bool:
    """Whether a gold file bears the mark of a draft; a spreadsheet may have put it in quotes and commas behind it."""
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        return file.readline().lstrip('" ').startswith(DRAFT_MARK)


def read_gold(path: Path, table: str) -> GoldFile:
    """Reads one file of gold.

    Raises:
        CheckError: it cannot be read, lacks a column, or is a draft still.
    """
    if is_draft(path):
        raise CheckError(f"{path}:1: a draft; check its rows against the text, then delete its first line")
    records = list(read_rows(path))
    if not records:
        raise CheckError(f"{path}:1: empty; the first line must be {','.join(GOLD_COLUMNS[table])}")
    (_, head, columns), *rows = records
    if lacking := [name for name in GOLD_COLUMNS[table] if name not in columns and name not in _MAY_LACK]:
        raise CheckError(f"{path}:1: no column {', '.join(lacking)}; the first line must be {','.join(GOLD_COLUMNS[table])}")
    ended = head if head.endswith(("\n", "\r")) else head + "\n"
    return GoldFile(path, table, path.stem, ended, tuple(columns), tuple(Record(*record) for record in rows))


_MAY_LACK = frozenset({"note", "owner", "body", "basis", "title", "issuer", "year", "deadline_year", "end"})


def open_gold(folder: Path, table: str, doc_id: str, columns: Sequence[str] | None = None) -> GoldFile:
    """The gold of a document, empty where there is no file yet; it then has these columns, or the usual ones."""
    path = gold_path(folder, table, doc_id)
    if path.exists():
        return read_gold(path, table)
    names = tuple(columns or GOLD_COLUMNS[table])
    return GoldFile(path, table, doc_id, "\ufeff" + ",".join(names) + "\n", names, ())


def gold_files(folder: Path) -> Iterator[GoldFile]:
    """Every file of gold in a folder, the statements first.

    Raises:
        CheckError: one cannot be read.
    """
    for table in GOLD_COLUMNS:
        for path in sorted((folder if table == "targets" else folder / table).glob("*.csv")):
            yield read_gold(path, table)


def misplaced(gold: GoldFile, text: str) -> Iterator[Record]:
    """The records whose words do not stand in the text where they say."""
    for record in gold.records:
        first, end = span(record.row)
        if text[first:end] != words(record.row):
            yield record


def problems(files: Iterable[GoldFile], texts: Mapping[str, str]) -> Iterator[str]:
    """One line, with file, line and remedy, for each row of gold that does not fit its document."""
    for gold in files:
        text = texts[gold.doc_id]
        seen: dict[tuple[int, int], int] = {}
        for record in gold.records:
            where = f"{gold.path}:{record.line}"
            if record.row["doc_id"] != gold.doc_id:
                yield f"{where}: doc_id is {record.row['doc_id']!r}; write {gold.doc_id}, the name of the file"
            for column, allowed in GOLD_WORDS[gold.table].items():
                if record.row.get(column, allowed[0]) not in allowed:
                    yield f"{where}: {column} {record.row[column]!r} is none of {', '.join(allowed)}; write one of these"
            if (line := seen.setdefault(span(record.row), record.line)) != record.line and gold.table != "owners":
                yield f"{where}: the same place as line {line}; take one of the two away"
        for record in misplaced(gold, text) if text else ():
            start, quote = record.row["start"], words(record.row)
            there = text[start : start + len(quote)]
            yield (
                f"{gold.path}:{record.line}: {_short(quote)!r} does not stand at {start} (there: {_short(there)!r}); "
                "run zhibiao check --fix-offsets, or correct start"
            )


def _short(quote: str, length: int = 20) -> str:
    return quote if len(quote) <= length else quote[: length - 1] + "…"


def row_problems(table: str, row: Row) -> Iterator[str]:
    """What is wrong with the cells of a row that is to become gold, in the words of the columns."""
    for name, allowed in GOLD_WORDS[table].items():
        if row.get(name, allowed[0]) not in allowed:
            yield f"{name} must be one of {', '.join(allowed)}"
    for name, cell in row.items():
        if name not in VERBATIM and isinstance(cell, str) and (len(cell) > _LONGEST_CELL or not _ONE_LINE.fullmatch(cell)):
            yield f"{name} must be one line of at most {_LONGEST_CELL} characters"
    for name in ("year_from", "year_to", "deadline_year", "year"):
        if row.get(name) and not (row[name].isascii() and row[name].isdigit() and int(row[name]) in _YEARS):
            yield f"{name} must be a year such as 2025, or empty"
    if table == "owners":
        ends = [str(row.get(name, "")) for name in ("task_start", "task_end")]
        if not all(end.isascii() and end.isdigit() for end in ends) or int(ends[0]) > int(ends[1]):
            yield "task_start and task_end must be offsets, in their order"
    if table != "targets":
        return
    if not row["indicator"]:
        yield "indicator must say what is measured"
    numbers = [_number(row[name]) for name in ("value", "value_high")]
    if numbers[0] is None:
        yield "value must be a number such as 1000 or 8.5"
    elif row["value_high"] and (numbers[1] is None or numbers[1] <= numbers[0]):
        yield "value_high must be a number above value, or empty"
    if row["year_from"] and row["year_to"] and row["year_from"] > row["year_to"]:
        yield "year_from must not lie behind year_to"


def _number(cell: str) -> float | None:
    return float(cell) if _NUMBER.fullmatch(cell) else None
