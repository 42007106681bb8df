"""jieba's dictionary, of which only the words are read that begin with a character asked for.

A sentence needs a hundredth of the 350,000 words, a hundred reports nearly all. Where the words of each character stand is
kept in the user's cache.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import jieba

from pipeline.user_cache import kept


@dataclass(frozen=True, slots=True)
class Entries:
    """Words with how often jieba has seen them and their parts of speech, in jieba's tag set."""

    words: list[str]
    frequencies: list[int]
    tags: list[str]


class Dictionary:
    """The words by their first characters."""

    def __init__(self) -> None:
        with jieba.get_dict_file() as file:
            self._raw: bytes = file.read()
        self.sha256 = hashlib.sha256(self._raw).hexdigest()
        index = kept("dictionary", self.sha256, lambda: _index(self._raw))
        self.total: int = index["total"]
        """The sum of the frequencies of all words."""
        self._spans: dict[str, list[tuple[int, int]]] = {}
        starts = index["starts"]
        for character, start, end in zip(index["characters"], starts, [*starts[1:], len(self._raw)], strict=True):
            self._spans.setdefault(character, []).append((start, end))

    @property
    def characters(self) -> Iterable[str]:
        """Those that a word begins with."""
        return self._spans.keys()

    def beginning_with(self, character: str) -> Entries:
        """The words that begin with a character, in the order in which they stand."""
        lines = b"".join(self._raw[start:end] for start, end in self._spans.get(character, ()))
        fields = lines.decode("utf-8").split()  # word, frequency and tag in turn; line by line takes twice as long
        return Entries(fields[::3], list(map(int, fields[1::3])), fields[2::3])


def _index(raw: bytes) -> dict[str, Any]:
    """Where the first of some lines that begin with one character stands, for most have only one such place."""
    characters, starts, total, at = "", [], 0, 0
    for line in raw.splitlines(keepends=True):
        word, frequency = line.decode("utf-8").split()[:2]
        if characters[-1:] != word[0]:
            characters += word[0]
            starts.append(at)
        total += int(frequency)
        at += len(line)
    return {"total": total, "characters": characters, "starts": starts}
