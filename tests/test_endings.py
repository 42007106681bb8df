"""The end of a text: the words say of most texts at once that no pattern matches; what matches is what the pattern finds."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from pipeline.rules import alternation, at_end

TEXTS = st.text("增长率的a\n", max_size=8)
WORDS = st.frozensets(st.text("增长率a", min_size=1, max_size=3), min_size=1, max_size=6)


@given(WORDS, TEXTS, st.sampled_from(["", "(?:的)?", "(?<=增)"]), st.integers(0, 8), st.integers(0, 9))
def test_an_ending_finds_what_its_pattern_finds(words: frozenset[str], text: str, before: str, pos: int, end: int) -> None:
    plain = regex.compile(f"(?r){before}(?:{alternation(list(words))})$")
    ending = at_end(words, before=before)
    spans = [match and match.span() for match in (plain.search(text, pos, end), ending.search(text, pos, end))]
    assert spans[0] == spans[1]
    assert ending.sub("", text) == plain.sub("", text)


@pytest.mark.parametrize(("text", "longest"), [("年均增长率", "增长率"), ("概率", "率"), ("增长", ""), ("", "")])
def test_the_longest_word_at_the_end_is_told(text: str, longest: str) -> None:
    assert at_end(["率", "增长率"]).longest(text) == longest
