"""A run over a folder: all that can be read is extracted, what cannot is said in its row, and no input is too odd."""

from __future__ import annotations

import csv
import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import pipeline.document
from pipeline.ingest import IngestError
from pipeline.pipeline import Extractor
from pipeline.recognise.numerals import NUMERAL
from pipeline.run import RunReport, extract_folder
from pipeline.spool import DocumentRows
from pipeline.tables import TABLES
from pipeline.write import OutputError

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = Path(__file__).with_suffix("") / "documents"
Extract = Callable[..., RunReport]


@dataclass(frozen=True)
class Run:
    """What a run over two good documents reported and wrote."""

    report: RunReport
    output: Path


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    output = tmp_path_factory.mktemp("run") / "outputs"
    return Run(extract_folder(DOCUMENTS, output, ROOT / "rules"), output)


@pytest.fixture
def documents(datadir: Path) -> Path:
    """A copy of two good documents with an index, to add to."""
    return datadir / "documents"


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "outputs"


@pytest.fixture
def extract(output: Path) -> Extract:
    """Extracts a folder to ``output`` with the rules of the repository."""

    def extract(folder: Path, **options: Any) -> RunReport:
        return extract_folder(folder, output, options.pop("rules", ROOT / "rules"), **options)

    return extract


def rows(output: Path, table: str) -> list[dict[str, str]]:
    with (output / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_run_writes_every_table_in_every_form(run: Run) -> None:
    names = {f"{table}.{suffix}" for table in TABLES for suffix in ("csv", "parquet")} | {"zhibiao.xlsx", "run.json"}
    assert {path.name for path in run.output.iterdir()} == names | {"texts"}
    assert names == {path.name for path in run.report.files}


def test_a_run_reads_every_document_in_the_order_of_their_names(run: Run) -> None:
    assert [row["doc_id"] for row in rows(run.output, "documents")] == ["news", "plan"]
    assert [(row["doc_id"], row["quote"]) for row in rows(run.output, "targets")] == [
        ("news", "5.2万人"),
        ("news", "7.6%"),
        ("plan", "330亿元"),
        ("plan", "8.5%"),
        ("plan", "400家"),
        ("plan", "20万元"),
    ]


def test_a_row_of_documents_says_what_is_known_of_each(run: Run) -> None:
    news, plan = rows(run.output, "documents")
    assert plan["title"] == "江州市数字经济发展规划"
    assert plan["issuer"] == "江州市人民政府"
    assert (plan["date"], plan["format"], plan["encoding"], plan["kind"]) == ("2023-06-19", "text", "utf-8", "plan")
    assert (plan["statements"], plan["error"]) == ("4", "")
    assert int(plan["residue"]) == len([row for row in rows(run.output, "residue") if row["doc_id"] == "plan"])
    assert (news["format"], news["statements"], news["date"]) == ("markdown", "2", "2023-07-18")
    assert int(news["characters"]) == len((DOCUMENTS / "news.md").read_text(encoding="utf-8"))
    assert len(news["sha256"]) == 64


def test_every_quote_of_every_table_stands_where_its_row_says(run: Run) -> None:
    texts = {"plan": (DOCUMENTS / "plan.txt").read_text("utf-8"), "news": (DOCUMENTS / "news.md").read_text("utf-8")}
    for row in (*rows(run.output, "targets"), *rows(run.output, "residue")):
        start = int(row["start"])
        assert texts[row["doc_id"]][start : start + len(row["quote"])] == row["quote"]


def test_owners_stand_in_the_table(run: Run) -> None:
    assert [row["owner"] for row in rows(run.output, "targets")] == ["", "", "", "", "", "市财政局"]


def test_the_account_of_a_run_names_versions_rules_counts_and_seconds(run: Run) -> None:
    account = json.loads((run.output / "run.json").read_text(encoding="utf-8"))
    assert {
        "zhibiao",
        "python",
        "libraries",
        "rules_sha256",
        "documents",
        "failed",
        "statements",
        "residue",
        "seconds",
    } <= set(account)
    assert {"spacy", "jieba", "pandas", "regex"} <= set(account["libraries"])
    assert len(account["rules_sha256"]) == 64
    assert (account["documents"], account["failed"], account["statements"]) == (2, 0, 6)
    assert account["statements_by_kind"] == run.report.statements == {"actual": 2, "target": 3, "provision": 1}
    assert account["unexplained"] == run.report.unexplained == 0
    assert {"ingest", "clean", "segment", "recognise", "relate", "tabulate", "write", "total"} <= set(account["seconds"])


def test_one_document_can_be_extracted_alone(extract: Extract, documents: Path, output: Path) -> None:
    report = extract(documents / "plan.txt")
    assert report.documents == 1
    assert {row["doc_id"] for row in rows(output, "targets")} == {"plan"}
    assert rows(output, "documents")[0]["issuer"] == "江州市人民政府"


def test_a_run_twice_gives_the_same_tables(extract: Extract, documents: Path, output: Path) -> None:
    extract(documents)
    first = {path.name: path.read_bytes() for path in output.glob("*.csv")}
    extract(documents)
    assert {path.name: path.read_bytes() for path in output.glob("*.csv")} == first


def test_progress_is_told_after_each_document(extract: Extract, documents: Path) -> None:
    told: list[tuple[int, int, str]] = []
    extract(documents, progress=lambda *progress: told.append(progress))
    assert told == [(1, 2, "news.md"), (2, 2, "plan.txt")]


# What goes wrong


@pytest.mark.parametrize(
    ("name", "raw", "says"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t\n", "blanks"),
        ("nul.txt", b"\0" * 4096, "NUL"),
        ("binary.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(1, 256)) * 40, "no text"),
    ],
    ids=["empty", "blank", "NUL", "binary"],
)
def test_a_bad_document_is_a_row_with_its_error_and_the_others_are_extracted(
    name: str, raw: bytes, says: str, extract: Extract, documents: Path, output: Path
) -> None:
    (documents / name).write_bytes(raw)
    report = extract(documents)
    assert (report.documents, report.failed) == (3, 1)
    [problem] = report.problems
    assert says in problem
    assert name in problem
    assert "\n" not in problem
    by_id = {row["doc_id"]: row for row in rows(output, "documents")}
    assert by_id[Path(name).stem]["error"] == problem
    assert (by_id[Path(name).stem]["statements"], by_id[Path(name).stem]["characters"]) == ("0", "")
    assert (by_id["plan"]["statements"], by_id["plan"]["error"]) == ("4", "")
    assert json.loads((output / "run.json").read_text(encoding="utf-8"))["problems"] == [problem]


def test_a_folder_of_only_bad_documents_still_gives_tables(extract: Extract, tmp_path: Path, output: Path) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "empty.txt").write_bytes(b"")
    report = extract(tmp_path / "documents")
    assert (report.documents, report.failed, report.statements) == (1, 1, {})
    assert rows(output, "targets") == []
    assert list(pd.read_parquet(output / "targets.parquet").columns) == [column.name for column in TABLES["targets"]]


def test_of_two_files_with_one_doc_id_the_second_fails(extract: Extract, documents: Path, output: Path) -> None:
    shutil.copy(documents / "plan.txt", documents / "plan.md")
    report = extract(documents)
    assert report.failed == 1
    assert "doc_id plan already" in report.problems[0]
    assert [row["doc_id"] for row in rows(output, "targets")].count("plan") == 4


def test_a_wrong_row_of_the_index_is_said_in_the_row_of_its_document(
    extract: Extract, documents: Path, output: Path
) -> None:
    with (documents / "documents.csv").open("a", encoding="utf-8") as file:
        file.write("news,消息,,昨天,\nnobody,某,,昨天,\n")
    report = extract(documents)
    assert len(report.problems) == 2
    assert "no date" in rows(output, "documents")[0]["error"]
    assert len([row for row in rows(output, "targets") if row["doc_id"] == "news"]) == 2


def test_files_of_other_formats_are_named_as_left_out(extract: Extract, documents: Path) -> None:
    (documents / "table.xlsx").write_bytes(b"PK")
    assert extract(documents).left_out == ("table.xlsx",)


def test_a_missing_folder_is_refused_and_nothing_is_written(extract: Extract, tmp_path: Path, output: Path) -> None:
    with pytest.raises(IngestError, match="no such file or folder"):
        extract(tmp_path / "nowhere")
    assert not output.exists()


def test_tables_are_not_written_over_the_index_beside_the_documents(documents: Path) -> None:
    with pytest.raises(OutputError, match="name another --output"):
        extract_folder(documents, documents, ROOT / "rules")
    assert (documents / "documents.csv").read_text(encoding="utf-8").startswith("doc_id,title,issuer,date,url")


def test_a_pattern_that_never_ends_fails_its_document_and_not_the_run(
    extract: Extract, documents: Path, tmp_path: Path, output: Path
) -> None:
    rules = Path(shutil.copytree(ROOT / "rules", tmp_path / "rules"))
    with (rules / "names.yaml").open("a", encoding="utf-8") as file:
        file.write(
            "\n- id: name.slow\n  reason: 名称\n  pattern: (?:甲|甲甲)+[乙丙]\n"
            "  examples:\n    - {text: 甲乙1家, none: true}\n"
        )
    (documents / "slow.txt").write_text("甲" * 60 + "丁5家，乙。", encoding="utf-8")
    report = extract(documents, rules=rules)
    assert report.failed == 1
    assert "slow.txt: rule name.slow: " in report.problems[0]
    assert len(rows(output, "targets")) == 6


@pytest.mark.parametrize("cache", [False, True])
def test_a_document_whose_rows_break_the_schema_fails_alone_and_is_read_again(
    cache: bool, extract: Extract, documents: Path, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_rows = pipeline.document.read_rows

    def breaking(path: Path, *rest: Any) -> DocumentRows:
        found = read_rows(path, *rest)
        if path.stem == "plan":
            found.tables["targets"][0]["kind"] = "wish"
        return found

    monkeypatch.setattr(pipeline.document, "read_rows", breaking)
    report = extract(documents, cache=cache)
    [problem] = report.problems
    assert problem.startswith(f"{documents / 'plan.txt'}: internal error: TableError: table targets: column kind: wish")
    assert [(row["doc_id"], row["statements"], row["error"]) for row in rows(output, "documents")] == [
        ("news", "2", ""),
        ("plan", "0", problem),
    ]
    assert {row["doc_id"] for row in rows(output, "targets")} == {"news"}
    assert (output / "texts" / "plan.txt").exists()
    monkeypatch.setattr(pipeline.document, "read_rows", read_rows)
    assert extract(documents, cache=cache).problems == ()


# Hostile texts: no crash, both promises kept, and work that grows no faster than the text

_STATEMENT = "2023年，全市规模以上工业增加值增长5.6%，高新技术企业达到300家，"
ODD = {
    "a line without an end": lambda size: "坚持稳中求进工作总基调，加快构建新发展格局" * (size // 20),
    "a paragraph of sentences": lambda size: (_STATEMENT + "同比增长12%。") * (size // 45),
    "many short lines": lambda size: "增长5%\n" * (size // 5),
    "blanks": lambda size: " " * size + "增长5%。",
    "line ends": lambda size: "\n" * size + "增长5%。",
    "opening brackets": lambda size: "（" * size + "增长5%。",
    "letters": lambda size: "a" * size,
}
ENDLESS = {
    "a sentence without an end": lambda size: _STATEMENT * (size // 38),
    "digits in a row": lambda size: "1" * size,
    "Chinese digits in a row": lambda size: "一" * size,
    "Chinese scales in a row": lambda size: "百" * size,
    "numbers and commas": lambda size: "1," * (size // 2),
    "coordinated numbers": lambda size: "5%、" * (size // 3),
    "opening quotation marks": lambda size: "“" * size + "增长5%。",
    "opening book title marks": lambda size: "《" * size + "增长5%。",
    "decimal points": lambda size: "1." * (size // 2),
    "dashes": lambda size: "1-" * (size // 2),
}


def keeps_both_promises(text: str, extractor: Extractor) -> None:
    """Reads a text, and checks it in time that is itself linear."""
    extraction = extractor.extract_text(text)
    at = extraction.cleaned.offsets.at
    covered = bytearray(len(text))
    spans = [(s.start, s.end) for s in extraction.statements] + [(r.start, r.end) for r in extraction.residue]
    for low, high in spans:
        start, quote = extraction.quote(low, high)
        assert text[start : start + len(quote)] == quote
        covered[start : start + len(quote)] = b"\1" * len(quote)
    for run in NUMERAL.finditer(extraction.cleaned.text):
        assert all(covered[at(place)] for place in range(run.start(), run.end()))


@pytest.mark.parametrize("name", ODD)
def test_a_text_of_tens_of_thousands_of_odd_characters_is_read_to_its_end(name: str, extractor: Extractor) -> None:
    keeps_both_promises(ODD[name](20_000), extractor)


@pytest.mark.parametrize("name", ENDLESS)
def test_a_sentence_of_thousands_of_odd_characters_is_read_to_its_end(name: str, extractor: Extractor) -> None:
    keeps_both_promises(ENDLESS[name](5_000), extractor)


def test_a_line_of_five_million_characters_is_read(extractor: Extractor) -> None:
    extraction = extractor.extract_text("坚持稳中求进工作总基调，" * 415_000 + "高新技术企业达到300家。")
    assert [extraction.quote(s.start, s.end)[1] for s in extraction.statements] == ["300家"]


def test_a_million_digits_in_a_row_are_one_numeral(extractor: Extractor) -> None:
    keeps_both_promises("全市共有企业" + "7" * 1_000_000 + "家。", extractor)


def test_a_number_too_large_for_a_float_does_not_take_its_document_away(
    extract: Extract, tmp_path: Path, output: Path
) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "long.txt").write_text("企业" + "7" * 400 + "家。产值5亿元。", encoding="utf-8")
    assert extract(tmp_path / "documents").failed == 0
    assert "5亿元" in [row["quote"] for row in rows(output, "targets")]


_WHOLE = "到2025年，全市高新技术企业达到1,300.5万家以上，占三分之一"


@pytest.mark.parametrize("length", range(len(_WHOLE) + 1))
def test_a_text_may_end_anywhere_even_inside_a_number(length: int, extractor: Extractor) -> None:
    keeps_both_promises(_WHOLE[:length], extractor)


@pytest.mark.parametrize(
    "text",
    [
        "增长12.",
        "增长-",
        "达到1,",
        "达到1,25",
        "占百分之",
        "翻一",
        "三分之",
        "5—",
        "（5",
        "5%、",
        "第",
        "〔2023〕",
        "1:",
        "从5",
        "万",
    ],
)
def test_a_text_may_end_inside_a_construction(text: str, extractor: Extractor) -> None:
    keeps_both_promises(text, extractor)


def calls(text: str, extractor: Extractor) -> int:
    """How many functions are called to read a text: a measure of work that is the same on every machine."""
    count = 0

    def called(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(called)
    try:
        extractor.extract_text(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "unit",
    [
        _STATEMENT + "同比增长12%。\n",
        _STATEMENT + "同比增长12%。",
        "坚持稳中求进。",
        "增长5%\n",
        _STATEMENT,
        "5%、",
        "（3家）",
    ],
    ids=["paragraphs", "sentences", "sentences without numbers", "lines", "clauses", "coordinated numbers", "brackets"],
)
def test_work_grows_with_the_size_of_the_text_and_no_faster(unit: str, extractor: Extractor) -> None:
    few = 1_000 // len(unit)
    assert calls(unit * 4 * few, extractor) < 1.25 * 4 * calls(unit * few, extractor)


def test_a_long_sentence_is_cut_around_its_number_in_the_tables(extract: Extract, tmp_path: Path, output: Path) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "long.txt").write_text(
        "坚持稳中求进，" * 2_000 + "企业达到300家，" + "稳步前进，" * 2_000, encoding="utf-8"
    )
    extract(tmp_path / "documents")
    [row] = rows(output, "targets")
    assert "300家" in row["sentence"]
    assert len(row["sentence"]) <= 500
