"""One document as rows of all tables, whatever happens in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from pipeline.ingest import FORMATS, Index, IngestError, read_document
from pipeline.pipeline import Extraction, Extractor
from pipeline.rows import citation_rows, owner_rows, residue_rows, speaker_rows, target_rows, task_rows
from pipeline.rules import RuleError
from pipeline.spool import DocumentRows
from pipeline.timing import Seconds
from pipeline.values import Metadata, Source

_FURTHER: dict[str, Callable[[Extraction], Iterable[dict[str, Any]]]] = {
    "owners": owner_rows,
    "tasks": task_rows,
    "citations": citation_rows,
    "speakers": speaker_rows,
    "residue": residue_rows,
}


def read_rows(path: Path, index: Index, extractor: Extractor) -> DocumentRows:
    """Reads one document; whatever goes wrong with it becomes its ``error``."""
    seconds = Seconds()
    source = None
    try:
        with seconds.of("ingest"):
            source = read_document(path, index)
        extraction = extractor.extract(source)
        seconds.add(extraction.seconds)
        with seconds.of("tabulate"):
            problems = [problem for about, problem in index.problems if about == source.doc_id]
            return _rows(path, extraction, extractor, "; ".join(filter(None, [source.problem, *problems])), seconds.by_stage)
    except IngestError as error:
        message = str(error)
    except RuleError as error:
        message = f"{path}: {error}"
    except MemoryError:
        message = f"{path}: too little memory to read it; split the document, or run with fewer --jobs"
    except Exception as error:  # a bug met in one document must not take the other documents' tables away
        message = internal(path, error)
    return DocumentRows(_document_row(path, source, message), seconds=seconds.by_stage)


def failed_rows(path: Path, message: str) -> DocumentRows:
    """What is left of a document that could not be read at all."""
    return DocumentRows(_document_row(path, None, message))


def internal(path: object, error: Exception) -> str:
    """A mistake of the program itself, met in a document, in one line."""
    return f"{path}: internal error: {type(error).__name__}: {' '.join(str(error).split())}"


def _rows(path: Path, extraction: Extraction, extractor: Extractor, error: str, seconds: dict[str, float]) -> DocumentRows:
    tables = {"targets": list(target_rows(extraction, extractor.lexicon, extractor.units))}
    tables |= {table: list(rows(extraction)) for table, rows in _FURTHER.items()}
    row = _document_row(path, extraction.source, error)
    counts = {"statements": len(tables["targets"]), "residue": len(tables["residue"])}
    return DocumentRows(row | counts, tables, seconds, extraction.source.text)


def _document_row(path: Path, source: Source | None, error: str) -> dict[str, Any]:
    """The row of ``documents``; of a file that could not be read only the name is known."""
    metadata = source.metadata if source else Metadata()
    return {
        "doc_id": path.stem,
        "path": path.as_posix(),
        "sha256": source.sha256 if source else "",
        "format": source.format if source else FORMATS[path.suffix.lower()],
        "encoding": source.encoding if source else "",
        "extractor": source.extractor if source else "",
        "pages": source.pages if source else None,
        "title": metadata.title,
        "issuer": metadata.issuer,
        "number": metadata.number,
        "index_number": metadata.index_number,
        "date": metadata.date.isoformat() if metadata.date else "",
        "kind": metadata.kind,
        "region": metadata.region,
        "characters": len(source.text) if source else None,
        "statements": 0,
        "residue": 0,
        "error": error,
    }
