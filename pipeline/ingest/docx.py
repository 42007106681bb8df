"""Word documents (``.docx``): headings with the numbers that Word counts itself, lists, tables, text boxes.

python-docx opens the package and refuses entities. Its paragraphs leave out what stands in content controls and tracked
insertions, which official documents are full of, so the text is taken from the XML itself.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from typing import Any

from docx import Document

from pipeline.ingest.files import IngestError
from pipeline.ingest.html import check_tree
from pipeline.ingest.layout import GridCell, Read, TextBuilder, cell_text
from pipeline.ingest.limits import FREE_RATIO_BYTES, MAX_PART_BYTES, MAX_PARTS, MAX_RATIO, MAX_UNPACKED_BYTES
from pipeline.ingest.numbering import Numbering

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = frozenset(
    {W + name for name in ("del", "moveFrom", "instrText", "delText", "delInstrText", "pPr", "rPr", "tblPr", "sectPr")}
    | {_FALLBACK}
)
_UNUSABLE = "no readable Word document; open it in Word and save it again as .docx"


def check_archive(raw: bytes) -> list[str]:
    """The names of the parts of a file that is an archive, when unpacking them is safe.

    Raises:
        IngestError: it is no archive, has too many parts, or unpacks to too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error) as error:
        raise IngestError(f"a damaged archive ({' '.join(str(error).split())}); save the document again") from None
    if len(parts) > MAX_PARTS:
        raise IngestError(f"the file has {len(parts):,} parts, more than the {MAX_PARTS:,} that are read")
    if sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES or any(p.file_size > MAX_PART_BYTES for p in parts):
        raise IngestError(
            f"the file unpacks to more than {MAX_UNPACKED_BYTES // 2**20} MiB, or one part of it to more than "
            f"{MAX_PART_BYTES // 2**20} MiB; take out pictures or split the document"
        )
    if any(p.file_size > FREE_RATIO_BYTES and p.file_size > MAX_RATIO * max(1, p.compress_size) for p in parts):
        raise IngestError(
            f"a part of the file unpacks to more than {MAX_RATIO} times its size, as no document does; not read"
        )
    return [part.filename for part in parts]


def read_docx(raw: bytes) -> Read:
    """Reads a Word document.

    Raises:
        IngestError: it is damaged, locked by a password, holds no text, or breaks a limit.
    """
    check_archive(raw)
    try:
        document = Document(io.BytesIO(raw))
        body = document.element.body
        numbering = Numbering(document)
    except MemoryError:
        raise
    except Exception as error:  # python-docx passes on whatever its parts raise: KeyError, XMLSyntaxError, ValueError, …
        raise IngestError(f"{_UNUSABLE} ({type(error).__name__})") from None
    if body is None:
        raise IngestError(_UNUSABLE)
    check_tree(body, "the document")
    builder = TextBuilder()
    for child in _blocks(body):
        if child.tag == W + "p":
            for line in _lines(child, numbering):
                builder.line(line)
        else:
            builder.table(_grid(child, numbering))
    if not builder.text:
        raise IngestError("the document holds no text; if it is pictures of pages, save it as PDF")
    return Read(builder.text, "", tuple(builder.tables), extractor=f"python-docx {_version()}")


@cache
def _version() -> str:
    return version("python-docx")


def _blocks(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables below an element, content controls and such looked through."""
    stack = [iter(parent)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
        elif element.tag in (W + "p", W + "tbl"):
            yield element
        elif element.tag not in _SKIPPED:
            stack.append(iter(element))


def _lines(paragraph: Any, numbering: Numbering) -> list[str]:
    """The lines of a paragraph, cut at its line breaks, with its number; then those of the text boxes anchored in it."""
    lines, boxes = [""], []
    stack = [iter(paragraph)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
            continue
        tag = element.tag
        if tag == W + "txbxContent":
            boxes.append(element)
        elif tag == W + "t":
            lines[-1] += element.text or ""
        elif tag == W + "tab":
            lines[-1] += " "
        elif tag in (W + "br", W + "cr"):
            lines.append("")
        elif tag == W + "noBreakHyphen":
            lines[-1] += "-"
        elif tag == W + "sym":
            lines[-1] += _symbol(element)
        elif tag not in _SKIPPED:
            stack.append(iter(element))
    if any(line.strip() for line in lines):
        lines[0] = numbering.label(paragraph) + lines[0]
    for box in boxes:
        for inner in _blocks(box):
            if inner.tag == W + "p":
                lines += _lines(inner, numbering)
            else:
                lines += [cell.text for row in _grid(inner, numbering) for cell in row]
    return lines


def _symbol(element: Any) -> str:
    """A symbol of a symbol font; its code points are private, only those of letters mean something elsewhere."""
    try:
        code = int(element.get(W + "char") or "0", 16)
    except ValueError:
        return ""
    return chr(code) if 0x20 <= code < 0xE000 and not 0xD800 <= code < 0xE000 else ""


def _grid(table: Any, numbering: Numbering) -> list[list[GridCell]]:
    """The cells of a table; a cell that goes on one above it is counted to that."""
    rows: list[list[tuple[int, GridCell]]] = []
    open_cells: dict[int, tuple[int, int]] = {}
    for row in table:
        if row.tag == W + "sdt":
            row = next(iter(row.iter(W + "tr")), row)
        if row.tag != W + "tr":
            continue
        cells: list[tuple[int, GridCell]] = []
        column = _number(row.find(f"{W}trPr/{W}gridBefore"), 0)
        for cell in _cells(row):
            span = _number(cell.find(f"{W}tcPr/{W}gridSpan"), 1)
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            goes_on = merge is not None and merge.get(W + "val") != "restart"
            if goes_on and column in open_cells:
                above, place = open_cells[column]
                at, old = rows[above][place]
                rows[above][place] = (at, GridCell(old.text, len(rows) - above + 1, old.columns))
            else:
                cells.append((column, GridCell(_cell_text(cell, numbering), 1, span)))
                if merge is not None:
                    open_cells[column] = (len(rows), len(cells) - 1)
                else:
                    open_cells.pop(column, None)
            column += span
        rows.append(cells)
    return [_with_gaps(row, rows, i) for i, row in enumerate(rows)]


def _with_gaps(row: list[tuple[int, GridCell]], rows: list[list[tuple[int, GridCell]]], index: int) -> list[GridCell]:
    """The cells of a row as :func:`~pipeline.ingest.layout.place` takes them: left gaps are cells without text."""
    spanned = {
        column + k
        for i, earlier in enumerate(rows[:index])
        for column, cell in earlier
        if cell.rows > 1 and i + cell.rows > index
        for k in range(cell.columns)
    }
    cells, at = [], 0
    for column, cell in row:
        while at < column:
            if at not in spanned:
                cells.append(GridCell(""))
            at += 1
        cells.append(cell)
        at += cell.columns
    return cells


def _cells(row: Any) -> Iterator[Any]:
    for child in row:
        if child.tag == W + "tc":
            yield child
        elif child.tag not in _SKIPPED:
            yield from child.iter(W + "tc")


def _cell_text(cell: Any, numbering: Numbering) -> str:
    lines = []
    for block in _blocks(cell):
        if block.tag == W + "p":
            lines += _lines(block, numbering)
        else:
            lines += [inner.text for row in _grid(block, numbering) for inner in row]
    return cell_text(lines)


def _number(element: Any, default: int) -> int:
    try:
        return min(max(int(element.get(W + "val")), default), 1000) if element is not None else default
    except (TypeError, ValueError):
        return default
