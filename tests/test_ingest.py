"""Ingestion: bytes become characters, a document tells who issued it and when; what cannot be read is said in one line."""

from __future__ import annotations

import codecs
import hashlib
import os
import shutil
import sys
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest import Index, IngestError, find_documents, load_index, other_files, read_document
from pipeline.ingest.files import MAX_BYTES, read_bytes
from pipeline.ingest.metadata import MetadataReader
from pipeline.ingest.text import decode
from pipeline.rules import load_rules
from pipeline.values import Metadata, Source

ROOT = Path(__file__).resolve().parent.parent
TEXT = "到2025年，高新技术企业达到300家以上；研发投入强度提高到2.8%。\r\n一、主要目标\r\n全市森林覆盖率稳定在42%以上。"


def read(path: Path, index: Index | None = None) -> Source:
    return read_document(path, index or Index())


@cache
def reader() -> MetadataReader:
    return MetadataReader(load_rules(ROOT / "rules"))


def said(path: Path, index: Index | None = None) -> Metadata:
    """What the index and the document say of it as a whole."""
    source = read(path, index)
    return reader().read(source.text, source.metadata)


def refused(path: Path) -> str:
    """The one line that says why a document is not read."""
    with pytest.raises(IngestError) as caught:
        read(path)
    message = str(caught.value)
    assert message.startswith(str(path))
    assert "\n" not in message
    return message


# Encodings


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8-sig"),
        (TEXT.encode("gb18030"), "gb18030"),
        (TEXT.encode("gbk"), "gb18030"),
        ("\ufeff".encode("gb18030") + TEXT.encode("gb18030"), "gb18030"),
        (b"plain ASCII, 300 companies", "utf-8"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
    ],
    ids=[
        "UTF-8",
        "UTF-8 with a mark",
        "GB18030",
        "GBK",
        "GB18030 with a mark",
        "ASCII",
        "UTF-16 LE",
        "UTF-16 BE",
        "UTF-16 LE without a mark",
        "UTF-16 BE without a mark",
    ],
)
def test_the_encodings_of_chinese_are_told_apart(raw: bytes, encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "notice.txt"
    path.write_bytes(raw)
    source = read(path)
    assert source.encoding == encoding
    assert source.text in (TEXT, "plain ASCII, 300 companies")


def test_a_byte_order_mark_is_no_character_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "notice.txt"
    path.write_bytes(codecs.BOM_UTF8 + TEXT.encode())
    assert read(path).text == TEXT


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x0c"])
def test_line_ends_stay_as_they_are(end: str, tmp_path: Path) -> None:
    path = tmp_path / "notice.txt"
    path.write_bytes(f"增长5%。{end}下降3%。".encode())
    assert read(path).text == f"增长5%。{end}下降3%。"


@given(text=st.text("增长企业达到百分点，。0123456789%\r\n\t\u3000\u200b", min_size=1).filter(str.strip))
def test_any_text_in_utf_8_is_read_as_it_was_written(text: str) -> None:
    assert decode(text.encode(), "x").text == text


@pytest.mark.parametrize("path", find_documents(ROOT / "corpus"), ids=lambda path: path.stem)
def test_every_document_of_the_corpus_reads_the_same_from_gb18030(path: Path) -> None:
    text = read(path).text
    assert decode(text.encode("gb18030"), "x").text == text


_PROSE = "全市坚持生态优先、绿色发展，深入打好污染防治攻坚战，生态环境质量持续改善。"


@pytest.mark.parametrize(
    "text",
    [
        "全市高新技术企业达到300家。",
        _PROSE,
        _PROSE + "水质达到Ⅲ类，①②③，新增绿地300㎡，气温25℃，出生率5.6‰——增长5%。",
        _PROSE * 5 + "湖区水质由Ⅳ类提升为Ⅲ类。",
        "增长5%。",
    ],
)
def test_a_short_text_in_gb18030_is_read_as_it_was_written(text: str) -> None:
    assert decode(text.encode("gb18030"), "x").text == text


def test_a_hash_is_that_of_the_bytes_and_a_doc_id_the_name_without_extension(tmp_path: Path) -> None:
    path = tmp_path / "a.b.txt"
    path.write_bytes(b"300 companies")
    source = read(path)
    assert source.doc_id == "a.b"
    assert source.sha256 == hashlib.sha256(b"300 companies").hexdigest()
    assert (source.format, source.path) == ("text", path.as_posix())


# What is refused


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "empty"),
        (" \r\n\u3000\t\n".encode(), "only blanks"),
        (b"\0" * 5000, "NUL"),
        ("到2025年".encode() + b"\0" + "增长5%".encode(), "NUL"),
        (b"\x89PNG\r\n\x1a\n\x01\x02\xff\xfe\xfd" + bytes(range(1, 256)) * 20, "no text"),
        ("增长５％".encode() * 40 + b"\xe5\xa2", "no text"),
        (b"\x01\x02\x03\x04\x05\x06\x07 300 companies", "control"),
    ],
    ids=["empty", "blanks", "NUL", "NUL in text", "picture", "cut short", "control characters"],
)
def test_a_file_that_is_no_text_is_refused_with_one_line(raw: bytes, says: str, tmp_path: Path) -> None:
    path = tmp_path / "notice.txt"
    path.write_bytes(raw)
    assert says in refused(path)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    assert f"more than the {MAX_BYTES // 2**20} MiB" in refused(path)


def test_a_file_that_is_gone_is_refused(tmp_path: Path) -> None:
    assert "cannot be read" in refused(tmp_path / "gone.txt")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text(TEXT, encoding="utf-8")
    path.chmod(0)
    assert "cannot be read" in refused(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert "not a regular file" in refused(tmp_path / "pipe.txt")


def test_the_bytes_of_a_file_are_read_whole(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_bytes(b"\x00\xff")
    assert read_bytes(tmp_path / "x.txt") == b"\x00\xff"


# Which files are documents


def test_the_documents_of_a_folder_are_its_text_and_markdown_files_in_order(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "a.md",
        "c.TXT",
        "d.markdown",
        "README.md",
        "documents.csv",
        "table.xlsx",
        ".hidden.txt",
        "~$b.txt",
    ):
        (tmp_path / name).write_text("300", encoding="utf-8")
    (tmp_path / "gold").mkdir()
    (tmp_path / "folder.txt").mkdir()
    assert [path.name for path in find_documents(tmp_path)] == ["a.md", "b.txt", "c.TXT", "d.markdown"]
    assert [path.name for path in other_files(tmp_path)] == ["table.xlsx"]


def test_one_document_can_be_named_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("300", encoding="utf-8")
    assert find_documents(path) == [path]


@pytest.mark.parametrize(
    ("name", "says"),
    [("nowhere", "no such file or folder"), ("table.xlsx", "no format that is read"), ("empty", "no document")],
)
def test_a_place_without_documents_is_refused_with_one_line(name: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "table.xlsx").write_bytes(b"PK")
    (tmp_path / "empty").mkdir()
    with pytest.raises(IngestError, match=says) as caught:
        find_documents(tmp_path / name)
    assert "\n" not in str(caught.value)
    assert name in str(caught.value)


# What a document says of itself


def test_an_opinion_tells_title_issuer_number_and_date(datadir: Path) -> None:
    metadata = said(datadir / "opinion.txt")
    assert metadata.title == "江州市人民政府关于加快发展养老服务的实施意见"
    assert metadata.issuer == "江州市人民政府"
    assert metadata.number == "江政发〔2023〕7号"
    assert metadata.date == date(2023, 5, 6)
    assert metadata.kind == "opinion"


def test_a_saved_page_tells_title_and_time_of_publication(datadir: Path) -> None:
    metadata = said(datadir / "briefing.txt")
    assert metadata.title == "江州市召开“稳就业”新闻发布会"
    assert metadata.date == date(2024, 6, 24)
    assert metadata.kind == "briefing"


def test_a_work_report_in_markdown_tells_title_place_and_date(datadir: Path) -> None:
    assert read(datadir / "report.md").format == "markdown"
    metadata = said(datadir / "report.md")
    assert metadata.title == "江州市政府工作报告"
    assert metadata.issuer == "江州市人民政府"
    assert metadata.date == date(2022, 1, 12)
    assert metadata.kind == "work-report"
    assert metadata.region == "江州市"


def test_two_bodies_may_sign_and_a_date_may_be_written_in_chinese(datadir: Path) -> None:
    metadata = said(datadir / "signed-by-two.txt")
    assert metadata.issuer == "江州市财政局;江州市科技局"
    assert metadata.number == "江财规〔2024〕3号"
    assert metadata.date == date(2024, 7, 26)
    assert metadata.kind == "rules"


def test_a_sentence_alone_tells_nothing(datadir: Path) -> None:
    assert said(datadir / "bare.txt") == Metadata()


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2023年6月19日", date(2023, 6, 19)),
        ("2023-06-19", date(2023, 6, 19)),
        ("2023/6/19", date(2023, 6, 19)),
        ("（2023年6月19日）", date(2023, 6, 19)),
        ("2023 年 6 月 19 日", date(2023, 6, 19)),
        ("２０２３年６月１９日", date(2023, 6, 19)),
        ("二〇二三年六月十九日", date(2023, 6, 19)),
        ("2023年6月", date(2023, 6, 1)),
        ("2023年13月40日", None),
    ],
)
def test_a_date_that_stands_alone_is_that_of_the_document(written: str, day: date | None) -> None:
    assert reader().read(f"江州市养老服务实施方案\n{written}\n为加快发展，制定本方案。\n", Metadata()).date == day


def test_the_title_of_what_a_letter_encloses_stands_below_its_signature() -> None:
    text = "各市、县人民政府：\n现将办法印发给你们。\n江州市民政局\n2023年5月6日\n江州市养老服务办法\n第一条　制定本办法。"
    assert reader().read(text, Metadata()).title == "江州市养老服务办法"


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("江州市人民政府关于发展养老服务的意见\n为发展养老服务，制定本意见。", "江州市"),
        ("国务院办公厅关于发展养老服务的意见\n为发展养老服务，制定本意见。", "全国"),
        ("安徽省养老服务规划\n为发展养老服务，制定本规划。", "安徽省"),
        ("合肥市养老服务规划\n为发展养老服务，制定本规划。", "合肥市"),
        ("养老服务办法\n第一条　制定本办法。\n澄溪县民政局\n2023年5月6日", "澄溪县"),
        ("澄溪划定养老服务时间表新闻发布会\n今天，澄溪县召开新闻发布会。", "澄溪县"),
        ("智慧社区建设规划\n为建设智慧社区，制定本规划。", ""),
        ("国内要闻快报\n江州市举行招聘活动。", ""),
    ],
)
def test_a_document_is_of_the_region_of_its_issuer_or_title(text: str, region: str) -> None:
    assert reader().read(text, Metadata()).region == region


# The index


def test_what_the_index_says_wins_over_the_text(datadir: Path) -> None:
    metadata = said(datadir / "opinion.txt", load_index(datadir / "documents.csv"))
    assert (metadata.title, metadata.issuer, metadata.date, metadata.url) == (
        "养老服务意见",
        "江州市民政局",
        date(2023, 7, 1),
        "https://example.org/1",
    )
    assert metadata.number == "江政发〔2023〕7号"


def test_what_the_index_leaves_empty_comes_from_the_text(datadir: Path) -> None:
    metadata = said(datadir / "briefing.txt", load_index(datadir / "documents.csv"))
    assert metadata.title == "江州市召开“稳就业”新闻发布会"
    assert metadata.issuer == "江州市人力资源和社会保障局"
    assert metadata.date == date(2024, 6, 24)


def test_without_an_index_there_is_an_empty_one(tmp_path: Path) -> None:
    assert load_index(tmp_path / "documents.csv") == Index()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize(
    "written", ["2023-07-01", "2023/7/1", "2023.07.01", "2023年7月1日", "2023/7/1 0:00", "2023-07-01 00:00:00"]
)
def test_an_index_may_have_been_saved_by_a_spreadsheet(encoding: str, written: str, tmp_path: Path) -> None:
    text = f"DOC_ID, Title,issuer,date,url\r\nopinion,江州市养老服务实施意见,江州市人民政府,{written},\r\n,,,,\r\n"
    (tmp_path / "documents.csv").write_bytes(text.encode(encoding))
    index = load_index(tmp_path / "documents.csv")
    assert index.rows == {"opinion": Metadata("江州市养老服务实施意见", "江州市人民政府", date=date(2023, 7, 1))}
    assert index.problems == []


@pytest.mark.parametrize(
    ("row", "about", "says"),
    [
        ("a,标题,,明天,", "a", "'明天' is no date"),
        ("a,标题,,2023-02-30,", "a", "is no date"),
        (",标题,,,", "", "no doc_id"),
        ("a,标题,甲,2023-01-01,u,多", "a", "more cells than columns"),
        ("opinion,标题,,,", "opinion", "has a row already"),
    ],
)
def test_a_wrong_row_of_the_index_is_left_out_and_said(row: str, about: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "documents.csv"
    path.write_text(f"doc_id,title,issuer,date,url\nopinion,甲,,,\n{row}\nb,乙,,,\n", encoding="utf-8")
    index = load_index(path)
    assert list(index.rows) == ["opinion", "b"]
    [(doc_id, problem)] = index.problems
    assert doc_id == about
    assert problem.startswith(f"{path}:3: ")
    assert says in problem


def test_an_index_without_doc_id_column_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "documents.csv"
    path.write_text("title,date\n甲,2023-01-01\n", encoding="utf-8")
    with pytest.raises(IngestError, match="no column doc_id"):
        load_index(path)


def test_a_copy_elsewhere_is_the_same_document(datadir: Path, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere"
    other.mkdir()
    first, second = read(datadir / "opinion.txt"), read(Path(shutil.copy(datadir / "opinion.txt", other)))
    assert (first.sha256, first.metadata, first.text) == (second.sha256, second.metadata, second.text)
