"""A pattern as the alternatives that it is a list of, each sought by itself.

At every character of a text ``四川|六安|三明`` tries all of its alternatives. One alternative alone is found by its first
characters in a fraction of the time, and most need not be sought, for the text lacks what they need. What is found is the
same: at the first place where any of them matches, the first of those that match there.
"""

from __future__ import annotations

import re
from functools import cached_property

from pipeline.beginnings import Way, ways_to_begin
from pipeline.needs import Needs, consumes, needs
from pipeline.regex import Match, Timed

PATTERN_SECONDS = 2.0
"""A pattern that runs longer than this on one sentence is stopped: it has a nested repetition."""

_WHOLE = re.compile(r"\\[1-9gGK]|\(\?(?:P[=>]|[(&R\d|<]?[aiLmsuxwbefrpV]+[):-])|\(\?[(&R\d|]")
"""What makes a pattern one that cannot be taken apart: references to groups, and flags."""
_PIECE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]|[^\\\[()|]+", re.DOTALL)


class Branch:
    """One alternative of a pattern."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern

    @cached_property
    def needs(self) -> Needs:
        """What a text must hold, or the alternative matches nowhere in it."""
        return needs(self.pattern)

    @cached_property
    def ways(self) -> tuple[Way, ...]:
        """The ways in which it may begin; none where it may begin with any word."""
        return ways_to_begin(self.pattern)

    @cached_property
    def compiled(self) -> Timed:
        """The alternative as a pattern of its own."""
        return Timed(self.pattern, PATTERN_SECONDS)


def branches(pattern: str) -> tuple[Branch, ...]:
    """The alternatives of a pattern, in their order; the pattern alone where it cannot be taken apart.

    >>> [branch.pattern for branch in branches("(?:一|二)季度|[|]年|上半年")]
    ['(?:一|二)季度', '[|]年', '上半年']
    """
    if _WHOLE.search(pattern):
        return (Branch(pattern),)
    parts, depth = [""], 0
    for piece in _PIECE.findall(pattern):
        depth += (piece == "(") - (piece == ")")
        if piece == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += piece
    return tuple(map(Branch, parts)) if len(parts) > 1 and all(map(consumes, parts)) else (Branch(pattern),)


def find_all(ahead: list[tuple[Branch, Match[str]]], text: str, end: int) -> list[Match[str]]:
    """What ``finditer`` of the whole pattern finds up to ``end``.

    Args:
        ahead: the branches that match at all, each with its first match.

    Raises:
        TimeoutError: one search takes longer than :data:`PATTERN_SECONDS`.
    """
    found = []
    while ahead:
        first = ahead[0][1] if len(ahead) == 1 else min((match for _, match in ahead), key=_start)
        found.append(first)
        at = max(first.end(), first.start() + 1)  # an empty match is found once
        following = ((branch, _not_before(at, branch, match, text, end)) for branch, match in ahead)
        ahead = [(branch, match) for branch, match in following if match]
    return found


def _start(match: Match[str]) -> int:
    return match.start()


def _not_before(at: int, branch: Branch, match: Match[str], text: str, end: int) -> Match[str] | None:
    if match.start() >= at:
        return match
    return branch.compiled.search(text, at, end) if at <= end else None
