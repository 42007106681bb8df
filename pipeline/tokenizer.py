"""jieba's words in a quarter of jieba's time.

The words are those of ``jieba.Tokenizer.cut``, one by one; tests hold the two against each other. jieba first lists every
word that may begin at each character and then weighs the lists. Here both are one pass from the end of the text, which
needs no lists; logarithms are kept by frequency, and what the hidden Markov model says of a run of characters by the run.
jieba asks its dictionary only for words that begin with a character of the text, so no others are read.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from operator import add
from typing import Any, TypeVar

import jieba
from jieba import finalseg

from pipeline.dictionary import Dictionary, Entries
from pipeline.user_cache import kept

_Number = TypeVar("_Number", int, float)

_NO_WORD = -math.inf
_RUNS_KEPT = 1 << 12
_MARK = re.compile(r"\r\n|.", re.DOTALL)


class _LogProbabilities(dict[int, float]):
    """The logarithm of the probability of a word, by its frequency; filled as it is asked for."""

    def __init__(self, total: int) -> None:
        self._log_total = math.log(total)

    def __missing__(self, frequency: int) -> float:
        self[frequency] = probability = math.log(frequency) - self._log_total
        return probability


class Tokenizer:
    """Cuts texts into the words of jieba's dictionary and some more."""

    def __init__(self, added: Sequence[Sequence[str]] = (), removed: Sequence[str] = ()) -> None:
        """Takes words, each with its part of speech, and words of the dictionary that are to be none.

        A word gets the frequency that ``jieba.Tokenizer.add_word`` gives it at its place in the list, and the first of its
        parts of speech. An adverb (``d``) that is in the dictionary stays what it is there.
        """
        self._dictionary = Dictionary()
        listed = [list(word) for word in added]
        own = kept("words", [self._dictionary.sha256, listed, list(removed)], lambda: self._weighed(listed, removed))
        self._log_of = _LogProbabilities(own["total"])
        self._lone = self._log_of[1]
        self._own: dict[str, list[tuple[str, int, str]]] = {}
        for word, frequency, tag in own["words"]:
            self._own.setdefault(word[0], []).append((word, frequency, tag))
        for word in removed:
            finalseg.add_force_split(word)
        self._met: set[str] = set()
        """The characters whose words are there."""
        self._weights: dict[str, float] = {}
        """The logarithm of the probability of each word; 0 for what words begin with and is none itself."""
        self._tags: dict[str, str] = {}

    def _weighed(self, added: Sequence[Sequence[str]], removed: Sequence[str]) -> dict[str, Any]:
        """What is not as the dictionary has it: words with frequency and part of speech, and the sum of all frequencies."""
        plain = jieba.Tokenizer()
        plain.total, plain.initialized = self._dictionary.total, True
        tags: dict[str, str] = {}
        for character in self._dictionary.characters:
            entries = self._dictionary.beginning_with(character)
            _fill(plain.FREQ, entries, entries.frequencies)
            tags.update(zip(entries.words, entries.tags, strict=True))
        own = {}
        for word in removed:
            plain.del_word(word)
            own[word] = tags.get(word, "")
        new: dict[str, str] = {}
        for word, tag in added:
            if not (tag == "d" and word in tags):
                plain.add_word(word)
                new.setdefault(word, tag)
        return {"total": plain.total, "words": [[word, plain.FREQ[word], tag] for word, tag in (own | new).items()]}

    def words(self, text: str) -> list[str]:
        """The words of ``text``; joined they are ``text`` again."""
        if not self._met.issuperset(text):
            self._meet(text)
        found: list[str] = []
        for i, block in enumerate(jieba.re_han_default.split(text)):
            if i % 2:
                self._append_words(block, found)
            elif block:
                found += _MARK.findall(block)
        return found

    def tag(self, word: str) -> str:
        """The part of speech of a word in jieba's tag set (``n``, ``v``, ``d``, …); empty for what is none."""
        if not self._met.issuperset(word[:1]):
            self._meet(word[:1])
        return self._tags.get(word, "")

    def _meet(self, text: str) -> None:
        """Reads the words that begin with the characters of ``text``."""
        for character in set(text) - self._met:
            entries = self._dictionary.beginning_with(character)
            _fill(self._weights, entries, map(self._weight_of, entries.frequencies))
            self._tags.update(zip(entries.words, entries.tags, strict=True))
            for word, frequency, tag in self._own.get(character, ()):
                _fill(self._weights, Entries([word], [frequency], [tag]), [self._weight_of(frequency)])
                self._tags |= {word: tag} if tag else {}
            self._met.add(character)

    def _append_words(self, text: str, found: list[str]) -> None:
        ends = self._likeliest_ends(text)
        at, length = 0, len(text)
        while at < length:
            end = ends[at]
            if end - at > 1:
                found.append(text[at:end])
                at = end
                continue
            while end < length and ends[end] - end == 1:
                end += 1
            run = text[at:end]
            found += run if self._weights.get(run) else _words_of_run(run)
            at = end

    def _likeliest_ends(self, text: str) -> list[int]:
        """For each character where the word that begins there ends, if one does: of the likeliest words to the end.

        Every beginning of a word is in the dictionary too, with frequency 0 where it is no word itself.
        """
        weight_of = self._weights.get
        length = len(text)
        ends = [0] * length
        sums = [0.0] * (length + 1)
        pairs = list(map(weight_of, map(add, text, text[1:])))
        pairs.append(None)
        following, start = 0.0, length
        for one in map(weight_of, reversed(text)):
            start -= 1
            best, best_end = (one + following if one else _NO_WORD), start + 1
            weight = pairs[start]
            if weight is not None:
                end = start + 2
                while True:
                    if weight and (total := weight + sums[end]) >= best:
                        best, best_end = total, end
                    end += 1
                    if end > length or (weight := weight_of(text[start:end])) is None:
                        break
            if best == _NO_WORD:
                best = self._lone + following
            ends[start], sums[start] = best_end, best
            following = best
        return ends

    def _weight_of(self, frequency: int) -> float:
        return self._log_of[frequency] if frequency else 0.0


def _fill(weights: dict[str, _Number], entries: Entries, own: Iterable[_Number]) -> None:
    """Adds words to a dictionary as jieba has it: with each beginning of a word, as 0 where it is no word itself."""
    none: Any = 0
    for word in entries.words:
        for end in range(len(word) - 1, 0, -1):
            if word[:end] in weights:
                break
            weights[word[:end]] = none
    weights.update(zip(entries.words, own, strict=True))


@lru_cache(maxsize=_RUNS_KEPT)
def _words_of_run(run: str) -> tuple[str, ...]:
    """What the hidden Markov model makes of characters that are no words of the dictionary together."""
    return (run,) if len(run) == 1 else tuple(finalseg.cut(run))
