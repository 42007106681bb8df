"""A run: every document of a folder becomes rows, and the rows become files."""

from __future__ import annotations

import csv
import hashlib
import platform
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cache as cached
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol

from pipeline import __version__
from pipeline.block import Block
from pipeline.cache import Cache
from pipeline.ingest import INDEX_NAME, Index, find_documents, load_index, other_files
from pipeline.links import Links
from pipeline.local import LocalEngine
from pipeline.rule_files import rules_sha256
from pipeline.spool import Summary, summary_of, unpacked
from pipeline.table_files import TableFiles
from pipeline.timing import Seconds
from pipeline.work import TABLE_ORDER, BlockPlan, Made, plan_blocks
from pipeline.write import OutputError, drop_texts, make_folder, place_text, text_path, working_folder, write_run

Progress = Callable[[int, int, str], None]
"""Is told after each document: how many are done, how many there are, and the name of this one."""

_LIBRARIES = (
    "charset-normalizer", "jieba", "lxml", "opencc", "pandas", "pdfplumber", "pint", "pyarrow", "pydantic", "python-docx",
    "regex", "spacy", "xlsxwriter",
)  # fmt: skip


_ATTEMPTS = 5
"""How often blocks are made anew before a disk on which they are always damaged is given up."""


class Engine(Protocol):
    """Who does the work of a run: processes of this machine, or a cluster."""

    def read(self, places: Sequence[int]) -> Iterator[tuple[int, Summary, dict[str, float]]]:
        """Reads documents: gives the summary of each, as soon as it is known, and the seconds that each stage took."""

    def fail(self, place: int, message: str) -> Summary:
        """Makes a document one that could not be read."""

    def replace(self, place: int, raw: bytes) -> None:
        """Puts other packed rows in the place of those of a document."""

    def forget(self, place: int) -> None:
        """Has a document read anew."""

    def make(self, plans: Sequence[BlockPlan], texts: Mapping[BlockPlan, Sequence[int]]) -> Iterator[tuple[Made, float]]:
        """Makes the blocks that are not there yet, and the texts that are wanted; says what failed, and the seconds."""

    def block(self, plan: BlockPlan) -> Block | None:
        """A block that was made; ``None`` where it is to be made again."""

    def text(self, place: int) -> Path:
        """Where a text lies that was made."""

    def keep(self) -> None:
        """Keeps what was made for the next run."""


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
    input: Path,
    output: Path,
    rules: Path,
    progress: Progress | None = None,
    *,
    jobs: int | None = 1,
    cache: bool = False,
    engine: str = "local",
    scheduler: str | None = None,
) -> RunReport:
    """Reads every document of a folder, or one document, and writes the tables.

    A document that fails becomes a row of ``documents`` with its ``error``; the run goes on with the next one.

    Args:
        input: a folder of documents with an optional ``documents.csv``, or one document; on another file system a path that
            :func:`~pipeline.ingest.places.place` makes of its URL.
        output: the folder for the files; it is made where there is none.
        rules: the folder of rules.
        progress: is called after each document.
        jobs: how many processes do the work; ``None`` for one a core. The tables are the same whatever it is.
        cache: whether to keep in ``output/.cache`` what is made, and to make only what has changed since.
        engine: who does the work: ``local``, or ``dask`` for a cluster, which keeps no cache and makes each Parquet file a
            folder of parts.
        scheduler: where the cluster is, such as ``tcp://host:8786``; without it, it is started on this machine.

    Raises:
        ClusterError: the cluster cannot be used, or what it needs is not installed.
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
    with working_folder(output) as work, ExitStack() as opened:
        digest = rules_sha256(rules)
        doer: Engine
        if engine == "dask":
            from pipeline.cluster import DaskEngine

            doer = opened.enter_context(DaskEngine(paths, index, rules, work, scheduler, jobs))
        else:
            kept = Cache(output, digest, _libraries(), index) if cache else None
            doer = LocalEngine(paths, index, rules, work, kept, jobs)
        summaries = _read(doer, paths, progress, seconds)
        written = None
        for _ in range(_ATTEMPTS):
            plans = plan_blocks(summaries, Links((one.doc_id, one.title, one.number) for one in summaries))
            if _made(doer, plans, summaries, output, seconds):
                with seconds.of("write"):
                    written = _written(doer, plans, output, work, parts=engine == "dask")
            if written:
                break
        else:
            raise OutputError(f"{output}: what is laid by there is damaged again and again; check the disk")
        with seconds.of("write"):
            drop_texts(output, {text_path(output, one.doc_id) for one in summaries if one.text})
            doer.keep()
    report = _report(summaries, index, other_files(input), written, seconds.finish())
    return replace(report, files=(*written, write_run(_account(report, digest), output)))


def _read(engine: Engine, paths: Sequence[Path], progress: Progress | None, seconds: Seconds) -> list[Summary]:
    """Has every document read. Of two files with one ``doc_id`` the second fails."""
    first: dict[str, Path] = {}
    summaries: dict[int, Summary] = {}

    def tell(place: int, summary: Summary) -> None:
        summaries[place] = summary
        if progress:
            progress(len(summaries), len(paths), paths[place].name)

    places = []
    for place, path in enumerate(paths):
        if first.setdefault(path.stem, path) is path:
            places.append(place)
        else:
            message = f"{path}: {first[path.stem].name} has the doc_id {path.stem} already; rename one of the two"
            tell(place, engine.fail(place, message))
    for place, summary, spent in engine.read(places):
        seconds.add(spent)
        tell(place, summary)
    return [summaries[place] for place in range(len(paths))]


def _made(engine: Engine, plans: Sequence[BlockPlan], summaries: list[Summary], output: Path, seconds: Seconds) -> bool:
    """Has the blocks made, and the texts that are not in their places; whether no summary had to be changed for that."""
    missing = {
        plan: [place for place in plan.places if summaries[place].text and not _has_text(output, summaries[place])]
        for plan in plans
    }
    changed: dict[int, bytes | None] = {}
    for made, spent in engine.make(plans, missing):
        seconds.add({"tabulate": spent})
        changed |= dict.fromkeys(made.lost) | made.failed
    for place, raw in changed.items():
        if raw is None:
            engine.forget(place)
            [(_, summaries[place], _)] = engine.read([place])
        else:
            engine.replace(place, raw)
            rows = unpacked(raw)
            assert rows is not None
            summaries[place] = summary_of(rows, raw)
    if not changed:
        with seconds.of("write"):
            for places in missing.values():
                for place in places:
                    place_text(output, summaries[place].doc_id, engine.text(place))
    return not changed


def _has_text(output: Path, summary: Summary) -> bool:
    try:
        return hashlib.sha256(text_path(output, summary.doc_id).read_bytes()).hexdigest() == summary.text
    except OSError:
        return False


def _written(engine: Engine, plans: Iterable[BlockPlan], output: Path, work: Path, *, parts: bool) -> list[Path] | None:
    """Writes the files of the tables; ``None`` where a block was damaged and is to be made again."""
    with TableFiles(output, TABLE_ORDER, work, parts=parts) as files:
        for plan in plans:
            block = engine.block(plan)
            if block is None:
                return None
            files.add(block)
        return files.finish()


def _report(
    summaries: Sequence[Summary], index: Index, left_out: list[Path], files: list[Path], seconds: dict[str, float]
) -> RunReport:
    known = {summary.doc_id for summary in summaries}
    errors = [summary.error for summary in summaries if summary.error]
    kinds: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for summary in summaries:
        kinds.update(summary.kinds)
        reasons.update(summary.reasons)
    return RunReport(
        documents=len(summaries),
        failed=len(errors),
        statements=dict(kinds),
        residue=reasons.total(),
        unexplained=reasons["unexplained"],
        problems=(*errors, *(problem for about, problem in index.problems if about not in known)),
        left_out=tuple(path.name for path in left_out),
        files=tuple(files),
        seconds=seconds,
    )


@cached
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
