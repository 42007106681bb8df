"""``zhibiao check``: tables held against gold. The figures are those of the referee, to the third decimal."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st
from projects import ODD, PLAN, write_project

from pipeline.check.agreement import agreement, kappa
from pipeline.check.anchor import anchor
from pipeline.check.compare import COMPARISONS, SIMILAR, optional_statement, similarity
from pipeline.check.errors import CheckError
from pipeline.check.evaluate import evaluate, figure_names, shortfalls, suggested, thresholds
from pipeline.check.gold import GOLD_COLUMNS, GoldFile, open_gold, read_gold
from pipeline.check.report import write_report
from pipeline.check.rows import shared, span
from pipeline.check.runs import document_text, load_run
from pipeline.check.score import Counts, judge, pair, score
from pipeline.run import extract_folder

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

Row = dict[str, Any]
Zhibiao = Callable[..., Result]

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the labelled real documents and their referee are not here")


def gold_of(project: Path) -> Path:
    return project / "corpus" / "gold" / "park-plan.csv"


# The figures


def referee(script: str, gold: Path, table: Path) -> list[list[float]]:
    """The figures that a referee prints, line by line."""
    command = [sys.executable, SHARED / "tools" / script, gold, table]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    return [[float(figure) for figure in re.findall(r"\d\.\d{3}", line)] for line in done.stdout.splitlines()]


def rounded(counts: Counts) -> list[float]:
    return [round(counts.precision, 3), round(counts.recall, 3), round(counts.f1, 3)]


def as_gold(folder: Path, table: str, rows: list[Row]) -> None:
    """Writes rows of a referee's gold as files of gold."""
    files: dict[str, GoldFile] = {}
    for row in rows:
        cells = {name: "" if row.get(name) is None else row[name] for name in GOLD_COLUMNS[table]}
        cells |= {name: str(cell) for name, cell in cells.items() if name not in ("start", "task_start", "task_end")}
        gold = files.setdefault(row["doc_id"], open_gold(folder, table, row["doc_id"]))
        files[row["doc_id"]] = gold.with_row(cells)
    for gold in files.values():
        gold.write()


@needs_shared
def test_figures_are_those_of_the_referee(tmp_path: Path) -> None:
    dev = SHARED / "dev"
    extract_folder(dev / "texts", tmp_path / "out", ROOT / "rules")
    as_gold(tmp_path / "gold", "targets", [json.loads(line) for line in (dev / "gold.jsonl").open(encoding="utf-8")])
    found = evaluate(tmp_path / "out", dev / "texts", gold=tmp_path / "gold").scores["targets"]
    _, *lines = referee("score.py", dev / "gold.jsonl", tmp_path / "out" / "targets.csv")
    assert [rounded(found.measures[name]) for name in ("span", "row", "target_row")] == lines[:3]
    fields = [round(figure, 3) for name, figure in found.accuracy.items() if name != "owner"]
    order = ("value", "kind", "comparator", "measure", "year_to", "year_from", "indicator")
    assert fields == [round(found.accuracy[name], 3) for name in order]
    assert [*fields, round(found.owner_jaccard or 0, 3)] == lines[3]


@needs_shared
def test_figures_of_owners_are_those_of_the_referee(tmp_path: Path) -> None:
    """On a table that is gold with every third row taken away, roles and tasks changed, and others put in."""
    gold = [json.loads(line) for line in (SHARED / "dev" / "owners.jsonl").open(encoding="utf-8")]
    found: list[Row] = []
    for number, row in enumerate(gold):
        if number % 3:
            found.append(
                row
                | ({"role": "support"} if number % 4 == 1 else {})
                | ({"task_end": row["task_start"] + 9} if number % 5 == 1 else {})
            )
        if number % 7 == 0:
            found.append(row | {"start": row["start"] + len(row["quote"]), "basis": "subject"})
    found.append(gold[0] | {"basis": "issuer", "start": 5})
    table = tmp_path / "owners.csv"
    with table.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, GOLD_COLUMNS["owners"])
        writer.writeheader()
        writer.writerows(found)
    scored = score(COMPARISONS["owners"], gold, found, sorted({row["doc_id"] for row in gold}), {})
    notes, everything = referee("score_owners.py", SHARED / "dev" / "owners.jsonl", table)
    assert [f for name in ("note.span", "note.role", "note.row") for f in rounded(scored.measures[name])] == notes
    assert [f for name in ("span", "role", "row") for f in rounded(scored.measures[name])] == everything


def test_each_row_is_right_wrong_missed_or_extra(project: Path) -> None:
    scored = evaluate(Path("outputs"), Path("corpus")).scores["targets"]
    assert scored.measures["span"] == Counts(5, 6, 6)
    assert scored.measures["row"] == Counts(4, 6, 6)
    assert scored.measures["target_row"] == Counts(1, 2, 2)
    assert scored.fields["comparator"] == Counts(4, 6, 6)
    assert scored.accuracy["comparator"] == 0.8
    assert scored.confusion["comparator"] == Counter(
        {("eq", "eq"): 3, ("approx", "eq"): 1, ("le", "le"): 1, ("eq", ""): 1, ("", "eq"): 1}
    )
    assert scored.by_group["genre"] == {"plan": scored.measures}
    assert scored.by_group["split"] == {"train": scored.measures}
    assert scored.owner_jaccard == 1


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({}, ()),
        ({"value": "30", "unit": "百家"}, ("value",)),
        ({"value": "0.03", "unit": "万家"}, ()),
        ({"value": "three"}, ("value",)),
        ({"value_high": "400"}, ("value",)),
        ({"indicator": "国家高新技术企业"}, ()),
        ({"indicator": "企业"}, ("indicator",)),
        ({"kind": "actual"}, ("kind",)),
        ({"comparator": "eq"}, ("comparator",)),
        ({"measure": "increase"}, ("measure",)),
        ({"year_to": "2027"}, ("year_to",)),
        ({"year_from": "2021"}, ("year_from",)),
        ({"owner": "某局", "note": "某"}, ("owner",)),
    ],
)
def test_a_row_is_right_when_all_that_counts_is(change: Row, wrong: tuple[str, ...]) -> None:
    gold = {"doc_id": "a", "start": 0, "quote": "300家", "value": "300", "value_high": "", "unit": "家", "kind": "target"}
    gold |= {
        "comparator": "ge",
        "measure": "level",
        "year_from": "",
        "year_to": "2025",
        "indicator": "高新技术企业",
        "owner": "",
    }
    [judged] = judge(COMPARISONS["targets"], [gold], [gold | change])
    assert judged.wrong == wrong


@pytest.mark.parametrize(
    ("row", "optional"),
    [
        ({"quote": "数百个", "kind": "target"}, True),
        ({"quote": "三分之一", "kind": "target"}, True),
        ({"quote": "9年", "unit": "年", "value": "9", "kind": "actual"}, True),
        ({"quote": "9年", "unit": "年", "value": "9", "kind": "target"}, False),
        ({"quote": "4部门", "unit": "部门", "value": "4", "kind": "actual"}, True),
        ({"quote": "40部门", "unit": "部门", "value": "40", "kind": "actual"}, False),
        ({"quote": "9家", "unit": "家", "value": "9", "kind": "actual"}, False),
    ],
)
def test_rows_on_which_careful_readers_differ_count_neither_way(row: Row, optional: bool) -> None:
    assert optional_statement(row) is optional


def test_indicators_are_the_same_without_place_and_marks() -> None:
    assert similarity("全省“专精特新”企业", "专精特新企业") == 1
    assert similarity("", "企业") == 0
    assert similarity("营业收入", "入驻企业营业收入") < SIMILAR


ROWS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 4)), max_size=12)


@given(ROWS, ROWS)
def test_rows_pair_once_and_only_where_they_touch(gold: list[tuple[int, int]], found: list[tuple[int, int]]) -> None:
    sides = [
        [{"doc_id": "a", "start": start, "quote": "1" * length, "n": i} for i, (start, length) in enumerate(side)]
        for side in (gold, found)
    ]
    pairs, left = pair(COMPARISONS["targets"], *sides)
    assert [row for row, _ in pairs] == sides[0]
    paired = [row for _, row in pairs if row]
    assert sorted(row["n"] for row in (*paired, *left)) == list(range(len(found)))
    assert all(shared(span(row), span(other)) > 0 for row, other in pairs if other)


def test_tasks_and_citations_are_scored_as_soon_as_both_sides_are_there(project: Path) -> None:
    text = Path("corpus/park-plan.txt").read_text(encoding="utf-8")
    start = text.index("对新认定")
    tables = {
        "tasks": [
            "doc_id,start,end,text,section,deadline_year,rule",
            f"park-plan,{start},{start + 12},{text[start : start + 12]},,2024,task.any",
        ],
        "citations": ["doc_id,start,quote,title,number,issuer,year", "park-plan,0,丰河市产业园区,,丰政〔2024〕1号,,2024"],
    }
    for table, lines in tables.items():
        Path(f"outputs/{table}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
        Path(f"corpus/gold/{table}").mkdir()
        Path(f"corpus/gold/{table}/park-plan.csv").write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
    # Gold that says nothing of the deadline does not hold one against the table.
    gold = Path("corpus/gold/tasks/park-plan.csv")
    gold.write_text(f"doc_id,start,end,text\npark-plan,{start},{start + 12},{text[start : start + 12]}\n", encoding="utf-8")
    scores = evaluate(Path("outputs"), Path("corpus")).scores
    assert scores["tasks"].measures == {"span": Counts(1, 1, 1), "row": Counts(1, 1, 1)}
    assert scores["citations"].measures == {"span": Counts(1, 1, 1), "row": Counts(1, 1, 1)}
    write_report(evaluate(Path("outputs"), Path("corpus")), Path("outputs/report.html"))


def test_intervals_hold_the_figure_and_are_the_same_every_time(tmp_path: Path) -> None:
    rows = {f"d{n}": [{"doc_id": f"d{n}", "start": i, "quote": "1"} for i in range(n + 2)] for n in range(8)}
    gold = [row for listed in rows.values() for row in listed]
    found = [row for name, listed in rows.items() for row in listed[: -1 if int(name[1]) % 2 else None]]
    one, again = (score(COMPARISONS["citations"], gold, found, list(rows), {}) for _ in range(2))
    assert one.intervals == again.intervals
    assert 0 < one.intervals["span"].low < one.measures["span"].f1 < one.intervals["span"].high < 1
    assert score(COMPARISONS["citations"], rows["d3"], rows["d3"], ["d3"], {}).intervals == {}


# The command


def test_check_prints_the_figures_and_writes_the_report(project: Path, zhibiao: Zhibiao) -> None:
    result = zhibiao("check")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("targets: 1 documents, 6 rows of gold, 6 rows found\n")
    assert re.search(r"^ row +0\.667 +0\.667 +0\.667$", result.stdout, flags=re.MULTILINE)
    assert result.stdout.endswith("outputs/report.html: every row in its text\n")
    assert Path("outputs/report.html").is_file()


@pytest.mark.parametrize(
    ("option", "value", "documents"), [("--docs", "odd,no*", None), ("--docs", "park*", 1), ("--split", "train", 1)]
)
def test_check_looks_at_some_documents_alone(
    option: str, value: str, documents: int | None, project: Path, zhibiao: Zhibiao
) -> None:
    result = zhibiao("check", option, value)
    if documents is None:
        assert result.exit_code == 2
        assert "no document no*" in result.stderr
    else:
        assert result.exit_code == 0
        assert f"targets: {documents} documents" in result.stdout


def test_check_of_documents_without_gold_says_so(project: Path, zhibiao: Zhibiao) -> None:
    result = zhibiao("check", "--split", "test")
    assert (result.exit_code, result.stdout.splitlines()[0]) == (
        0,
        "no gold: put what a person read into corpus/gold/<doc_id>.csv",
    )
    assert "no document of split odd" in zhibiao("check", "--split", "odd").stderr


def test_a_figure_below_its_threshold_fails_the_check(project: Path, zhibiao: Zhibiao) -> None:
    Path("pyproject.toml").write_text(
        '[tool.zhibiao.check.all]\n"targets.row" = 0.7\n"targets.span" = 0.8\n'
        '[tool.zhibiao.check.test]\n"targets.row" = 0.1\n'
    )
    result = zhibiao("check")
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "zhibiao: error: targets.row: F1 0.667 is below the threshold 0.7",
        "zhibiao: error: targets.row of split test: F1 at least 0.1 is asked for, but there is no gold to measure it on",
    ]
    assert '["targets","row","all",0.66' in Path("outputs/report.html").read_text(encoding="utf-8")
    assert zhibiao("check", "--docs", "park-plan").exit_code == 0


def test_thresholds_that_are_suggested_can_be_used(project: Path, zhibiao: Zhibiao) -> None:
    printed = zhibiao("check", "--suggest-thresholds").stdout
    assert printed.startswith('[tool.zhibiao.check.all]\n"targets.span" = 0.82\n')
    assert "[tool.zhibiao.check.train]" in printed
    Path("pyproject.toml").write_text(printed, encoding="utf-8")
    found = evaluate(Path("outputs"), Path("corpus"))
    assert thresholds(Path("pyproject.toml"))["all"] == {
        "targets.span": 0.82,
        "targets.row": 0.66,
        "targets.target_row": 0.49,
    }
    assert shortfalls(found, thresholds(Path("pyproject.toml"))) == []
    assert suggested(found) == printed.rstrip("\n")


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ('[tool.zhibiao.check.all]\n"targets.row" = 70\n', "70 is no F1"),
        (
            '[tool.zhibiao.check.all]\n"targets.rows" = 0.7\n',
            f"no figure targets.rows; there are {', '.join(figure_names())}",
        ),
        ("[tool.zhibiao.check]\nall = 0.7\n", "no figure"),
        ("[tool", "no TOML"),
    ],
)
def test_thresholds_that_make_no_sense_are_refused(settings: str, message: str, project: Path, zhibiao: Zhibiao) -> None:
    Path("pyproject.toml").write_text(settings, encoding="utf-8")
    result = zhibiao("check")
    assert result.exit_code == 2
    assert message in result.stderr
    assert "Traceback" not in result.output


def test_the_thresholds_of_this_repository_can_be_measured() -> None:
    asked = thresholds(ROOT / "pyproject.toml")
    assert {"targets.span", "targets.row", "targets.target_row"} <= set(asked["all"])


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("park-plan,39,", "park-plan,40,", ":2: '300家' does not stand at 40 (there: '00家；'); run zhibiao check --fix"),
        ("park-plan,39,", "park-plan,99999,", "'300家' does not stand at 99999 (there: '')"),
        ("park-plan,39,", "park-plan,here,", ":2: start 'here' is no offset"),
        ("park-plan,39,", "other,39,", ":2: doc_id is 'other'; write park-plan"),
        (",target,省级", ",aim,省级", ":2: kind 'aim' is none of target, actual, provision, qualifier"),
        (",300,,家", ",300,,家,", ":2: 15 cells for 14 columns"),
        ("park-plan,55,400家", "park-plan,39,300家", ":3: the same place as line 2"),
        (",unit,", ",units,", ":1: no column unit"),
        ('"力争, 左右"', '"力争, 左右', ":3: no CSV"),
    ],
)  # fmt: skip
def test_gold_that_does_not_fit_is_named_with_line_and_remedy(
    old: str, new: str, message: str, project: Path, zhibiao: Zhibiao
) -> None:
    content = gold_of(project).read_text(encoding="utf-8")
    gold_of(project).write_text(content.replace(old, new, 1), encoding="utf-8")
    result = zhibiao("check")
    assert result.exit_code == 2
    assert message in result.stderr
    assert all(line.startswith("zhibiao: error: corpus/gold/park-plan.csv:") for line in result.stderr.splitlines())


def test_a_document_that_changed_after_the_run_is_named(project: Path, zhibiao: Zhibiao) -> None:
    with Path("corpus/park-plan.txt").open("a", encoding="utf-8") as file:
        file.write("又及。")
    result = zhibiao("check")
    assert (result.exit_code, result.stderr) == (
        2, "zhibiao: error: corpus/park-plan.txt: has changed since outputs was written; run zhibiao extract again\n",
    )  # fmt: skip


def test_gold_of_no_document_and_a_folder_without_tables_are_named(project: Path, zhibiao: Zhibiao) -> None:
    assert "no tables here; run zhibiao extract first" in zhibiao("check", "--output", "corpus/gold").stderr
    gold_of(project).rename(gold_of(project).with_name("gone.csv"))
    assert "gone.csv: no document gone in outputs; run zhibiao extract" in zhibiao("check").stderr


def test_the_text_that_a_run_kept_is_what_offsets_count_in(project: Path) -> None:
    run = load_run(Path("outputs"))
    document = run.documents["odd"]
    assert document_text(document, run.folder).startswith("𠮷田镇工作简报\r\n")
    Path("outputs/texts").mkdir()
    Path("outputs/texts/odd.txt").write_text("从网页里读出的正文", encoding="utf-8")
    assert document_text(document, run.folder) == "从网页里读出的正文"


# Offsets


def edited(project: Path, *changes: tuple[str, str]) -> None:
    """Edits the document as somebody would, and reads it again."""
    path = Path("corpus/park-plan.txt")
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    write_project(Path(), targets={})


def stands(gold: GoldFile) -> list[bool]:
    text = Path("corpus/park-plan.txt").read_text(encoding="utf-8")
    return [text[row["start"] :].startswith(row["quote"]) for row in gold.rows]


def test_offsets_follow_a_document_that_was_edited(project: Path, zhibiao: Zhibiao) -> None:
    before = gold_of(project).read_text(encoding="utf-8").splitlines()
    edited(project, ("一、发展目标\n", "序言，共300家单位。\n一、发展目标\n"), ("同比增长", "同比大幅增长"))
    assert zhibiao("check").exit_code == 2
    result = zhibiao("check", "--fix-offsets")
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[0] == "corpus/gold/park-plan.csv:2: '300家' moved from 39 to 51"
    assert all(stands(read_gold(gold_of(project), "targets")))
    after = gold_of(project).read_text(encoding="utf-8").splitlines()
    assert [line.split(",", 2)[2] for line in after] == [line.split(",", 2)[2] for line in before]
    assert zhibiao("check", "--fix-offsets").stdout.startswith("every row of gold stands in its place\n")


def test_a_quote_that_is_gone_is_named_and_kept(project: Path, zhibiao: Zhibiao) -> None:
    edited(project, ("到2027年，力争达到400家左右", "以后更多"))
    result = zhibiao("check", "--fix-offsets")
    assert result.exit_code == 1
    lost = "corpus/gold/park-plan.csv:3: '400家' at 55 was not found again; correct its line, or take it away"
    assert lost in result.stdout.splitlines()
    assert stands(read_gold(gold_of(project), "targets")).count(False) == 1


@given(st.text("甲乙丙丁一二。\n", max_size=40), st.integers(0, 200), st.integers(0, 30))
def test_rows_that_no_edit_touched_are_found_again(insert: str, at: int, cut: int) -> None:
    """Whatever is put in or taken out between two numbers, the numbers are led to where they are."""
    numbers = [f"{n * 37 % 100}家" for n in range(1, 13)]
    pieces = [f"第{chr(0x4E00 + n)}类企业达到{number}，" for n, number in enumerate(numbers)]
    text = "".join(pieces)
    rows, place = [], 0
    for n, (piece, number) in enumerate(zip(pieces, numbers, strict=True)):
        rows.append(
            {"doc_id": "a", "start": place + piece.index(number), "quote": number, "indicator": f"{chr(0x4E00 + n)}类企业"}
        )
        place += len(piece)
    bounds = [sum(map(len, pieces[:n])) for n in range(len(pieces) + 1)]
    at = min(bounds, key=lambda bound: abs(bound - at))
    new = text[:at] + insert + text[at:]
    gold = GoldFile(
        Path("a.csv"), "targets", "a", "doc_id,start,quote,indicator\n", ("doc_id", "start", "quote", "indicator"), ()
    )
    for row in rows:
        gold = gold.with_row(row)
    # Every row needs the number of its line, as a file that was read has it.
    gold = GoldFile(
        gold.path,
        "targets",
        "a",
        gold.head,
        gold.columns,
        tuple(r.__class__(n + 2, r.raw, r.row) for n, r in enumerate(gold.records)),
    )
    found = anchor(gold, new)
    assert found.lost == ()
    assert [row["start"] for row in found.gold.rows] == [
        row["start"] + (len(insert) if row["start"] >= at else 0) for row in rows
    ]


# Two readers


def test_two_readers_agree_by_f1_and_kappa(project: Path, zhibiao: Zhibiao) -> None:
    shutil.copytree("corpus/gold", "second")
    second = Path("second/park-plan.csv")
    second.write_text(
        second.read_text(encoding="utf-8").replace("target,省级以上创新平台,400", "actual,省级以上创新平台,400"),
        encoding="utf-8",
    )
    found = agreement(Path("corpus/gold"), Path("second"))
    assert found.scores["targets"].measures["row"] == Counts(5, 6, 6)
    assert found.kappa["kind"] == pytest.approx((5 / 6 - 15 / 36) / (1 - 15 / 36))
    printed = zhibiao("gold", "agreement", "corpus/gold", "second").stdout
    assert "targets: row F1 0.833 (5 of 6 and 6)" in printed
    assert "kind: Cohen's kappa 0.714" in printed
    assert zhibiao("gold", "agreement", "corpus/gold", "outputs").exit_code == 2


def test_kappa_is_what_is_beyond_chance() -> None:
    assert kappa([("a", "a")] * 3) == 1
    assert kappa([("a", "b"), ("b", "a")]) == -1
    assert kappa([("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")]) == 0


def test_the_made_up_tables_are_of_their_documents(project: Path) -> None:
    run = load_run(Path("outputs"))
    for doc_id, rows in {"park-plan": PLAN, "odd": ODD}.items():
        text = document_text(run.documents[doc_id], run.folder)
        assert all(text[row["start"] :].startswith(row["quote"]) for row in rows)


def test_an_unreadable_table_is_named(project: Path) -> None:
    Path("outputs/targets.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CheckError, match=r"targets\.csv: not UTF-8"):
        load_run(Path("outputs"))
