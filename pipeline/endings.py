"""The end of a text: words that most texts do not end in, told by the words themselves before a pattern is searched."""

from __future__ import annotations

import sys

from pipeline.regex import Match, Pattern


class Ending:
    """A pattern for the end of a text, that is asked only where the text ends in one of some words.

    Args:
        pattern: searched from the end of the text.
        words: of which a match must end in one; none where it need not.
    """

    def __init__(self, pattern: Pattern[str], words: frozenset[str]) -> None:
        self._pattern = pattern
        self._words = words
        sizes: dict[str, set[int]] = {}
        for word in words:
            sizes.setdefault(word[-1], set()).add(len(word))
        self._sizes = {last: tuple(sorted(those, reverse=True)) for last, those in sizes.items()}
        """The lengths of the words that end in a character, from the longest on."""

    def search(self, text: str, pos: int = 0, endpos: int = sys.maxsize) -> Match[str] | None:
        """The match at the end of ``text[pos:endpos]``."""
        end = min(len(text), endpos)
        if not self._words or text[end - 1 : end] == "\n" or self._longest(text, pos, end):
            return self._pattern.search(text, pos, end)
        return None

    def longest(self, text: str) -> str:
        """The longest of the words that ``text`` ends in; empty where it ends in none."""
        return self._longest(text, 0, len(text))

    def _longest(self, text: str, start: int, end: int) -> str:
        for size in self._sizes.get(text[end - 1 : end], ()):
            if end - size >= start and (word := text[end - size : end]) in self._words:
                return word
        return ""

    def sub(self, by: str, text: str) -> str:
        """``text`` with ``by`` in place of the match at its end."""
        return self._pattern.sub(by, text) if self.search(text) else text

    def fullmatch(self, text: str) -> Match[str] | None:
        """The match of the whole ``text``."""
        return self._pattern.fullmatch(text)
