"""Owners: who is put in charge, in which role, of what; and who is named without being put in charge."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.pipeline import Extractor
from pipeline.rows import owner_rows, target_rows

Row = dict[str, Any]
Owners = Callable[..., list[Row]]

DO = "培育示范社区20个。"


@pytest.fixture(scope="module")
def owners(extractor: Extractor) -> Owners:
    """The rows of ``owners`` of a text."""

    def owners(text: str, title: str = "") -> list[Row]:
        return list(owner_rows(extractor.extract_text(text, None, title)))

    return owners


def roles(rows: list[Row]) -> list[tuple[str, str]]:
    return [(row["quote"], row["role"]) for row in rows]


# Notes


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("（责任单位：市民政局）", [("市民政局", "lead")]),
        ("（责任单位：市民政局、市财政局）", [("市民政局", "joint"), ("市财政局", "joint")]),
        ("(责任单位:市民政局,市财政局)", [("市民政局", "joint"), ("市财政局", "joint")]),
        ("[责任单位：市民政局]", [("市民政局", "lead")]),
        ("【责任部门：市民政局、市财政局】", [("市民政局", "joint"), ("市财政局", "joint")]),
        (
            "（牵头单位：市民政局；配合单位：市财政局、市审计局）",
            [("市民政局", "lead"), ("市财政局", "support"), ("市审计局", "support")],
        ),
        ("（牵头单位：市民政局，责任单位：市财政局）", [("市民政局", "lead"), ("市财政局", "support")]),
        ("（市民政局负责）", [("市民政局", "lead")]),
        ("（市民政局、市财政局负责）", [("市民政局", "joint"), ("市财政局", "joint")]),
        ("（市民政局负责，市财政局配合）", [("市民政局", "lead"), ("市财政局", "support")]),
        ("（市民政局牵头）", [("市民政局", "lead")]),
        (
            "（市民政局牵头，市财政局、市审计局按职责分工负责）",
            [("市民政局", "lead"), ("市财政局", "support"), ("市审计局", "support")],
        ),
        (
            "（由市民政局牵头，市财政局、市审计局等部门配合）",
            [("市民政局", "lead"), ("市财政局", "support"), ("市审计局", "support")],
        ),
        (
            "（市民政局、市财政局牵头，各县区人民政府参与）",
            [("市民政局", "lead"), ("市财政局", "lead"), ("各县区人民政府", "support")],
        ),
        ("（市民政局会同市财政局）", [("市民政局", "lead"), ("市财政局", "support")]),
        ("（市民政局会同市财政局负责）", [("市民政局", "lead"), ("市财政局", "support")]),
        (
            "（市民政局牵头，会同市财政局、市审计局落实）",
            [("市民政局", "lead"), ("市财政局", "support"), ("市审计局", "support")],
        ),
        ("（市民政局、市财政局按职责分工负责）", [("市民政局", "joint"), ("市财政局", "joint")]),
        ("（市直各有关部门按职责分工负责）", [("市直各有关部门", "lead")]),
        ("（市民政局、市财政局）", [("市民政局", "joint"), ("市财政局", "joint")]),
        ("（责任单位：市民政局，各县（市、区）人民政府）", [("市民政局", "joint"), ("各县（市、区）人民政府", "joint")]),
        ("（责任单位：市委组织部和市人力资源社会保障局）", [("市委组织部", "joint"), ("市人力资源社会保障局", "joint")]),
        (
            "（责任单位：国网江州供电公司、中国移动江州分公司、华远集团）",
            [("国网江州供电公司", "joint"), ("中国移动江州分公司", "joint"), ("华远集团", "joint")],
        ),
        ("（责任单位：市民政局（牵头）、市财政局）", [("市民政局", "lead"), ("市财政局", "support")]),
        ("（责任单位：市民政局牵头，市财政局配合）", [("市民政局", "lead"), ("市财政局", "support")]),
        ("（责任领导：李明；责任单位：市民政局；完成时限：2024年底）", [("市民政局", "lead")]),
        ("（市民政局牵头，2024年底前完成）", [("市民政局", "lead")]),
        ("（各责任单位按职责分工负责）", [("各责任单位", "lead")]),
        ("责任单位：市民政局。", [("市民政局", "lead")]),
        ("牵头单位：市民政局　配合单位：市财政局", [("市民政局", "lead"), ("市财政局", "support")]),
    ],
)
def test_a_note_names_bodies_and_their_roles(note: str, expected: list[tuple[str, str]], owners: Owners) -> None:
    assert roles(owners(f"（一）社区治理。{DO}{note}")) == expected


@pytest.mark.parametrize(
    "remark",
    [
        "（以下简称负责人）",
        "（含市民政局认定的社区）",
        "（详见附件，由用户自行配合）",
        "（市民政局局长兼任）",
        "（2024年完成）",
        "（不少于20个）",
    ],
)
def test_a_remark_in_brackets_is_no_note(remark: str, owners: Owners) -> None:
    assert owners(f"（一）社区治理。{DO}{remark}") == []


def test_a_note_on_a_line_of_its_own_closes_its_item(owners: Owners) -> None:
    text = "（一）社区治理。完善网格。\n推广积分制。\n责任单位：市民政局\n（二）社区养老。新建食堂。\n责任单位：市财政局"
    first, second = owners(text)
    assert text[first["task_start"] : first["task_end"]] == "完善网格。\n推广积分制。"
    assert text[second["task_start"] : second["task_end"]] == "新建食堂。"
    assert {row["basis"] for row in (first, second)} == {"section"}


def test_two_lines_of_one_note_cover_the_same(owners: Owners) -> None:
    text = "1.社区治理。完善网格。\n牵头单位：市民政局\n配合单位：市财政局、市审计局"
    rows = owners(text)
    assert roles(rows) == [("市民政局", "lead"), ("市财政局", "support"), ("市审计局", "support")]
    assert {text[row["task_start"] : row["task_end"]] for row in rows} == {"完善网格。"}


def test_notes_inside_an_item_divide_it(owners: Owners) -> None:
    text = "1.社区治理。完善网格。（市民政局负责）推广积分制。（市财政局负责）"
    assert [(text[row["task_start"] : row["task_end"]], row["basis"]) for row in owners(text)] == [
        ("完善网格。", "inline"),
        ("推广积分制。", "inline"),
    ]


def test_a_note_behind_a_heading_covers_what_stands_under_it(owners: Owners) -> None:
    text = "（一）社区治理（市民政局牵头，市财政局配合）\n1.完善网格。\n2.推广积分制。\n（二）社区养老\n新建食堂。"
    rows = owners(text)
    assert {text[row["task_start"] : row["task_end"]] for row in rows} == {"1.完善网格。\n2.推广积分制。"}


def test_a_note_behind_a_title_covers_the_sentences_after_it(owners: Owners) -> None:
    text = "1.社区治理。（市民政局负责）完善网格，推广积分制。"
    [row] = owners(text)
    assert text[row["task_start"] : row["task_end"]] == "完善网格，推广积分制。"


def test_an_item_that_is_only_a_title_is_the_task_itself(owners: Owners) -> None:
    text = "1.完善社区网格。（市民政局负责）\n2.推广积分制。（市财政局负责）"
    assert [text[row["task_start"] : row["task_end"]] for row in owners(text)] == ["完善社区网格。", "推广积分制。"]


def test_a_note_under_items_without_notes_closes_their_section(owners: Owners) -> None:
    text = (
        "（一）社区治理\n1.完善网格。\n2.推广积分制。\n责任单位：市民政局\n"
        "（二）社区养老\n1.新建食堂。\n2.配备护工。\n责任单位：市财政局"
    )
    assert [text[row["task_start"] : row["task_end"]] for row in owners(text)] == [
        "1.完善网格。\n2.推广积分制。",
        "1.新建食堂。\n2.配备护工。",
    ]


def test_the_first_leads_where_the_document_says_so(owners: Owners) -> None:
    text = "完善网格。（责任单位：市民政局、市财政局，排第一位的为牵头单位）\n推广积分制。（责任单位：市审计局、市财政局）"
    assert [row["role"] for row in owners(text)] == ["lead", "support", "lead", "support"]


# Duties


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("各县区要建立工作专班。", [("各县区", "lead")]),
        ("各县（市、区）人民政府应当落实属地责任。", [("各县（市、区）人民政府", "lead")]),
        ("各地区、各部门要认真落实。", [("各地区", "joint"), ("各部门", "joint")]),
        ("各级党委和政府要加强领导。", [("各级党委和政府", "lead")]),
        ("县级以上人民政府应当将所需经费列入预算。", [("县级以上人民政府", "lead")]),
        ("国务院有关部门要加强指导。", [("国务院有关部门", "lead")]),
        ("同时，市财政局须足额安排经费。", [("市财政局", "lead")]),
        ("市民政局会同市财政局每年开展检查。", [("市民政局", "lead"), ("市财政局", "support")]),
        ("市民政局要会同有关部门开展检查。", [("市民政局", "lead"), ("有关部门", "support")]),
        ("市民政局负责统筹协调。", [("市民政局", "lead")]),
        ("建立检查制度，由市民政局牵头，各县区配合。", [("市民政局", "lead"), ("各县区", "support")]),
        ("建立检查制度，由市民政局负责解释。", [("市民政局", "lead")]),
        ("各县区结合自身实际，制定实施方案。", [("各县区", "lead")]),
        ("省、市、县联手举办活动。", [("省", "joint"), ("市", "joint"), ("县", "joint")]),
        ("一是各级领导干部要带头。", [("各级领导干部", "lead")]),
        ("请各单位认真贯彻执行。", [("各单位", "lead")]),
    ],
)
def test_a_body_with_a_duty_has_a_row(text: str, expected: list[tuple[str, str]], owners: Owners) -> None:
    rows = owners(text)
    assert roles(rows) == expected


@pytest.mark.parametrize(
    "text",
    [
        "市政府印发了《江州市养老服务意见》。",
        "市民政局已完成首批评定工作。",
        "各县区认真落实，取得了明显成效。",
        "各县区结合实际，建成了20个示范社区。",
        "对工作突出的县区和市直部门予以表扬。",
        "报市人民政府批准。",
        "主要部门的重要指标增长5%。",
        "由市民政局主办的评选已经结束。",
        "该市由沿海城市转变为枢纽城市。",
        "市民政局局长要求加强管理。",
        "各县区人民政府，市政府各部门：",
        "这需要各方面的共同努力。",
    ],
)
def test_who_only_issues_receives_or_has_done_has_no_row(text: str, owners: Owners) -> None:
    assert owners(text) == []


def test_a_duty_runs_to_its_full_stop(owners: Owners) -> None:
    text = "加强统筹。各县区要建立专班，制定方案。完善考核。"
    [row] = owners(text)
    assert text[row["task_start"] : row["task_end"]] == "各县区要建立专班，制定方案。"


def test_a_duty_may_stand_right_behind_a_note(owners: Owners) -> None:
    text = "完善网格。（市民政局负责）各县区要建立专班。"
    assert [(row["quote"], row["basis"]) for row in owners(text)] == [("市民政局", "inline"), ("各县区", "subject")]


def test_a_second_duty_behind_a_semicolon_ends_the_first(owners: Owners) -> None:
    text = "区民政局应当完成初审；市民政局应当完成复核。"
    assert [text[row["task_start"] : row["task_end"]] for row in owners(text)] == [
        "区民政局应当完成初审；",
        "市民政局应当完成复核。",
    ]


def test_news_give_no_duty_without_a_modal_verb(owners: Owners) -> None:
    assert owners("各地结合实际，组织招聘活动。", "全省新闻快报") == []


def test_a_question_gives_no_duty(owners: Owners) -> None:
    assert owners("江州日报记者\n各县区要怎样落实？\n主持人\n请回答。") == []


# Full names


@pytest.mark.parametrize(
    ("note", "title", "bodies"),
    [
        ("（市发展改革委、工业和信息化局负责）", "", ["市发展和改革委员会", "市工业和信息化局"]),
        ("（市发改委负责）", "江州市养老服务意见", ["江州市发展和改革委员会"]),
        ("（省商务厅负责）", "江州市养老服务意见", ["省商务厅"]),
        ("（省商务厅负责）", "合肥市养老服务意见", ["安徽省商务厅"]),
        ("（各县区人民政府负责）", "江州市养老服务意见", ["各县区人民政府"]),
        ("（市场监管局负责）", "", ["市场监督管理局"]),
        ("（人行江州中心支行负责）", "", ["中国人民银行江州中心支行"]),
    ],
)
def test_a_body_has_one_full_name(note: str, title: str, bodies: list[str], owners: Owners) -> None:
    assert [row["body"] for row in owners(f"（一）社区治理。{DO}{note}", title)] == bodies


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("国家能源局", "国家"),
        ("财政部", "国家"),
        ("省能源局", "省"),
        ("临川省水利厅", "省"),
        ("市能源局", "市"),
        ("江州市能源局", "市"),
        ("各县区", "县"),
        ("区民政局", "县"),
        ("镇（街）", "乡"),
        ("各有关部门", ""),
        ("平海海关", ""),
    ],
)
def test_a_body_has_the_level_that_its_name_says(name: str, level: str, owners: Owners) -> None:
    [row] = owners(f"（一）社区治理。{DO}（{name}负责）")
    assert row["level"] == level


# What the other tables make of it


def test_a_target_has_the_owners_of_its_task(extractor: Extractor) -> None:
    text = "1.社区治理。到2025年，建成示范社区20个。（市民政局牵头，市财政局配合）到2027年，建成30个。（市财政局负责）"
    rows = target_rows(extractor.extract_text(text), extractor.lexicon, extractor.units)
    assert [(row["quote"], row["owner"]) for row in rows] == [("20个", "市民政局;市财政局"), ("30个", "市财政局")]


_PIECES = st.sampled_from(
    [
        "各县区",
        "要",
        "市财政局",
        "、",
        "，",
        "（",
        "）",
        "牵头",
        "负责",
        "配合",
        "：",
        "责任单位",
        "由",
        "。",
        "\n",
        "1.",
        "一是",
        "会同",
        "的",
    ]
)


@given(pieces=st.lists(_PIECES, max_size=40))
def test_every_row_stands_in_its_text(pieces: list[str], extractor: Extractor) -> None:
    text = "".join(pieces)
    for row in owner_rows(extractor.extract_text(text)):
        assert text[row["start"] : row["start"] + len(row["quote"])] == row["quote"]
        assert 0 <= row["task_start"] < row["task_end"] <= len(text)


@pytest.mark.parametrize("mark", ["（", "市财政局、", "由", "责任单位：", "各县区要", "一是", "《"])
def test_a_text_of_one_repeated_mark_comes_to_an_end(mark: str, owners: Owners) -> None:
    owners(mark * 3000)
