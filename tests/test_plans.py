"""Plans and work reports: for when their numbers are, and which of them are wanted.

Each test is a construction, with sentences of our own and the rows that the labelling guide asks for.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from cases import Case, Row, case, corpus, row

ComesOut = Callable[[Case], None]
Statements = Callable[..., list[Row]]

REPORT = "江州市政府工作报告"
PLAN = "江州市制造业倍增行动计划"


@pytest.mark.parametrize(
    ("title", "text", "kind", "year_to"),
    [
        ("2025年江州市政府工作报告", "新增企业30家。", "actual", 2024),
        ("2025年江州市政府工作报告", "今年力争新增企业30家。", "target", 2025),
        (f"{PLAN}（2022—2025年）", "今年新增企业30家。", "target", 2022),
        ("关于《政府工作报告》确定的2023年重点任务进展情况的通报", "上半年，新增企业30家。", "actual", 2023),
        ("关于贯彻落实《政府工作报告》的意见", "新增企业30家。", "target", None),
    ],
)
def test_a_title_names_the_year_of_a_document_without_date(
    title: str, text: str, kind: str, year_to: int | None, statements: Statements
) -> None:
    [found] = statements(text, None, title)
    assert (found["kind"], found["year_to"]) == (kind, year_to)


@corpus(
    case(
        "一、2022年工作回顾\n（一）经济\n预计财政收入20亿元。\n（二）城乡\n新建公园12座。\n二、2023年工作安排\n（一）项目\n新建公园15座。",
        row("20亿元", kind="actual", year_to=2022),
        row("12座", kind="actual", year_to=2022),
        row("15座", kind="target", year_to=2023),
        day="2023-01-20",
        title=REPORT,
    ),
    case(
        "一、2022年工作回顾\n新建公园12座。\n二、有关说明\n新建公园15座。",
        row("12座", kind="actual", year_to=2022),
        row("15座", kind="actual", year_to=2023),
        day="2023-06-20",
    ),
)
def test_a_heading_without_a_time_has_the_one_of_the_heading_above_it(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "对于2024年全市发展的预期目标，报告显示，财政收入增长5%左右，新增就业2万人。",
        row("5%", kind="target", year_to=2024),
        row("2万人", kind="target", year_to=2024),
    ),
    case("谈到2025年的目标，李市长说，工业增加值增长6%。", row("6%", kind="target", year_to=2025)),
    case("全市对照2025年发展目标，新增公园20座。", row("20座", year_to=None)),
)
def test_the_goals_that_a_sentence_speaks_of_give_it_their_year(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("产量预计将达到30万吨。该厂新增生产线3条。", row("30万吨", kind="target"), row("3条", kind="actual")),
    case("年均增速预计将达到5%；企业有望达到30家。", row("5%", kind="target"), row("30家", kind="target")),
    case("产量将达到30万吨。新增生产线3条。", row("30万吨", kind="target"), row("3条", kind="target")),
)
def test_what_is_expected_to_be_is_a_forecast_and_ends_with_its_sentence(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "安排投资20亿元。供应土地300亩。",
        row("20亿元", kind="target", year_to=2024),
        row("300亩", kind="target", year_to=2024),
        day="2024-02-01",
        title="关于下达江州市2024年重点项目计划的通知",
    ),
    case(
        "投资20亿元的项目按5%补助。",
        row("20亿元", kind="provision"),
        row("5%", kind="provision"),
        title="关于项目补助的通知",
    ),
)
def test_a_notice_that_hands_down_a_plan_plans(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "培育龙头企业，年产值超过50亿元的5家，超过10亿元的20家。",
        row("50亿元", kind="qualifier", indicator="龙头企业年产值"),
        row("5家", kind="actual", indicator="年产值超过50亿元的龙头企业"),
        row("10亿元", kind="qualifier"),
        row("20家", indicator="年产值超过10亿元的龙头企业"),
    ),
    case(
        "全市有园区12个，其中产值在100亿元以上的3个，50亿元以上的5个。",
        row("12个"),
        row("100亿元", kind="qualifier", indicator="园区产值"),
        row("3个", indicator="产值在100亿元以上的园区"),
        row("50亿元", kind="qualifier"),
        row("5个", indicator="产值50亿元以上的园区"),
    ),
    case("园区产值超过100亿元，项目3个。", row("100亿元", kind="actual"), row("3个", kind="actual")),
)
def test_those_of_a_size_are_of_what_was_counted_or_named_before(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("这是全省首个500亿元园区。", row("500亿元", kind="qualifier", indicator="园区规模")),
    case("全市第三个百亿元水利工程开工。", row("百亿元", kind="qualifier", indicator="水利工程规模")),
    case("多个百亿级项目落地。", row("百亿", kind="qualifier", indicator="项目规模")),
    case("该工程总投资500亿元。", row("500亿元", kind="actual")),
)
def test_a_size_between_one_of_and_its_noun_is_a_qualifier(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("装备产业迈入万亿级规模。", row("万亿", kind="actual", indicator="装备产业规模")),
    case("到2027年，旅游业收入跃升至千亿级。", row("千亿", kind="target", indicator="旅游业收入")),
    case("培育千亿级产业2个。", row("千亿", kind="qualifier"), row("2个", indicator="千亿级产业")),
)
def test_a_grade_that_is_reached_is_a_statement(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "打造2个千亿级产业链、5个百亿级产业链、若干个十亿级园区。",
        row("2个", indicator="千亿级产业链"),
        row("千亿", indicator="产业链规模"),
        row("5个", indicator="百亿级产业链"),
        row("百亿", indicator="产业链规模"),
        row("十亿", indicator="园区规模"),
    ),
    case(
        "签约亿元以上项目7个。",
        row("亿元", kind="qualifier", indicator="签约项目投资"),
        row("7个", indicator="签约亿元以上项目"),
    ),
)
def test_each_thing_of_a_list_has_its_own_size(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "加快建设园区，全年新开工项目30个。力争引进企业20家。改造老旧小区50个。",
        row("30个", kind="target", year_to=2025),
        row("20家", kind="target", year_to=2025),
        row("50个", kind="target", year_to=2025),
        day="2025-01-10",
        title=REPORT,
    ),
    case(
        "全年新开工项目30个，比上年增加2个。努力建设宜居城市，改造老旧小区50个。",
        row("30个", kind="actual", year_to=2024),
        row("2个", kind="actual"),
        row("50个", kind="actual"),
        day="2025-01-10",
        title=REPORT,
    ),
)
def test_an_excerpt_of_a_report_plans_where_it_wants_and_reports_nothing_done(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "到2027年，研发投入占比达到3.4%以上。\n——平台体系加快完善。建成研究院1家。\n——成果加快涌现。获得科技奖2项。",
        row("3.4%", year_to=2027),
        row("1家", kind="target", year_to=2027),
        row("2项", kind="target", year_to=2027),
        title=PLAN,
    ),
    case(
        "二、工作目标\n到2025年，产值达到20亿元。\n人才支撑更加有力，引进人才300名。\n三、重点任务\n新建实验室5家。",
        row("20亿元", year_to=2025),
        row("300名", kind="target", year_to=2025),
        row("5家", kind="target", year_to=None),
        title=PLAN,
    ),
    case(
        "到2025年，企业达到300家。\n此外，每年新增专利500件。\n全市现有园区8个。",
        row("300家", year_to=2025),
        row("500件", kind="target", year_to=2025),
        row("8个", kind="actual", year_to=2023),
    ),
)
def test_the_year_of_a_goal_holds_through_its_list_its_section_and_what_is_said_besides(
    case: Case, comes_out: ComesOut
) -> None:
    comes_out(case)


@corpus(
    case(
        "【问】企业达到75家，如何实现？\n【市科技局】答：\n到2025年，企业达到90家。",
        row("90家", kind="target", year_to=2025),
    ),
    case("【问】去年企业75家，今年的目标是什么？\n到2027年，专利达到300件。", row("300件", kind="target", year_to=2027)),
)
def test_what_follows_a_question_answers_it(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "固定资产投资完成17亿元，超额完成年度任务2亿元，增长20%；城乡常住居民人均可支配收入分别完成4万元、2万元，增长4%、7%。",
        row("17亿元", indicator="固定资产投资"),
        row("2亿元", indicator="固定资产投资", measure="increase"),
        row("20%", indicator="固定资产投资"),
        row("4万元", indicator="城镇常住居民人均可支配收入"),
        row("2万元", indicator="农村常住居民人均可支配收入"),
        row("4%", indicator="城镇常住居民人均可支配收入"),
        row("7%", indicator="农村常住居民人均可支配收入"),
    ),
    case(
        "2021年和2022年，产值分别达到20亿元、25亿元，增长5%、8%。",
        row("20亿元", indicator="产值", year_to=2021),
        row("25亿元", indicator="产值", year_to=2022),
        row("5%", indicator="产值", year_to=2021),
        row("8%", indicator="产值", year_to=2022),
    ),
    case("三次产业结构为8:45:47。", *(row(quote, indicator="三次产业结构") for quote in ("8", "45", "47"))),
)
def test_what_is_shared_out_once_is_shared_out_alike_after(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "电商交易额增长8%，超全国平均水平2.3个百分点。",
        row("8%"),
        row("2.3个百分点", indicator="电商交易额", measure="increase"),
    ),
    case(
        "粮食产量20万吨，超计划2万吨。", row("20万吨"), row("2万吨", kind="actual", indicator="粮食产量", measure="increase")
    ),
    case("粮食产量超过20万吨。", row("20万吨", measure="level")),
)
def test_by_how_much_a_benchmark_is_surpassed_is_an_increase(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "争创3个引领产业结构升级、在全国具有一定影响力的领军型特色产业，培育20个生态良好、环境优美的美丽乡村。",
        row("3个", indicator="领军型特色产业"),
        row("20个", indicator="生态良好、环境优美的美丽乡村"),
        title=PLAN,
    ),
    case("关停12家污染严重、能耗高的企业。", row("12家", indicator="关停污染严重、能耗高的企业")),
    case("5个省份、12个市的代表参加。", row("5个", indicator="省份"), row("12个")),
)
def test_a_list_of_descriptions_goes_on_to_the_noun_that_it_describes(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "147个项目竣工投产、新增产值7.9亿元。",
        row("147个", indicator="项目"),
        row("7.9亿元", indicator="项目新增产值"),
    ),
    case("林业和旅游业深度融合。全县新增造林面积2万亩。", row("2万亩", indicator="新增造林面积")),
    case("引进项目47个，计划投资额近90亿元。", row("47个"), row("90亿元", kind="actual", indicator="引进项目投资额")),
)
def test_what_is_done_besides_is_no_part_of_what_is_measured(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "工业增加值增长5%\n高于全国1.2个百分点\n财政收入增长8%\n快于全省2个百分点",
        row("5%"),
        row("1.2个百分点", indicator="工业增加值"),
        row("8%"),
        row("2个百分点", indicator="财政收入"),
    ),
    case("工业增加值增长5%\n财政收入20亿元", row("5%"), row("20亿元", indicator="财政收入")),
)
def test_a_line_that_only_compares_goes_on_with_the_line_before(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "今年，11月底新建道路63条、打通断头路31条。",
        row("63条", kind="target"),
        row("31条", kind="target"),
        day="2021-03-17",
    ),
    case("今年，全市道路破损63条、断头路31条。", row("63条", kind="actual"), row("31条", kind="actual"), day="2021-03-17"),
)
def test_what_is_listed_with_an_undertaking_is_one_too(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)
