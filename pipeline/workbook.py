"""The workbook: what makes a sheet of rows, and how sheets become one file.

Rows are made where they are found, a few documents at a time, and compressed there: a sheet is then only put together out of
such pieces, which cost most of a workbook's time. A piece can stand anywhere in a sheet, because neither rows nor cells say
their number, which they need not (ECMA-376, 18.3.1.4 and 18.3.1.73), and because compressed pieces that end in a full flush
can be laid one behind the other (RFC 1951). All else in the file (styles, notes, filters, names) xlsxwriter makes.
"""

from __future__ import annotations

import io
import re
import shutil
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from pipeline.tables import NUMBER, TABLES, TEXT, WHOLE

SHEET_ROWS = 1_048_575
"""How many rows a sheet can have below its head."""

_CELL_LENGTH = 32_767
_WIDTHS = {"quote": 14, "indicator": 34, "title": 44, "issuer": 24, "section": 28, "sentence": 90, "rule": 40, "error": 60}
_DEFAULT_WIDTHS = {TEXT: 13, WHOLE: 9, NUMBER: 13}

_SPECIAL = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff<>&]|_x[0-9A-Fa-f]{4}_|^\s|\s$")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_MARKUP = str.maketrans({"<": "&lt;", ">": "&gt;", "&": "&amp;"})
_DEFLATE_END = b"\x03\x00"
_MADE = datetime(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class SheetRows:
    """Rows of a sheet, as they stand in its file."""

    rows: int
    crc: int
    """CRC-32 of what is compressed."""
    size: int
    """Bytes, before they are compressed."""
    deflated: bytes
    """Ends in a full flush."""


def sheet_rows(table: str, rows: Sequence[Mapping[str, Any]]) -> SheetRows:
    """Makes rows of a sheet.

    >>> piece = sheet_rows("speakers", [{"doc_id": "a", "start": 3, "quote": "<甲>", "speaker": "", "role": "host"}])
    >>> zlib.decompressobj(-15).decompress(piece.deflated).decode()
    '<row><c t="inlineStr"><is><t>a</t></is></c><c><v>3</v></c>\
<c t="inlineStr"><is><t xml:space="preserve">&lt;甲&gt;</t></is></c><c/><c/><c/>\
<c t="inlineStr"><is><t>host</t></is></c></row>'
    """
    names = [column.name for column in TABLES[table]]
    made = "".join(f"<row>{''.join([_cell(row.get(name)) for name in names])}</row>" for row in rows).encode()
    deflate = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return SheetRows(len(rows), zlib.crc32(made), len(made), deflate.compress(made) + deflate.flush(zlib.Z_FULL_FLUSH))


def _cell(value: str | float | None) -> str:
    if value is None or value == "":
        return "<c/>"
    if not isinstance(value, str):
        return f"<c><v>{value!r}</v></c>"
    if len(value) > _CELL_LENGTH:
        value = value[: _CELL_LENGTH - 1] + "…"
    if not _SPECIAL.search(value):
        return f'<c t="inlineStr"><is><t>{value}</t></is></c>'
    escaped = _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", value).translate(_MARKUP)
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escaped}</t></is></c>'


class Sheet:
    """A sheet in the making: its pieces are laid by in a file."""

    def __init__(self, table: str, part: int, file: Path) -> None:
        """Begins a sheet of a table; ``part`` counts the sheets of one table from 1."""
        self.table = table
        self.name = table if part == 1 else f"{table} {part}"
        self.rows = self.size = self.crc = 0
        self._file = file
        self._to = file.open("wb")

    def add(self, piece: SheetRows) -> None:
        """Adds rows below those that are there."""
        self._to.write(piece.deflated)
        self.crc = joined_crc(self.crc, piece.crc, piece.size)
        self.rows += piece.rows
        self.size += piece.size

    def close(self) -> None:
        """Ends adding."""
        self._to.close()

    def write_to(self, book: ZipFile, name: str, before: bytes, after: bytes) -> None:
        """Writes the sheet into the workbook between what stands before and after its rows."""
        deflate = zlib.compressobj(wbits=-zlib.MAX_WBITS)
        head = deflate.compress(before) + deflate.flush(zlib.Z_FULL_FLUSH)
        deflate = zlib.compressobj(wbits=-zlib.MAX_WBITS)
        foot = deflate.compress(after) + deflate.flush(zlib.Z_FULL_FLUSH) + _DEFLATE_END
        crc = joined_crc(zlib.crc32(before), self.crc, self.size)
        with self._file.open("rb") as body:
            compressed = len(head) + self._file.stat().st_size + len(foot)
            info = ZipInfo(name)
            info.compress_type = ZIP_DEFLATED
            info.CRC = joined_crc(crc, zlib.crc32(after), len(after))
            info.file_size, info.compress_size = len(before) + self.size + len(after), compressed
            # ZipFile has no way in for what is compressed already; this is what its own writing does.
            to = book.fp
            assert to is not None
            to.seek(book.start_dir)
            info.header_offset = to.tell()
            to.write(info.FileHeader())
            to.write(head)
            shutil.copyfileobj(body, to, 1 << 20)
            to.write(foot)
            book.filelist.append(info)
            book.NameToInfo[name] = info
            book.start_dir = to.tell()


def write_workbook(path: Path, sheets: Sequence[Sheet]) -> None:
    """Puts sheets, which are closed, together in one file.

    Raises:
        OSError: it cannot be written.
    """
    with ZipFile(_frame(sheets)) as frame, ZipFile(path, "w", ZIP_DEFLATED) as book:
        for name in frame.namelist():
            found = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", name)
            if not found:
                continue
            sheet = sheets[int(found[1]) - 1]
            before, end, after = frame.read(name).partition(b"</sheetData>")
            reach = f":{_letters(len(TABLES[sheet.table]))}{sheet.rows + 1}"
            before = re.sub(rb'(<dimension ref="A1):[^"]*', rb"\g<1>" + reach.encode(), before)
            sheet.write_to(book, name, before, end + after)
        for info in frame.infolist():
            if info.filename not in book.NameToInfo:
                book.writestr(info, frame.read(info.filename), ZIP_DEFLATED)


def _frame(sheets: Iterable[Sheet]) -> io.BytesIO:
    """The workbook with the heads of its sheets and without their rows."""
    import xlsxwriter

    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    book.set_properties({"created": _MADE})
    bold = book.add_format({"bold": True, "bottom": 1})
    for sheet in sheets:
        made, columns = book.add_worksheet(sheet.name), TABLES[sheet.table]
        made.freeze_panes(1, 0)
        for place, column in enumerate(columns):
            made.set_column(place, place, _WIDTHS.get(column.name, _DEFAULT_WIDTHS[column.dtype]))
            made.write_string(0, place, column.name, bold)
            made.write_comment(0, place, column.meaning)
        made.autofilter(0, 0, sheet.rows, len(columns) - 1)
    book.close()
    return file


def _letters(column: int) -> str:
    """The name of a column, counted from 1.

    >>> _letters(1), _letters(26), _letters(27)
    ('A', 'Z', 'AA')
    """
    before, last = divmod(column - 1, 26)
    return (_letters(before) if before else "") + chr(ord("A") + last)


def joined_crc(first: int, second: int, size: int) -> int:
    """The CRC-32 of two pieces of data one behind the other, from those of each and the bytes of the second.

    Appending ``size`` bytes multiplies the first by x^(8·size) modulo the polynomial, as zlib's ``crc32_combine`` does.

    >>> joined_crc(zlib.crc32(b"one"), zlib.crc32(b"other"), 5) == zlib.crc32(b"oneother")
    True
    """
    for place in range(size.bit_length()):
        if size >> place & 1:
            first = _product(_power(place), first)
    return first ^ second


@cache
def _power(place: int) -> int:
    """x^(8·2^place), modulo the polynomial."""
    return _product(_power(place - 1), _power(place - 1)) if place else 1 << 23  # the coefficient of x^0 is the highest bit


def _product(one: int, other: int) -> int:
    """The product of two polynomials modulo that of CRC-32."""
    product = 0
    for bit in range(31, -1, -1):
        if one >> bit & 1:
            product ^= other
        other = other >> 1 ^ 0xEDB88320 if other & 1 else other >> 1
    return product
