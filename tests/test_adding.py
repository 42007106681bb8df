"""``zhibiao add`` and ``zhibiao draft``: from a file on the desk to gold that a person has checked."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from formats import BRIEF, as_docx, as_html, write

from pipeline.adding import add_documents, clean_doc_id, free_doc_id
from pipeline.cli import main
from pipeline.draft import MARK, DraftError, is_draft, refuse_draft, write_draft
from pipeline.ingest import IngestError, find_documents, load_index

Zhibiao = Callable[..., Result]


@pytest.fixture
def zhibiao(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Zhibiao:
    """The command, in a folder of its own with the rules of the project."""
    (tmp_path / "rules").symlink_to(root / "rules")
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(main, [str(argument) for argument in arguments])


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


# Adding


def test_a_document_is_copied_described_and_read(zhibiao: Zhibiao, tmp_path: Path) -> None:
    desk = tmp_path / "江州市 创新发展行动方案（定稿）.html"
    desk.write_text(as_html(BRIEF), encoding="utf-8")
    result = zhibiao("add", desk)
    assert result.exit_code == 0, result.output
    copy = tmp_path / "corpus" / "江州市-创新发展行动方案-定稿.html"
    assert copy.read_bytes() == desk.read_bytes()
    (row,) = rows(tmp_path / "corpus" / "documents.csv")
    assert (row["doc_id"], row["title"], row["date"]) == (copy.stem, BRIEF.title, "2023-05-08")
    assert "江州市创新发展行动方案 | - | 2023-05-08" in result.output
    assert "statements: 2 (2 target)" in result.output
    assert {row["doc_id"] for row in rows(tmp_path / "outputs" / "targets.csv")} == {copy.stem}


def test_what_nothing_explains_is_shown_with_its_sentence(zhibiao: Zhibiao, tmp_path: Path) -> None:
    (tmp_path / "odd.txt").write_text("其中，37。\n", encoding="utf-8")
    result = zhibiao("add", "odd.txt")
    assert "unexplained: 1" in result.output
    assert "37: 其中，37。" in result.output


def test_the_index_keeps_what_the_analyst_wrote(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    index = corpus / "documents.csv"
    index.write_bytes("\ufeffdoc_id,note,date,title\r\nold,手写的,2020-01-01,旧文件\r\n".encode())
    add_documents([write(BRIEF, tmp_path / "new.docx")], corpus)
    kept, added = index.read_bytes().decode().split("\r\n", 2)[1:]
    assert kept == "old,手写的,2020-01-01,旧文件"
    assert added == f"new,,,{BRIEF.title}\r\n"
    assert load_index(index).rows["new"].title == BRIEF.title


def test_an_index_without_a_last_line_end_gets_one_before_the_new_row(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "documents.csv").write_text("doc_id,title,issuer,date,url\nold,旧文件,,,", encoding="utf-8")
    add_documents([write(BRIEF, tmp_path / "new.docx")], corpus)
    assert set(load_index(corpus / "documents.csv").rows) == {"old", "new"}


def test_a_title_that_a_spreadsheet_would_run_is_made_harmless(tmp_path: Path) -> None:
    head = "<head><meta name='ArticleTitle' content='=HYPERLINK(1)方案'></head>"
    (tmp_path / "page.html").write_text(
        f"<html>{head}<body><p>企业达到300家，全省第一。</p></body></html>", encoding="utf-8"
    )
    add_documents([tmp_path / "page.html"], tmp_path / "corpus")
    assert rows(tmp_path / "corpus" / "documents.csv")[0]["title"] == "HYPERLINK(1)方案"


def test_a_file_that_cannot_be_read_stays_out_and_the_others_go_in(zhibiao: Zhibiao, tmp_path: Path) -> None:
    (tmp_path / "good.docx").write_bytes(as_docx(BRIEF))
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.4\nnothing")
    (tmp_path / "table.xlsx").write_bytes(b"PK")
    result = zhibiao("add", "bad.pdf", "good.docx", "table.xlsx", "gone.txt")
    assert result.exit_code == 1
    assert [path.name for path in find_documents(tmp_path / "corpus")] == ["good.docx"]
    problems = [line.removeprefix("zhibiao: error: ") for line in result.stderr.splitlines()]
    assert [line.split(":")[0] for line in problems] == [
        "bad.pdf",
        "table.xlsx",
        "gone.txt",
    ]


def test_the_same_file_is_not_added_twice(tmp_path: Path) -> None:
    first, second = write(BRIEF, tmp_path / "a.docx"), tmp_path / "b.docx"
    second.write_bytes(first.read_bytes())
    report = add_documents([first, second], tmp_path / "corpus")
    assert [document.doc_id for document in report.added] == ["a"]
    assert "in the corpus already" in report.problems[0]


def test_another_document_of_the_same_name_gets_a_number(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    files = [write(BRIEF, tmp_path / "plan.docx"), write(BRIEF, tmp_path / "one" / "plan.html")]
    report = add_documents(files, tmp_path / "corpus")
    assert [document.doc_id for document in report.added] == ["plan", "plan-2"]


def test_an_index_that_cannot_be_used_stops_before_anything_is_copied(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "documents.csv").write_text("name\nx\n", encoding="utf-8")
    with pytest.raises(IngestError, match="names no column doc_id"):
        add_documents([write(BRIEF, tmp_path / "plan.docx")], corpus)
    assert [path.name for path in corpus.iterdir()] == ["documents.csv"]


@pytest.mark.parametrize(
    ("name", "doc_id"),
    [
        ("江州市规划", "江州市规划"),
        ("Plan 2023 (final)", "Plan-2023-final"),
        ("ＰＬＡＮ　２０２３", "PLAN-2023"),
        ("../../etc/passwd", "etc-passwd"),
        ("v1.2_draft", "v1.2_draft"),
        ("《…》", "document"),
        ("规" * 100, "规" * 60),
    ],
)
def test_a_doc_id_is_clean(name: str, doc_id: str) -> None:
    assert clean_doc_id(name) == doc_id


def test_a_doc_id_is_no_name_that_is_left_out_of_the_corpus() -> None:
    assert free_doc_id("README", []) == "document-README"
    assert free_doc_id("Plan", ["plan", "plan-2"]) == "Plan-3"


# Drafts


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    add_documents([write(BRIEF, tmp_path / "plan.docx")], folder)
    return folder


def test_a_draft_holds_what_was_read_under_its_mark(corpus: Path, root: Path) -> None:
    path, count = write_draft("plan", corpus, root / "rules")
    mark, rest = path.read_text(encoding="utf-8-sig").split("\n", 1)
    assert mark.startswith(MARK)
    found = list(csv.DictReader(rest.splitlines()))
    assert count == len(found) == 2
    assert [(row["quote"], row["value"], row["unit"]) for row in found] == [("300家", "300", "家"), ("2.5%", "2.5", "%")]


def test_a_draft_is_no_gold_until_its_mark_is_gone(corpus: Path, root: Path) -> None:
    path, _ = write_draft("plan", corpus, root / "rules")
    assert is_draft(path)
    with pytest.raises(DraftError, match="delete its first line"):
        refuse_draft(path)
    path.write_text(path.read_text(encoding="utf-8-sig").split("\n", 1)[1], encoding="utf-8-sig")
    refuse_draft(path)
    assert rows(path)[0]["doc_id"] == "plan"


def test_the_mark_is_known_after_a_spreadsheet_has_saved_the_file(tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    path.write_text(f'\ufeff"{MARK} 草稿",,,,,\r\ndoc_id,start\r\n', encoding="utf-8", newline="")
    assert is_draft(path)


def test_a_draft_never_replaces_gold(zhibiao: Zhibiao, corpus: Path) -> None:
    assert zhibiao("draft", "plan").exit_code == 0
    again = zhibiao("draft", "plan")
    assert (again.exit_code, "there is a draft already" in again.stderr) == (2, True)


def test_a_document_that_is_not_there_is_named(zhibiao: Zhibiao, corpus: Path) -> None:
    result = zhibiao("draft", "nowhere")
    assert (result.exit_code, "nowhere: no document of corpus" in result.stderr) == (2, True)
