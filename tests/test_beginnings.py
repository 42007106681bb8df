"""Where a pattern may begin: no place where it matches may be dismissed, and most others are."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.beginnings import BeginningIndex, ways_to_begin
from pipeline.branches import Branch
from pipeline.matching import Matcher
from pipeline.needs import consumes
from pipeline.rules import PatternRule, load_rules

RULES = load_rules(Path(__file__).resolve().parent.parent / "rules")
PATTERNS = [rule for _, rule in RULES if isinstance(rule, PatternRule)]
TEXTS = [example.text for _, rule in RULES for example in rule.examples]


def _places(pattern: str, text: str) -> list[int]:
    index = BeginningIndex([(ways_to_begin(pattern), pattern)])
    return [place for place, _ in index.beginnings(text, 0, len(text))]


def test_no_match_of_a_rule_in_any_example_is_dismissed() -> None:
    branches = [branch for rule in PATTERNS for branch in rule.branches if branch.ways]
    index = BeginningIndex((branch.ways, branch) for branch in branches)
    for text in TEXTS:
        tried = {(place, branch) for place, those in index.beginnings(text, 0, len(text)) for branch in those}
        for branch in branches:
            found = {(match.start(), branch) for match in branch.compiled.finditer(text)}
            assert found <= tried, (branch.pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text", "places"),
    [
        ("一年", "一年又一月，一年", [0, 6]),
        ("(?:近|约)?\\d+年", "近12年，约2月", [0, 1, 2]),
        ("(?<!第)一条", "第一条和一条", [4]),
        ("(?<=满|近)三年", "近三年，前三年", [1]),
        ("^一是", "一是统一是", [0]),
        ("年[^一]二", "年一二年二二", [3]),
        ("二{2,}年", "二年二二年", [2]),
        ("\\d年", "２年３月", [0]),
    ],
)
def test_most_places_are_dismissed(pattern: str, text: str, places: list[int]) -> None:
    assert _places(pattern, text) == places


@pytest.mark.parametrize("pattern", ["年?", "\\p{Han}{0,3}号", "[^，]号", "(?i)ab", "\\p{P}一", "(?P<broken", "(?=一)"])
def test_what_may_begin_with_any_word_has_no_ways(pattern: str) -> None:
    assert ways_to_begin(pattern) == ()


PIECES = [
    "一",
    "[二三]",
    "[^三]",
    "\\d",
    "\\p{Han}",
    "(?:一|二三)",
    "(?:三|)",
    "(?<!一)",
    "(?<=二)",
    "(?=三)",
    "一{1,2}",
    "二*",
    "^",
]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=5), st.text("一二三3a，⺀\n", max_size=12))
def test_many_patterns_at_once_find_what_each_finds(pieces: list[str], text: str) -> None:
    patterns = [(Branch(pattern),) for pattern in ("".join(pieces), *pieces) if consumes(pattern)]
    each = [(number, m.span()) for number, (branch,) in enumerate(patterns) for m in branch.compiled.finditer(text)]
    assert [(number, m.span()) for number, m in Matcher(patterns).matches(text, 0, len(text))] == each
