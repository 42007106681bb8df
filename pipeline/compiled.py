"""Patterns compiled by either engine, and what they compiled to kept in the user's cache for the next start.

A pattern that was compiled before is made anew out of that in a fiftieth of the time, and a report searches five hundred.
What ``regex`` compiles to it tells itself, for pickling; what ``re`` compiles to are the numbers that its engine in C takes.
"""

from __future__ import annotations

import copyreg
import re
import sys
from array import array
from base64 import b64decode, b64encode
from functools import cache
from platform import python_version
from re import _compiler as compiler  # type: ignore[attr-defined]  # compiling in two steps has no public name
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import regex
from regex import _regex as engine

from pipeline.user_cache import Memo

_WORD = "I"
"""The type of the numbers that ``re`` compiles to, as :mod:`array` names it."""


@cache
def _memo(package: str) -> Memo[Any]:
    return Memo(f"patterns-{package}", [python_version(), sys.byteorder, regex.__version__])


def compiled_by_re(pattern: str, flags: int) -> re.Pattern[str] | None:
    """The pattern in Python's own engine; ``None`` where that does not know it."""
    code = _memo("re").kept(f"{flags} {pattern}", lambda: _code_of_re(pattern, flags))
    if code is None:
        return None
    flags, numbers, groups, names = code
    by_number = {number: name for name, number in names.items()}
    every = tuple(by_number.get(number) for number in range(groups))
    made: re.Pattern[str] = compiler._sre.compile(pattern, flags, _numbers(numbers), groups - 1, names, every)
    return made


def compiled_by_regex(pattern: str, flags: int = 0) -> regex.Pattern[str]:
    """The pattern in the engine of the ``regex`` package.

    Raises:
        regex.error: it does not know it.
    """
    flags, code, names, offset, characters, *more = _memo("regex").kept(
        f"{flags} {pattern}", lambda: _code_of_regex(pattern, flags)
    )
    by_number = {number: name for name, number in names.items()}
    made: regex.Pattern[str] = engine.compile(  # type: ignore[attr-defined]  # what pickling a pattern calls
        pattern, flags, b64decode(code), names, by_number, {}, [], offset, tuple(characters), *more
    )
    return made


def keep_compiled() -> None:
    """Keeps what has been compiled, once there is enough of it to be worth the writing."""
    for package in ("re", "regex"):
        _memo(package).keep()


def _code_of_re(pattern: str, flags: int) -> list[Any] | None:
    try:
        tree = parser.parse(pattern, flags)
        numbers = array(_WORD, compiler._code(tree, flags))
    except (re.error, OverflowError, RecursionError):
        return None
    state = tree.state
    return [flags | state.flags, b64encode(numbers.tobytes()).decode(), state.groups, state.groupdict]


def _numbers(said: str) -> list[int]:
    numbers = array(_WORD)
    numbers.frombytes(b64decode(said))
    return numbers.tolist()


def _code_of_regex(pattern: str, flags: int) -> list[Any]:
    told: Any = copyreg.dispatch_table[regex.Pattern](regex.compile(pattern, flags))
    _, flags, code, names, _, _, _, *more = told[1]
    return [flags, b64encode(code).decode(), names, *more]
