"""All matches of many patterns in a stretch of text, in one walk over its characters."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter

from pipeline.beginnings import BeginningIndex
from pipeline.branches import Branch, find_all
from pipeline.needs import NeedIndex
from pipeline.regex import Match


class SlowPatternError(TimeoutError):
    """A pattern ran too long; ``number`` says which one."""

    def __init__(self, number: int) -> None:
        self.number = number


class Matcher:
    """Patterns, each as its alternatives, that are sought together.

    An alternative is only tried at the places where it may begin. Where one may begin anywhere, the whole pattern is sought
    by itself, in the few texts that hold what that alternative needs.
    """

    def __init__(self, patterns: Sequence[tuple[Branch, ...]]) -> None:
        self._patterns = patterns
        listed = [(number, branch) for number, branches in enumerate(patterns) for branch in branches]
        self._somewhere = BeginningIndex(
            (branch.ways, (number, branch.compiled)) for number, branch in listed if branch.ways
        )
        self._anywhere = NeedIndex((branch.needs, number) for number, branch in listed if not branch.ways)

    def matches(self, text: str, start: int, end: int) -> list[tuple[int, Match[str]]]:
        """What ``finditer`` of each pattern finds in ``text[start:end]``, with the numbers of the patterns, in their order.

        Raises:
            SlowPatternError: one search takes longer than :data:`~pipeline.branches.PATTERN_SECONDS`.
        """
        found: list[tuple[int, Match[str]]] = []
        ends: dict[int, int] = {}
        number = 0
        try:
            for number in dict.fromkeys(self._anywhere.candidates(text[start:end])):
                ends[number] = end + 1
                firsts = [(branch, branch.compiled.search(text, start, end)) for branch in self._patterns[number]]
                ahead = [(branch, first) for branch, first in firsts if first]
                found += [(number, match) for match in find_all(ahead, text, end)]
            for place, branches in self._somewhere.beginnings(text, start, end):
                for number, pattern in branches:
                    if place >= ends.get(number, place) and (match := pattern.match(text, place, end)):
                        ends[number] = match.end()
                        found.append((number, match))
        except TimeoutError:
            raise SlowPatternError(number) from None
        found.sort(key=itemgetter(0))
        return found
