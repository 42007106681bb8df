"""The work of a run done on this machine, by as many processes as there are jobs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.block import Block
from pipeline.block import unpacked as unpacked_block
from pipeline.cache import Cache
from pipeline.ingest import Index
from pipeline.ingest.files import bytes_of, errors_of
from pipeline.ingest.places import anew
from pipeline.jobs import Died, usable_jobs, work_off
from pipeline.rule_files import rules_sha256
from pipeline.spool import Summary, summary_of, unpacked
from pipeline.work import BlockPlan, Made, Reading, failed, make, read
from pipeline.write import OutputError, write_beside

if TYPE_CHECKING:
    from pipeline.pipeline import Extractor

_Task = tuple[int, BlockPlan, Path, tuple[int, ...], bool]


class LocalEngine:
    """Reads the documents of a run and makes the blocks of its tables, and lays both by in files."""

    def __init__(
        self, paths: Sequence[Path], index: Index, rules: Path, work: Path, cache: Cache | None, jobs: int | None
    ) -> None:
        """Prepares a run.

        Args:
            paths: its documents.
            index: what is known of them.
            rules: the folder of rules.
            work: a folder that is there as long as the run.
            cache: what was made before.
            jobs: how many processes do the work; ``None`` for one a core.
        """
        self._reader = _Reader(paths, index, rules, work, cache)
        self._paths, self._work, self._cache, self._jobs = paths, work, cache, jobs
        self._files: dict[int, Path] = {}
        self._blocks: dict[BlockPlan, Path] = {}
        self._known = cache.summaries() if cache else {}
        self._summaries: dict[str, Summary] = {}
        self._made: set[Path] = set()

    def read(self, places: Sequence[int]) -> Iterator[tuple[int, Summary, dict[str, float]]]:
        """The summary of each document, as soon as it is known, and how many seconds each stage took.

        Raises:
            RuleError: the rules cannot be used.
            OutputError: what was read cannot be laid by.
        """
        tasks = []
        for place in places:
            file = self._reader.kept_at(place)
            if file and (summary := self._known.get(file.name) or _summary_of(file)):
                self._take(place, file, summary)
                yield place, summary, {}
            else:
                tasks.append(place)
        if not tasks:
            return
        self._reader.load()
        jobs = self._jobs or usable_jobs(len(tasks))
        if jobs > 1:  # the longest first: one that is begun last would keep all other processes waiting
            tasks.sort(key=lambda place: -bytes_of(self._paths[place]))
        for place, answer in work_off(tasks, self._reader, jobs):
            if isinstance(answer, Died):
                path = self._paths[place]
                message = f"{path}: the process that read it died ({answer}), perhaps for want of memory; split the document"
                yield place, self.fail(place, message), {}
            else:
                file, reading = answer
                self._take(place, file, reading.summary)
                yield place, reading.summary, reading.seconds

    def _take(self, place: int, file: Path, summary: Summary) -> None:
        self._files[place] = file
        if file.parent != self._work:
            self._summaries[file.name] = summary

    def fail(self, place: int, message: str) -> Summary:
        """Makes a document one that could not be read."""
        raw, summary = failed(self._paths[place], message)
        self.replace(place, raw)
        return summary

    def replace(self, place: int, raw: bytes) -> None:
        """Puts other rows in the place of those of a document, which are not kept."""
        if place in self._files:
            self._summaries.pop(self._files[place].name, None)
            self._files[place].unlink(missing_ok=True)
        self._files[place] = self._work / str(place)
        write_beside(self._files[place], raw)

    def forget(self, place: int) -> None:
        """Has a document read anew: its rows are not what they were."""
        name = self._files[place].name
        self._known.pop(name, None)
        self._summaries.pop(name, None)
        self._files[place].unlink(missing_ok=True)

    def make(self, plans: Sequence[BlockPlan], texts: Mapping[BlockPlan, Sequence[int]]) -> Iterator[tuple[Made, float]]:
        """Makes the blocks that are not there yet, and the texts that are wanted: these lie at :meth:`text`.

        Raises:
            OutputError: they cannot be laid by.
        """
        tasks: list[_Task] = []
        for number, plan in enumerate(plans):
            file = self._cache.block(plan.digests, plan.links) if self._cache else self._work / f"block{number}"
            self._blocks[plan] = file
            wanted = file not in self._made and not (self._cache and file.exists())
            if wanted or texts.get(plan):
                tasks.append((number, plan, file, tuple(texts.get(plan, ())), wanted))
        maker = _Maker(self._files, self._work)
        for task, answer in work_off(tasks, maker, self._jobs or usable_jobs(len(tasks))):
            if isinstance(answer, Died):
                message = f"the process that made tables died ({answer}), perhaps for want of memory; run with fewer --jobs"
                raise OutputError(f"{task[2]}: {message}")
            if task[4] and not answer[0].lost and not answer[0].failed:
                self._made.add(task[2])
            yield answer

    def block(self, plan: BlockPlan) -> Block | None:
        """A block that was made; ``None`` where it was found damaged, and is to be made again.

        Raises:
            OutputError: it was damaged since this run made it.
        """
        file = self._blocks[plan]
        with suppress(OSError):
            if (block := unpacked_block(file.read_bytes())) is not None:
                return block
        if file in self._made:
            raise OutputError(f"{file}: is gone or damaged; run again, and check the disk")
        file.unlink(missing_ok=True)
        return None

    def text(self, place: int) -> Path:
        """Where a text lies that was made."""
        return _text_file(self._work, place)

    def keep(self) -> None:
        """Keeps what this run has made for the next one."""
        if self._cache:
            self._cache.keep(self._summaries, set(self._blocks.values()))


class _Reader:
    """Reads the document of a place and lays its rows by. It loads the rules once a process."""

    def __init__(self, paths: Sequence[Path], index: Index, rules: Path, work: Path, cache: Cache | None) -> None:
        self._given = (paths, index, rules, work, cache)
        self._paths, self._index, self._rules, self._work, self._cache = self._given

    def __reduce__(self) -> tuple[Any, ...]:
        return (_Reader, self._given)

    @cached_property
    def _extractor(self) -> Extractor:
        from pipeline.pipeline import Extractor

        return Extractor(self._rules)

    def load(self) -> None:
        """Loads the rules, so that processes that are forked from now on share them.

        Raises:
            RuleError: they cannot be used, or were changed meanwhile.
        """
        from pipeline.rules import RuleError

        before = rules_sha256(self._rules)
        self._extractor  # noqa: B018
        if self._cache and not before == rules_sha256(self._rules) == self._cache.rules_sha256:
            raise RuleError(f"{self._rules}: changed while they were read; run again")

    def kept_at(self, place: int) -> Path | None:
        """Where the rows of a document lie if it has been read before; ``None`` where it cannot be or is not looked up."""
        path = self._paths[place]
        try:
            return self._cache.rows(path, hashlib.sha256(path.read_bytes()).hexdigest()) if self._cache else None
        except errors_of(path):
            return None

    def __call__(self, place: int) -> tuple[Path, Reading]:
        path = anew(self._paths[place])
        raw, reading = read(path, self._index, self._extractor)
        # Named by the bytes that were read, which need not be those that were looked up.
        kept = self._cache.rows(path, reading.sha256) if self._cache and not reading.summary.error else None
        file = kept or self._work / str(place)
        write_beside(file, raw)
        return file, reading


class _Maker:
    """Makes blocks out of the rows that were laid by, and lays these by in turn."""

    def __init__(self, files: Mapping[int, Path], work: Path) -> None:
        self._files, self._work = files, work

    def __call__(self, task: _Task) -> tuple[Made, float]:
        import time

        begin = time.perf_counter()
        _, plan, file, texts, wanted = task
        try:
            made = make(plan, self._load, texts, block=wanted)
        except MemoryError:
            raise OutputError(f"{file}: too little memory to make the tables; run with fewer --jobs") from None
        if made.block:
            write_beside(file, made.block)
        for place, text in made.texts.items():
            write_beside(_text_file(self._work, place), text)
        return Made(lost=made.lost, failed=made.failed), time.perf_counter() - begin

    def _load(self, place: int) -> bytes:
        try:
            return self._files[place].read_bytes()
        except OSError:
            return b""


def _text_file(work: Path, place: int) -> Path:
    return work / f"text{place}"


def _summary_of(file: Path) -> Summary | None:
    try:
        raw = file.read_bytes()
    except OSError:
        return None
    rows = unpacked(raw)
    return summary_of(rows, raw) if rows is not None else None
