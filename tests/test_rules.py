"""The rules: each does what its examples say, and a folder of them that cannot be used is refused with one clear line."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml

from pipeline import user_cache
from pipeline.examples import RuleReport, check_rules, run_example
from pipeline.pipeline import Extractor
from pipeline.rules import Rule, RuleError, load_rules

ROOT = Path(__file__).resolve().parent.parent
RULES = [pytest.param(rule, id=rule.id) for _, rule in load_rules(ROOT / "rules")]


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A copy of the rules, to spoil."""
    return Path(shutil.copytree(ROOT / "rules", tmp_path / "rules"))


def append(folder: Path, name: str, text: str) -> None:
    """Puts a rule at the end of a file of rules."""
    with (folder / name).open("a", encoding="utf-8") as file:
        file.write(f"\n{text}")


@pytest.mark.parametrize("rule", RULES)
def test_every_example_of_a_rule_comes_out_as_it_says(rule: Rule, extractor: Extractor) -> None:
    differences = {example.text: list(run_example(example, extractor)) for example in rule.examples}
    assert {text: found for text, found in differences.items() if found} == {}


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_an_example(rule: Rule) -> None:
    assert rule.examples
    assert all(example.text.strip() for example in rule.examples)


def test_an_example_that_does_not_come_out_is_reported_with_its_place_and_both_sides(rules: Path) -> None:
    append(rules, "noise.yaml", "- id: noise.odd\n  pattern: 某某\n  examples:\n    - {text: 某某, clean: 留下}\n")
    report = check_rules(rules)
    lines = [str(failure) for failure in report.failures if failure.rule == "noise.odd"]
    assert len(lines) == 1
    line = (rules / "noise.yaml").read_text(encoding="utf-8").splitlines().index("- id: noise.odd") + 1
    assert lines[0].startswith(f"{rules.as_posix()}/noise.yaml:{line}: rule noise.odd: '某某': expected ")
    assert "留下" in lines[0]
    assert "found ''" in lines[0]


def test_an_example_that_expects_nothing_is_reported(rules: Path) -> None:
    append(rules, "noise.yaml", "- id: noise.odd\n  pattern: 某某\n  examples:\n    - text: 某某\n")
    assert "noise.odd" in {failure.rule for failure in check_rules(rules).failures}


def test_a_check_counts_rules_and_examples() -> None:
    report = check_rules(ROOT / "rules")
    assert isinstance(report, RuleReport)
    assert report.rules == len(RULES)
    assert report.examples >= report.rules


@pytest.mark.parametrize(
    ("spoilt", "file", "line", "rule", "wrong"),
    [
        ("no-yaml.yaml", "noise.yaml", 5, "", "not YAML"),
        ("tab.yaml", "noise.yaml", 3, "", "tab"),
        ("unknown-field.yaml", "noise.yaml", 3, "noise.share", "colour"),
        ("unknown-field-of-example.yaml", "noise.yaml", 1, "noise.share", "cleen"),
        ("no-example.yaml", "noise.yaml", 6, "noise.share", "examples"),
        ("empty-examples.yaml", "noise.yaml", 1, "noise.share", "examples"),
        ("duplicate-id.yaml", "noise.yaml", 6, "noise.share", "noise.yaml:1"),
        ("no-regex.yaml", "noise.yaml", 1, "noise.share", "missing )"),
        ("no-regex-to-follow.yaml", "noise.yaml", 1, "noise.share", "follow"),
        ("no-id.yaml", "noise.yaml", 1, "", "id"),
        ("odd-id.yaml", "noise.yaml", 1, "分享", "id"),
        ("no-mapping.yaml", "noise.yaml", 1, "", "mapping"),
        ("no-list.yaml", "noise.yaml", 1, "", "list"),
        ("python-object.yaml", "noise.yaml", 1, "", "python/object"),
        ("comparators-unknown-value.yaml", "comparators.yaml", 1, "comparator.odd", "'ge'"),
        ("units-no-expression.yaml", "units.yaml", 1, "unit.odd", "3 *** m"),
        ("units-unknown.yaml", "units.yaml", 1, "unit.odd", "parrot"),
        ("times-unknown-name.yaml", "times.yaml", 1, "time.odd", "banana"),
    ],
)
def test_a_broken_rule_is_refused_with_file_line_and_rule(
    spoilt: str, file: str, line: int, rule: str, wrong: str, rules: Path, datadir: Path
) -> None:
    shutil.copy(datadir / spoilt, rules / file)
    with pytest.raises(RuleError) as caught:
        check_rules(rules)
    message = str(caught.value)
    assert message.startswith(f"{rules / file}:{line}: ")
    assert not rule or message.startswith(f"{rules / file}:{line}: rule {rule}: ")
    assert wrong in message
    assert "\n" not in message


def test_rules_are_the_same_whether_they_are_read_or_were_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(user_cache, "folder", lambda: tmp_path / "cache")
    read = {rule.id: rule for _, rule in load_rules(ROOT / "rules")}
    assert len(list((tmp_path / "cache").iterdir())) == len(list((ROOT / "rules").glob("*.yaml")))
    monkeypatch.setattr(yaml, "compose", None)
    assert {rule.id: rule for _, rule in load_rules(ROOT / "rules")} == read


def test_a_broken_rule_is_refused_every_time(rules: Path, datadir: Path) -> None:
    right = (rules / "noise.yaml").read_bytes()
    for _ in range(2):
        shutil.copy(datadir / "no-regex.yaml", rules / "noise.yaml")
        with pytest.raises(RuleError, match="missing"):
            load_rules(rules)
        (rules / "noise.yaml").write_bytes(right)
        assert load_rules(rules).sha256 == load_rules(ROOT / "rules").sha256


def test_a_rule_file_that_is_not_utf_8_is_refused(rules: Path, datadir: Path) -> None:
    shutil.copy(datadir / "not-utf-8.yaml", rules / "noise.yaml")
    with pytest.raises(RuleError, match=r"noise\.yaml: byte \d+ is not UTF-8"):
        load_rules(rules)


@pytest.mark.parametrize("name", [path.name for path in sorted((ROOT / "rules").glob("*.yaml"))])
def test_a_missing_rule_file_is_named(name: str, rules: Path) -> None:
    (rules / name).unlink()
    with pytest.raises(RuleError, match=rf"{re.escape(str(rules / name))}: no such file"):
        load_rules(rules)


def test_a_missing_folder_of_rules_is_named(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="nowhere: no such folder"):
        load_rules(tmp_path / "nowhere")


SLOW = "(?:甲|甲甲)+[乙丙]"
"""Tries every way to cut a run of 甲 in ones and twos: the number of ways doubles with every second character."""


@pytest.mark.parametrize(
    ("file", "rule"),
    [
        ("names.yaml", "id: name.slow\n  reason: 名称"),
        ("times.yaml", "id: time.slow\n  role: point"),
        ("patterns.yaml", "id: pattern.slow\n  indicator: 某"),
        ("noise.yaml", "id: noise.slow"),
        ("sections.yaml", "id: section.slow\n  role: heading"),
    ],
)
def test_a_catastrophic_pattern_is_stopped_with_one_line_that_names_its_rule(file: str, rule: str, rules: Path) -> None:
    append(rules, file, f"- {rule}\n  pattern: '{SLOW}'\n  examples:\n    - {{text: 甲乙, none: true}}\n")
    name = rule.split("\n")[0].removeprefix("id: ")
    with pytest.raises(RuleError) as caught:
        Extractor(rules).extract_text("甲" * 60 + "丁5家乙。")
    assert f"rule {name}: " in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_hash_of_the_rules_changes_with_any_file_and_only_then(rules: Path) -> None:
    first = load_rules(rules).sha256
    assert load_rules(ROOT / "rules").sha256 == first
    append(rules, "noise.yaml", "# 注\n")
    assert load_rules(rules).sha256 != first
