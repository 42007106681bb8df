"""Stage 1: a file becomes a :class:`~pipeline.values.Source`.

A format is a row of :data:`FORMATS` and a reader that turns bytes into text: for text one in this process, for the rest
one of :data:`~pipeline.ingest.readers.READERS`, which runs in a worker.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from pathlib import Path

from pipeline.ingest.files import IngestError, errors_of, read_bytes, reason
from pipeline.ingest.grids import find_grids
from pipeline.ingest.index import INDEX_NAME, Index, load_index
from pipeline.ingest.layout import Read
from pipeline.ingest.limits import MAX_CHARACTERS, OCR_SECONDS, OFFICE_SECONDS, SECONDS
from pipeline.ingest.ocr import find_recogniser
from pipeline.ingest.sniff import format_of
from pipeline.ingest.text import decode
from pipeline.ingest.worker import Worker
from pipeline.values import Metadata, Source

__all__ = ["FORMATS", "INDEX_NAME", "Index", "IngestError", "find_documents", "load_index", "other_files", "read_document"]

FORMATS = {
    ".txt": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".shtml": "html",
    ".mht": "mhtml",
    ".mhtml": "mhtml",
    ".docx": "docx",
    ".pdf": "pdf",
    ".doc": "doc",
    ".wps": "wps",
    ".rtf": "rtf",
    ".odt": "odt",
}
"""The formats by file name extension, in lower case. What a file holds counts more, see :mod:`~pipeline.ingest.sniff`."""

_OFFICE = ("doc", "wps", "rtf", "odt")
_NOT_DOCUMENTS = re.compile(rf"(?:readme|licen[cs]e|changelog)\b|[.~_]|{re.escape(INDEX_NAME)}$", re.IGNORECASE)
"""Files about the folder itself, and those that editors and spreadsheets leave while they are open."""


def find_documents(path: Path) -> list[Path]:
    """The documents of a folder, sorted by name, or the one document that ``path`` is.

    Files of other formats, files about the folder itself (``README.md``, ``documents.csv``) and sub-folders
    (``gold/``) are no documents.

    Raises:
        IngestError: there is nothing at ``path``, or no document in it.
    """
    if path.is_file():
        if path.suffix.lower() not in FORMATS:
            raise IngestError(f"{path}: no format that is read; save it as {' or '.join(FORMATS)}")
        return [path]
    if not path.is_dir():
        raise IngestError(f"{path}: no such file or folder; name the folder of documents")
    try:
        found = sorted(entry for entry in path.iterdir() if _is_document(entry))
    except errors_of(path) as error:
        raise IngestError(f"{path}: cannot be listed ({reason(error)}); check that you may read the folder") from None
    if not found:
        raise IngestError(f"{path}: no document here; put {', '.join(FORMATS)} files into it")
    return found


def other_files(path: Path) -> list[Path]:
    """The files of a folder that somebody may take for documents, but that are in no format that is read."""
    if not path.is_dir():
        return []
    return sorted(
        entry
        for entry in path.iterdir()
        if entry.is_file() and entry.suffix.lower() not in FORMATS and not _NOT_DOCUMENTS.match(entry.name)
    )


def _is_document(entry: Path) -> bool:
    return entry.suffix.lower() in FORMATS and not entry.is_dir() and not _NOT_DOCUMENTS.match(entry.name)


def read_document(path: Path, index: Index) -> Source:
    """Reads one document. Its ``doc_id`` is its file name without the extension.

    Raises:
        IngestError: the file cannot be read as the format that its name promises.
    """
    raw = read_bytes(path)
    try:
        name = format_of(raw, FORMATS[path.suffix.lower()])
        read = _text(raw, path) if name in ("text", "markdown") else _parsed(name, raw)
    except IngestError as error:
        message = str(error)
        raise IngestError(message if message.startswith(str(path)) else f"{path}: {message}") from None
    given = _over(index.rows.get(path.stem, Metadata()), read.metadata)
    return Source(
        doc_id=path.stem,
        path=path.as_posix(),
        text=read.text,
        format=name,
        encoding=read.encoding,
        sha256=hashlib.sha256(raw).hexdigest(),
        metadata=given,
        tables=read.tables,
        extractor=read.extractor,
        pages=read.pages,
        problem=f"{path}: {read.problem}" if read.problem else "",
    )


def _text(raw: bytes, path: Path) -> Read:
    decoded = decode(raw, path)
    if len(decoded.text) > MAX_CHARACTERS:
        raise IngestError(f"the text has more than {MAX_CHARACTERS:,} characters; split the document")
    return Read(decoded.text, decoded.encoding, find_grids(decoded.text), extractor="text")


def _parsed(name: str, raw: bytes) -> Read:
    read = Worker.read(name, raw, OFFICE_SECONDS + SECONDS if name in _OFFICE else SECONDS)
    if not read.unread:
        return read
    if find_recogniser():
        return Worker.read("scan", raw, OCR_SECONDS)
    if not read.text:
        raise IngestError(
            "a scan: its pages are pictures without text; install tesseract with its data chi_sim and run again, "
            "or recognise the text with another program"
        )
    return read


def _over(given: Metadata, said: Metadata) -> Metadata:
    """What the index gives, and where it says nothing what the file says of itself."""
    return replace(
        given,
        title=given.title or said.title,
        issuer=given.issuer or said.issuer,
        number=given.number or said.number,
        date=given.date or said.date,
        url=given.url or said.url,
        index_number=given.index_number or said.index_number,
    )
