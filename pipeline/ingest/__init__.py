"""Stage 1: a file becomes a :class:`~pipeline.values.Source`.

A format is a row of :data:`FORMATS` and a function that turns bytes into characters.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from pipeline.ingest.files import IngestError, read_bytes
from pipeline.ingest.index import INDEX_NAME, Index, load_index
from pipeline.ingest.text import decode
from pipeline.values import Metadata, Source

__all__ = ["FORMATS", "INDEX_NAME", "Index", "IngestError", "find_documents", "load_index", "other_files", "read_document"]

FORMATS = {".txt": "text", ".md": "markdown", ".markdown": "markdown"}
"""The formats by file name extension, in lower case."""

_READERS = {"text": decode, "markdown": decode}
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
    except OSError as error:
        raise IngestError(f"{path}: cannot be listed ({error.strerror}); check that you may read the folder") from None
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
    name = FORMATS[path.suffix.lower()]
    decoded = _READERS[name](raw, path)
    return Source(
        doc_id=path.stem,
        path=path.as_posix(),
        text=decoded.text,
        format=name,
        encoding=decoded.encoding,
        sha256=hashlib.sha256(raw).hexdigest(),
        metadata=index.rows.get(path.stem, Metadata()),
    )
