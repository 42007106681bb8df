"""A run: every document of a folder becomes rows, and the rows become files."""

from __future__ import annotations

import csv
import platform
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline import __version__
from pipeline.ingest import FORMATS, INDEX_NAME, Index, IngestError, find_documents, load_index, other_files, read_document
from pipeline.pipeline import Extraction, Extractor
from pipeline.recognise.citations import link_citations
from pipeline.rows import citation_rows, owner_rows, residue_rows, speaker_rows, target_rows, task_rows
from pipeline.rules import RuleError
from pipeline.tables import TableError, frame
from pipeline.timing import Seconds
from pipeline.values import Metadata, Source
from pipeline.write import OutputError, drop_texts, make_folder, write_run, write_tables, write_text

Progress = Callable[[int, int, str], None]
"""Is told after each document: how many are done, how many there are, and the name of this one."""

_LIBRARIES = (
    "charset-normalizer", "jieba", "lxml", "opencc", "pandas", "pandera", "pdfplumber", "pint", "pyarrow", "pydantic",
    "python-docx", "regex", "spacy", "xlsxwriter",
)  # fmt: skip

_FURTHER: dict[str, Callable[[Extraction], Iterable[dict[str, Any]]]] = {
    "owners": owner_rows,
    "tasks": task_rows,
    "citations": citation_rows,
    "speakers": speaker_rows,
}


@dataclass(frozen=True, slots=True)
class RunReport:
    """What a run did."""

    documents: int
    failed: int
    statements: dict[str, int]
    """How many, by kind."""
    residue: int
    unexplained: int
    problems: tuple[str, ...]
    """One line for each document that failed and each row of the index that is wrong."""
    left_out: tuple[str, ...]
    """The files beside the documents that are in no format that is read."""
    files: tuple[Path, ...]
    seconds: dict[str, float]
    """How long each stage took, over all documents."""


@dataclass(frozen=True, slots=True)
class _Result:
    """One document: its row of ``documents`` and its rows of the other tables."""

    document: dict[str, Any]
    targets: list[dict[str, Any]] = field(default_factory=list)
    residue: list[dict[str, Any]] = field(default_factory=list)
    further: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    """The rows of the tables that come from the document alone: owners, tasks, citations, speakers."""
    seconds: dict[str, float] = field(default_factory=dict)
    text: str | None = None
    """The text that all ``start`` of the document point into, until it is written."""


def extract_folder(input: Path, output: Path, rules: Path, progress: Progress | None = None) -> RunReport:
    """Reads every document of a folder, or one document, and writes the tables.

    A document that fails becomes a row of ``documents`` with its ``error``; the run goes on with the next one.

    Args:
        input: a folder of documents with an optional ``documents.csv``, or one document.
        output: the folder for the files; it is made where there is none.
        rules: the folder of rules.
        progress: is called after each document.

    Raises:
        IngestError: there is no document.
        RuleError: the rules cannot be used.
        OutputError: the files cannot be written.
    """
    seconds = Seconds()
    folder = input if input.is_dir() else input.parent
    paths = find_documents(input)
    if output.resolve() == folder.resolve():
        raise OutputError(f"{output}: holds the documents, and their {INDEX_NAME} would be lost; name another --output")
    make_folder(output)
    index = load_index(folder / INDEX_NAME)
    with seconds.of("start"):
        extractor = Extractor(rules)
    results = []
    written: set[Path] = set()
    for done, result in enumerate(_documents(paths, index, extractor), start=1):
        if result.text is not None:
            written.add(write_text(output, result.document["doc_id"], result.text))
        results.append(replace(result, text=None))
        seconds.add(result.seconds)
        if progress:
            progress(done, len(paths), paths[done - 1].name)
    with seconds.of("tabulate"):
        link_citations(
            [row for result in results for row in result.further.get("citations", ())],
            [(result.document["doc_id"], result.document["title"], result.document["number"]) for result in results],
        )
        frames, results = _frames(results)
    with seconds.of("write"):
        files = write_tables(frames, output)
        drop_texts(output, written)
    report = _report(results, _unread_rows(index, results), other_files(input), files, seconds.finish())
    return replace(report, files=(*files, write_run(_account(report, extractor.rules.sha256), output)))


def _documents(paths: Iterable[Path], index: Index, extractor: Extractor) -> Iterator[_Result]:
    """Every document in its turn. Of two files with one ``doc_id`` the second one fails."""
    first: dict[str, Path] = {}
    for path in paths:
        if first.setdefault(path.stem, path) is path:
            yield _document(path, index, extractor)
        else:
            message = f"{path}: {first[path.stem].name} has the doc_id {path.stem} already; rename one of the two"
            yield _Result(_document_row(path, None, message))


def _document(path: Path, index: Index, extractor: Extractor) -> _Result:
    """One document, whatever happens in it."""
    seconds = Seconds()
    source = None
    try:
        with seconds.of("ingest"):
            source = read_document(path, index)
        extraction = extractor.extract(source)
        seconds.add(extraction.seconds)
        with seconds.of("tabulate"):
            problems = filter(None, [source.problem, *_problems_of(source.doc_id, index)])
            return _rows(extraction, extractor, "; ".join(problems), seconds.by_stage)
    except IngestError as error:
        message = str(error)
    except RuleError as error:
        message = f"{path}: {error}"
    except Exception as error:  # a bug met in one document must not take the other documents' tables away
        message = _internal(path, error)
    return _Result(_document_row(path, source, message), seconds=seconds.by_stage)


def _rows(extraction: Extraction, extractor: Extractor, error: str, seconds: dict[str, float]) -> _Result:
    targets = list(target_rows(extraction, extractor.lexicon, extractor.units))
    residue = list(residue_rows(extraction))
    row = _document_row(Path(extraction.source.path), extraction.source, error)
    counts = {"statements": len(targets), "residue": len(residue)}
    return _Result(row | counts, targets, residue, _further(extraction), seconds, extraction.source.text)


def _further(extraction: Extraction) -> dict[str, list[dict[str, Any]]]:
    return {table: list(rows(extraction)) for table, rows in _FURTHER.items()}


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


def _internal(path: object, error: Exception) -> str:
    return f"{path}: internal error: {type(error).__name__}: {' '.join(str(error).split())}"


def _frames(results: list[_Result]) -> tuple[dict[str, pd.DataFrame], list[_Result]]:
    """The tables, and the results they are of: a document whose rows break the schema is one that failed."""
    try:
        return _tables(results), results
    except TableError:
        kept = [_keeping_to_schema(result) for result in results]
        return _tables(kept), kept


def _keeping_to_schema(result: _Result) -> _Result:
    try:
        _tables([result])
    except TableError as error:
        return _Result(result.document | {"statements": 0, "residue": 0, "error": _internal(result.document["path"], error)})
    return result


def _tables(results: list[_Result]) -> dict[str, pd.DataFrame]:
    return {
        "targets": frame("targets", (row for result in results for row in result.targets)),
        **{table: frame(table, (row for result in results for row in result.further.get(table, ()))) for table in _FURTHER},
        "documents": frame("documents", (result.document for result in results)),
        "residue": frame("residue", (row for result in results for row in result.residue)),
    }


def _problems_of(doc_id: str, index: Index) -> list[str]:
    return [problem for about, problem in index.problems if about == doc_id]


def _unread_rows(index: Index, results: list[_Result]) -> list[str]:
    """Problems of the index that are about none of the documents, and so stand in no row of ``documents``."""
    known = {result.document["doc_id"] for result in results}
    return [problem for about, problem in index.problems if about not in known]


def _report(
    results: list[_Result], further: list[str], left_out: list[Path], files: list[Path], seconds: dict[str, float]
) -> RunReport:
    errors = [result.document["error"] for result in results if result.document["error"]]
    residue = [row["reason"] for result in results for row in result.residue]
    return RunReport(
        documents=len(results),
        failed=len(errors),
        statements=dict(Counter(row["kind"] for result in results for row in result.targets)),
        residue=len(residue),
        unexplained=residue.count("unexplained"),
        problems=(*errors, *further),
        left_out=tuple(path.name for path in left_out),
        files=tuple(files),
        seconds=seconds,
    )


def _account(report: RunReport, rules_sha256: str) -> dict[str, Any]:
    return {
        "zhibiao": __version__,
        "python": platform.python_version(),
        "libraries": {name: version(name) for name in _LIBRARIES},
        "rules_sha256": rules_sha256,
        "documents": report.documents,
        "failed": report.failed,
        "statements": sum(report.statements.values()),
        "statements_by_kind": report.statements,
        "residue": report.residue,
        "unexplained": report.unexplained,
        "problems": list(report.problems),
        "left_out": list(report.left_out),
        "seconds": {stage: round(spent, 3) for stage, spent in report.seconds.items()},
    }


def read_table(output: Path, table: str) -> list[dict[str, str]]:
    """The rows of a table of a run, as they are written in its CSV file."""
    with (output / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
