"""The work of a run done by a Dask cluster: the same work as on one machine, given out as tasks.

A task is a function of what it is given, so Dask does again what a worker had done when it died, and nothing is there twice.
One task reads several documents, as many as take a fraction of a second: the scheduler spends some milliseconds on a task,
whatever its size. The rows of documents and the blocks stay with the workers until this process writes the tables, one block
at a time.
"""

from __future__ import annotations

import logging
import signal
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import lru_cache
from math import inf
from pathlib import Path
from threading import Lock, current_thread, main_thread
from types import TracebackType
from typing import Any

from pipeline import __version__
from pipeline.block import Block
from pipeline.block import unpacked as unpacked_block
from pipeline.ingest import Index
from pipeline.ingest.files import bytes_of
from pipeline.jobs import usable_jobs
from pipeline.pipeline import Extractor
from pipeline.rules import load_rules
from pipeline.spool import Summary
from pipeline.work import BlockPlan, ClusterError, Made, Reading, failed, make, read
from pipeline.write import write_beside

try:
    import distributed
except ImportError:
    raise ClusterError("the engine dask is not installed; install it with: pip install 'zhibiao[cluster]'") from None

_CONNECT_SECONDS = 10
_TASK_BYTES = 100_000
"""Of the files that one task reads, unless one alone has more: some 33,000 characters, half of a block's rows."""
_TASKS_A_CORE = 4
"""Of few documents a task reads fewer, so that each core has some tasks, and the last to end is not a long one."""
_Files = tuple[tuple[str, bytes], ...]
_Read = list[tuple[bytes, Reading | None]]


@dataclass(frozen=True, slots=True)
class _Rows:
    """The packed rows of a document."""

    held: Any
    """The future of what a task has read."""
    number: int
    """Which of its documents this is."""


class DaskEngine:
    """Reads the documents of a run and makes the blocks of its tables on a Dask cluster."""

    def __init__(
        self, paths: Sequence[Path], index: Index, rules: Path, work: Path, scheduler: str | None, jobs: int | None
    ) -> None:
        """Connects to a cluster, or starts one on this machine.

        Args:
            paths: the documents; every worker must be able to read them under these names.
            index: what is known of them.
            rules: the folder of rules, which workers need not see.
            work: a folder that is there as long as the run.
            scheduler: the address of a scheduler, such as ``tcp://host:8786``; without one a cluster is started here.
            jobs: how many workers such a cluster gets; ``None`` for one a core.

        Raises:
            ClusterError: there is no scheduler, or its workers have another state of the program.
            RuleError: the rules cannot be used.
        """
        load_rules(rules)
        self._paths, self._index, self._work = paths, index, work
        self._rows: dict[int, _Rows] = {}
        self._blocks: dict[BlockPlan, Any] = {}
        with ExitStack() as stack:
            self._client = stack.enter_context(_client(scheduler, jobs or usable_jobs(len(paths)), work, stack))
            _check(self._client)
            files = tuple((path.name, path.read_bytes()) for path in sorted(rules.glob("*.yaml")))
            # Not scattered: Dask can bring back the result of a task when who held it died, but not what was scattered.
            self._rules = self._client.submit(_same, files, pure=False)
            self._open = stack.pop_all()

    def __enter__(self) -> DaskEngine:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._open.close()

    def read(self, places: Sequence[int]) -> Iterator[tuple[int, Summary, dict[str, float]]]:
        """The summary of each document, as soon as it is known, and how many seconds each stage took."""
        blamed: list[int] = []
        for group, readings in self._done(self._groups(places)):
            if _error(readings):
                blamed += group
            else:
                yield from self._told(group, readings)
        for place in blamed:  # of all that a worker had to do when it died: each alone answers for itself
            [(group, readings)] = self._done([(place,)])
            if error := _error(readings):
                message = f"{self._paths[place]}: no worker could read it ({error}); split the document"
                yield place, self.fail(place, message), {}
            else:
                yield from self._told(group, readings)

    def _done(self, groups: Iterable[tuple[int, ...]]) -> Iterator[tuple[tuple[int, ...], Any]]:
        """Has each group of documents read by a task; gives it with the future of its readings, when these are there."""
        at = {}
        for group in groups:
            paths = tuple(self._paths[place] for place in group)
            rows = self._client.submit(_read, paths, _about(paths, self._index), self._rules, pure=False)
            self._rows |= {place: _Rows(rows, number) for number, place in enumerate(group)}
            at[self._client.submit(_readings, rows, pure=False)] = group
        for future in distributed.as_completed(list(at)):
            yield at.pop(future), future

    def _told(self, group: Iterable[int], readings: Any) -> Iterator[tuple[int, Summary, dict[str, float]]]:
        for place, reading in zip(group, readings.result(), strict=True):
            yield place, reading.summary, reading.seconds

    def _groups(self, places: Sequence[int]) -> list[tuple[int, ...]]:
        """The documents that one task each reads."""
        sizes = [bytes_of(self._paths[place]) for place in places]
        cores = sum(self._client.nthreads().values()) or 1
        most = min(_TASK_BYTES, sum(sizes) / (cores * _TASKS_A_CORE))
        groups: list[list[int]] = []
        held = inf
        for place, size in zip(places, sizes, strict=True):
            if held + size > most:
                groups.append([])
                held = 0
            groups[-1].append(place)
            held += size
        return list(map(tuple, groups))

    def fail(self, place: int, message: str) -> Summary:
        """Makes a document one that could not be read."""
        raw, summary = failed(self._paths[place], message)
        self.replace(place, raw)
        return summary

    def replace(self, place: int, raw: bytes) -> None:
        """Puts other rows in the place of those of a document."""
        self._rows[place] = _Rows(self._client.submit(_rows_only, raw, pure=False), 0)

    def forget(self, place: int) -> None:
        """Has a document read anew."""
        del self._rows[place]

    def make(self, plans: Sequence[BlockPlan], texts: Mapping[BlockPlan, Sequence[int]]) -> Iterator[tuple[Made, float]]:
        """Makes the blocks that are not there yet, and the texts that are wanted: these lie at :meth:`text`.

        Raises:
            ClusterError: no worker could make a block.
            OutputError: a text cannot be laid by.
        """
        abouts = []
        self._blocks = {plan: future for plan, future in self._blocks.items() if plan in plans}
        for plan in plans:
            if plan not in self._blocks:
                rows = [self._rows[place] for place in plan.places]
                held = list(dict.fromkeys(one.held for one in rows))
                where = tuple((held.index(one.held), one.number) for one in rows)
                wanted = tuple(texts.get(plan, ()))
                self._blocks[plan] = self._client.submit(_make, plan, wanted, where, held, pure=False)
                abouts.append(self._client.submit(_without_block, self._blocks[plan], pure=False))
        for future in distributed.as_completed(abouts):
            if error := _error(future):
                raise ClusterError(f"no worker could make the tables: {error}")
            made = future.result()
            for place, text in made.texts.items():
                write_beside(self.text(place), text)
            yield made, 0.0

    def block(self, plan: BlockPlan) -> Block | None:
        """A block that was made; it is not kept.

        Raises:
            ClusterError: it was lost with its worker, and no other could make it again.
        """
        try:
            made = self._blocks.pop(plan).result()
        except Exception as error:
            raise ClusterError(f"no worker could make the tables: {_line(error)}") from None
        return unpacked_block(made.block)

    def text(self, place: int) -> Path:
        """Where a text lies that was made."""
        return self._work / f"text{place}"

    def keep(self) -> None:
        """Keeps nothing: each run on a cluster is whole."""


def _client(scheduler: str | None, workers: int, work: Path, stack: ExitStack) -> Any:
    if scheduler is not None:
        try:
            return distributed.Client(scheduler, timeout=_CONNECT_SECONDS)
        except (OSError, ValueError) as error:
            message = f"{scheduler}: no Dask scheduler answers there ({_line(error)}); start one with: dask scheduler"
            raise ClusterError(message) from None
    with _no_interrupts():
        cluster = distributed.LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            dashboard_address="127.0.0.1:0",
            local_directory=str(work),
            silence_logs=logging.CRITICAL + 1,
        )
    return distributed.Client(stack.enter_context(cluster))


@contextmanager
def _no_interrupts() -> Iterator[None]:
    """Keeps Ctrl-C, which reaches the whole group, from the processes begun here: who began them ends them.

    A process leaves alone the signals that the one which began it does. So these few seconds cannot be interrupted.
    """
    if current_thread() is not main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _error(future: Any) -> str:
    """Why a task failed, in one line; empty where it did not.

    Raises:
        ClusterError: it has no end, because the cluster is gone.
    """
    if future.status in ("cancelled", "lost"):
        raise ClusterError("the cluster ended before the run did; start it again, and run again")
    return "" if future.status == "finished" else _line(future.exception())


def _line(error: object) -> str:
    return " ".join(str(error).split())


def _check(client: Any) -> None:
    """Whether every worker can do the work.

    Raises:
        ClusterError: one cannot.
    """
    try:
        client.wait_for_workers(1, timeout=_CONNECT_SECONDS)
    except TimeoutError:
        raise ClusterError("the Dask scheduler has no workers; start some with: dask worker") from None
    found = client.run(_version, on_error="return")
    for worker, version in found.items():
        if version != __version__:
            raise ClusterError(f"{worker}: has not zhibiao {__version__} ({version}); install the same on every worker")


def _version() -> str:
    return __version__


def _about(paths: Iterable[Path], index: Index) -> Index:
    """What the index says of some documents."""
    stems = {path.stem for path in paths}
    rows = {stem: index.rows[stem] for stem in stems if stem in index.rows}
    return Index(rows, [(about, problem) for about, problem in index.problems if about in stems])


# What workers do. A worker may have several threads, and an extractor is made for one.

_reading_now = Lock()


@lru_cache(maxsize=1)
def _extractor(rules: _Files) -> Extractor:
    with tempfile.TemporaryDirectory() as folder:
        for name, raw in rules:
            (Path(folder) / name).write_bytes(raw)
        return Extractor(Path(folder))


def _read(paths: tuple[Path, ...], index: Index, rules: _Files) -> _Read:
    with _reading_now:
        return [read(path, index, _extractor(rules)) for path in paths]


def _same(files: _Files) -> _Files:
    return files


def _readings(done: list[tuple[bytes, Reading]]) -> list[Reading]:
    return [reading for _, reading in done]


def _rows_only(raw: bytes) -> _Read:
    return [(raw, None)]


def _make(plan: BlockPlan, texts: tuple[int, ...], where: tuple[tuple[int, int], ...], held: list[_Read]) -> Made:
    raws = {place: held[which][number][0] for place, (which, number) in zip(plan.places, where, strict=True)}
    return make(plan, raws.__getitem__, texts)


def _without_block(made: Made) -> Made:
    return Made(texts=made.texts, lost=made.lost, failed=made.failed)
