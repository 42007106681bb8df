"""The patterns of the grammar in the syntax of the ``regex`` package, run by Python's own engine where that knows them all.

A call of ``re`` takes a fifth to a half of the time of the same call of ``regex``, and reading a sentence takes hundreds of
calls. What ``re`` lacks is written in its terms: ``\\p{Han}`` as the characters it stands for, an alternation that looks
behind as one look behind a word. Any other pattern goes to ``regex``. Both engines find the same, and their patterns and
matches have the same methods. Only ``regex`` can stop a pattern that runs too long: see :class:`Timed`.

A pattern is compiled when it is first searched: of all there are, a sentence needs a few.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from typing import Any, cast

from regex import V1, M, __version__, error, escape

from pipeline.compiled import compiled_by_re, compiled_by_regex
from pipeline.needs import most_tries

__all__ = [
    "HAN",
    "SPACES",
    "V1",
    "M",
    "Match",
    "Pattern",
    "Timed",
    "__version__",
    "compile",
    "error",
    "escape",
    "findall",
    "finditer",
    "fullmatch",
    "match",
    "of_many",
    "search",
    "split",
    "sub",
]

Pattern = re.Pattern
Match = re.Match

HAN = (
    "\u2e80-\u2e99\u2e9b-\u2ef3\u2f00-\u2fd5\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufa6d"
    "\ufa70-\ufad9\U00016fe2-\U00016fe3\U00016ff0-\U00016ff6\U00020000-\U0002a6df\U0002a700-\U0002b81e\U0002b820-\U0002cead"
    "\U0002ceb0-\U0002ebe0\U0002ebf0-\U0002ee5d\U0002f800-\U0002fa1d\U00030000-\U0003134a\U00031350-\U00033479"
)
"""The characters of ``\\p{Han}`` as they stand in a class: Unicode's script Han, by the tables of ``regex``."""

SPACES = r"\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
"""Those of ``\\s``: ``re`` counts four control characters too."""
_CLASSES = {r"\p{Han}": HAN, r"\s": SPACES}

_KEPT = 1024
_FEW_TRIES = 1e6
"""At ten nanoseconds a try, a search from each of the 500 characters of a sentence stays within seconds."""
_OTHERWISE = re.compile(r"(?<!\\)(?:\\\\)*\\[wWbBSpP](?!\{Han\})")
"""What ``re`` lacks, or reads otherwise: a word character may be ① for it."""
_PIECE = re.compile(r"\\p\{Han\}|\\.|\[\^?\]?|\]|[^\\\[\]]+", re.DOTALL)
_NAMED = re.compile(r"(?<!\\)\(\?<([A-Za-z]\w*)>")
_LOOKS_BEHIND_WORDS = re.compile(r"\(\?<([=!])([^()\[\]\\|^$.*+?{}]+(?:\|[^()\[\]\\|^$.*+?{}]+)+)\)")


class _Lazy:
    """A pattern with the methods of one, of which the first that is asked for compiles it."""

    _methods: tuple[str, ...] = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub")

    def __init__(self, pattern: str, compiled: Callable[[], Any]) -> None:
        self.pattern = pattern
        self._compiled = compiled

    def __getattr__(self, name: str) -> Any:
        if name not in self._methods:
            raise AttributeError(name)
        compiled = self._compiled()
        self.__dict__ |= {method: getattr(compiled, method) for method in self._methods}
        return self.__dict__[name]


@lru_cache(_KEPT)
def compile(pattern: str, flags: int = 0) -> Pattern[str]:  # noqa: A001  # the name it has in both engines
    """The pattern in the quicker engine that knows it. Where none does, the first search raises :class:`error`."""
    return cast("Pattern[str]", _Lazy(pattern, lambda: _own(pattern, flags) or compiled_by_regex(pattern, int(flags))))


def of_many(pattern: str) -> Pattern[str]:
    """A pattern of thousands of alternatives, among which ``regex`` chooses in half of the time."""
    return cast("Pattern[str]", _Lazy(pattern, lambda: compiled_by_regex(pattern)))


@lru_cache(_KEPT)
def _own(pattern: str, flags: int = 0) -> Pattern[str] | None:
    """The pattern in Python's own engine; ``None`` where that does not know it."""
    if flags not in (0, M) or _OTHERWISE.search(pattern):
        return None
    return compiled_by_re(_in_terms_of_re(pattern), int(flags))


class Timed(_Lazy):
    """A pattern that is stopped, with a :class:`TimeoutError`, when it runs too long on one text.

    One that cannot run long, whatever the text, is not watched: to look at the clock takes longer than to search.
    """

    _methods = ("search", "match", "fullmatch", "finditer")
    search: Callable[..., Match[str] | None]
    match: Callable[..., Match[str] | None]
    fullmatch: Callable[..., Match[str] | None]
    finditer: Callable[..., Iterator[Match[str]]]

    def __init__(self, pattern: str, seconds: float) -> None:
        super().__init__(pattern, lambda: self._quicker() or _Watched(compiled_by_regex(pattern), seconds))

    def _quicker(self) -> Pattern[str] | None:
        return _own(self.pattern) if most_tries(self.pattern) <= _FEW_TRIES else None

    def check(self) -> None:
        """Compiles the pattern.

        Raises:
            regex.error: no engine knows it.
        """
        self.search  # noqa: B018


class _Watched:
    def __init__(self, pattern: Any, seconds: float) -> None:
        self.search = partial(pattern.search, timeout=seconds)
        self.match = partial(pattern.match, timeout=seconds)
        self.fullmatch = partial(pattern.fullmatch, timeout=seconds)
        self.finditer = partial(pattern.finditer, timeout=seconds)


def match(pattern: str, text: str) -> Match[str] | None:
    """The match at the beginning of ``text``."""
    return compile(pattern).match(text)


def fullmatch(pattern: str, text: str) -> Match[str] | None:
    """The match of the whole ``text``."""
    return compile(pattern).fullmatch(text)


def search(pattern: str, text: str) -> Match[str] | None:
    """The first match in ``text``."""
    return compile(pattern).search(text)


def finditer(pattern: str, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[Match[str]]:
    """The matches in ``text[start:end]``."""
    return compile(pattern).finditer(text, start, end)


def findall(pattern: str, text: str) -> list[str]:
    """What matches in ``text``, for a pattern without groups."""
    return compile(pattern).findall(text)


def split(pattern: str, text: str) -> list[str]:
    """The parts of ``text`` between the matches of a pattern without groups."""
    return compile(pattern).split(text)


def sub(pattern: str, by: str, text: str) -> str:
    """``text`` with each match replaced."""
    return compile(pattern).sub(by, text)


def _in_terms_of_re(pattern: str) -> str:
    """
    >>> _in_terms_of_re("(?<!其|全国)市") , _in_terms_of_re("(?<=省|自治区)长")
    ('(?<!其)(?<!全国)市', '(?:(?<=省)|(?<=自治区))长')
    """
    pattern = _NAMED.sub(r"(?P<\1>", _LOOKS_BEHIND_WORDS.sub(_apart, pattern))
    pieces, in_class = [], False
    for piece in _PIECE.findall(pattern):
        if characters := _CLASSES.get(piece):
            pieces.append(characters if in_class else f"[{characters}]")
            continue
        in_class = (in_class or piece[0] == "[") and piece != "]"
        pieces.append(piece)
    return "".join(pieces)


def _apart(looking: re.Match[str]) -> str:
    each = [f"(?<{looking[1]}{word})" for word in looking[2].split("|")]
    return "".join(each) if looking[1] == "!" else f"(?:{'|'.join(each)})"
