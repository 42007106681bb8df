"""Citations: every place that names a document, and what is known of it there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.links import Links, normal_number
from pipeline.pipeline import Extractor
from pipeline.rows import citation_rows
from pipeline.run import extract_folder

ROOT = Path(__file__).resolve().parent.parent
Row = dict[str, Any]
Citations = Callable[..., list[Row]]


@pytest.fixture(scope="module")
def citations(extractor: Extractor) -> Citations:
    def citations(text: str, title: str = "江州市社区治理实施方案") -> list[Row]:
        return list(citation_rows(extractor.extract_text(text, date(2023, 6, 30), title)))

    return citations


@pytest.mark.parametrize(
    ("text", "quote", "number", "year"),
    [
        (
            "落实《江州市养老意见》（江政发〔2021〕3号）。",
            "《江州市养老意见》（江政发〔2021〕3号）",
            "江政发〔2021〕3号",
            2021,
        ),
        ("落实《江州市养老意见》(江政发[2021]3号)。", "《江州市养老意见》(江政发[2021]3号)", "江政发〔2021〕3号", 2021),
        (
            "落实《江州市养老意见》（江政发［2021］第3号）。",
            "《江州市养老意见》（江政发［2021］第3号）",
            "江政发〔2021〕3号",
            2021,
        ),
        ("落实《江州市养老意见》。", "《江州市养老意见》", "", None),
        ("落实《江州市养老意见》（征求意见稿）。", "《江州市养老意见》", "", None),
        ("按照江政发〔2021〕3号文件执行。", "江政发〔2021〕3号", "江政发〔2021〕3号", 2021),
        ("落实《江州市2021年养老工作要点》。", "《江州市2021年养老工作要点》", "", 2021),
        ("落实《2021年养老工作要点》。", "《2021年养老工作要点》", "", 2021),
        ("2021年出台了《江州市养老意见》。", "《江州市养老意见》", "", 2021),
        ("今年印发了《江州市养老意见》。", "《江州市养老意见》", "", 2023),
        ("印发《关于贯彻〈江州市养老条例〉的意见》。", "《关于贯彻〈江州市养老条例〉的意见》", "", None),
    ],
)
def test_a_citation_has_number_and_year(text: str, quote: str, number: str, year: int | None, citations: Citations) -> None:
    [row] = citations(text)
    assert (row["quote"], row["number"], row["year"]) == (quote, number, year)
    assert text[row["start"] : row["start"] + len(quote)] == quote


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("落实《国务院关于养老服务的意见》。", "国务院"),
        ("落实《江州市民政局 江州市财政局关于养老服务的通知》。", "江州市民政局;江州市财政局"),
        ("落实《关于养老服务的意见》（国办发〔2021〕3号）。", "国务院办公厅"),
        ("落实《关于养老服务的意见》（皖政办〔2021〕3号）。", "安徽省人民政府办公厅"),
        ("落实《关于养老服务的意见》（江政发〔2021〕3号）。", "江州市人民政府"),
        ("2021年市政府出台了《关于养老服务的意见》。", "江州市人民政府"),
        ("民政部联合财政部近日印发《关于养老服务的意见》。", "民政部;财政部"),
        ("落实《关于养老服务的意见》。", ""),
    ],
)
def test_a_citation_has_the_issuer_that_title_number_or_sentence_say(text: str, issuer: str, citations: Citations) -> None:
    [row] = citations(text)
    assert row["issuer"] == issuer


@pytest.mark.parametrize(
    "text", ["《江州日报》报道，增长5%。", "《红楼梦》等名著。", "持有《食品经营许可证》。", "一般的话。"]
)
def test_what_is_no_document_is_not_cited(text: str, citations: Citations) -> None:
    assert citations(text) == []


def test_a_short_name_stands_for_the_document(citations: Citations) -> None:
    text = "出台《江州市养老实施意见》（江政发〔2021〕3号，以下简称《意见》）。《意见》提出目标。落实《意见》要求。"
    rows = citations(text)
    assert [row["quote"] for row in rows[1:]] == ["《意见》", "《意见》"]
    assert {(row["title"], row["number"], row["year"]) for row in rows} == {
        ("江州市养老实施意见", "江政发〔2021〕3号", 2021)
    }


def test_a_short_name_that_was_not_declared_means_the_last_such_document(citations: Citations) -> None:
    rows = citations("出台《江州市养老规划（2021—2025年）》和《江州市养老办法》。《规划》提出目标，《办法》提出标准。")
    assert [row["title"] for row in rows] == ["江州市养老规划（2021—2025年）", "江州市养老办法"] * 2


def test_a_later_citation_has_what_an_earlier_one_said(citations: Citations) -> None:
    rows = citations(
        "落实《江州市养老意见》（江政发〔2021〕3号）。《江州市养老意见》要求完善设施，江政发〔2021〕3号有规定。"
    )
    assert {(row["title"], row["number"]) for row in rows} == {("江州市养老意见", "江政发〔2021〕3号")}


def test_a_documents_own_number_is_no_citation(citations: Citations) -> None:
    assert citations("江州市养老意见\n江政发〔2021〕3号\n完善养老设施。") == []


@pytest.mark.parametrize("written", ["国发(2010)32号", "国发[2010] 32 号", "国发〔2010〕第32号", "国发〔2010〕32号"])
def test_a_number_has_one_form(written: str) -> None:
    assert normal_number(written) == "国发〔2010〕32号"


@pytest.mark.parametrize(
    ("number", "title", "meant"),
    [("江政发〔2021〕3号", "", "opinion"), ("", "江州市养老办法", "rules"), ("", "江州市养老规划", ""), ("", "", "")],
)
def test_a_cited_document_of_the_run_is_linked_by_number_or_title(number: str, title: str, meant: str) -> None:
    links = Links(
        [
            ("opinion", "江州市养老意见", "江政发[2021]3号"),
            ("rules", "江州市民政局关于印发《江州市养老办法》的通知", ""),
        ]
    )
    assert links.meant(number, title) == meant


def test_documents_of_one_folder_are_linked(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "opinion.txt").write_text(
        "江州市人民政府关于养老服务的意见\n江政发〔2021〕3号\n完善设施。\n", encoding="utf-8"
    )
    (folder / "plan.txt").write_text("江州市养老规划\n落实江政发〔2021〕3号文件，完善设施。\n", encoding="utf-8")
    extract_folder(folder, tmp_path / "outputs", ROOT / "rules")
    text = (tmp_path / "outputs" / "citations.csv").read_text(encoding="utf-8-sig")
    assert "plan,10,江政发〔2021〕3号,,江政发〔2021〕3号,江州市人民政府,2021,opinion,citation.number" in text
