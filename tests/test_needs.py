"""What a text must hold for a pattern to match it: a spared search must never be one that would have found something."""

from __future__ import annotations

from pathlib import Path

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from pipeline.needs import needs
from pipeline.rules import PatternRule, load_rules

RULES = load_rules(Path(__file__).resolve().parent.parent / "rules")
PATTERNS = [(group, rule) for group, rule in RULES if isinstance(rule, PatternRule)]
TEXTS = [example.text for _, rule in RULES for example in rule.examples]


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("到20\\d\\d年", "增长5%"),
        ("(?:一季度|上半年)", "到2025年"),
        ("第(?:\\d|[一二三])条", "三条"),
        ("a+b{2,}", "aa"),
        ("四川|六安", "四面安"),
        ("三项(?=改革)", "三项"),
    ],
)
def test_a_text_without_what_a_pattern_needs_is_known_at_once(pattern: str, text: str) -> None:
    assert _lacks(text, pattern)


def _lacks(text: str, pattern: str) -> bool:
    return all(any(need.isdisjoint(text) for need in one) for one in needs(pattern))


@pytest.mark.parametrize("pattern", ["年?", "(?:年|)", "(?<!年)", "(?=年)?", "[^年]", "(?i)ab", "年*", "(?P<broken"])
def test_what_may_be_missing_is_not_needed(pattern: str) -> None:
    assert needs(pattern) == (frozenset(),)


@pytest.mark.parametrize(("group", "rule"), PATTERNS, ids=lambda rule: getattr(rule, "id", ""))
def test_no_match_of_a_rule_in_any_example_is_lost(group: str, rule: PatternRule) -> None:
    for text in TEXTS:
        assert rule in RULES.candidates(group, text) or rule.compiled.search(text) is None, text


@pytest.mark.parametrize("group", ["times", "names"])
def test_all_rules_at_once_find_what_each_finds(group: str) -> None:
    for text in TEXTS:
        each = [(rule.id, match.span(), _said(match)) for rule in RULES.group(group) for match in rule.finditer(text)]
        assert [(rule.id, m.span(), _said(m)) for rule, m in RULES.matches((group,), text, 0, len(text))] == each


def _said(match: regex.Match[str]) -> dict[str, str]:
    return {name: value for name, value in match.groupdict().items() if value}


@given(st.text(alphabet="ab年月0 ", max_size=12))
def test_whatever_matches_holds_what_is_needed(text: str) -> None:
    for pattern in ("a(?:b|年)+", "(?:0月|a)b?", "[ab]{2}年?", "(?:a|b)(?:0|月)", "ab|0月|a(?=年)"):
        if regex.search(pattern, text):
            assert not _lacks(text, pattern)
