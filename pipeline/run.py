"""A run: every document of a folder becomes rows, and the rows become files."""

from __future__ import annotations

import csv
import platform
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline import __version__
from pipeline.cache import Cache
from pipeline.document import DocumentRows, failed_rows, internal, read_rows
from pipeline.ingest import INDEX_NAME, Index, find_documents, load_index, other_files
from pipeline.jobs import Died, usable_jobs, work_off
from pipeline.pipeline import Extractor
from pipeline.recognise.citations import link_citations
from pipeline.spool import lay_by, take_up
from pipeline.table_files import TableFiles
from pipeline.tables import TableError, frame
from pipeline.timing import Seconds
from pipeline.write import OutputError, drop_texts, make_folder, working_folder, write_run, write_text

Progress = Callable[[int, int, str], None]
"""Is told after each document: how many are done, how many there are, and the name of this one."""

_LIBRARIES = (
    "charset-normalizer", "jieba", "lxml", "opencc", "pandas", "pandera", "pdfplumber", "pint", "pyarrow", "pydantic",
    "python-docx", "regex", "spacy", "xlsxwriter",
)  # fmt: skip

_ORDER = ("targets", "owners", "tasks", "citations", "speakers", "documents", "residue")
"""The tables, as the workbook has them."""

_BATCH_ROWS = 5_000


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


def extract_folder(
    input: Path, output: Path, rules: Path, progress: Progress | None = None, *, jobs: int | None = 1, cache: bool = False
) -> RunReport:
    """Reads every document of a folder, or one document, and writes the tables.

    A document that fails becomes a row of ``documents`` with its ``error``; the run goes on with the next one.

    Args:
        input: a folder of documents with an optional ``documents.csv``, or one document.
        output: the folder for the files; it is made where there is none.
        rules: the folder of rules.
        progress: is called after each document.
        jobs: how many processes read documents; ``None`` for one a core. The tables are the same whatever it is.
        cache: whether to keep in ``output/.cache`` what is read, and to read only what has changed since.

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
    texts: set[Path] = set()
    counts = _Counts()
    with working_folder(output) as work:
        with seconds.of("start"):
            reader = _Reader(paths, index, rules, work)
            kept = Cache(output, reader.extractor.rules.sha256, _libraries()) if cache else None
            entries = [kept.entry(path, index) if kept else None for path in paths]
        told = []
        for done, (place, answer) in enumerate(_read_all(reader, entries, jobs), start=1):
            seconds.add(answer.seconds)
            told.append((place, answer))
            if progress:
                progress(done, len(paths), paths[place].name)
        answers = [answer for _, answer in sorted(told, key=lambda one: one[0])]
        cited_as = [answer.cited_as for answer in answers]
        with TableFiles(output, _ORDER, work) as files:
            for results in _batches(_taken_up(answer.file) for answer in answers):
                with seconds.of("tabulate"):
                    link_citations((row for result in results for row in result.tables.get("citations", ())), cited_as)
                    frames, results = _frames(results)
                    counts.add(results)
                with seconds.of("write"):
                    files.add(frames)
                    texts.update(
                        write_text(output, result.document["doc_id"], result.text)
                        for result in results
                        if result.text is not None
                    )
            with seconds.of("write"):
                written = files.finish()
                drop_texts(output, texts)
                if kept:
                    kept.tidy()
    report = counts.report(index, other_files(input), written, seconds.finish())
    return replace(report, files=(*written, write_run(_account(report, reader.extractor.rules.sha256), output)))


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a process tells of a document that it has read: all else lies in a file."""

    file: Path
    seconds: dict[str, float]
    cited_as: tuple[str, str, str]
    """``doc_id``, title and number."""


class _Reader:
    """Reads the documents of a run by their places, and lays by what it finds. It loads the rules once a process."""

    def __init__(self, paths: list[Path], index: Index, rules: Path, work: Path) -> None:
        self._given = (paths, index, rules, work)
        self.paths, self._index, self._work = paths, index, work
        self.extractor = Extractor(rules)

    def __reduce__(self) -> tuple[Any, ...]:
        return (_Reader, self._given)

    def __call__(self, task: tuple[int, Path | None]) -> _Answer:
        """Reads the document of a place; read without an error, it becomes the entry of the cache, where one is named."""
        place, entry = task
        result = read_rows(self.paths[place], self._index, self.extractor)
        return self.lay_by(result, self._work / str(place) if entry is None or result.document["error"] else entry)

    def fail(self, place: int, message: str) -> _Answer:
        return self.lay_by(failed_rows(self.paths[place], message), self._work / str(place))

    def lay_by(self, result: DocumentRows, file: Path) -> _Answer:
        lay_by(result, file)
        return _answer(result, file, result.seconds)


def _answer(result: DocumentRows, file: Path, seconds: dict[str, float]) -> _Answer:
    document = result.document
    return _Answer(file, seconds, (document["doc_id"], document["title"], document["number"]))


def _taken_up(file: Path) -> DocumentRows:
    result = take_up(file)
    if result is None:
        raise OutputError(f"{file}: is gone or damaged; run again, and check the disk")
    return result


def _read_all(reader: _Reader, entries: list[Path | None], jobs: int | None) -> Iterator[tuple[int, _Answer]]:
    """Has every document read; gives its place as soon as it is done. Of two files with one ``doc_id`` the second fails."""
    first: dict[str, Path] = {}
    tasks = []
    for place, (path, entry) in enumerate(zip(reader.paths, entries, strict=True)):
        if first.setdefault(path.stem, path) is not path:
            message = f"{path}: {first[path.stem].name} has the doc_id {path.stem} already; rename one of the two"
            yield place, reader.fail(place, message)
        elif entry and (known := take_up(entry)):
            entry.touch()
            yield place, _answer(known, entry, {})
        else:
            tasks.append((place, entry))
    jobs = jobs or usable_jobs(len(tasks))
    if jobs > 1:  # the longest first: one that is begun last would keep all other processes waiting
        tasks.sort(key=lambda task: -_bytes(reader.paths[task[0]]))
    for (place, _), answer in work_off(tasks, reader, jobs):
        if isinstance(answer, Died):
            path = reader.paths[place]
            message = f"{path}: the process that read it died ({answer}), perhaps for want of memory; split the document"
            answer = reader.fail(place, message)
        yield place, answer


def _bytes(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # it is gone: reading it says so
        return 0


def _batches(results: Iterable[DocumentRows]) -> Iterator[list[DocumentRows]]:
    """Documents in their order, as many at a time as are checked and written together: memory holds no more."""
    batch, rows = [], 0
    for result in results:
        batch.append(result)
        rows += 1 + sum(map(len, result.tables.values()))
        if rows >= _BATCH_ROWS:
            yield batch
            batch, rows = [], 0
    if batch:
        yield batch


def _frames(results: list[DocumentRows]) -> tuple[dict[str, pd.DataFrame], list[DocumentRows]]:
    """The tables, and the results they are of: a document whose rows break the schema is one that failed."""
    try:
        return _tables(results), results
    except TableError:
        kept = [_keeping_to_schema(result) for result in results]
        return _tables(kept), kept


def _keeping_to_schema(result: DocumentRows) -> DocumentRows:
    try:
        _tables([result])
    except TableError as error:
        message = internal(result.document["path"], error)
        return DocumentRows(result.document | {"statements": 0, "residue": 0, "error": message}, text=result.text)
    return result


def _tables(results: list[DocumentRows]) -> dict[str, pd.DataFrame]:
    return {
        table: frame(table, (row for result in results for row in result.tables.get(table, ())))
        if table != "documents"
        else frame(table, (result.document for result in results))
        for table in _ORDER
    }


class _Counts:
    """What a run found, counted as it is written."""

    def __init__(self) -> None:
        self._known: set[str] = set()
        self._documents = 0
        self._errors: list[str] = []
        self._kinds: Counter[str] = Counter()
        self._reasons: Counter[str] = Counter()

    def add(self, results: list[DocumentRows]) -> None:
        self._documents += len(results)
        self._known.update(result.document["doc_id"] for result in results)
        self._errors += [result.document["error"] for result in results if result.document["error"]]
        self._kinds.update(row["kind"] for result in results for row in result.tables.get("targets", ()))
        self._reasons.update(row["reason"] for result in results for row in result.tables.get("residue", ()))

    def report(self, index: Index, left_out: list[Path], files: list[Path], seconds: dict[str, float]) -> RunReport:
        unread = [problem for about, problem in index.problems if about not in self._known]
        return RunReport(
            documents=self._documents,
            failed=len(self._errors),
            statements=dict(self._kinds),
            residue=self._reasons.total(),
            unexplained=self._reasons["unexplained"],
            problems=(*self._errors, *unread),
            left_out=tuple(path.name for path in left_out),
            files=tuple(files),
            seconds=seconds,
        )


def _libraries() -> dict[str, str]:
    return {name: version(name) for name in _LIBRARIES}


def _account(report: RunReport, rules_sha256: str) -> dict[str, Any]:
    return {
        "zhibiao": __version__,
        "python": platform.python_version(),
        "libraries": _libraries(),
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
