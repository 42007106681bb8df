"""The two promises of the tables: every quote stands where its row says, and no numeral is lost."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest import Index, find_documents, load_index, read_document
from pipeline.pipeline import Extraction, Extractor
from pipeline.recognise.numerals import NUMERAL
from pipeline.rows import residue_rows, target_rows
from pipeline.rules import load_rules

ROOT = Path(__file__).resolve().parent.parent
CORPUS = find_documents(ROOT / "corpus")
EXAMPLES = [
    pytest.param(example.text, id=f"{rule.id}: {example.text[:30]}")
    for _, rule in load_rules(ROOT / "rules")
    for example in rule.examples
]

_WIDE = str.maketrans("0123456789.%,()", "０１２３４５６７８９．％，（）")
_BLANKS = [" ", "\t", "\u00a0", "\u3000", "\u2003", "\u2009", "\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "  \u3000"]
_LINE_ENDS = ["\n", "\r\n", "\r", "\u2028", "\n\n", " \r\n\t"]
_FURNITURE = [
    "dsfsdfsdf",
    "5182093347.jpg",
    "当前位置： 首页 > 要闻 > 正文",
    "责任编辑：张三",
    "网站备案号：鲁ICP备09012531号",
    "发布时间：2024-06-24 17:42  来源：江州日报",
    "- 12 -",
]
_PIECES = [
    "到2025年", "“十四五”期间", "今年1—9月", "截至2023年底", "过去五年", "二〇三五年", "第三季度",
    "全市", "高新技术企业", "规模以上工业增加值", "单位地区生产总值能耗", "每千人口", "统一", "千方百计", "一批", "七大产业",
    "达到", "增长", "下降了", "由", "提高到", "不低于", "超过", "近", "分别为", "控制在", "其中", "的", "占",
    "以上", "左右", "以内", "，", "、", "；", "。", "：", "和", "（", "）", "“", "”", "《", "》", "—", ",", ";", "!",
    "%", "个百分点", "家", "亿元", "万千瓦", "多亿元", "余万人", "个", "倍", "成", "番", "分之", "平方米",
    "一是", "（一）", "1.", "第十五条", "5G", "〔2023〕15号", "电话：0530-5628114", "8:42:50", "三分之一", "翻一番", "一半",
    "半", "云政发", "世界500强", "1.2.3", "1-2-3", "..", "%%", "𠮷", "é", "A1",
]  # fmt: skip

_number = st.one_of(
    st.integers(0, 10**9).map(str),
    st.floats(0, 10**6).map(lambda value: f"{value:.2f}"),
    st.integers(1000, 10**8).map(lambda value: f"{value:,}"),
    st.text("零〇一二两三四五六七八九十百千万亿", min_size=1, max_size=6),
    st.text("0123456789.,", min_size=1, max_size=8),
)
_piece = st.one_of(
    st.sampled_from(_PIECES),
    _number,
    _number.map(lambda text: text.translate(_WIDE)),
    st.sampled_from(_BLANKS),
    st.sampled_from(_LINE_ENDS),
    st.sampled_from(_FURNITURE).map(lambda line: f"\n{line}\r\n"),
)
prose = st.lists(_piece, max_size=40).map("".join)
"""Texts made of all that real ones are made of, in any order."""

_HEADS = [
    "指标", "指标名称（单位）", "类别", "序号", "单位", "2020年", "2025", "2025年目标值", "现状", "年均增长（%）", "累计",
    "属性", "责任单位", "备注", "县区", "年份", "“十四五”末", "2021—2025年", "地区生产总值（亿元）", "",
]  # fmt: skip
_CELLS = [
    "高新技术企业（家）", "其中：5G基站（万个）", "单位能耗降低（%，累计）", "东港区", "合计", "预期性", "万人", "件/万人",
    "%", "—", "达到国家要求", "300", "≥8", "[13.5]", "〔5〕", "（25）", "350-380", "-3.4", "6%左右", "1.2亿元", "不低于9",
    "12", "2023年", "2020", "1", "一、经济发展", "前3名", "达到500家以上，其中国家级20家", "三百", "5；6", "1.2.3", "3○0",
    "",
]  # fmt: skip


@st.composite
def tables(draw: st.DrawFn) -> str:
    """Tables in text, of heads and cells of every kind, with a line before and behind."""
    width = draw(st.integers(2, 6))
    cell = st.one_of(st.sampled_from(_CELLS), _number)
    rows = [draw(st.lists(st.sampled_from(_HEADS), min_size=width, max_size=width))]
    rows += draw(st.lists(st.lists(cell, min_size=1, max_size=width), min_size=1, max_size=5))
    if draw(st.booleans()):
        lines = [f"| {' | '.join(row)} |" for row in rows]
        lines.insert(1, "|---" * width + "|")
    else:
        lines = ["\t".join(row) for row in rows]
    return "\n".join([draw(prose), *lines, draw(st.sampled_from(["", "注：[ ]内为五年累计数。", "完。"]))])


def quotes(extraction: Extraction, extractor: Extractor) -> Iterator[tuple[int, str]]:
    """The ``start`` and ``quote`` of every row of every table."""
    for row in (*target_rows(extraction, extractor.lexicon, extractor.units), *residue_rows(extraction)):
        yield row["start"], row["quote"]


def misplaced(extraction: Extraction, extractor: Extractor) -> list[tuple[int, str]]:
    """The quotes that do not stand where their row says."""
    text = extraction.source.text
    return [(start, quote) for start, quote in quotes(extraction, extractor) if text[start : start + len(quote)] != quote]


def lost(extraction: Extraction, extractor: Extractor) -> list[str]:
    """The runs of numeral characters of the cleaned text that no row covers to the last character."""
    covered: set[int] = set()
    for start, quote in quotes(extraction, extractor):
        covered.update(range(start, start + len(quote)))
    at = extraction.cleaned.offsets.at
    runs = NUMERAL.finditer(extraction.cleaned.text)
    return [run[0] for run in runs if not all(at(place) in covered for place in range(run.start(), run.end()))]


@given(text=prose)
def test_whatever_the_text_every_quote_stands_where_its_row_says(text: str, extractor: Extractor) -> None:
    assert misplaced(extractor.extract_text(text), extractor) == []


@given(text=prose)
def test_whatever_the_text_no_numeral_is_lost(text: str, extractor: Extractor) -> None:
    assert lost(extractor.extract_text(text), extractor) == []


@given(text=tables())
def test_whatever_the_table_both_promises_are_kept(text: str, extractor: Extractor) -> None:
    extraction = extractor.extract_text(text)
    assert misplaced(extraction, extractor) == []
    assert lost(extraction, extractor) == []
    spans = sorted([(s.start, s.end) for s in extraction.statements] + [(r.start, r.end) for r in extraction.residue])
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))


@given(text=st.text(st.characters(exclude_categories=["Cs", "Cn"]), max_size=60))
def test_any_characters_at_all_keep_both_promises(text: str, extractor: Extractor) -> None:
    extraction = extractor.extract_text(text)
    assert misplaced(extraction, extractor) == []
    assert lost(extraction, extractor) == []


def test_the_decimals_of_an_endless_number_are_not_lost(extractor: Extractor) -> None:
    assert lost(extractor.extract_text("企业" + "1" * 25 + ".5家。"), extractor) == []


def test_a_digit_of_a_script_newer_than_python_is_no_reason_to_stop(extractor: Extractor) -> None:
    extraction = extractor.extract_text("培育企业\U0001e5f1家。")
    assert misplaced(extraction, extractor) == []


@given(text=prose)
def test_every_character_of_the_cleaned_text_is_the_one_it_came_from(text: str, extractor: Extractor) -> None:
    """Cleaning drops characters or changes their width, and nothing else; a line end stands for whatever line end it was."""
    cleaned = extractor.extract_text(text).cleaned
    for place, char in enumerate(cleaned.text):
        source = text[cleaned.offsets.at(place)]
        assert (
            char == "\n"
            or unicodedata.normalize("NFKC", char) == unicodedata.normalize("NFKC", source)
            or source in "﹒•∶〜"
        )


@given(text=prose)
def test_rows_stand_in_the_order_of_the_text_and_do_not_overlap(text: str, extractor: Extractor) -> None:
    extraction = extractor.extract_text(text)
    spans = sorted([(s.start, s.end) for s in extraction.statements] + [(r.start, r.end) for r in extraction.residue])
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    assert [s.start for s in extraction.statements] == sorted(s.start for s in extraction.statements)
    assert [r.start for r in extraction.residue] == sorted(r.start for r in extraction.residue)


@given(text=prose)
def test_reading_a_text_twice_gives_the_same(text: str, extractor: Extractor) -> None:
    first, second = extractor.extract_text(text), extractor.extract_text(text)
    assert (first.statements, first.residue) == (second.statements, second.residue)


@pytest.fixture(scope="module")
def index() -> Index:
    return load_index(ROOT / "corpus" / "documents.csv")


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_both_promises_hold_of_every_document_of_the_corpus(path: Path, index: Index, extractor: Extractor) -> None:
    extraction = extractor.extract(read_document(path, index))
    assert misplaced(extraction, extractor) == []
    assert lost(extraction, extractor) == []


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_no_numeral_of_the_corpus_is_left_unexplained(path: Path, index: Index, extractor: Extractor) -> None:
    residue = residue_rows(extractor.extract(read_document(path, index)))
    assert [row["quote"] for row in residue if row["reason"] == "unexplained"] == []


@pytest.mark.parametrize("text", EXAMPLES)
def test_both_promises_hold_of_every_example_of_the_rules(text: str, extractor: Extractor) -> None:
    extraction = extractor.extract_text(text)
    assert misplaced(extraction, extractor) == []
    assert lost(extraction, extractor) == []
