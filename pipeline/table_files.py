"""The files of the tables, put together out of blocks, one after another, so that no table is ever in memory as a whole.

CSV is appended to, Parquet gets a row group for some thousand rows, and the workbook keeps the rows of its sheets in files
until it is put together. Row groups, which cost as much as all else, are made in a thread. All files are written beside
their places and renamed together when all are whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol

from pipeline.block import Block, Piece
from pipeline.tables import TABLES, arrow_schema
from pipeline.workbook import SHEET_ROWS, Sheet, write_workbook
from pipeline.write import OutputError, beside_of, take_away, told

if TYPE_CHECKING:
    from pipeline.arrow import pq

WORKBOOK_NAME = "zhibiao.xlsx"

_GROUP_ROWS = 10_000


class _Writer(Protocol):
    def add(self, table: str, piece: Piece) -> None: ...

    def close(self) -> None: ...

    def give_up(self) -> None: ...


class TableFiles:
    """All files of the tables of a run, to be added to and then finished; left unfinished, the old files stay.

    >>> import tempfile
    >>> from pipeline.block import make_block
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with TableFiles(Path(folder), ["speakers"], Path(folder)) as files:
    ...         files.add(make_block({"speakers": []}))
    ...         print([path.name for path in files.finish()])
    ['speakers.csv', 'speakers.parquet', 'zhibiao.xlsx']
    """

    def __init__(self, folder: Path, tables: Sequence[str], work: Path, *, parts: bool = False) -> None:
        """Opens the files.

        Args:
            folder: where they are to stand.
            tables: keys of :data:`~pipeline.tables.TABLES`, in the order of the sheets.
            work: a folder for what the workbook lays by.
            parts: whether each Parquet file is to be a folder of that name with parts of some thousand rows.

        Raises:
            OutputError: a file cannot be written.
        """
        self._writers: list[tuple[Path, frozenset[str], _Writer]] = []
        self._thread = thread = ThreadPoolExecutor(1)
        parquet = _ParquetParts if parts else _Parquet
        try:
            for table in tables:
                self._open(folder / f"{table}.csv", [table], lambda path, table=table: _Csv(table, path))
                self._open(folder / f"{table}.parquet", [table], lambda path, table=table: parquet(table, path, thread))
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

    def add(self, block: Block) -> None:
        """Adds the rows of a block to the tables.

        Raises:
            OutputError: a file cannot be written.
        """
        for path, tables, writer in self._writers:
            with told(path):
                for table, piece in block.items():
                    if table in tables:
                        writer.add(table, piece)

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
                _take_place(beside_of(path), path)
        return [path for path, _, _ in self._writers]

    def _give_up(self) -> None:
        for path, _, writer in self._writers:
            with suppress(OSError):
                writer.give_up()
            take_away(beside_of(path))
        self._thread.shutdown()


def _take_place(beside: Path, path: Path) -> None:
    """Renames. A folder cannot take the place of anything, nor be replaced by a file, so there the old one goes first."""
    old = path.with_name(f"{beside.name}.old")
    if path.suffix == ".parquet" and (path.is_dir() or (beside.is_dir() and path.exists())):
        path.replace(old)
    beside.replace(path)
    take_away(old)


class _Csv:
    def __init__(self, table: str, path: Path) -> None:
        self._file = path.open("wb")
        self._file.write((",".join(column.name for column in TABLES[table]) + "\n").encode("utf-8-sig"))

    def add(self, table: str, piece: Piece) -> None:
        self._file.write(piece.csv)

    def close(self) -> None:
        self._file.close()

    give_up = close


class _Parquet:
    def __init__(self, table: str, path: Path, thread: Executor) -> None:
        from pipeline.arrow import pq

        self._writer = pq.ParquetWriter(path, arrow_schema(table))
        self._thread = thread
        self._waiting: list[bytes] = []
        self._rows = 0
        self._written: Future[None] | None = None

    def add(self, table: str, piece: Piece) -> None:
        self._waiting.append(piece.arrow)
        self._rows += piece.rows
        if self._rows >= _GROUP_ROWS:
            self._write()

    def _write(self) -> None:
        """Has what waits written, once what was before it is."""
        self._wait()
        if self._waiting:
            self._written = self._thread.submit(_write_group, self._writer, self._waiting)
        self._waiting, self._rows = [], 0

    def _wait(self) -> None:
        if self._written:
            self._written.result()

    def close(self) -> None:
        self._write()
        self._wait()
        self._writer.close()

    def give_up(self) -> None:
        if self._written:
            wait([self._written])
        self._writer.close()


def _write_group(writer: pq.ParquetWriter, streams: list[bytes]) -> None:
    from pipeline.arrow import unstreamed

    writer.write_table(unstreamed(streams))


class _ParquetParts:
    """A folder of Parquet files, to be read in the order of their names, and by many at once."""

    def __init__(self, table: str, path: Path, thread: Executor) -> None:
        self._table, self._path, self._thread = table, path, thread
        path.mkdir()
        self._parts = 0
        self._part = self._next()

    def _next(self) -> _Parquet:
        self._parts, self._rows = self._parts + 1, 0
        return _Parquet(self._table, self._path / f"part-{self._parts - 1:05}.parquet", self._thread)

    def add(self, table: str, piece: Piece) -> None:
        if self._rows >= _GROUP_ROWS:
            self._part.close()
            self._part = self._next()
        self._part.add(table, piece)
        self._rows += piece.rows

    def close(self) -> None:
        self._part.close()

    give_up = close


class _Workbook:
    def __init__(self, tables: Sequence[str], path: Path, work: Path) -> None:
        self._path, self._work = path, work
        path.touch()
        self._sheets = {table: [self._sheet(table, 1)] for table in tables}

    def _sheet(self, table: str, part: int) -> Sheet:
        return Sheet(table, part, self._work / f"{table}-{part}.sheet")

    def add(self, table: str, piece: Piece) -> None:
        sheets = self._sheets[table]
        for rows in piece.sheets:
            if sheets[-1].rows + rows.rows > SHEET_ROWS:
                sheets.append(self._sheet(table, len(sheets) + 1))
            sheets[-1].add(rows)

    def close(self) -> None:
        self.give_up()
        write_workbook(self._path, [sheet for sheets in self._sheets.values() for sheet in sheets])

    def give_up(self) -> None:
        """Leaves the workbook unwritten; what it laid by goes away with its folder."""
        for sheets in self._sheets.values():
            for sheet in sheets:
                sheet.close()
