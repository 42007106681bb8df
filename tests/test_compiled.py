"""Patterns made of what they compiled to before are those that the two packages compile."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import regex as package

from pipeline import compiled, regex, user_cache
from pipeline.compiled import compiled_by_re, compiled_by_regex, keep_compiled
from pipeline.rules import PatternRule, load_rules

RULES = load_rules(Path(__file__).resolve().parent.parent / "rules")
PATTERNS = sorted({rule.compiled.pattern for _, rule in RULES if isinstance(rule, PatternRule)})
TEXTS = [example.text for _, rule in RULES for example in rule.examples]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "cache"
    monkeypatch.setattr(user_cache, "folder", lambda: folder)
    start_anew()
    yield folder
    start_anew()


def start_anew() -> None:
    """Forgets, as the end of the program does."""
    compiled._memo.cache_clear()


def at_second_start(function: Callable[..., Any], *given: object) -> Any:
    """What a function gives when the program has been started a second time."""
    function(*given)
    keep_compiled()
    start_anew()
    return function(*given)


def test_a_pattern_of_re_is_the_same_at_the_second_start() -> None:
    for pattern in filter(None, (_in_re(pattern) for pattern in PATTERNS)):
        assert at_second_start(compiled_by_re, pattern, 0) == re.compile(pattern)


def _in_re(pattern: str) -> str | None:
    own = regex._own(pattern)
    return own and own.pattern


def test_a_pattern_of_regex_finds_the_same_at_the_second_start() -> None:
    for pattern in PATTERNS:
        made, plain = at_second_start(compiled_by_regex, pattern, 0), package.compile(pattern)
        assert (made.pattern, made.flags, made.groupindex) == (plain.pattern, plain.flags, plain.groupindex)
        for text in TEXTS[::7]:
            assert [match.span() for match in made.finditer(text)] == [match.span() for match in plain.finditer(text)]


def test_nothing_is_compiled_at_the_second_start(monkeypatch: pytest.MonkeyPatch) -> None:
    for function, pattern in ((compiled_by_re, r"(?P<y>\d+)年"), (compiled_by_regex, r"\p{Han}+年")):
        function(pattern, 0)
    keep_compiled()
    start_anew()
    monkeypatch.setattr(compiled, "_code_of_re", None)
    monkeypatch.setattr(compiled, "_code_of_regex", None)
    found = compiled_by_re(r"(?P<y>\d+)年", 0)
    assert found and found.search("到2025年")["y"] == "2025"  # type: ignore[index]
    assert compiled_by_regex(r"\p{Han}+年", 0).search("到明年")[0] == "到明年"  # type: ignore[index]


@pytest.mark.parametrize("pattern", [r"\p{Han}", "(?<=省|自治区)长", "("])
def test_what_re_does_not_know_is_no_pattern_of_it(pattern: str) -> None:
    assert at_second_start(compiled_by_re, pattern, 0) is None


def test_what_no_engine_knows_is_refused_at_every_start() -> None:
    for _ in range(2):
        with pytest.raises(package.error):
            compiled_by_regex("(", 0)
        keep_compiled()
        start_anew()


def test_flags_make_another_pattern() -> None:
    plain, lines = (at_second_start(compiled_by_re, "^年", flags) for flags in (0, re.MULTILINE))
    assert (plain.search("月\n年"), lines.search("月\n年").span()) == (None, (2, 3))
