"""The command ``zhibiao``: what it prints, where it writes, and how it ends. 0 well, 1 something failed, 2 wrong usage."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import pipeline
from pipeline import __version__
from pipeline.cli import main
from pipeline.rules import load_rules
from pipeline.tables import TABLES

ROOT = Path(__file__).resolve().parent.parent
SENTENCE = "到2025年，高新技术企业达到300家以上。"

Zhibiao = Callable[..., Result]


@pytest.fixture
def zhibiao(monkeypatch: pytest.MonkeyPatch) -> Zhibiao:
    """Runs a command at the root of the repository."""
    monkeypatch.chdir(ROOT)

    def zhibiao(*arguments: object, stdin: str | bytes = "") -> Result:
        return CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)

    return zhibiao


def one_error(result: Result) -> str:
    """The only line that a command that failed prints, on standard error."""
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.stdout == ""
    [line] = result.stderr.splitlines()
    assert line.startswith("zhibiao: error: ")
    return line


# extract


def test_extract_writes_tables_and_says_what_it_did(zhibiao: Zhibiao, datadir: Path, tmp_path: Path) -> None:
    result = zhibiao("extract", datadir / "documents", "--output", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    assert result.stdout.splitlines()[:2] == ["documents: 2, failed: 0", "statements: 6 (3 target, 2 actual, 1 provision)"]
    assert "unexplained: 0" in result.stdout
    assert f"{(tmp_path / 'out').as_posix()}/: " in result.stdout
    with (tmp_path / "out" / "targets.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == 6


def test_extract_reads_corpus_and_writes_outputs_where_nothing_is_named(
    datadir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(datadir / "documents", tmp_path / "corpus")
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["extract"])
    assert result.exit_code == 0, result.output
    assert (tmp_path / "outputs" / "zhibiao.xlsx").is_file()


def test_extract_with_one_bad_document_ends_with_1_and_keeps_the_others(
    zhibiao: Zhibiao, datadir: Path, tmp_path: Path
) -> None:
    (datadir / "documents" / "empty.txt").write_bytes(b"")
    result = zhibiao("extract", datadir / "documents", "--output", tmp_path / "out")
    assert result.exit_code == 1
    [line] = result.stderr.splitlines()
    assert line.startswith("zhibiao: error: ")
    assert "empty.txt: the file is empty" in line
    assert result.stdout.splitlines()[0] == "documents: 3, failed: 1"
    assert "statements: 6 " in result.stdout


def test_extract_names_files_that_it_left_out(zhibiao: Zhibiao, datadir: Path, tmp_path: Path) -> None:
    (datadir / "documents" / "table.xlsx").write_bytes(b"PK")
    result = zhibiao("extract", datadir / "documents", "--output", tmp_path / "out")
    assert result.exit_code == 0
    assert "left out, in no format that is read: table.xlsx" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["extract", "nowhere"], "nowhere: no such file or folder"),
        (["extract", "pyproject.toml"], "no format that is read"),
        (["extract", "corpus", "--rules", "nowhere"], "nowhere: no such folder"),
        (["extract", "corpus", "--output", "pyproject.toml"], "pyproject.toml: no folder can be made there"),
        (["extract", "corpus", "--output", "corpus"], "name another --output"),
        (["extract", "corpus", "--colour"], "--colour"),
        (["extract", "corpus", "more"], "more"),
        (["explain", "--date", "2024-13-01", SENTENCE], "2024-13-01"),
        (["explain", "--rules", "nowhere", SENTENCE], "nowhere: no such folder"),
        (["rules", "check", "nowhere"], "nowhere: no such folder"),
        (["rules", "list", "nowhere"], "nowhere: no such folder"),
        (["rules", "mend"], "mend"),
        (["mend"], "mend"),
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2_and_one_line(arguments: list[str], says: str, zhibiao: Zhibiao) -> None:
    result = zhibiao(*arguments)
    assert result.exit_code == 2
    assert says in one_error(result)


# explain


def test_explain_shows_clauses_mentions_statements_and_rules_to_people(zhibiao: Zhibiao) -> None:
    result = zhibiao("explain", SENTENCE, "--date", "2023-06-30")
    assert result.exit_code == 0
    assert "到2025年 │ 高新技术企业达到300家以上" in result.stdout
    for shown in ("到2025年", "300家", "高新技术企业", "target", "ge 300 家", "2025", "comparator.at-least", "time.year"):
        assert shown in result.stdout


@pytest.mark.parametrize("text", ["坚持稳中求进。", "", "根据第3次会议精神。"])
def test_explain_says_when_there_is_no_statement(text: str, zhibiao: Zhibiao) -> None:
    result = zhibiao("explain", text)
    assert result.exit_code == 0
    assert "No statement." in result.stdout


def test_explain_marks_what_stands_in_brackets(zhibiao: Zhibiao) -> None:
    assert "⟨其中口袋公园12个⟩" in zhibiao("explain", "公园50个（其中口袋公园12个）。").stdout


def test_explain_shows_headings_owners_tasks_citations_and_speakers(zhibiao: Zhibiao) -> None:
    text = "主持人：按照《江州市养老意见》，（一）加快建设。今年建成食堂20家。（市民政局牵头，市财政局配合）"
    shown = zhibiao(
        "explain", "--date", "2023-06-30", "（一）加快建设。今年建成食堂20家。（市民政局牵头，市财政局配合）"
    ).stdout
    assert "§ （一）加快建设" in shown
    for table in ("Owners", "Tasks"):
        assert table in shown
    assert {"市民政局", "市财政局", "lead", "support"} <= set(shown.split())
    shown = zhibiao("explain", text).stdout
    assert {"Citations", "Speakers", "host", "主持人"} <= set(shown.split())


def test_explain_as_json_is_one_object_on_one_line(zhibiao: Zhibiao) -> None:
    result = zhibiao("explain", "--json", "--date", "2023-06-30", SENTENCE)
    [line] = result.stdout.splitlines()
    found: dict[str, Any] = json.loads(line)
    assert list(found) == ["text", "mentions", "statements", "residue", "owners", "tasks", "citations", "speakers"]
    assert found["text"] == SENTENCE
    [time, quantity] = found["mentions"]
    assert {"start", "quote", "type", "value", "unit"} <= set(quantity)
    assert (quantity["start"], quantity["quote"], quantity["type"], quantity["value"], quantity["unit"]) == (
        15,
        "300家",
        "quantity",
        300,
        "家",
    )
    assert (time["quote"], time["type"], time["year_to"]) == ("到2025年", "time", 2025)
    [statement] = found["statements"]
    assert list(statement) == [column.name for column in TABLES["targets"]]
    assert (statement["kind"], statement["year_to"], statement["comparator"]) == ("target", 2025, "ge")
    assert [row["quote"] for row in found["residue"]] == ["到2025年"]
    assert list(found["residue"][0]) == [column.name for column in TABLES["residue"]]


def test_explain_as_json_holds_every_numeral_statement_or_not(zhibiao: Zhibiao) -> None:
    text = "根据第3次会议和云政发〔2023〕15号文件，三年行动新增5G基站2000个，统一管理。"
    found = json.loads(zhibiao("explain", "--json", text).stdout)
    covered = {place for m in found["mentions"] for place in range(m["start"], m["start"] + len(m["quote"]))}
    assert all(place in covered for place, char in enumerate(text) if char in "0123456789一三")
    for mention in found["mentions"]:
        assert text[mention["start"] :].startswith(mention["quote"])


def test_explain_reads_one_text_a_line_from_standard_input(zhibiao: Zhibiao) -> None:
    result = zhibiao("explain", "--json", stdin="\ufeff增长5%。\r\n\n下降3%")
    texts = [json.loads(line) for line in result.stdout.splitlines()]
    assert [text["text"] for text in texts] == ["增长5%。", "", "下降3%"]
    assert [len(text["statements"]) for text in texts] == [1, 0, 1]


def test_explain_without_text_and_input_prints_nothing(zhibiao: Zhibiao) -> None:
    result = zhibiao("explain", "--json")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")


def test_explain_tells_the_line_of_standard_input_that_is_not_utf_8(zhibiao: Zhibiao) -> None:
    result = zhibiao("explain", "--json", stdin="增长5%。\n".encode() + "增长6%。\n".encode("gb18030"))
    assert result.exit_code == 2
    assert json.loads(result.stdout)["text"] == "增长5%。"
    [line] = result.stderr.splitlines()
    assert line.startswith("zhibiao: error: standard input, line 2: not UTF-8")


def test_the_date_of_the_document_decides_which_year_this_year_is(zhibiao: Zhibiao) -> None:
    def year(*options: str) -> Any:
        return json.loads(zhibiao("explain", "--json", *options, "今年新增企业20家。").stdout)["statements"][0]["year_to"]

    assert year("--date", "2022-01-12") == 2022
    assert year() is None


# rules


def test_rules_check_counts_rules_and_examples(zhibiao: Zhibiao) -> None:
    result = zhibiao("rules", "check")
    assert result.exit_code == 0, result.output
    assert re.fullmatch(r"rules: \d+, examples: \d+, not as they should be: 0\n", result.stdout)


def test_rules_check_reports_an_example_that_does_not_come_out_and_ends_with_1(zhibiao: Zhibiao, tmp_path: Path) -> None:
    rules = Path(shutil.copytree(ROOT / "rules", tmp_path / "rules"))
    with (rules / "noise.yaml").open("a", encoding="utf-8") as file:
        file.write("\n- id: noise.odd\n  pattern: 某某\n  examples:\n    - {text: 某某, clean: 留下}\n")
    result = zhibiao("rules", "check", rules)
    assert result.exit_code == 1
    assert "rule noise.odd: '某某': expected" in result.stdout
    assert "not as they should be: " in result.stdout.splitlines()[-1]


def test_rules_check_refuses_a_broken_file_with_2_and_one_line(zhibiao: Zhibiao, tmp_path: Path) -> None:
    rules = Path(shutil.copytree(ROOT / "rules", tmp_path / "rules"))
    (rules / "noise.yaml").write_text("- id: noise.odd\n  pattern: '(某'\n  examples: [{text: 某}]\n", encoding="utf-8")
    result = zhibiao("rules", "check", rules)
    assert result.exit_code == 2
    assert f"{rules / 'noise.yaml'}:1: rule noise.odd: pattern: " in one_error(result)


def test_rules_list_names_every_rule_with_its_place_and_examples(zhibiao: Zhibiao) -> None:
    result = zhibiao("rules", "list")
    assert result.exit_code == 0
    listed = [line.split("\t") for line in result.stdout.splitlines()]
    assert [rule for _, rule, _ in listed] == [rule.id for _, rule in load_rules(ROOT / "rules")]
    for place, rule, examples in listed:
        name, line = place.rsplit(":", 1)
        assert rule in (ROOT / name).read_text(encoding="utf-8").splitlines()[int(line) - 1]
        assert int(examples) >= 1


# The command itself, and the library behind it


def test_the_library_offers_the_same_verbs(datadir: Path, tmp_path: Path) -> None:
    extractor = pipeline.Extractor(ROOT / "rules")
    assert pipeline.explain(SENTENCE, extractor)["statements"][0]["quote"] == "300家"
    assert pipeline.extract_folder(datadir / "documents", tmp_path / "out", ROOT / "rules").documents == 2
    assert pipeline.check_rules(ROOT / "rules").failures == ()
    added = pipeline.add_documents([datadir / "documents" / "plan.txt"], tmp_path / "corpus", ROOT / "rules")
    assert [document.doc_id for document in added.added] == ["plan"]
    assert pipeline.write_draft("plan", tmp_path / "corpus", ROOT / "rules")[0].name == "plan.csv"
    run = pipeline.load_run(tmp_path / "out")
    assert pipeline.compare_runs(run, run).differences == ()
    assert pipeline.evaluate(tmp_path / "out", datadir / "documents").scores == {}
    assert set(pipeline.__all__) == {"__version__", *pipeline._HOMES}
    with pytest.raises(AttributeError, match="no attribute 'mend'"):
        _ = pipeline.mend


def test_the_package_says_that_it_is_typed() -> None:
    assert (ROOT / "pipeline" / "py.typed").is_file()


def test_the_version_is_that_of_the_package(zhibiao: Zhibiao) -> None:
    assert zhibiao("--version").stdout == f"zhibiao {__version__}\n"


@pytest.mark.parametrize(
    "command",
    [
        [],
        ["extract"],
        ["explain"],
        ["rules"],
        ["rules", "check"],
        ["rules", "list"],
        ["check"],
        ["review"],
        ["diff"],
        ["gold"],
        ["gold", "export"],
        ["gold", "import"],
        ["gold", "agreement"],
    ],
    ids=" ".join,
)
def test_every_command_has_help(command: list[str], zhibiao: Zhibiao) -> None:
    result = zhibiao(*command, "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith("Usage: ")


def python(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Runs another Python that finds the package wherever it stands."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, *arguments], cwd=cwd, env=environment, capture_output=True, encoding="utf-8", timeout=120
    )


def test_the_package_runs_as_a_program_from_any_folder(tmp_path: Path) -> None:
    result = python("-m", "pipeline", "explain", "--json", "--date", "2023-06-30", SENTENCE, cwd=tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    assert json.loads(result.stdout)["statements"][0]["quote"] == "300家"


def test_help_starts_without_loading_the_libraries_behind_it(tmp_path: Path) -> None:
    code = (
        "import sys; from pipeline import cli; print([name for name in ('spacy', 'pandas', 'jieba') if name in sys.modules])"
    )
    result = python("-c", code, cwd=tmp_path)
    assert result.stdout.strip() == "[]"


def test_a_sentence_is_explained_without_what_reads_rules_and_documents_or_writes_tables(tmp_path: Path) -> None:
    heavy = ("numpy", "opencc", "pandas", "pint", "pyarrow", "spacy", "xlsxwriter", "yaml")
    code = (
        "import sys; from click.testing import CliRunner; from pipeline.cli import main;"
        f"print(CliRunner().invoke(main, ['explain', {SENTENCE!r}]).exit_code, [n for n in {heavy} if n in sys.modules])"
    )
    python("-c", code, cwd=tmp_path)
    assert python("-c", code, cwd=tmp_path).stdout.strip() == "0 []"
