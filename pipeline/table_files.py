"""The files of the tables, written a batch of rows at a time, so that no table is ever in memory as a whole.

CSV is appended to, Parquet gets a row group a batch, and the workbook keeps the rows of its sheets in files until it is
put together. All are written beside their places and renamed together when all are whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from pipeline.tables import NUMBER, TABLES, TEXT, WHOLE, Column
from pipeline.write import OutputError, beside_of, csv_cell, plain_number, told

WORKBOOK_NAME = "zhibiao.xlsx"

_VERBATIM = ("quote", "text")
_SHEET_ROWS = 1_048_575
_CELL_LENGTH = 32_767
_WIDTHS = {"quote": 14, "indicator": 34, "title": 44, "issuer": 24, "section": 28, "sentence": 90, "rule": 40, "error": 60}
_DEFAULT_WIDTHS = {TEXT: 13, WHOLE: 9, NUMBER: 13}


class _Writer(Protocol):
    def add(self, table: str, frame: pd.DataFrame) -> None: ...

    def close(self) -> None: ...

    def give_up(self) -> None: ...


class TableFiles:
    """All files of the tables of a run, to be added to and then finished; left unfinished, the old files stay.

    >>> import tempfile
    >>> from pipeline.tables import frame
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with TableFiles(Path(folder), ["speakers"], Path(folder)) as files:
    ...         files.add({"speakers": frame("speakers", [])})
    ...         print([path.name for path in files.finish()])
    ['speakers.csv', 'speakers.parquet', 'zhibiao.xlsx']
    """

    def __init__(self, folder: Path, tables: Sequence[str], work: Path) -> None:
        """Opens the files.

        Args:
            folder: where they are to stand.
            tables: keys of :data:`~pipeline.tables.TABLES`, in the order of the sheets.
            work: a folder for what the workbook lays by.

        Raises:
            OutputError: a file cannot be written.
        """
        self._writers: list[tuple[Path, frozenset[str], _Writer]] = []
        try:
            for table in tables:
                self._open(folder / f"{table}.csv", [table], lambda path, table=table: _Csv(table, path))
                self._open(folder / f"{table}.parquet", [table], lambda path, table=table: _Parquet(path))
            self._open(folder / WORKBOOK_NAME, tables, lambda path: _Workbook(tables, path, work))
        except OutputError:
            self._give_up()
            raise

    def _open(self, path: Path, tables: Sequence[str], writer: Any) -> None:
        with told(path):
            self._writers.append((path, frozenset(tables), writer(beside_of(path))))

    def __enter__(self) -> TableFiles:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._give_up()

    def add(self, frames: Mapping[str, pd.DataFrame]) -> None:
        """Adds rows to the tables, which :func:`~pipeline.tables.frame` has checked.

        Raises:
            OutputError: a file cannot be written.
        """
        for path, tables, writer in self._writers:
            with told(path):
                for table, frame in frames.items():
                    if table in tables:
                        writer.add(table, frame)

    def finish(self) -> list[Path]:
        """Puts all files in their places and returns them.

        Raises:
            OutputError: a file cannot be written.
        """
        for path, _, writer in self._writers:
            with told(path):
                writer.close()
        for path, _, _ in self._writers:
            with told(path):
                beside_of(path).replace(path)
        return [path for path, _, _ in self._writers]

    def _give_up(self) -> None:
        for path, _, writer in self._writers:
            with suppress(OSError):
                writer.give_up()
            beside_of(path).unlink(missing_ok=True)


class _Csv:
    def __init__(self, table: str, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._file.write(",".join(column.name for column in TABLES[table]) + "\n")

    def add(self, table: str, frame: pd.DataFrame) -> None:
        columns = [_csv_column(column, frame[column.name]) for column in TABLES[table]]
        self._file.writelines(",".join(cells) + "\n" for cells in zip(*columns, strict=True))

    def close(self) -> None:
        self._file.close()

    give_up = close


def _csv_column(column: Column, values: pd.Series[Any]) -> Iterator[str]:
    empty = values.isna()
    for value, is_empty in zip(values, empty, strict=True):
        if is_empty:
            yield ""
        elif column.dtype == TEXT:
            yield csv_cell(value, verbatim=column.name in _VERBATIM)
        else:
            yield plain_number(value) if column.dtype == NUMBER else str(value)


class _Parquet:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._writer: Any = None

    def add(self, table: str, frame: pd.DataFrame) -> None:
        rows = pa.Table.from_pandas(frame, preserve_index=False)
        if self._writer is None:
            self._writer = pq.ParquetWriter(self._path, rows.schema)
            self._writer.write_table(rows)
        elif len(frame):
            self._writer.write_table(rows)

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()

    give_up = close


class _Workbook:
    def __init__(self, tables: Sequence[str], path: Path, work: Path) -> None:
        options: dict[str, Any] = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "tmpdir": str(work),
        }
        path.touch()
        self._book = xlsxwriter.Workbook(str(path), options)
        self._head = self._book.add_format({"bold": True, "bottom": 1})
        self._sheets = {table: self._new_sheet(table, 1) for table in tables}
        self._parts = dict.fromkeys(tables, 1)
        self._filled = dict.fromkeys(tables, 0)

    def _new_sheet(self, table: str, part: int) -> Worksheet:
        sheet = self._book.add_worksheet(table if part == 1 else f"{table} {part}")
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(TABLES[table]):
            sheet.set_column(place, place, _WIDTHS.get(column.name, _DEFAULT_WIDTHS[column.dtype]))
            sheet.write_string(0, place, column.name, self._head)
            sheet.write_comment(0, place, column.meaning)
        return sheet

    def add(self, table: str, frame: pd.DataFrame) -> None:
        columns, filled = TABLES[table], frame.notna()
        for cells, is_filled in zip(frame.itertuples(index=False), filled.itertuples(index=False), strict=True):
            if self._filled[table] == _SHEET_ROWS:
                self._filter(table)
                self._parts[table] += 1
                self._filled[table] = 0
                self._sheets[table] = self._new_sheet(table, self._parts[table])
            self._filled[table] += 1
            self._write_row(table, columns, cells, is_filled)

    def _write_row(self, table: str, columns: tuple[Column, ...], cells: Any, is_filled: Any) -> None:
        sheet, number = self._sheets[table], self._filled[table]
        for place, column in enumerate(columns):
            if not is_filled[place] or cells[place] == "":
                continue
            if column.dtype == TEXT:
                sheet.write_string(number, place, _cell(cells[place]))
            else:
                sheet.write_number(number, place, cells[place])

    def _filter(self, table: str) -> None:
        self._sheets[table].autofilter(0, 0, self._filled[table], len(TABLES[table]) - 1)

    def close(self) -> None:
        for table in self._sheets:
            self._filter(table)
        self._book.close()

    def give_up(self) -> None:
        """Leaves the workbook unwritten; what it laid by goes away with its folder."""
        self._book.fileclosed = True


def _cell(text: str) -> str:
    """``text``, cut where it is longer than a cell of a workbook can be."""
    return text if len(text) <= _CELL_LENGTH else text[: _CELL_LENGTH - 1] + "…"
