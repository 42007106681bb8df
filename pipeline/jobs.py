"""Work shared out among processes: each takes the next piece as soon as it is free, and one that dies costs one piece."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar

_T = TypeVar("_T")
_R = TypeVar("_R")


@dataclass(frozen=True, slots=True)
class Died:
    """What is known of a piece of work whose process died over it."""

    exit_code: int
    """As :class:`multiprocessing.Process` gives it: a signal is negative."""

    def __str__(self) -> str:
        if self.exit_code >= 0:
            return f"exit code {self.exit_code}"
        with suppress(ValueError):
            return signal.Signals(-self.exit_code).name
        return f"signal {-self.exit_code}"


@dataclass(slots=True)
class _Worker(Generic[_T]):
    process: BaseProcess
    item: _T


def usable_jobs(pieces: int) -> int:
    """How many processes are worth starting for so many pieces of work: one a core that this process may use."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, pieces))


def work_off(items: Sequence[_T], function: Callable[[_T], _R], jobs: int) -> Iterator[tuple[_T, _R | Died]]:
    """Every item with what ``function`` makes of it, in the order in which they get done.

    Items are begun in their order. With one job all is done in this process, one after another. Processes are forked
    where that is safe, and so share what ``function`` has loaded; elsewhere each gets a pickled copy, once.

    Raises:
        Exception: whatever ``function`` raises. The other processes are ended then, as they are on Ctrl-C.
    """
    if min(jobs, len(items)) <= 1:
        for item in items:
            yield item, function(item)
        return
    forks = sys.platform == "linux"
    context = multiprocessing.get_context("fork") if forks else multiprocessing.get_context("spawn")
    waiting = deque(items)
    busy: dict[Connection, _Worker[_T]] = {}
    idle: dict[Connection, BaseProcess] = {}
    try:
        while waiting or busy:
            while waiting and len(busy) < jobs:
                ours, theirs = context.Pipe()
                others = [ours, *busy, *idle] if forks else []
                process = context.Process(target=_serve, args=(function, theirs, others), daemon=True)
                process.start()
                theirs.close()
                busy[ours] = _Worker(process, waiting.popleft())
                _give(ours, busy[ours].item)
            for connection in wait(list(busy)):
                assert isinstance(connection, Connection)
                worker = busy[connection]
                item = worker.item
                try:
                    answer, error = connection.recv()
                except (EOFError, OSError):
                    del busy[connection]
                    connection.close()
                    worker.process.join()
                    yield item, Died(worker.process.exitcode or 0)
                    continue
                if error:
                    raise error
                if waiting:
                    worker.item = waiting.popleft()
                    _give(connection, worker.item)
                else:
                    idle[connection] = busy.pop(connection).process
                yield item, answer
    finally:
        _end([*idle.values(), *(worker.process for worker in busy.values())])
        for connection in (*idle, *busy):
            connection.close()


def _give(connection: Connection, item: object) -> None:
    with suppress(BrokenPipeError):  # a process that is dead already is found so when its answer is read
        connection.send(item)


def _end(processes: list[BaseProcess]) -> None:
    for process in processes:
        process.kill()
    for process in processes:
        process.join()


def _serve(function: Callable[[_T], _R], connection: Connection, others: list[Connection]) -> None:
    """What a process does: one item after another, until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; who started this process ends it
    for other in others:  # a forked copy of the other end would keep processes from noticing that their parent is gone
        other.close()
    while True:
        try:
            item = connection.recv()
        except (EOFError, OSError):
            return
        try:
            answer: tuple[_R | None, Exception | None] = function(item), None
        except Exception as error:  # it is raised again where the work was given out
            answer = None, error
        try:
            connection.send(answer)
        except OSError:
            return
