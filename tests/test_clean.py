"""Cleaning: page furniture goes, broken lines are joined, widths and blanks settle, and every offset leads back."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.clean import clean
from pipeline.rules import Rules, load_rules
from pipeline.values import Cleaned, OffsetMap

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load_rules(ROOT / "rules")


@pytest.mark.parametrize(
    ("source", "cleaned"),
    [
        ("产值１２００亿元", "产值1200亿元"),
        ("增长７．５％", "增长7.5%"),
        ("专利１，０３５件", "专利1,035件"),
        ("ＧＤＰ增长", "GDP增长"),
        ("（１）总量", "（1）总量"),
        ("５％～６％", "5%~6%"),
        ("5﹪", "5%"),
        ("8∶42∶50", "8:42:50"),
    ],
)
def test_full_width_letters_digits_and_signs_become_ascii(source: str, cleaned: str, rules: Rules) -> None:
    assert clean(source, rules).text == cleaned


@pytest.mark.parametrize(
    ("source", "cleaned"),
    [
        ("到2025年,达到300家;到2027年,达到400家.", "到2025年，达到300家；到2027年，达到400家."),
        ("目标如下:增长5%", "目标如下：增长5%"),
        ("完成了吗?完成了!", "完成了吗？完成了！"),
        ("企业(含分公司)300家", "企业（含分公司）300家"),
    ],
)
def test_half_width_marks_in_chinese_become_full_width(source: str, cleaned: str, rules: Rules) -> None:
    assert clean(source, rules).text == cleaned


@pytest.mark.parametrize("kept", ["产值1,250.6亿元", "会议16:48召开", "比例为8:42:50", "浓度(PM)下降", "12,345,678元"])
def test_marks_inside_numbers_and_latin_words_stay(kept: str, rules: Rules) -> None:
    assert clean(kept, rules).text == kept


@pytest.mark.parametrize(
    ("source", "cleaned"),
    [
        ("企业 300 家", "企业300家"),
        ("增长 9.3 %", "增长9.3%"),
        ("第一章　总　则", "第一章总则"),
        ("\u3000\u3000全市增长5%", "全市增长5%"),
        ("增\u200b长\u200b5\u200b%", "增长5%"),
        ("营业\u00ad收入\ufeff5亿元", "营业收入5亿元"),
        ("全\u00a0市\u2003增\u2009长", "全市增长"),
        ("30\u200b0家", "300家"),
    ],
)
def test_blanks_beside_chinese_and_invisible_characters_go(source: str, cleaned: str, rules: Rules) -> None:
    assert clean(source, rules).text == cleaned


@pytest.mark.parametrize("kept", ["GB/T 23001", "2024 2025", "5G 6G", "A 1"])
def test_a_blank_between_letters_or_digits_keeps_them_apart(kept: str, rules: Rules) -> None:
    assert clean(kept, rules).text == kept


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\n\n", "\r\n\r\n", "\n \u3000\n"])
def test_every_kind_of_line_end_becomes_one(end: str, rules: Rules) -> None:
    assert clean(f"增长5%。{end}下降3%。", rules).text == "增长5%。\n下降3%。"


@pytest.mark.parametrize(
    "line",
    [
        "当前位置：首页 > 新闻 > 正文",
        "首页 > 政务公开 > 规划",
        "作者: 来源: 发表时间: 2024-06-24 16:37   字号:【大 中 小】",
        "2024-09-12 10:05 来源：江州日报",
        "发布时间：2023年6月19日",
        "浏览次数：1286",
        "20240624_副本 (2).jpg",
        "5182093347.jpg",
        "dsfsdfsdf",
        "asdfasdf",
        "敬请关注。",
        "分享到：",
        "上一篇：没有了  下一篇：第18场发布会",
        "（摄影：吴松林）",
        "责任编辑：张坤",
        "网站备案号：鲁ICP备09012531号  鲁公网安备 37172902372011号",
        "Copyright © 2004-2024 example.cn All Rights Reserved. 最佳分辨率1920×1080",
        "- 12 -",
        "第3页 共12页",
        "------",
    ],
)
def test_a_line_of_page_furniture_is_left_out_and_its_rule_noted(line: str, rules: Rules) -> None:
    source = f"全市增长5%。\n  {line}\n下降3%。"
    cleaned = clean(source, rules)
    assert cleaned.text == "全市增长5%。\n下降3%。"
    [(start, end, rule)] = cleaned.noise
    assert source[start:end] == line
    assert rule.startswith("noise.")


@pytest.mark.parametrize(
    "line",
    [
        "当前形势总体平稳，增长5%。",
        "全市主管部门共办理300件。",
        "时间紧任务重，今年要完成300项。",
        "编辑出版图书120种。",
        "来源于制造业的税收占40%。",
        "分享经济规模达到300亿元。",
        "关闭煤矿12处。",
        "图书馆新增藏书5万册。",
    ],
)
def test_a_line_that_only_begins_like_furniture_stays(line: str, rules: Rules) -> None:
    assert clean(line, rules).text == line


def test_the_name_that_follows_an_editor_line_goes_with_it(rules: Rules) -> None:
    assert clean("增长5%。\n责任编辑:\n张三\n下降3%。", rules).text == "增长5%。\n下降3%。"


@pytest.mark.parametrize(
    ("source", "cleaned"),
    [
        ("全市规模以上工业，实现营业收入\n300亿元，增长5%。", "全市规模以上工业，实现营业收入300亿元，增长5%。"),
        ("坚持稳中求进，到2025年规模以上企业达到\n\n300家。", "坚持稳中求进，到2025年规模以上企业达到300家。"),
    ],
)
def test_a_line_broken_inside_a_sentence_is_joined(source: str, cleaned: str, rules: Rules) -> None:
    assert clean(source, rules).text == cleaned


@pytest.mark.parametrize(
    "text",
    [
        "一、总体要求\n坚持稳中求进。",
        "主持人\n各位记者朋友，大家好。",
        "全市规模以上工业，实现营业收入\n二、主要目标",
        "江州市人民政府\n2023年6月19日",
    ],
)
def test_headings_speakers_and_signatures_keep_their_lines(text: str, rules: Rules) -> None:
    assert clean(text, rules).text == text


@pytest.mark.parametrize("text", ["", "\n", "　\r\n\t", "dsfsdfsdf\n5182093347.jpg"])
def test_a_text_of_nothing_but_blanks_and_furniture_becomes_empty(text: str, rules: Rules) -> None:
    assert clean(text, rules).text == ""


def quoted(cleaned: Cleaned, source: str, part: str) -> str:
    """What stands in the source where ``part`` stands in the cleaned text."""
    start = cleaned.text.index(part)
    low, high = cleaned.offsets.span(start, start + len(part))
    return source[low:high]


@pytest.mark.parametrize(
    ("source", "part", "written"),
    [
        ("\u3000\u3000企业 300 家", "300家", "300 家"),
        ("dsfsdfsdf\r\n增长９．３ ％。", "9.3%", "９．３ ％"),
        ("营业收入１，２５０\u200b亿元", "1,250亿元", "１，２５０\u200b亿元"),
        ("坚持稳中求进，全市共完成投资\r\n300亿元。", "投资300亿元", "投资\r\n300亿元"),
    ],
)
def test_a_span_of_the_cleaned_text_leads_back_to_what_was_written(
    source: str, part: str, written: str, rules: Rules
) -> None:
    assert quoted(clean(source, rules), source, part) == written


def test_an_offset_map_adds_what_was_left_out_before() -> None:
    offsets = OffsetMap((0, 3, 7), (2, 5, 20))
    assert [offsets.at(place) for place in (0, 2, 3, 6, 7, 9)] == [2, 4, 5, 8, 20, 22]
    assert offsets.span(2, 8) == (4, 21)
