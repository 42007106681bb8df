"""Two engines for the patterns: what Python's own finds is what ``regex`` finds, and no pattern runs for ever."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import regex as package

from pipeline import regex
from pipeline.needs import most_tries, openings
from pipeline.rules import PatternRule, load_rules

RULES = load_rules(Path(__file__).resolve().parent.parent / "rules")
PATTERNS = [rule for _, rule in RULES if isinstance(rule, PatternRule)]
TEXTS = [example.text for _, rule in RULES for example in rule.examples]
UNBOUNDED = "(?:省|省省)+[县区]$"


@pytest.mark.parametrize(("escape", "characters"), [(r"\p{Han}", regex.HAN), (r"\s", regex.SPACES)])
def test_classes_stand_for_what_they_stand_for_in_the_package(escape: str, characters: str) -> None:
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    assert regex.findall(f"[{characters}]", every) == package.findall(escape, every)


@pytest.mark.parametrize("rule", PATTERNS, ids=lambda rule: rule.id)
def test_both_engines_find_the_same_for_a_rule(rule: PatternRule) -> None:
    pattern = package.compile(rule.compiled.pattern)
    for text in TEXTS:
        assert _found(rule.compiled.finditer(text)) == _found(pattern.finditer(text)), text


def _found(matches: object) -> list[tuple[object, dict[str, str]]]:
    return [(match.span(), match.groupdict()) for match in matches]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("(?<!其|全国)市", "全国市，其市，本市，市"),
        ("(?<=省|自治区)长", "省长、自治区长、市长"),
        (r"[\p{Han}A]+\s*?", "到A２〇二五　年\x1c末"),
        (r"(?<y>\d{4})年", "2025年"),
        (r"\w+@\w", "硫@①增长9%，a@b"),
        (r"[^\P{Han}省]+", "江州省政府（2025）"),
        (r"(?m)^一|^\(\?<y>|二$", "二\n一(?<y>"),
        ("(?r)(?:率|增长率)$", "年均增长率"),
    ],
)
def test_whatever_engine_reads_a_pattern_it_finds_the_same(pattern: str, text: str) -> None:
    assert _found(regex.compile(pattern).finditer(text)) == _found(package.compile(pattern).finditer(text))


def test_a_pattern_that_runs_too_long_is_stopped() -> None:
    with pytest.raises(TimeoutError):
        regex.Timed(UNBOUNDED, 0.05).search("省" * 60)


def test_only_what_cannot_run_long_is_not_watched() -> None:
    assert most_tries(UNBOUNDED) == most_tries("(?P<broken") == most_tries(r"(a|b)\1") == float("inf")
    assert most_tries("[一二]{1,3}(?:年|月)?") == 6


@pytest.mark.parametrize(
    ("pattern", "begins"),
    [
        ("第[一二]条", "第"),
        ("(?:（|第)?[一二]、", "（第一二"),
        ("(?=[一-五])一|(?<=省)市", "一市"),
        ("(?i)a", None),
        ("[^，]年", None),
        ("年?", None),
        (r"\d年", None),
        ("(?P<broken", None),
    ],
)
def test_with_what_a_match_begins(pattern: str, begins: str | None) -> None:
    assert openings(pattern) == (None if begins is None else frozenset(begins))


def test_a_pattern_is_compiled_when_it_is_first_searched() -> None:
    broken = regex.compile("(?<!每|(省")
    assert broken.pattern == "(?<!每|(省"
    with pytest.raises(regex.error):
        broken.search("省")
    with pytest.raises(regex.error):
        regex.Timed("(省", 1).check()
