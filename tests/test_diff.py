"""``zhibiao diff``: two runs side by side, and the rules behind each difference."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page, expect
from projects import PLAN, RESIDUE, write_project

from pipeline.check.diff import ADDED, CHANGED, LOST, RunDiff, compare_runs
from pipeline.check.diff_render import render_markdown, render_page, render_text
from pipeline.check.runs import Run, load_run
from pipeline.run import extract_folder

ROOT = Path(__file__).resolve().parent.parent

Row = dict[str, Any]
Zhibiao = Callable[..., Result]


@pytest.fixture(autouse=True)
def old(request: pytest.FixtureRequest) -> None:
    """Where there is a project, an old run of its plan."""
    if "project" in request.fixturenames:
        request.getfixturevalue("project")
        write_project(Path(), {"park-plan": PLAN}, "old")


def compared(rows: list[Row]) -> RunDiff:
    """The old run against one with these rows."""
    write_project(Path(), {"park-plan": rows}, "new")
    return compare_runs(load_run(Path("old")), load_run(Path("new")))


def without(start: int) -> list[Row]:
    return [row for row in PLAN if row["start"] != start]


def test_a_run_does_not_differ_from_itself(project: Path, zhibiao: Zhibiao) -> None:
    assert compared(PLAN).differences == ()
    assert zhibiao("diff", "old", "new").stdout.endswith("no difference\n")


def test_rows_that_came_went_and_changed_are_told_with_their_rules(project: Path) -> None:
    about = next(row for row in PLAN if row["start"] == 55) | {"comparator": "approx", "rule": "unit.any;comparator.about"}
    found = compared(
        [row for row in without(110) if row["start"] != 55] + [about, {**PLAN[0], "start": 80, "quote": "245家"}]
    )
    assert [(one.what, one.row["quote"]) for one in found.differences] == [
        (CHANGED, "400家"),
        (ADDED, "245家"),
        (LOST, "支持"),
    ]
    [changed, _, _] = found.differences
    assert changed.cells == (("comparator", "eq", "approx"),)
    assert (changed.rules_old, changed.rules_new, changed.rules_both) == (
        ("indicator.any",),
        ("comparator.about",),
        ("unit.any",),
    )
    assert dict(found.by_rule())["comparator.about"] == {CHANGED: 1}


def test_another_quote_at_the_same_place_is_a_change(project: Path) -> None:
    [one] = compared([row | {"quote": "400家左右"} if row["start"] == 55 else row for row in PLAN]).differences
    assert (one.what, one.cells) == (CHANGED, (("quote", "400家", "400家左右"),))


def test_another_rule_for_the_same_row_is_a_change(project: Path) -> None:
    [one] = compared([row | {"rule": "unit.any;indicator.other"} if row["start"] == 39 else row for row in PLAN]).differences
    assert (one.what, one.cells, one.rules_old, one.rules_new) == (CHANGED, (), ("indicator.any",), ("indicator.other",))


def test_a_number_that_becomes_a_statement_is_one_difference(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    [date] = RESIDUE["park-plan"]
    monkeypatch.setitem(RESIDUE, "park-plan", [])
    period = {**PLAN[0], "start": date["start"], "quote": date["quote"]}
    [one] = compared([*PLAN, period]).differences
    assert (one.table, one.what, one.elsewhere) == ("targets", ADDED, "日期")
    assert "was in residue: 日期" in render_text(compared([*PLAN, period]), "old", "new")
    back = compare_runs(load_run(Path("new")), load_run(Path("old")))
    assert [(one.what, one.elsewhere) for one in back.differences] == [(LOST, "日期")]


def test_rows_of_a_document_that_was_edited_pair_in_their_order(project: Path) -> None:
    path = Path("corpus/park-plan.txt")
    path.write_text(path.read_text(encoding="utf-8").replace("\n一、", "\n前言。\n一、"), encoding="utf-8")
    [one] = compared([row | {"start": row["start"] + 4} for row in without(91)]).differences
    assert (one.what, one.row["quote"]) == (LOST, "86.5亿元")


def test_documents_that_came_and_went_are_told(project: Path) -> None:
    Path("corpus/odd.txt").rename("corpus/even.txt")
    found = compared(PLAN)
    assert [(one.table, one.what, one.doc_id) for one in found.differences] == [
        ("documents", LOST, "odd"),
        ("documents", ADDED, "even"),
    ]


QUOTES = st.lists(st.sampled_from(["1家", "22家", "3个"]), max_size=8)


@given(QUOTES, QUOTES, st.booleans())
def test_every_row_is_told_once_and_nothing_else(old: list[str], new: list[str], edited: bool) -> None:
    """What is added makes up for what is lost, whatever pairs with what."""

    def run(quotes: list[str], sha256: str) -> Run:
        rows = [{"doc_id": "a", "start": 10 * n, "quote": quote, "rule": "r"} for n, quote in enumerate(quotes)]
        return Run(Path(), {"documents": [{"doc_id": "a", "sha256": sha256}], "targets": rows}, {})

    found = compare_runs(run(old, "1"), run(new, "2" if edited else "1"))
    assert found.count("targets", ADDED) - found.count("targets", LOST) == len(new) - len(old)
    if old == new:
        assert found.differences == ()
    else:
        assert found.differences


# What it looks like


def test_as_text(project: Path) -> None:
    changed = [row | {"comparator": "approx"} if row["start"] == 55 else row for row in without(110)]
    lines = render_text(compared(changed), "old", "new").splitlines()
    assert lines[:3] == [
        "old: old (zhibiao 0, rules 01234567)",
        "new: new (zhibiao 0, rules 01234567)",
        "targets: 1 lost, 1 changed",
    ]
    assert "~ targets park-plan:55  400家 省级以上创新平台" in lines
    assert "    comparator: eq → approx" in lines
    assert "- targets park-plan:110  支持 措施 qualifier eq 1 家" in lines


def test_what_documents_say_does_no_harm_in_markdown_and_page(project: Path, page: Page) -> None:
    hostile = PLAN[0] | {
        "indicator": "<script>window.harmed=1</script>|`x`[a](javascript:1)",
        "sentence": "<b>300家</b>",
        "rule": "a|b`c",
    }
    found = compared([hostile, *PLAN[1:]])
    markdown = render_markdown(found, "old", "new")
    [line] = [line for line in markdown.splitlines() if line.startswith("| ~")]
    assert "<script>" not in line
    assert len(re.findall(r"(?<!\\)\|", line)) == 6
    Path("diff.html").write_text(render_page(found, "old", "new"), encoding="utf-8")
    page.goto(Path("diff.html").resolve().as_uri())
    assert page.evaluate("window.harmed") is None
    expect(page.locator(".change blockquote mark")).to_have_text("300家")
    expect(page.locator(".change ins").first).to_contain_text("<script>")


def test_the_command_prints_each_format(project: Path, zhibiao: Zhibiao) -> None:
    compared(without(110))
    assert "- targets park-plan:110" in zhibiao("diff", "old", "new").stdout
    assert zhibiao("diff", "old", "new", "--format", "markdown").stdout.startswith("### zhibiao diff: old → new\n")
    assert zhibiao("diff", "old", "new", "--format", "html").stdout.startswith("<!doctype html>")
    result = zhibiao("diff", "old", "gone")
    assert result.exit_code == 2
    assert (
        result.stderr
        == "zhibiao: error: gone: neither a folder of tables nor a commit; name what zhibiao extract wrote to, or a commit\n"
    )


# A rule that changed


TEXT = "到2025年，建成停车位300个左右。\n到2025年，建成公园20个。\n到2025年，新增学位5000个左右。\n"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository of the project with one document, in which one word of one rule was changed and read again."""
    folder = tmp_path / "repository"
    for name in ("pipeline", "rules"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "corpus").mkdir()
    (folder / "corpus" / "plan.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.chdir(folder)
    for command in ("init -q", "add -A", "-c user.name=x -c user.email=x@example.invalid commit -qm first"):
        subprocess.run(["git", *command.split()], check=True)
    return folder


@pytest.mark.skipif(shutil.which("git") is None, reason="no git on this machine")
def test_after_a_change_of_one_rule_exactly_its_rows_are_told(repository: Path, zhibiao: Zhibiao) -> None:
    rules = repository / "rules" / "comparators.yaml"
    changed = rules.read_text(encoding="utf-8").replace(
        "- id: comparator.about\n  comparator: approx\n", "- id: comparator.about\n  comparator: ge\n"
    )
    assert changed != rules.read_text(encoding="utf-8")
    extract_folder(Path("corpus"), Path("before"), Path("rules"))
    rules.write_text(changed, encoding="utf-8")
    extract_folder(Path("corpus"), Path("outputs"), Path("rules"))
    found = compare_runs(load_run(Path("before")), load_run(Path("outputs")))
    assert [(one.what, one.row["quote"], one.cells) for one in found.differences] == [
        (CHANGED, "300个", (("comparator", "approx", "ge"),)),
        (CHANGED, "5000个", (("comparator", "approx", "ge"),)),
    ]
    assert all("comparator.about" in one.rules_both for one in found.differences)
    # The same against the commit, whose own code and rules read its documents.
    result = zhibiao("diff", "HEAD")
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert re.fullmatch(r"old: HEAD \([0-9a-f]{8}\) \(zhibiao .+\)", lines[0])
    assert lines[2:4] == ["targets: 2 changed", "rules edited: comparator.about"]
    told = [line.split()[2:4] for line in lines if line.startswith("~")]
    assert told == [[f"plan:{TEXT.index('300个')}", "300个"], [f"plan:{TEXT.index('5000个')}", "5000个"]]


def test_the_rows_it_tells_are_those_that_a_plain_comparison_tells(project: Path) -> None:
    found = compared([row | {"value": row["value"] + 1} if row["start"] in (39, 91) else row for row in PLAN])
    tables = []
    for name in ("old", "new"):
        with Path(name, "targets.csv").open(encoding="utf-8-sig", newline="") as file:
            tables.append({(row["doc_id"], row["start"]): row for row in csv.DictReader(file)})
    plain = {place for place, row in tables[0].items() if tables[1].get(place) != row}
    assert {(one.doc_id, str(one.row["start"])) for one in found.differences} == plain


def test_a_commit_that_is_no_project_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zhibiao: Zhibiao) -> None:
    monkeypatch.chdir(tmp_path)
    commit = "-c user.name=x -c user.email=x@example.invalid commit -q --allow-empty -m empty"
    for command in ("init -q", commit):
        subprocess.run(["git", *command.split()], check=True)
    result = zhibiao("diff", "HEAD", "HEAD")
    assert result.exit_code == 2
    assert re.fullmatch(
        r"zhibiao: error: [0-9a-f]{8}: holds no pipeline, rules, corpus; name a commit of this project\n", result.stderr
    )
