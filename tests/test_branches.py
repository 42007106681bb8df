"""Alternatives of a pattern: sought one by one, they find what the whole pattern finds."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from pipeline.branches import branches, find_all

PATTERNS = ["ab|a|ba+", "b(?=a)|(?<!a)年|a{2}|ab年", "(?P<y>a|b)年|(?P<y>b)|年a", "[|]a|\\|年|(?:a|b)b", "(?<=^|年)a|b"]


@pytest.mark.parametrize(
    ("pattern", "parts"),
    [
        ("四川|六安", ["四川", "六安"]),
        ("(?:a|b)c|[|)]d|e\\|f", ["(?:a|b)c", "[|)]d", "e\\|f"]),
        ("四川", ["四川"]),
        ("(a)\\1|b", ["(a)\\1|b"]),
        ("(?i)a|b", ["(?i)a|b"]),
        ("a?|b", ["a?|b"]),
    ],
)
def test_a_pattern_is_taken_apart_where_that_changes_nothing(pattern: str, parts: list[str]) -> None:
    assert [branch.pattern for branch in branches(pattern)] == parts


@pytest.mark.parametrize("pattern", PATTERNS)
@given(text=st.text(alphabet="ab年|", max_size=14), start=st.integers(0, 3))
def test_the_alternatives_find_what_the_whole_finds(pattern: str, text: str, start: int) -> None:
    whole = [(m.span(), m[0]) for m in regex.compile(pattern).finditer(text, start, len(text))]
    ahead = [(branch, match) for branch in branches(pattern) if (match := branch.compiled.search(text, start))]
    assert [(m.span(), m[0]) for m in find_all(ahead, text, len(text))] == whole


def test_a_pattern_that_matches_the_empty_text_comes_to_an_end() -> None:
    (branch,) = branches("年?")
    first = branch.compiled.search("一年", 0, 2)
    assert first
    assert [m.span() for m in find_all([(branch, first)], "一年", 2)] == [(0, 0), (1, 2), (2, 2)]
