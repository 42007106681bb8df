"""``zhibiao add``: puts documents into the corpus under a clean name, and says in its index what they are."""

from __future__ import annotations

import csv
import hashlib
import io
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import regex

from pipeline.ingest import FORMATS, INDEX_NAME, Index, IngestError, load_index, read_document
from pipeline.ingest.files import read_bytes
from pipeline.ingest.index import COLUMNS
from pipeline.ingest.text import decode
from pipeline.values import Metadata
from pipeline.write import make_folder, replacing

_LONGEST_NAME = 60
_RUN_BY_SPREADSHEETS = "=+-@\t\r"


@dataclass(frozen=True, slots=True)
class Added:
    """A document that is in the corpus now, and what was found of it for the index."""

    doc_id: str
    path: Path
    metadata: Metadata


@dataclass(frozen=True, slots=True)
class AddReport:
    """What came of the files: those that are in the corpus now, and one line for each that is not."""

    added: tuple[Added, ...]
    problems: tuple[str, ...]


def add_documents(files: Iterable[Path], corpus: Path) -> AddReport:
    """Copies files into the corpus, and writes a row of its index for each.

    A file that cannot be read, or whose very bytes are in the corpus already, stays out; the others go in.

    Args:
        files: the documents.
        corpus: the folder of documents; it is made where there is none.

    Raises:
        IngestError: the index of the corpus cannot be used.
        OutputError: a file cannot be written.
    """
    make_folder(corpus)
    load_index(corpus / INDEX_NAME)
    taken = {path.stem: path for path in sorted(corpus.iterdir()) if path.suffix.lower() in FORMATS}
    known = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in taken.values() if path.is_file()}
    added, problems = [], []
    for file in files:
        try:
            found = _add(file, corpus, taken, known)
        except IngestError as error:
            problems.append(str(error))
            continue
        taken[found.doc_id] = found.path
        known[hashlib.sha256(found.path.read_bytes()).hexdigest()] = found.path
        added.append(found)
    if added:
        _write_rows(added, corpus / INDEX_NAME)
    return AddReport(tuple(added), tuple(problems))


def _add(file: Path, corpus: Path, taken: dict[str, Path], known: dict[str, Path]) -> Added:
    if file.suffix.lower() not in FORMATS:
        raise IngestError(f"{file}: no format that is read; save it as one of {', '.join(FORMATS)}")
    raw = read_bytes(file)
    if there := known.get(hashlib.sha256(raw).hexdigest()):
        raise IngestError(f"{file}: is in the corpus already, as {there}")
    source = read_document(file, Index())
    doc_id = free_doc_id(file.stem, taken)
    path = corpus / f"{doc_id}{file.suffix.lower()}"
    with replacing(path) as beside:
        beside.write_bytes(raw)
    return Added(doc_id, path, source.metadata)


def clean_doc_id(name: str) -> str:
    """A name for a file that every system takes: letters, digits and characters, with hyphens between.

    >>> clean_doc_id("关于印发《XX规划》的通知 (最终版) v2"), clean_doc_id("..")
    ('关于印发-XX规划-的通知-最终版-v2', 'document')
    """
    plain = unicodedata.normalize("NFKC", name)
    parts = regex.findall(r"[\p{L}\p{N}]+(?:[._][\p{L}\p{N}]+)*", plain)
    return "-".join(parts)[:_LONGEST_NAME].rstrip("-._") or "document"


def free_doc_id(name: str, taken: Iterable[str]) -> str:
    """A clean name that no document has; a number is put to one that is taken."""
    used = {doc_id.lower() for doc_id in taken}
    doc_id = clean_doc_id(name)
    if regex.match(r"(?:readme|licen[cs]e|changelog|documents)\b", doc_id, flags=regex.IGNORECASE):
        doc_id = f"document-{doc_id}"
    number, free = 2, doc_id
    while free.lower() in used:
        free, number = f"{doc_id}-{number}", number + 1
    return free


def _write_rows(added: list[Added], path: Path) -> None:
    """Puts rows at the end of the index; what stands in it stays as it is."""
    text, encoding = "", "utf-8-sig"
    if path.exists():
        decoded = decode(read_bytes(path), path)
        text, encoding = decoded.text, decoded.encoding
    end = "\r\n" if "\r\n" in text else "\n"
    header = next(csv.reader(io.StringIO(text, newline="")), []) if text else []
    columns = [name.strip().lower() for name in header] or list(COLUMNS)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator=end)
    if not header:
        writer.writerow(COLUMNS)
    elif not text.endswith(("\n", "\r")):
        out.write(end)
    for document in added:
        cells = _cells(document)
        writer.writerow([cells.get(name, "") for name in columns])
    with replacing(path) as beside:
        beside.write_bytes((text + out.getvalue()).encode(_marked(encoding)))


def _marked(encoding: str) -> str:
    """The codec that writes a file of this encoding as it was, byte-order mark included."""
    return "utf-16" if encoding.startswith("utf-16") else encoding


def _cells(document: Added) -> dict[str, str]:
    found = document.metadata
    return {
        "doc_id": document.doc_id,
        "title": found.title.lstrip(_RUN_BY_SPREADSHEETS),
        "issuer": found.issuer.lstrip(_RUN_BY_SPREADSHEETS),
        "date": found.date.isoformat() if found.date else "",
        "url": found.url,
    }
