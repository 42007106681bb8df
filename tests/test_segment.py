"""Segmentation: headings, speakers, sentences, clauses and words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.rules import Rules, load_rules
from pipeline.segment import Words, segment
from pipeline.values import Segmented

ROOT = Path(__file__).resolve().parent.parent
Cut = Callable[[str], Segmented]


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load_rules(ROOT / "rules")


@pytest.fixture(scope="module")
def words(rules: Rules) -> Words:
    return Words(rules)


@pytest.fixture(scope="module")
def cut(rules: Rules, words: Words) -> Cut:
    """Segments a cleaned text."""
    return lambda text: segment(text, rules, words)


def sentences(segmented: Segmented) -> list[str]:
    return [segmented.text[sentence.start : sentence.end] for sentence in segmented.sentences]


def clauses(segmented: Segmented) -> list[tuple[str, int]]:
    return [(segmented.text[c.start : c.end], c.depth) for sentence in segmented.sentences for c in sentence.clauses]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("增长5%。下降3%。", ["增长5%。", "下降3%。"]),
        ("增长5%；下降3%！", ["增长5%；", "下降3%！"]),
        ("他说：“增长5%。”大家都知道。", ["他说：“增长5%。”", "大家都知道。"]),
        ("增长5%", ["增长5%"]),
        ("增长5%，下降3%。", ["增长5%，下降3%。"]),
        ("增长7.5%。", ["增长7.5%。"]),
        ("增长5%。\n下降3%。", ["增长5%。", "下降3%。"]),
    ],
)
def test_a_sentence_ends_at_a_full_stop_semicolon_or_line_end(text: str, parts: list[str], cut: Cut) -> None:
    assert sentences(cut(text)) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("增长5%，达到300亿元。", [("增长5%", 0), ("达到300亿元", 0)]),
        ("目标：增长5%。", [("目标", 0), ("增长5%", 0)]),
        ("企业（含分公司，共20家）达到300家。", [("企业", 0), ("含分公司", 1), ("共20家", 1), ("达到300家", 0)]),
        ("服务——企业300家。", [("服务", 0), ("企业300家", 0)]),
        ("实施“强链，补链”行动3项。", [("实施“强链，补链”行动3项", 0)]),
        ("企业、园区和平台共300家。", [("企业、园区和平台共300家", 0)]),
    ],
)
def test_a_clause_ends_at_a_comma_colon_dash_or_bracket(text: str, parts: list[tuple[str, int]], cut: Cut) -> None:
    assert clauses(cut(text)) == parts


def test_a_short_remark_in_brackets_does_not_break_its_clause(cut: Cut) -> None:
    assert [c for c, _ in clauses(cut("县（市、区）通达率（含）达到90%。"))] == ["县（市、区）通达率（含）达到90%"]
    assert [c for c, _ in clauses(cut("规模以上（含）企业300家。"))] == ["规模以上（含）企业300家"]


def test_only_sentences_with_a_numeral_are_cut_into_clauses_and_words(cut: Cut) -> None:
    segmented = cut("坚持稳中求进。全面推进。增长5%。")
    assert [bool(sentence.clauses) for sentence in segmented.sentences] == [False, False, True]
    assert segmented.doc[0].text == "坚持稳中求进。"


@pytest.mark.parametrize(
    "text",
    ["", "增长5%。", "一、总则\n增长5%。\n坚持稳中求进。", "全市战略性新兴产业增加值占地区生产总值比重达到8%左右"],
)
def test_the_words_joined_are_the_text_again(text: str, cut: Cut) -> None:
    assert cut(text).doc.text == text


@pytest.mark.parametrize("text", ["", "增长5%。", "一、总则\n增长5%。\n坚持。", "a\nb（c\n）d。e"])
def test_every_character_but_line_ends_is_in_one_sentence(text: str, cut: Cut) -> None:
    assert "".join(sentences(cut(text))) == text.replace("\n", "")


@pytest.mark.parametrize(
    ("text", "word", "tag"),
    [
        ("地区生产总值增长5%", "地区生产总值", "n"),
        ("营业收入300亿元", "营业收入", "n"),
        ("提高到5%", "提高到", "v"),
        ("不低于5%", "不低于", "d"),
    ],
)
def test_words_of_the_rules_are_cut_as_one_and_tagged(text: str, word: str, tag: str, words: Words) -> None:
    assert word in words.cut(text)
    assert words.tag(word) == tag


def test_a_bound_word_is_not_swallowed_by_the_noun_before_it(words: Words) -> None:
    assert "约" in words.cut("全长约12公里")


def test_a_word_of_no_dictionary_has_the_tag_x(words: Words) -> None:
    assert words.tag("囗囗囗") == "x"


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("一、总体要求\n增长5%。", ("总体要求",)),
        ("第二章　主要目标\n增长5%。", ("主要目标",)),
        ("二、主要目标\n（一）总量\n增长5%。", ("主要目标", "总量")),
        ("二、主要目标\n（一）总量\n1.工业\n增长5%。", ("主要目标", "总量", "工业")),
        ("二、主要目标\n（一）总量\n（二）结构\n增长5%。", ("主要目标", "结构")),
        ("二、主要目标\n（一）总量\n三、保障措施\n增长5%。", ("保障措施",)),
        ("（一）做强龙头企业。增长5%。", ("做强龙头企业",)),
        ("增长5%。", ()),
    ],
)
def test_a_block_knows_the_headings_above_it(text: str, section: tuple[str, ...], cut: Cut) -> None:
    assert cut(text).blocks[-1].section == section


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("一、总体要求", "heading"),
        ("（三）推进乡村振兴", "heading"),
        ("江州市数字经济发展规划", "title"),
        ("主持人", "speaker"),
        ("增长5%。", "paragraph"),
        ("一、坚持稳中求进，增长5%。", "paragraph"),
        ("3.5万户居民受益。", "paragraph"),
    ],
)
def test_a_line_is_a_heading_a_title_a_speaker_or_a_paragraph(text: str, kind: str, cut: Cut) -> None:
    assert cut(text).blocks[0].kind == kind


@pytest.mark.parametrize(
    ("text", "speaker", "asks"),
    [
        ("主持人\n增长5%。", "主持人", False),
        ("孔繁颖:\n增长5%。".replace(":", "："), "孔繁颖", False),
        ("主持人\n请介绍。\n王建国\n增长5%。", "王建国", False),
        ("金融业\n增长5%。", "", False),
        ("责任单位：市民政局\n增长5%。", "", False),
        ("答：增长5%。", "答", False),
        ("市发展改革委主任：增长5%。", "市发展改革委主任", False),
        ("江州日报记者\n企业达到20家，请问如何实现？", "江州日报记者", True),
        ("记者：企业达到20家，请问如何实现？", "记者", True),
        ("问：企业达到20家，请问如何实现？", "问", True),
        ("增长5%。", "", False),
    ],
)
def test_a_block_knows_who_speaks_and_who_only_asks(text: str, speaker: str, asks: bool, cut: Cut) -> None:
    block = cut(text).blocks[-1]
    assert (block.speaker, block.asks) == (speaker, asks)


def test_an_answer_ends_a_question(cut: Cut) -> None:
    blocks = cut("记者：去年增长多少？\n答：增长5%。\n装机也上来了，达到300万千瓦。").blocks
    assert [(block.speaker, block.asks) for block in blocks] == [("记者", True), ("答", False), ("答", False)]


def test_a_question_of_several_paragraphs_is_a_question_throughout(cut: Cut) -> None:
    blocks = cut("江州日报记者\n第一个问题，去年增长5%，怎么看？\n第二个问题，今年还能增长6%吗？\n李明\n能。").blocks
    assert [block.asks for block in blocks] == [True, True, True, False, False]
