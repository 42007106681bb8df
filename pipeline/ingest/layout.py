"""What every reader makes of a file: lines and tables in reading order, and the text with the places of all cells in it.

In the text a paragraph is one line. A row of a table is one line too, its cells parted by tabs; a cell that is merged
with others stands once, in its first place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.ingest.files import IngestError
from pipeline.ingest.limits import MAX_CELLS, MAX_CHARACTERS
from pipeline.values import Cell, Metadata, Table

SHORT_CELL = 80
"""Lines of a cell up to this length in all were broken to fit its column; in a longer cell they are paragraphs."""

_BLANKS = re.compile(r"[ \t\r\f\v\xa0\u3000]+")
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_EAST = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"
_EAST_BREAK = re.compile(rf"(?<={_EAST})\s+(?={_EAST})|\s+(?=[%％℃）)])")


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell as a file has it: its text, and how many rows and columns it takes."""

    text: str
    rows: int = 1
    columns: int = 1


Grid = Sequence[Sequence[GridCell]]
"""The rows of a table, each with the cells that begin in it."""


@dataclass(frozen=True, slots=True)
class Read:
    """What a reader found in a file."""

    text: str
    encoding: str
    tables: tuple[Table, ...] = ()
    metadata: Metadata = field(default_factory=Metadata)
    """What the file says of itself outside its text; the text is asked for the rest."""
    extractor: str = ""
    pages: int | None = None
    problem: str = ""
    """What could not be read of a file whose rest was: one line, or empty."""
    unread: tuple[int, ...] = ()
    """The pages, from 0, that are pictures and were not recognised."""


class TextBuilder:
    """Puts lines and tables together to one text.

    >>> builder = TextBuilder()
    >>> builder.line("一、主要目标")
    >>> builder.table([[GridCell("指标"), GridCell("2025年")], [GridCell("企业（家）"), GridCell("300")]])
    >>> builder.text
    '一、主要目标\\n指标\\t2025年\\n企业（家）\\t300\\n'
    """

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self.tables: list[Table] = []

    @property
    def text(self) -> str:
        """All lines so far, each with its end."""
        return "".join(self._pieces)

    def line(self, text: str) -> None:
        """Adds a paragraph; blanks around it and empty lines are left out."""
        if plain := tidy(text):
            self._add(plain + "\n")

    def table(self, grid: Grid) -> None:
        """Adds a table. One without two columns is lines."""
        placed = list(place(grid))
        if not placed:
            return
        if len({column for _, column, _ in placed}) < 2:
            for _, _, cell in placed:
                for line in cell.text.split("\n"):
                    self.line(line)
            return
        cells = []
        by_row: dict[int, list[tuple[int, GridCell]]] = {}
        for row, column, cell in placed:
            by_row.setdefault(row, []).append((column, cell))
        for row, listed in sorted(by_row.items()):
            at = 0
            for column, cell in sorted(listed, key=lambda entry: entry[0]):
                self._add("\t" * (column - at))
                at = column
                start = self._length
                self._add(cell.text)
                cells.append(Cell(row, column, cell.rows, cell.columns, start, self._length))
            self._add("\n")
        self.tables.append(Table(tuple(cells)))

    def _add(self, piece: str) -> None:
        self._length += len(piece)
        if self._length > MAX_CHARACTERS:
            raise IngestError(f"the text has more than {MAX_CHARACTERS:,} characters; split the document")
        self._pieces.append(piece)


def tidy(text: str) -> str:
    """A line without characters that are no text, its blanks single.

    >>> tidy(" 到2025年，\\xa0 达到\\x00300家 ")
    '到2025年， 达到300家'
    """
    return _BLANKS.sub(" ", _NO_TEXT.sub("", text).replace("\n", " ")).strip()


def cell_text(lines: Iterable[str]) -> str:
    """The text of a cell: lines that were broken to fit are joined, paragraphs stay apart.

    >>> cell_text(["单位地区生产", "总值能耗"]), cell_text(["GDP per", "capita"])
    ('单位地区生产总值能耗', 'GDP per capita')
    """
    plain = [line for raw in lines if (line := tidy(raw))]
    if sum(map(len, plain)) <= SHORT_CELL:
        return _EAST_BREAK.sub("", " ".join(plain))
    return "\n".join(plain)


def place(grid: Grid) -> Iterable[tuple[int, int, GridCell]]:
    """Row, column and cell of every cell that holds text, with spans carried out as HTML and Word mean them.

    Raises:
        IngestError: the cells and what they span are more than a table may have.
    """
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(grid):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            rows, columns = min(cell.rows, len(grid) - row), cell.columns
            if len(taken) + rows * columns > MAX_CELLS:
                raise IngestError(f"a table has more than {MAX_CELLS:,} cells; split the document")
            taken.update((row + i, column + k) for i in range(rows) for k in range(columns))
            if cell.text:
                yield row, column, GridCell(cell.text, rows, columns)
            column += columns
