"""Seconds by stage."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

_P = ParamSpec("_P")
_T = TypeVar("_T")


class Seconds:
    """Adds up the time spent, by stage, in :attr:`by_stage`."""

    def __init__(self) -> None:
        self.by_stage: dict[str, float] = {}
        self._begin = time.perf_counter()

    @contextmanager
    def of(self, stage: str) -> Iterator[None]:
        """Adds the time that the block takes."""
        begin = time.perf_counter()
        try:
            yield
        finally:
            self.add({stage: time.perf_counter() - begin})

    def call(self, stage: str, function: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        """The result of ``function``, whose time is added."""
        with self.of(stage):
            return function(*args, **kwargs)

    def add(self, seconds: dict[str, float]) -> None:
        """Adds times that were measured elsewhere."""
        for stage, spent in seconds.items():
            self.by_stage[stage] = self.by_stage.get(stage, 0.0) + spent

    def finish(self) -> dict[str, float]:
        """The times by stage, and ``total``: the time since this was made."""
        return self.by_stage | {"total": time.perf_counter() - self._begin}
