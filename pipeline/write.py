"""Files of the tables: CSV, one workbook, Parquet, and the account of the run.

Each file is written beside its place and then renamed, so that a reader never sees half of one.

A spreadsheet runs a cell that begins with ``=``, ``+``, ``-`` or ``@``. In the workbook every text is stored as a string,
which is never run. CSV has no types, so there such a text gets an apostrophe before it; ``quote`` alone is always
written as it stands, because ``text[start:start+len(quote)] == quote`` must hold of the CSV too, and what a rule takes
for a number (``-0.5%``) does nothing in a cell but be one.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.worksheet import Worksheet

from pipeline.tables import NUMBER, TABLES, TEXT, WHOLE, Column

WORKBOOK_NAME, RUN_NAME, TEXTS_NAME = "zhibiao.xlsx", "run.json", "texts"

_VERBATIM = ("quote", "text")
_RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r")
_QUOTED_IN_CSV = frozenset(',"\r\n')
_POSITIONAL_BELOW = 1e21

_SHEET_ROWS = 1_048_575
_CELL_LENGTH = 32_767
_WIDTHS = {"quote": 14, "indicator": 34, "title": 44, "issuer": 24, "section": 28, "sentence": 90, "rule": 40, "error": 60}
_DEFAULT_WIDTHS = {TEXT: 13, WHOLE: 9, NUMBER: 13}


class OutputError(Exception):
    """A file that cannot be written. The message is one line that names it and what to do about it."""


def make_folder(folder: Path) -> None:
    """Makes the folder for the files of a run, where there is none.

    Raises:
        OutputError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder}: no folder can be made there ({error.strerror}); name another --output") from None


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A path beside ``path`` to write to; it takes the place of ``path`` when all went well, and goes away otherwise.

    Raises:
        OutputError: the file cannot be written.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        yield beside
        beside.replace(path)
    except (OSError, XlsxWriterException) as error:
        why = getattr(error, "strerror", None) or error
        raise OutputError(f"{path}: cannot be written ({why}); close it where it is open, and check the folder") from None
    finally:
        beside.unlink(missing_ok=True)


def write_tables(frames: Mapping[str, pd.DataFrame], folder: Path) -> list[Path]:
    """Writes every table as CSV and Parquet, and all of them as one workbook; returns the files."""
    written = []
    for table, frame in frames.items():
        writers: dict[str, Callable[[str, pd.DataFrame, Path], None]] = {"csv": _write_csv, "parquet": _write_parquet}
        for suffix, write in writers.items():
            with replacing(folder / f"{table}.{suffix}") as path:
                write(table, frame, path)
            written.append(folder / f"{table}.{suffix}")
    with replacing(folder / WORKBOOK_NAME) as path:
        _write_workbook(frames, path)
    return [*written, folder / WORKBOOK_NAME]


def write_text(folder: Path, doc_id: str, text: str) -> Path:
    """Writes the text of a document, which every ``start`` points into, to ``texts/<doc_id>.txt``, and returns the file.

    UTF-8 without a byte-order mark, line ends as they are.
    """
    make_folder(folder / TEXTS_NAME)
    path = folder / TEXTS_NAME / f"{doc_id}.txt"
    with replacing(path) as beside:
        beside.write_bytes(text.encode("utf-8", "surrogatepass"))
    return path


def drop_texts(folder: Path, kept: Collection[Path]) -> None:
    """Takes away the texts of earlier runs, which no table points into any more."""
    for path in (folder / TEXTS_NAME).glob("*.txt"):
        if path not in kept:
            path.unlink(missing_ok=True)


def write_run(account: Mapping[str, Any], folder: Path) -> Path:
    """Writes ``run.json``: what ran, on what, and how long."""
    with replacing(folder / RUN_NAME) as path:
        path.write_text(json.dumps(account, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return folder / RUN_NAME


def plain_number(value: float) -> str:
    """The shortest way to write a number, without a useless ``.0``.

    >>> plain_number(1000.0), plain_number(86.5), plain_number(1e16)
    ('1000', '86.5', '10000000000000000')
    """
    return np.format_float_positional(value, trim="-") if abs(value) < _POSITIONAL_BELOW else repr(float(value))


def _write_csv(table: str, frame: pd.DataFrame, path: Path) -> None:
    columns = [_csv_column(column, frame[column.name]) for column in TABLES[table]]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        file.write(",".join(column.name for column in TABLES[table]) + "\n")
        file.writelines(",".join(cells) + "\n" for cells in zip(*columns, strict=True))


def _csv_column(column: Column, values: pd.Series[Any]) -> Iterator[str]:
    for value, is_empty in zip(values.tolist(), values.isna().tolist(), strict=True):
        if is_empty:
            yield ""
        elif column.dtype == TEXT:
            yield csv_cell(value, verbatim=column.name in _VERBATIM)
        else:
            yield plain_number(value) if column.dtype == NUMBER else str(value)


def csv_cell(text: str, *, verbatim: bool = False) -> str:
    """A text as a cell of CSV: guarded against being run by a spreadsheet, unless ``verbatim``, and quoted where it must be.

    >>> csv_cell("=1+1"), csv_cell("-0.5%", verbatim=True), csv_cell("省, 市")
    ("'=1+1", '-0.5%', '"省, 市"')
    """
    if not verbatim and text.startswith(_RUN_BY_SPREADSHEETS):
        text = f"'{text}"
    # The csv module of Python 3.11 leaves a lone carriage return bare where lines end in \n; a reader would split there.
    return '"' + text.replace('"', '""') + '"' if not _QUOTED_IN_CSV.isdisjoint(text) else text


def csv_text(cell: str) -> str:
    """The text that :func:`csv_cell` guarded.

    >>> csv_text("'=1+1"), csv_text("'十四五'")
    ('=1+1', "'十四五'")
    """
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(_RUN_BY_SPREADSHEETS) else cell


def _write_parquet(table: str, frame: pd.DataFrame, path: Path) -> None:
    pq.write_table(pa.Table.from_pandas(frame, preserve_index=False), path)


def _write_workbook(frames: Mapping[str, pd.DataFrame], path: Path) -> None:
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        head = book.add_format({"bold": True, "bottom": 1})
        for table, frame in frames.items():
            for part, first in enumerate(range(0, max(1, len(frame)), _SHEET_ROWS)):
                sheet = book.add_worksheet(table if not part else f"{table} {part + 1}")
                _write_sheet(sheet, TABLES[table], frame.iloc[first : first + _SHEET_ROWS], head)


def _write_sheet(sheet: Worksheet, columns: tuple[Column, ...], frame: pd.DataFrame, head: Any) -> None:
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(frame), len(columns) - 1)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, _WIDTHS.get(column.name, _DEFAULT_WIDTHS[column.dtype]))
        sheet.write_string(0, place, column.name, head)
        sheet.write_comment(0, place, column.meaning)
    filled = frame.notna()
    for number, (cells, is_filled) in enumerate(
        zip(frame.itertuples(index=False), filled.itertuples(index=False), strict=True), start=1
    ):
        for place, column in enumerate(columns):
            if not is_filled[place] or cells[place] == "":
                continue
            if column.dtype == TEXT:
                sheet.write_string(number, place, _cell(cells[place]))
            else:
                sheet.write_number(number, place, cells[place])


def _cell(text: str) -> str:
    """``text``, cut where it is longer than a cell of a workbook can be."""
    return text if len(text) <= _CELL_LENGTH else text[: _CELL_LENGTH - 1] + "…"
