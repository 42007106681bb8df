"""Relation: what a number measures, how, for when and of which kind; read across clauses, sentences and headings.

Each test is a construction, with sentences of our own and the rows that the labelling guide asks for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from cases import Case, Row, case, corpus, row

ComesOut = Callable[[Case], None]
Statements = Callable[..., list[Row]]
Explained = Callable[..., dict[str, Any]]

PLAN = "江州市数字经济发展行动方案"
GRANTS = "江州市企业奖励办法"
REPORT = "江州市政府工作报告"


# Comparators


@corpus(
    case("到2025年，高新技术企业达到300家以上。", row("300家", comparator="ge")),
    case("全市森林覆盖率不低于42%。", row("42%", comparator="ge")),
    case("技改项目不少于150个。", row("150个", comparator="ge")),
    case("新增就业至少5万人。", row("5万人", comparator="ge")),
    case("粮食产量突破120万吨。", row("120万吨", comparator="ge")),
    case("接待游客超1500万人次。", row("1500万人次", comparator="ge")),
    case("接待游客超过1500万人次。", row("1500万人次", comparator="ge")),
    case("能源投资逾6200亿元。", row("6200亿元", comparator="ge")),
    case("工业总产值首次迈过1200亿元大关。", row("1200亿元", comparator="ge")),
    case("主营业务收入越过100亿元关口。", row("100亿元", comparator="ge")),
    case("参加培训的人数高于2000人。", row("2000人", comparator="ge")),
)
def test_words_before_or_after_a_number_make_it_a_lower_bound(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("城镇调查失业率控制在5.5%以内。", row("5.5%", comparator="le")),
    case("煤炭消费比重降至55%以下。", row("55%", comparator="le")),
    case("每家企业补助最高50万元。", row("50万元", comparator="le")),
    case("审批时限不超过20个工作日。", row("20个工作日", comparator="le")),
    case("单位产品能耗不高于0.3吨标准煤。", row("0.3吨标准煤", comparator="le")),
    case("贷款总额不得高于150万元。", row("150万元", comparator="le")),
    case("抽水蓄能装机占比不足2%。", row("2%", comparator="le")),
    case("经济首位度不到三成。", row("三成", comparator="le")),
    case("单个项目补助封顶300万元。", row("300万元", comparator="le")),
    case("每年奖励总额以40万元为限。", row("40万元", comparator="le")),
    case("每个项目补助至多30万元。", row("30万元", comparator="le")),
)
def test_words_before_or_after_a_number_make_it_an_upper_bound(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("地区生产总值增长5%左右。", row("5%", comparator="approx")),
    case("上云企业近千家。", row("千家", comparator="approx")),
    case("年发电量约30亿千瓦时。", row("30亿千瓦时", comparator="approx")),
    case("开工项目大约200个。", row("200个", comparator="approx")),
    case("工期缩短至180天上下。", row("180天", comparator="approx")),
    case("秋粮收获接近七成。", row("七成", comparator="approx")),
)
def test_words_before_or_after_a_number_make_it_an_estimate(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("高新技术企业达到300家。", row("300家", comparator="eq")),
    case("森林覆盖率为42%。", row("42%", comparator="eq")),
    case("规模以上工业企业300家。", row("300家", comparator="eq")),
    case("省级以上创新平台300家。", row("300家", comparator="eq")),
    case("通过验收的项目20个。", row("20个", comparator="eq")),
    case("经过整治，关停企业20家。", row("20家", comparator="eq")),
    case("最近新开工项目20个。", row("20个", comparator="eq")),
    case("附近新建学校2所。", row("2所", comparator="eq")),
)
def test_a_number_without_such_a_word_is_meant_exactly(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("服务业、工业投资分别增长9.5%和7.6%左右。", row("9.5%", comparator="approx"), row("7.6%", comparator="approx")),
    case("国家级、省级平台分别达到20家、100家以上。", row("20家", comparator="ge"), row("100家", comparator="ge")),
    case(
        "新增企业50家以上，培育小巨人企业30家左右。",
        row("50家", comparator="ge"),
        row("30家", comparator="approx"),
    ),
    case(
        "颗粒物浓度控制在33微克/立方米以内，优良天数比率稳定在85%以上。",
        row("33微克/立方米", comparator="le"),
        row("85%", comparator="ge"),
    ),
    case(
        "企业分别达到600家、1000家以上和200家左右。",
        row("600家"),
        row("1000家", comparator="ge"),
        row("200家", comparator="approx"),
    ),
)
def test_a_bound_behind_coordinated_numbers_holds_for_all_of_them_and_no_further(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


# Level and change


@corpus(
    case("城镇化率达到65%。", row("65%", measure="level")),
    case("城镇化率提高到65%。", row("65%", measure="level")),
    case("煤炭消费比重降至50%。", row("50%", measure="level")),
    case("办理时限压缩至3个工作日。", row("3个工作日", measure="level")),
    case("城镇新增就业5万人。", row("5万人", measure="level")),
    case("完成投资86亿元。", row("86亿元", measure="level")),
    case("建成5G基站2000个。", row("2000个", measure="level")),
    case("失业率控制在5%以内。", row("5%", measure="level")),
    case("粮食产量稳定在50亿斤以上。", row("50亿斤", measure="level")),
    case("产能扩大到30吉瓦时。", row("30吉瓦时", measure="level")),
)
def test_what_is_reached_built_or_added_is_a_level(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("规模以上工业增加值增长7.5%。", row("7.5%", measure="increase", indicator="规模以上工业增加值")),
    case("居民人均可支配收入提高1200元。", row("1200元", measure="increase", indicator="居民人均可支配收入")),
    case("居民消费价格上涨0.3%。", row("0.3%", measure="increase", indicator="居民消费价格")),
    case("地区生产总值年均增长7.5%左右。", row("7.5%", measure="increase", indicator="地区生产总值")),
    case("居民消费价格涨幅3%左右。", row("3%", measure="increase", indicator="居民消费价格")),
    case("研发经费年均增速10%。", row("10%", measure="increase", indicator="研发经费")),
    case("森林覆盖率提高2个百分点。", row("2个百分点", measure="increase", indicator="森林覆盖率")),
    case("补贴标准上浮20%。", row("20%", measure="increase", indicator="补贴标准")),
)
def test_a_change_upwards_is_an_increase_of_the_thing_that_changes(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("单位国内生产总值能耗降低3%左右。", row("3%", measure="decrease", indicator="单位国内生产总值能耗")),
    case("固定资产投资下降9.7%。", row("9.7%", measure="decrease", indicator="固定资产投资")),
    case("细颗粒物平均浓度下降9.8%。", row("9.8%", measure="decrease", indicator="细颗粒物平均浓度")),
    case("一般性支出压减5%以上。", row("5%", measure="decrease", indicator="一般性支出", comparator="ge")),
    case("办理时间缩短了15天。", row("15天", measure="decrease", indicator="办理时间")),
    case("药品价格平均降幅53%。", row("53%", measure="decrease", indicator="药品价格")),
    case("万元地区生产总值能耗下降3.2%。", row("3.2%", measure="decrease", indicator="万元地区生产总值能耗")),
)
def test_a_change_downwards_is_a_decrease_of_the_thing_that_changes(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "2023年，全市工业总产值增长5%，达到300亿元。",
        row("5%", indicator="工业总产值", measure="increase", year_to=2023, kind="actual"),
        row("300亿元", indicator="工业总产值", measure="level", year_to=2023, kind="actual"),
        day="2024-03-01",
    ),
    case(
        "到2025年，软件业务收入年均增长18%，达到150亿元。",
        row("18%", indicator="软件业务收入", measure="increase", year_to=2025, kind="target"),
        row("150亿元", indicator="软件业务收入", measure="level", year_to=2025, kind="target"),
    ),
    case(
        "全省生猪存栏1420多万头，同比下降1.8%。",
        row("1420多万头", indicator="生猪存栏", measure="level"),
        row("1.8%", indicator="生猪存栏", measure="decrease"),
    ),
    case(
        "PM2.5平均浓度降至36微克/立方米、同比下降9.8%。",
        row("36微克/立方米", indicator="PM2.5平均浓度", measure="level"),
        row("9.8%", indicator="PM2.5平均浓度", measure="decrease"),
    ),
    case(
        "高新技术企业128家，较上年末增加21家。",
        row("128家", indicator="高新技术企业", measure="level"),
        row("21家", indicator="高新技术企业", measure="increase"),
    ),
    case(
        "高新技术企业128家，较上年末多出21家。",
        row("128家", indicator="高新技术企业", measure="level"),
        row("21家", indicator="高新技术企业", measure="increase"),
    ),
    case(
        "出口120亿元，增长5%；进口80亿元，下降3%。",
        row("120亿元", indicator="出口", measure="level"),
        row("5%", indicator="出口", measure="increase"),
        row("80亿元", indicator="进口", measure="level"),
        row("3%", indicator="进口", measure="decrease"),
    ),
)
def test_change_and_level_of_one_thing_are_two_rows_of_one_indicator(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "地区生产总值同比增长5.4%，增速高于全国0.6个百分点。",
        row("5.4%", indicator="地区生产总值", measure="increase"),
        row("0.6个百分点", indicator="地区生产总值", measure="increase", unit="个百分点"),
    ),
    case(
        "工业投资增长4.1%，低于全省平均水平3.9个百分点。",
        row("4.1%", indicator="工业投资", measure="increase"),
        row("3.9个百分点", indicator="工业投资", measure="decrease"),
    ),
    case(
        "出口增长12%，高于全国5个百分点。",
        row("12%", note=""),
        row("5个百分点", note="高于全国"),
    ),
)
def test_a_comparison_with_others_is_a_change_of_the_same_indicator(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "新能源装机是2021年底的14倍。", row("14倍", measure="level", indicator="新能源装机", year_to=2024), day="2024-09-12"
    ),
    case("设备连接数增长1.5倍。", row("1.5倍", measure="increase", indicator="设备连接数")),
    case(
        "到2027年，主导产业产值比2022年翻一番。",
        row("翻一番", value=2, unit="倍", measure="increase", indicator="主导产业产值", year_to=2027, kind="target"),
    ),
    case(
        "市场主体增至24.9万户，是2016年末的2.1倍。",
        row("24.9万户", indicator="市场主体", measure="level"),
        row("2.1倍", indicator="市场主体", measure="level"),
    ),
)
def test_a_multiple_is_a_level_and_a_growth_by_a_multiple_is_a_change(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


# From A to B


@corpus(
    case(
        "亩均税收由2020年的12.6万元提高到2023年的16万元。",
        row("12.6万元", indicator="亩均税收", kind="actual", year_to=2020, measure="level"),
        row("16万元", indicator="亩均税收", kind="actual", year_to=2023, measure="level"),
        day="2024-03-01",
    ),
    case(
        "高新技术企业由2023年底的4120家增加到2026年的6000家左右。",
        row("4120家", indicator="高新技术企业", kind="actual", year_to=2023, comparator="eq"),
        row("6000家", indicator="高新技术企业", kind="target", year_to=2026, comparator="approx"),
        day="2024-03-01",
    ),
    case(
        "亩均税收由目前的18.5万元提高到2025年的25万元。",
        row("18.5万元", kind="actual", year_to=2023),
        row("25万元", kind="target", year_to=2025),
        day="2023-10-26",
    ),
    case(
        "2020年，用电负荷由2015年的480万千瓦增加到710万千瓦。天然气消费量从8亿立方米增长到16亿立方米。",
        row("480万千瓦", year_to=2015),
        row("710万千瓦", year_to=2020),
        row("8亿立方米", year_to=2015, kind="actual"),
        row("16亿立方米", year_to=2020),
        day="2021-10-26",
    ),
    case(
        "用电负荷由2015年的480万千瓦增加到2020年的710万千瓦。今年，城区绿地从80公顷扩大到90公顷。",
        row("480万千瓦", year_to=2015),
        row("710万千瓦", year_to=2020),
        row("80公顷", year_to=None),
        row("90公顷", year_to=2021),
        day="2021-10-26",
    ),
    case(
        "技改投资占比由上年同期的41.5%提高到46%。",
        row("41.5%", indicator="技改投资占比", year_to=2022),
        row("46%", indicator="技改投资占比", year_to=2023),
        day="2023-10-26",
    ),
    case(
        "到2025年，制造业增加值占比从2022年的29%提高到31%以上。",
        row("29%", kind="actual", year_to=2022, comparator="eq"),
        row("31%", kind="target", year_to=2025, comparator="ge"),
    ),
    case(
        "企业开办时间由3个工作日压缩到0.5个工作日。",
        row("3个工作日", indicator="企业开办时间", kind="actual"),
        row("0.5个工作日", indicator="企业开办时间", kind="actual"),
    ),
    case(
        "每千人口床位数由2016年的5.2张增加到7.1张。",
        row("5.2张", indicator="每千人口床位数", year_to=2016),
        row("7.1张", indicator="每千人口床位数", year_to=2022),
        day="2022-01-12",
    ),
    case(
        "到2025年，规上企业突破400家，亩均税收由目前的18.5万元提高到25万元。",
        row("400家", kind="target", year_to=2025),
        row("18.5万元", kind="actual", year_to=2023),
        row("25万元", kind="target", year_to=2025),
        day="2023-10-26",
    ),
    case(
        "线路计划明年开通，届时通行时间将由目前的近4小时缩短至1小时左右。",
        row("4小时", kind="actual", year_to=2023, comparator="approx"),
        row("1小时", kind="target", year_to=2024, comparator="approx"),
        day="2023-11-08",
    ),
    case(
        "农村居民户均配变容量从1.5千伏安提升到2.4千伏安。",
        row("1.5千伏安", indicator="农村居民户均配变容量"),
        row("2.4千伏安", indicator="农村居民户均配变容量"),
    ),
)
def test_from_one_number_to_another_is_two_rows_each_with_its_own_time(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


# Times


@corpus(
    case("“十四五”期间，累计新增就业30万人。", row("30万人", year_from=2021, year_to=2025)),
    case("“十三五”时期，累计新增就业30万人。", row("30万人", year_from=2016, year_to=2020, kind="actual")),
    case("2021—2025年，完成投资300亿元。", row("300亿元", year_from=2021, year_to=2025)),
    case("到2025年，企业达到300家。", row("300家", year_from=None, year_to=2025, kind="target")),
    case("2025年底前，企业达到300家。", row("300家", year_from=None, year_to=2025, kind="target")),
    case("今年新增停车位2000个。", row("2000个", year_from=None, year_to=2023)),
    case("去年全市出口增长12%。", row("12%", year_to=2022, kind="actual")),
    case("明年建成学校3所。", row("3所", year_to=2024, kind="target")),
    case("过去五年，新增企业200家。", row("200家", year_from=2016, year_to=2020, kind="actual"), day="2021-03-01"),
    case("今后三年，新增企业200家。", row("200家", year_from=2024, year_to=2026, kind="target"), day="2024-03-01"),
    case("2013年以来，建设重点项目200个。", row("200个", year_from=2013, year_to=2024, kind="actual"), day="2024-06-01"),
    case("截至2022年底，5G基站达到9860个。", row("9860个", year_from=None, year_to=2022, kind="actual")),
    case("前三季度，工业增加值增长7.6%。", row("7.6%", year_to=2023, kind="actual"), day="2023-10-26"),
    case("1—9月，工业增加值增长7.6%。", row("7.6%", year_to=2023, kind="actual"), day="2023-10-26"),
    case("上半年，城镇新增就业8万人。", row("8万人", year_to=2023, kind="actual"), day="2023-07-18"),
    case("截至目前，建成充电桩3000个。", row("3000个", year_to=2023, kind="actual")),
    case("到“十四五”末，城镇化率达到60%。", row("60%", year_from=None, year_to=2025, kind="target")),
    case(
        "2024—2026年，每年组织活动不少于60场。", row("60场", year_from=2024, year_to=2026, kind="target"), day="2024-03-11"
    ),
    case("十年来，全市累计植树1.2亿株。", row("1.2亿株", year_from=2013, year_to=2022, kind="actual"), day="2022-10-01"),
    case("近三年，全市年均新增企业50家。", row("50家", year_from=2022, year_to=2024, kind="actual"), day="2024-06-01"),
    case("2026年建成后，年接卸能力将达600万吨。", row("600万吨", year_to=2026, kind="target")),
    case(
        "力争用三年时间，使设备连接数增长1.5倍。",
        row("1.5倍", kind="target", year_from=2024, year_to=2026),
        day="2024-03-11",
    ),
    case(
        "三年内，新增企业300家。",
        row("300家", kind="target"),
    ),
)
def test_the_time_of_a_clause_holds_for_its_number(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "2023年，产值比2012年增长30%。",
        row("30%", indicator="产值", year_from=None, year_to=2023),
        day="2024-06-01",
    ),
    case(
        "2021年从业人员2.9万人，比上年增加600人。",
        row("2.9万人", year_to=2021),
        row("600人", year_to=2021),
        day="2022-04-01",
    ),
    case("到2025年，能耗比2020年降低14.5%。", row("14.5%", year_to=2025, kind="target")),
)
def test_the_year_that_a_change_is_measured_against_is_not_its_time(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "到2025年，省级以上创新平台达到300家；到2027年，达到400家左右。",
        row("300家", indicator="省级以上创新平台", year_to=2025),
        row("400家", indicator="省级以上创新平台", year_to=2027, comparator="approx"),
    ),
    case(
        "到2025年，高技术制造业增加值增长10%，研发投入强度达到2.8%；新增企业50家。",
        row("10%", year_to=2025),
        row("2.8%", year_to=2025),
        row("50家", year_to=2025),
    ),
    case(
        "2023年，粮食产量120万吨，比上年增长3%；棉花产量5万吨，下降2%。",
        row("120万吨", indicator="粮食产量", year_to=2023),
        row("3%", indicator="粮食产量", year_to=2023),
        row("5万吨", indicator="棉花产量", year_to=2023),
        row("2%", indicator="棉花产量", year_to=2023),
        day="2024-03-01",
    ),
    case(
        "到2025年，新能源汽车产量达到30万辆。充电桩达到6万个。",
        row("30万辆", indicator="新能源汽车产量", year_to=2025),
        row("6万个", indicator="充电桩", year_to=2025, kind="target"),
    ),
    case(
        "2023年新增企业20家；2024年，30家；2025年，40家。",
        row("20家", indicator="新增企业", year_to=2023),
        row("30家", indicator="新增企业", year_to=2024),
        row("40家", indicator="新增企业", year_to=2025),
    ),
    case(
        "产业集群产值，2025年以1000亿元为目标，2027年要在1200亿元以上。",
        row("1000亿元", indicator="产业集群产值", year_to=2025, kind="target"),
        row("1200亿元", indicator="产业集群产值", year_to=2027, kind="target", comparator="ge"),
        day="2024-06-24",
    ),
    case(
        "能源消费总量：2020年9860万吨标准煤，2025年控制在1.14亿吨标准煤以内；（预期性）",
        row("9860万吨标准煤", indicator="能源消费总量", year_to=2020, kind="actual"),
        row("1.14亿吨标准煤", indicator="能源消费总量", year_to=2025, kind="target", comparator="le"),
        day="2021-08-01",
    ),
    case(
        "战略性新兴产业增加值占地区生产总值的比重，2025年达到8%左右，2027年达到10%左右。",
        row("8%", indicator="战略性新兴产业增加值占地区生产总值的比重", year_to=2025),
        row("10%", indicator="战略性新兴产业增加值占地区生产总值的比重", year_to=2027),
    ),
    case(
        "300亿元，这是装备制造业2025年的营业收入目标。",
        row("300亿元", indicator="装备制造业营业收入", year_to=2025, kind="target"),
        day="2024-06-24",
        wrong="no indicator, the document's year and a result: 这是 does not look back",
    ),
    case(
        "培育企业20家（2025年）和30家（2027年）。",
        row("20家", year_to=2025, kind="target"),
        row("30家", year_to=2027, kind="target"),
        wrong="a year in brackets behind a number is not taken for its time",
    ),
    case(
        "2022年，软件业务收入90亿元；到2025年达到150亿元。",
        row("90亿元", indicator="软件业务收入", year_to=2022, kind="actual"),
        row("150亿元", indicator="软件业务收入", year_to=2025, kind="target"),
    ),
)
def test_time_and_indicator_carry_over_until_others_are_said(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "“十四五”期间，新增就业30万人。\n\n全市现有企业200家。",
        row("30万人", year_from=2021, year_to=2025),
        row("200家", year_from=None, year_to=2023, kind="actual"),
    ),
)
def test_a_time_does_not_carry_over_to_a_paragraph_that_speaks_of_now(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "记者从海关了解到，2025年，全市对外贸易稳步增长。\n\n在中间品领域，光模块出口增长6%。\n\n企业数量达到300家。",
        row("6%", year_to=2025, kind="actual"),
        row("300家", year_to=2025, kind="actual"),
        day="2026-01-31",
    ),
    case(
        "“十四五”期间，全市气象能力持续提升。\n\n预警信息年均送达70万人次。",
        row("70万人次", year_from=2021, year_to=2025),
        day="2026-01-25",
    ),
    case(
        "2025年，全市出口增长6%。\n\n全市现有企业300家。",
        row("6%", year_to=2025),
        row("300家", year_to=2026),
        day="2026-01-31",
    ),
    case(
        "稳产保供任务艰巨，新的一年，各地以科技赋能农业。\n\n江州确保粮食播种面积稳定在220万亩以上。",
        row("220万亩", year_to=2026, kind="target"),
        day="2026-02-08",
    ),
    case(
        "今天，客流有所下降。铁路预计发送旅客710万人次。",
        row("710万人次", year_to=2026, kind="target"),
        day="2026-02-16",
    ),
)
def test_a_sentence_without_numbers_says_for_when_those_after_it_are(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("大河北段全长212公里，平均水深3.2米。", row("212公里", year_to=None), row("3.2米", year_to=None)),
    case("全长5.2公里的南岭隧道昨天贯通。", row("5.2公里", year_to=2023)),
    case("水库总库容2亿立方米，蓄水量1.2亿立方米。", row("2亿立方米", year_to=None), row("1.2亿立方米", year_to=2023)),
)
def test_what_a_thing_lastingly_is_has_no_year_where_none_is_said(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "未来十年，空间站计划开展实验1000项，有17个国家的9个项目已经入选。每年需要物资15吨。",
        row("1000项", kind="target", year_to=2032),
        row("17个", kind="actual", year_to=2023),
        row("9个", kind="actual", year_to=2023),
        row("15吨", kind="actual", year_to=2023),
    ),
    case(
        "目前，已恢复供电11万户，其余3000户将在24小时内恢复。",
        row("11万户", kind="actual"),
        row("3000户", kind="target"),
        row("24小时", kind="target"),
    ),
)
def test_what_a_clause_says_itself_goes_before_what_was_said_before_it(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "2016年，弃风率达到43%。电站群总装机500万千瓦。",
        row("43%", year_to=2016),
        row("500万千瓦", year_to=2023),
        day="2023-06-30",
    ),
    case(
        "2016年，李山回村当村主任。上任后，他修路5公里。打井12口。",
        row("5公里", year_to=2016),
        row("12口", year_to=2016),
        day="2023-06-30",
    ),
    case(
        "2022年，出口增长5%。进口增长3%。",
        row("5%", year_to=2022),
        row("3%", year_to=2022),
        day="2023-06-30",
    ),
)
def test_a_year_long_past_ends_with_its_sentence_unless_a_life_is_told(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "工程于2023年开工，总投资45亿元，目前已完成投资30亿元。",
        row("45亿元", year_to=2026, kind="actual"),
        row("30亿元", year_to=2026, kind="actual"),
        day="2026-02-20",
    ),
    case("2023年，全市出口45亿元，进口30亿元。", row("45亿元", year_to=2023), row("30亿元", year_to=2023), day="2026-02-20"),
)
def test_when_a_thing_came_to_be_is_not_when_it_is_as_it_is(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "目前在建的20个项目中，有8个将于年内完工。",
        row("20个", kind="actual"),
        row("8个", kind="target", year_to=2023),
    ),
    case("调查显示，70%的企业计划今年扩大招聘。", row("70%", kind="actual")),
    case("今年增长5.5%左右的预期目标没有变。", row("5.5%", kind="target")),
    case(
        "有机构将今年全球增速预期上调0.2个百分点至2.8%。",
        row("0.2个百分点", kind="actual"),
        row("2.8%", kind="target"),
    ),
    case("按照规划，每年培训10万人次。", row("10万人次", kind="target")),
    case("体育馆昨天封顶，建筑面积5万平方米。", row("5万平方米", kind="actual")),
    case("企业每吨补助30元，20万元封顶。", row("30元", kind="provision"), row("20万元", kind="provision")),
)
def test_whose_plan_it_is_tells_a_target_from_a_fact(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("对新认定的企业，给予一次性奖励20万元。", row("20万元", year_from=None, year_to=None)),
    case("补贴标准为每人每月500元。", row("500元", year_from=None, year_to=None), title=GRANTS),
    case("力争培育企业50家。", row("50家", year_from=None, year_to=None), day="2023-06-30"),
)
def test_where_no_time_is_said_of_a_rule_or_a_wish_the_years_are_empty(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("全市共有企业300家。", row("300家", year_to=2023, kind="actual")),
    case("全市共有企业300家。", row("300家", year_to=2021, kind="actual"), day="2021-08-01"),
)
def test_an_undated_result_is_of_the_year_of_the_document(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


def test_what_is_to_be_by_a_year_is_a_target_in_a_document_without_date_too(statements: Statements) -> None:
    [found] = statements("到2025年，高新技术企业达到300家以上。", None)
    assert (found["kind"], found["year_to"]) == ("target", 2025)


def test_a_document_without_date_gives_no_year_to_an_undated_result(statements: Statements) -> None:
    [found] = statements("全市共有企业300家。", None)
    assert (found["year_from"], found["year_to"]) == (None, None)


@corpus(
    case(
        "大桥今天合龙，预计今年5月建成通车。建成后，车程缩短1小时。",
        row("1小时", kind="target", year_to=2023),
    ),
    case(
        "线路计划2030年投产。电站建成后，年发电量可达20亿千瓦时。",
        row("20亿千瓦时", kind="target", year_to=None),
    ),
    case("二期工程2025年建成后，年发射能力不低于32次。", row("32次", kind="target", year_to=2025)),
)
def test_what_follows_an_event_has_the_year_said_of_that_event(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "一是防洪能力提升。到2025年，堤防达标率提高到85%。\n二是节水能力提升。用水总量控制在292亿立方米以内。",
        row("85%", year_to=2025),
        row("292亿立方米", kind="target", year_to=2025),
    ),
    case(
        "到明年底，通车里程达到900公里。在江原市青山县，一条旅游路串起景点11个。",
        row("900公里", kind="target", year_to=2024),
        row("11个", kind="actual", year_to=2023),
    ),
    case(
        "社会消费品零售总额增长5.8%，上年四季度为下降2.7%；居民人均可支配收入10870元。",
        row("5.8%", year_to=2023),
        row("2.7%", year_to=2022),
        row("10870元", year_to=2023),
    ),
)
def test_a_time_goes_on_through_a_list_and_not_to_another_place_or_from_an_aside(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "全年出口12亿元，比上年增长3%。年末企业300家。",
        row("12亿元", year_to=2022),
        row("3%", year_to=2022),
        row("300家", year_to=2022),
        day="2023-04-07",
        title="江州市2022年国民经济和社会发展统计公报",
    ),
    case("全年出口12亿元。", row("12亿元", year_to=2023), day="2023-12-28", title="江州市2023年工作快报"),
)
def test_a_review_of_a_year_speaks_from_its_end(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "三、重点任务\n今年产值460亿元，2027年突破1000亿元。\n中欧班列全年开行1500列。",
        row("460亿元", year_to=2025),
        row("1000亿元", year_to=2027),
        row("1500列", kind="target", year_to=2025),
        day="2025-01-09",
        title=REPORT,
    ),
    case(
        "一、2024年工作回顾\n中欧班列全年开行1500列。",
        row("1500列", kind="actual", year_to=2024),
        day="2025-01-09",
        title=REPORT,
    ),
)
def test_the_whole_year_is_the_one_planned_or_the_one_reviewed(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "今年，人均补助由20元提高到40元。",
        row("20元", year_to=2006),
        row("40元", year_to=2007),
        day="2007-01-28",
        title=REPORT,
    ),
    case(
        "工程完工后，年调水量由95亿立方米提高到115亿立方米。",
        row("95亿立方米", kind="actual", year_to=2023),
        row("115亿立方米", kind="target", year_to=None),
    ),
)
def test_where_a_change_starts_is_the_present_when_its_end_lies_ahead(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


# Distribution


@corpus(
    case(
        "国家高新技术企业和科技型中小企业数量分别达到600家和1000家。",
        row("600家", indicator="国家高新技术企业数量"),
        row("1000家", indicator="科技型中小企业数量"),
    ),
    case(
        "规模以上工业增加值、固定资产投资、社会消费品零售总额分别增长10.2%、13.5%和21.8%。",
        row("10.2%", indicator="规模以上工业增加值", measure="increase"),
        row("13.5%", indicator="固定资产投资", measure="increase"),
        row("21.8%", indicator="社会消费品零售总额", measure="increase"),
    ),
    case(
        "城镇、农村居民人均可支配收入分别达到41260元、20875元。",
        row("41260元", indicator="城镇居民人均可支配收入"),
        row("20875元", indicator="农村居民人均可支配收入"),
    ),
    case(
        "风电、光伏装机分别达到640万千瓦和910万千瓦。",
        row("640万千瓦", indicator="风电装机"),
        row("910万千瓦", indicator="光伏装机"),
    ),
    case(
        "数字化研发设计工具普及率、关键工序数控化率分别达到85%、70%。",
        row("85%", indicator="数字化研发设计工具普及率"),
        row("70%", indicator="关键工序数控化率"),
    ),
    case(
        "对国家级、省级创新平台，分别给予100万元、50万元奖励。",
        row("100万元", indicator="国家级创新平台奖励"),
        row("50万元", indicator="省级创新平台奖励"),
        title=GRANTS,
    ),
    case(
        "一等奖1名、二等奖3名，分别给予20万元、10万元奖金。",
        row("1名", indicator="一等奖"),
        row("3名", indicator="二等奖"),
        row("20万元", indicator="一等奖奖金"),
        row("10万元", indicator="二等奖奖金"),
        title=GRANTS,
    ),
    case(
        "服务业和工业增加值分别增长9.5%和7.6%。",
        row("9.5%", indicator="服务业增加值"),
        row("7.6%", indicator="工业增加值"),
    ),
    case(
        "国家级、省级平台分别达到20家、100家。",
        row("20家", indicator="国家级平台"),
        row("100家", indicator="省级平台"),
        wrong="the first is 国家级",
    ),
)
def test_numbers_given_one_by_one_are_shared_out_to_the_things_listed(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "到2025年、2027年，高新技术企业分别达到600家和700家。",
        row("600家", indicator="高新技术企业", year_to=2025),
        row("700家", indicator="高新技术企业", year_to=2027),
    ),
    case(
        "力争2025年、2027年数据交易额分别突破5亿元和20亿元。",
        row("5亿元", indicator="数据交易额", year_to=2025, comparator="ge", kind="target"),
        row("20亿元", indicator="数据交易额", year_to=2027, comparator="ge", kind="target"),
    ),
    case(
        "到2024年、2025年、2026年，工业增加值分别达到6800、7300、7860亿元。",
        row("6800", year_to=2024, unit="亿元"),
        row("7300", year_to=2025, unit="亿元"),
        row("7860亿元", year_to=2026, unit="亿元"),
    ),
)
def test_numbers_given_one_by_one_are_shared_out_to_the_years_listed(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "城市、农村低保标准分别提高到每人每月780元和620元。",
        row("780元", indicator="城市低保标准", measure="level"),
        row("620元", indicator="农村低保标准", measure="level"),
    ),
    case(
        "规模以上医药企业达到133家，产值达到869.1亿元。",
        row("133家", indicator="规模以上医药企业"),
        row("869.1亿元", indicator="规模以上医药企业产值"),
    ),
    case(
        "江北灌区工程正在建设。该工程总投资54亿元。",
        row("54亿元", indicator="江北灌区工程总投资"),
    ),
    case(
        "省级以上企业技术中心达到900家，其中国家级35家。",
        row("900家", indicator="省级以上企业技术中心"),
        row("35家", indicator="国家级企业技术中心"),
    ),
    case(
        "高速铁路全长412.6公里，设计时速350公里，总投资约590亿元。",
        row("412.6公里", indicator="高速铁路全长"),
        row("350公里", indicator="高速铁路设计时速"),
        row("590亿元", indicator="高速铁路总投资", comparator="approx"),
    ),
    case(
        "新登记市场主体3.6万户，总量增至24.9万户。",
        row("3.6万户", indicator="新登记市场主体"),
        row("24.9万户", indicator="市场主体总量"),
        wrong="登记市场主体 for both",
    ),
    case(
        "全市共有公园（含口袋公园12个）50个。",
        row("12个", indicator="口袋公园"),
        row("50个", indicator="公园"),
        wrong="含口袋公园 for both",
    ),
    case("全市共有公园50个（其中口袋公园12个）。", row("50个", indicator="公园"), row("12个", indicator="口袋公园")),
    case(
        "全市共有A级景区30家，其中5A级2家。",
        row("30家", indicator="A级景区"),
        row("2家", indicator="5A级景区"),
    ),
)
def test_a_bare_head_takes_its_owner_and_a_bare_owner_its_head(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "全市水果产量94万吨，增长12%；其中蓝莓4万吨，增长40%。",
        row("94万吨", indicator="水果产量"),
        row("12%", indicator="水果产量"),
        row("4万吨", indicator="蓝莓产量"),
        row("40%", indicator="蓝莓产量"),
    ),
    case(
        "居民人均可支配收入3.2万元，其中城镇居民4.1万元，农村居民2.3万元。",
        row("3.2万元", indicator="居民人均可支配收入"),
        row("4.1万元", indicator="城镇居民人均可支配收入"),
        row("2.3万元", indicator="农村居民人均可支配收入"),
    ),
    case("代表团总人数716人，其中运动员405人。", row("716人", indicator="代表团总人数"), row("405人", indicator="运动员")),
    case("生猪存栏268万头，出栏391万头。", row("268万头", indicator="生猪存栏"), row("391万头", indicator="生猪出栏")),
    case(
        "预拨救灾资金1.5亿元，其中江苏1亿元、安徽5000万元。",
        row("1.5亿元", indicator="预拨救灾资金"),
        row("1亿元", indicator="预拨救灾资金"),
        row("5000万元", indicator="预拨救灾资金"),
    ),
    case(
        "春节假期发送旅客22亿人次，日均2亿人次。",
        row("22亿人次", indicator="发送旅客"),
        row("2亿人次", indicator="日均发送旅客"),
    ),
    case(
        "儿童近视率为52%，其中小学、初中分别为37%、71%。",
        row("52%", indicator="儿童近视率"),
        row("37%", indicator="小学近视率"),
        row("71%", indicator="初中近视率"),
    ),
)
def test_a_sibling_takes_over_what_was_measured_of_the_one_before(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("江北大桥开通运营，跨越4个乡镇，全长49公里。", row("4个"), row("49公里", indicator="江北大桥全长")),
    case("建成示范园区60个，总产值10亿元。", row("60个", indicator="示范园区"), row("10亿元", indicator="示范园区总产值")),
    case(
        "科技型企业贷款余额31亿元，平均利率3.2%。",
        row("31亿元", indicator="科技型企业贷款余额"),
        row("3.2%", indicator="科技型企业平均利率"),
    ),
    case("省统计局发布公报，产值增长5%。", row("5%", indicator="产值")),
    case(
        "稀土产量18万吨，约占全国的八成，年均增长17%。",
        row("18万吨", indicator="稀土产量"),
        row("八成"),
        row("17%", indicator="稀土产量"),
    ),
    case("煤炭消费占比52%，提高1个百分点。", row("52%"), row("1个百分点", indicator="煤炭消费占比")),
    case(
        "城镇居民收入3万元，农村居民收入2万元，均比上年增长6%。",
        row("3万元", indicator="城镇居民收入"),
        row("2万元", indicator="农村居民收入"),
        row("6%", indicator="城镇居民收入、农村居民收入"),
    ),
)
def test_the_subject_of_a_sentence_owns_its_measures_and_no_object_or_reporter_does(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("近日，江南抽水蓄能电站开工建设。总装机120万千瓦。", row("120万千瓦", indicator="抽水蓄能电站总装机")),
    case(
        "在江州北部，江海特高压直流输电工程今天投运。工程西起江州，线路全长2121公里。",
        row("2121公里", indicator="特高压直流输电工程线路全长"),
    ),
    case(
        "江海大桥今天合龙。该大桥是首座350公里时速斜拉桥，全长近19公里。",
        row("350公里"),
        row("19公里", indicator="江海大桥全长"),
    ),
    case("江州集团加快转型，持续推进科技创新，产值达到100亿元。", row("100亿元", indicator="集团产值")),
    case(
        "试验中心拥有用户160家，还有3个装置列入发展规划，总投资约45亿元。",
        row("160家"),
        row("3个"),
        row("45亿元", indicator="列入发展规划的装置总投资"),
    ),
    case(
        "全省共有农村供水工程2万处，其中规模化供水工程693处。今年完成投资41亿元。",
        row("2万处"),
        row("693处"),
        row("41亿元", indicator="农村供水工程投资"),
    ),
    case("装备制造业新承接订单额增长34.6%。", row("34.6%", indicator="装备制造业承接订单额")),
    case(
        "海洋生产总值7.2万亿元，增长5.8%。货物订单额增长3%。",
        row("7.2万亿元"),
        row("5.8%"),
        row("3%", indicator="货物订单额"),
    ),
    case("外汇储备在年初，也只有100亿美元。", row("100亿美元", indicator="外汇储备")),
    case("新开通公交线路12条，优化调整30条。", row("12条"), row("30条", indicator="优化调整公交线路")),
    case(
        "海州核电站3号机组今天投入商业运行，单机容量120万千瓦。",
        row("120万千瓦", indicator="海州核电站3号机组单机容量"),
    ),
    case("水库正常蓄水位61米，总库容34亿立方米。", row("61米"), row("34亿立方米", indicator="水库总库容")),
    case(
        "该基地占地面积1200亩，年产汽车30万辆，年产值400亿元。",
        row("1200亩"),
        row("30万辆"),
        row("400亿元", indicator="基地年产值"),
    ),
    case("粮食储备库总仓容50万吨，占地300亩。", row("50万吨"), row("300亩", indicator="粮食储备库占地")),
    case("实施重大项目320个，年度完成投资1280亿元。", row("320个"), row("1280亿元", indicator="重大项目年度投资")),
)
def test_a_measure_is_of_what_was_brought_up_last_and_not_of_a_remnant_of_a_clause(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "货物贸易进出口总值45万亿元；其中，12月份进出口4万亿元。",
        row("45万亿元", indicator="货物贸易进出口总值"),
        row("4万亿元", indicator="货物贸易进出口"),
    ),
    case("外贸进出口4624亿元，其中出口2662亿元。", row("4624亿元"), row("2662亿元", indicator="出口")),
    case("公司固定资产投资4万亿元，投资增长40%。", row("4万亿元"), row("40%", indicator="公司固定资产投资")),
    case(
        "贷款市场报价利率（LPR）为：1年期3.1%，5年期以上3.6%。",
        row("3.1%", indicator="1年期贷款市场报价利率"),
        row("3.6%", indicator="5年期贷款市场报价利率"),
    ),
    case(
        "沿海某市：实际利用外资确保20亿美元、力争22亿美元。",
        row("20亿美元", indicator="实际利用外资"),
        row("22亿美元", indicator="实际利用外资"),
    ),
    case("公路通车里程2万公里，其中高速公路512公里。", row("2万公里"), row("512公里", indicator="高速公路通车里程")),
    case("基础研究投入2800亿元，比重达到7%。", row("2800亿元"), row("7%", indicator="基础研究投入比重")),
)
def test_a_short_name_is_of_the_full_one_said_before(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "江海铁路暑运旅客发送量突破2亿人次\n截至15日，已累计发送旅客2.11亿人次，增长6%。",
        row("2亿人次"),
        row("2.11亿人次", indicator="江海铁路暑运旅客发送量"),
        row("6%", indicator="江海铁路暑运旅客发送量"),
    ),
    case("江州投放鱼苗2万尾\n今年累计发送旅客2.11万人次。", row("2万尾"), row("2.11万人次", indicator="发送旅客")),
    case("江州外贸进出口超2亿元\n今年出口1.5亿元。", row("2亿元"), row("1.5亿元", indicator="出口")),
)
def test_a_number_said_again_under_its_headline_has_the_full_name_of_the_headline(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("广义货币（M2）余额273万亿元。", row("273万亿元", indicator="广义货币（M2）余额")),
    case("采购经理指数（PMI）为49%。", row("49%", indicator="采购经理指数")),
    case("每千人拥有企业数由2012年的10户提高到40户。", row("10户", indicator="每千人拥有企业数"), row("40户")),
    case("江州、海州累计降雪量20毫米。", row("20毫米", indicator="降雪量")),
    case("包括国债在内的国家负债额为1万亿元。", row("1万亿元", indicator="国家负债额")),
    case("财政部、水利部紧急预拨救灾资金1亿元。", row("1亿元", indicator="预拨救灾资金")),
    case("医疗机构和养老机构签约合作8万对。", row("8万对", indicator="医疗机构和养老机构签约合作")),
    case("央企在新区设立各类机构200家。", row("200家", indicator="央企设立各类机构")),
    case("加快推进总投资120亿元的12英寸芯片项目。", row("120亿元", indicator="12英寸芯片项目总投资"), row("12英寸")),
)
def test_a_name_keeps_its_parts_and_loses_who_where_and_from_when(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


# Qualifiers


@corpus(
    case(
        "到2025年，培育规模过1000亿元的集群1个、过100亿元的集群5个。",
        row("1000亿元", kind="qualifier", comparator="ge", year_to=2025),
        row("1个", kind="target", indicator="规模过1000亿元的集群", year_to=2025),
        row("100亿元", kind="qualifier", comparator="ge", year_to=2025),
        row("5个", kind="target", indicator="过100亿元的集群", year_to=2025),
    ),
    case(
        "主营业务收入2000万元以上企业达到300家。",
        row("2000万元", kind="qualifier", comparator="ge", indicator="企业主营业务收入"),
        row("300家", kind="actual", indicator="主营业务收入2000万元以上企业"),
    ),
    case(
        "实施投资5亿元以上项目20个。",
        row("5亿元", kind="qualifier", comparator="ge"),
        row("20个", kind="actual", indicator="投资5亿元以上项目"),
    ),
    case(
        "到2025年，打造2个千亿级产业集群。",
        row("2个", kind="target", indicator="千亿级产业集群"),
        row("千亿", kind="qualifier", value=1000, unit="亿"),
    ),
    case(
        "每千人口拥有3岁以下婴幼儿托位数4.5个。",
        row("3岁", kind="qualifier", comparator="le"),
        row("4.5个", kind="actual", indicator="每千人口拥有3岁以下婴幼儿托位数"),
    ),
    case(
        "计划总投资10亿元及以上项目576个，比上年同期多42个。",
        row("10亿元", kind="qualifier", comparator="ge"),
        row("576个", kind="actual"),
        row("42个", measure="increase"),
    ),
    case(
        "到2025年，培育年营收超50亿元的企业4家，超10亿元的15家。",
        row("50亿元", kind="qualifier"),
        row("4家", kind="target", indicator="年营收超50亿元的企业"),
        row("10亿元", kind="qualifier", comparator="ge"),
        row("15家", kind="target", indicator="年营收超10亿元的企业"),
    ),
    case(
        "到2025年，基本形成年产值超500亿元的产业集群3个。",
        row("500亿元", kind="qualifier", comparator="ge"),
        row("3个", kind="target", indicator="年产值超500亿元的产业集群"),
    ),
    case(
        "今年1至9月，新签约项目53个，其中投资10亿元以上的4个。",
        row("53个", indicator="新签约项目"),
        row("10亿元", kind="qualifier"),
        row("4个"),
        wrong="53个 has no indicator",
    ),
)
def test_a_number_that_only_narrows_what_another_counts_is_a_qualifier(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("产值增长5%以上。", row("5%", kind="actual")),
    case("到2025年，产值超过100亿元，企业达到300家。", row("100亿元", kind="target"), row("300家", kind="target")),
    case("到2025年，全市实现税收20亿元以上、就业5万人。", row("20亿元", kind="target"), row("5万人", kind="target")),
)
def test_a_bound_of_its_own_is_no_qualifier(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


# Shares and ratios


@corpus(
    case(
        "到2025年，战略性新兴产业增加值占地区生产总值比重达到8%左右。",
        row("8%", indicator="战略性新兴产业增加值占地区生产总值比重", comparator="approx", measure="level"),
    ),
    case(
        "高新技术产业产值占规模以上工业总产值的比重提高到37%。",
        row("37%", indicator="高新技术产业产值占规模以上工业总产值比重", measure="level"),
    ),
    case(
        "数字经济核心产业增加值达到330亿元，占地区生产总值比重提高到8.5%。",
        row("330亿元", indicator="数字经济核心产业增加值"),
        row("8.5%", indicator="数字经济核心产业增加值占地区生产总值比重"),
    ),
    case(
        "龙头企业实现营业收入299.8亿元，占69.9%。",
        row("299.8亿元", indicator="龙头企业营业收入"),
        row("69.9%", indicator="龙头企业营业收入占比"),
    ),
    case(
        "九成以上的行政村设有电商服务站点。",
        row("九成", value=90, unit="%", comparator="ge", indicator="设有电商服务站点的行政村占比"),
    ),
    case(
        "新能源装机已占到46%，比2020年底提高15.2个百分点。",
        row("46%", indicator="新能源装机占比", measure="level"),
        row("15.2个百分点", indicator="新能源装机占比", measure="increase"),
    ),
    case(
        "推动3000家企业上云，其中规上企业1000家，占三分之一。",
        row("3000家"),
        row("1000家", indicator="规上企业"),
        row("三分之一", indicator="规上企业占比"),
    ),
    case(
        "67%的企业已经开展数字化改造。",
        row("67%", indicator="开展数字化改造的企业占比"),
    ),
    case(
        "10%以上的村建成数字乡村。",
        row("10%", comparator="ge", indicator="建成数字乡村的村占比"),
    ),
)
def test_a_share_says_of_what_it_is_a_share(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("每千人口拥有执业医师3.2人。", row("3.2人", indicator="每千人口拥有执业医师")),
    case("每千人口医疗卫生机构床位数达到7.1张。", row("7.1张", indicator="每千人口医疗卫生机构床位数")),
    case("人均预期寿命提高到79岁。", row("79岁", indicator="人均预期寿命")),
    case(
        "每万人口高价值发明专利拥有量达到20件。",
        row("20件", indicator="每万人口高价值发明专利拥有量"),
        wrong="每万人口高价值发明专利拥有量达到",
    ),
    case("亩均税收达到50万元。", row("50万元", indicator="亩均税收")),
)
def test_what_is_counted_per_head_keeps_the_head_in_its_indicator(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


# Indicators


@corpus(
    case("全市规模以上工业企业实现营业收入429亿元。", row("429亿元", indicator="规模以上工业企业营业收入")),
    case("我省粮食产量1.4万亿斤。", row("1.4万亿斤", indicator="粮食产量")),
    case("全市累计新增就业5000人。", row("5000人", indicator="新增就业")),
    case("全市已建成5G基站2000个。", row("2000个", indicator="5G基站")),
    case("到2025年，引进高层次创新团队20个左右。", row("20个", indicator="高层次创新团队")),
    case("建成300公里滨水慢行系统。", row("300公里", indicator="滨水慢行系统")),
    case("实际利用外资28亿元人民币。", row("28亿元", indicator="实际利用外资")),
    case("其中新能源汽车保有量达到2041万辆。", row("2041万辆", indicator="新能源汽车保有量")),
    case("培育企业50家。", row("50家", indicator="企业"), wrong="培育企业: a noun of two characters keeps its verb"),
    case("答：全市现有企业20家。", row("20家", indicator="企业"), wrong="现有企业"),
)
def test_an_indicator_is_a_noun_phrase_without_place_time_verb_and_adverb(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@pytest.mark.parametrize(
    ("text", "indicator_id"),
    [
        ("地区生产总值增长5%。", "gdp"),
        ("城镇调查失业率5.5%左右。", "surveyed-unemployment"),
        ("国家高新技术企业达到300家。", "high-tech-firms"),
        ("智能水杯产量20万只。", ""),
    ],
)
def test_an_indicator_of_the_list_has_its_id(text: str, indicator_id: str, statements: Statements) -> None:
    assert [found["indicator_id"] for found in statements(text)] == [indicator_id]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("完成投资86.5亿元。", 8_650_000_000, "CNY"),
        ("风电装机达到350万千瓦。", 3_500_000_000, "W"),
        ("新建公路1200公里。", 1_200_000, "m"),
        ("培育企业300家。", None, ""),
    ],
)
def test_a_value_is_given_in_base_units_where_there_are_any(
    text: str, value: float | None, unit: str, statements: Statements
) -> None:
    [found] = statements(text)
    assert (found["value_si"], found["unit_si"]) == (value, unit)


# What follows a number


@corpus(
    case("水利部门派出6支专家队赶赴灾区。", row("6支", indicator="水利部门专家队")),
    case("6支医疗队赶赴灾区。", row("6支", indicator="赶赴灾区的医疗队")),
    case("技术人员对57项难题展开攻关。", row("57项", indicator="难题")),
    case("网络实现41个工业大类全覆盖。", row("41个", indicator="全覆盖的工业大类")),
    case("首批疏解的4所高校和1家医院加紧建设。", row("4所"), row("1家", indicator="首批疏解的医院")),
    case("甬城铁路今天开通，全线设有东州、南州等9个车站。", row("9个", indicator="甬城铁路车站")),
    case("实施12个城市更新项目。", row("12个", indicator="城市更新项目")),
    case("6条地铁线路客流量增长8%。", row("6条", indicator="地铁线路"), row("8%", indicator="地铁线路客流量")),
    case("28个省份粮食产量超过1000万吨。", row("28个", indicator="粮食产量超过1000万吨的省份"), row("1000万吨")),
    case("现有4台平均功率30万千瓦的水轮机。", row("4台", indicator="平均功率30万千瓦的水轮机"), row("30万千瓦")),
    case("改造3个优势突出、带动力强的园区。", row("3个", indicator="优势突出、带动力强的园区")),
)
def test_a_noun_phrase_after_a_number_ends_before_what_is_said_of_it(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("100多幅剪纸展现城市变迁。", row("100多幅", indicator="剪纸")),
    case("上百家商户点亮滨河夜市。", row("百家", indicator="点亮滨河夜市的商户")),
    case("云岭1000多万亩早稻长势喜人。", row("1000多万亩", indicator="早稻")),
    case("全市15个重点工程进展顺利。", row("15个", indicator="重点工程")),
    case("渔民带着两个孙子踏上了返乡的旅程。", row("两个", indicator="孙子")),
    case("20个水产养殖基地投产。", row("20个", indicator="投产的水产养殖基地")),
    case("全市实施5个产能提升项目。", row("5个", indicator="产能提升项目")),
    case("全县500名70岁以上的老人享受了上门服务。", row("500名", indicator="70岁以上的老人"), row("70岁")),
)
def test_what_a_clause_says_of_its_subject_is_no_part_of_the_noun(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("云岭到海州的高铁今天开通，设9座车站。", row("9座", indicator="云岭到海州的高铁车站")),
    case("滨海铁路今天停运。12列火车改道。", row("12列", indicator="火车")),
    case("江州代表队再添8枚金牌。", row("8枚", indicator="代表队金牌")),
    case("老渔民带着三个徒弟出海。", row("三个", indicator="徒弟")),
    case("研发团队已经做了869次实验。", row("869次", indicator="实验")),
)
def test_a_short_noun_is_of_who_has_it_and_of_nobody_where_it_is_the_subject(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("这样的站点在全市还有300多个。", row("300多个", indicator="站点")),
    case("这种无人车在园区已有60台。", row("60台", indicator="无人车")),
    case("像这样的观测站在高原上共有12处。", row("12处", indicator="观测站")),
    case("青山动力公司在海外拥有30家工厂。", row("30家", indicator="动力公司工厂")),
)
def test_where_things_are_is_no_part_of_what_they_are(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("农技员指导农户播种油菜5000亩。", row("5000亩", indicator="播种油菜")),
    case("村支书带领村民修建水渠3公里。", row("3公里", indicator="修建水渠")),
    case("战士们帮助群众抢收稻谷300亩。", row("300亩", indicator="抢收稻谷")),
    case("政策推动企业利润增长5%。", row("5%", indicator="企业利润")),
)
def test_who_makes_others_do_something_is_no_part_of_what_is_done(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("市政部门投入600余辆各类型机械，昼夜清雪。", row("600余辆", indicator="各类型机械")),
    case("救援队出动30余台各类设备。", row("30余台", indicator="救援队各类设备")),
)
def test_of_what_sorts_they_are_opens_a_counted_noun(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "慈善组织已向近5万户困难家庭发放1200吨大米。",
        row("5万户", indicator="发放大米的困难家庭"),
        row("1200吨"),
    ),
    case(
        "保险公司为80万户次农户提供风险保障超900亿元。",
        row("80万户次", indicator="提供风险保障的农户"),
        row("900亿元"),
    ),
    case("老人在3000多亩荒山种下20万株柏树。", row("3000多亩", indicator="种下柏树的荒山"), row("20万株")),
    case("工会为3000名环卫工人送去防暑药品。", row("3000名", indicator="送去防暑药品的环卫工人")),
    case("县医院有8名医生，接诊患者3000人。", row("8名", indicator="医生"), row("3000人")),
)
def test_for_whom_or_where_something_is_done_is_told_apart_by_what_is_done(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("近50家物流企业在江州发布《跨境物流高质量发展联合倡议》。", row("50家", indicator="发布倡议的物流企业")),
    case("12个国家在海州签署《海洋生态保护合作协定》。", row("12个", indicator="签署协定的国家")),
    case(
        "全省900个县（市、区）出台了托育的建设补贴、运营补贴、消费券等支持措施。",
        row("900个", indicator="出台支持措施的县（市、区）"),
    ),
)
def test_what_is_said_of_things_is_said_in_short(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "财政部门招标发行100亿元地方债券。其中，3年期、5年期分别发行40亿元和60亿元，发行利率分别为1.2%、1.5%。",
        row("100亿元", indicator="发行地方债券"),
        row("40亿元", indicator="3年期地方债券"),
        row("60亿元", indicator="5年期地方债券"),
        row("1.2%", indicator="3年期地方债券发行利率"),
        row("1.5%", indicator="5年期地方债券发行利率"),
    ),
    case(
        "轮胎厂和水泥厂产值分别为20亿元和30亿元，营收分别为18亿元和26亿元。",
        row("20亿元", indicator="轮胎厂产值"),
        row("30亿元", indicator="水泥厂产值"),
        row("18亿元", indicator="轮胎厂营收"),
        row("26亿元", indicator="水泥厂营收"),
    ),
)
def test_a_measure_behind_numbers_shared_out_is_of_each_of_those(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "海山艺术节昨天闭幕。本届艺术节展映了来自77个国家的420余部影片，观影人次超45万，票房近3800万元。",
        row("77个"),
        row("420余部", indicator="艺术节影片"),
        row("45万", indicator="艺术节观影人次"),
        row("3800万元", indicator="艺术节票房"),
    ),
)
def test_who_has_what_was_counted_has_the_measures_behind_it(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("检查组赶赴地下300米深的采掘区。", row("300米", indicator="采掘区深度")),
    case("挖掘20公里长的水渠。", row("20公里", indicator="水渠长度")),
    case("这个直径3米的切割滚筒已经更换。", row("3米", indicator="切割滚筒直径")),
    case("水渠全长20公里。", row("20公里", indicator="水渠全长")),
    case("钻取到一根长24米的冰芯。", row("24米", indicator="冰芯长度")),
    case("他买下了一套110平方米的房子。", row("110平方米", indicator="房子面积")),
    case("直径16米盾构机始发。", row("16米", indicator="盾构机直径")),
)
def test_a_size_is_of_the_noun_behind_it(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("布设3条测震数据接收线路。", row("3条", indicator="测震数据接收线路")),
    case("实施15个空间科学研究与应用项目。", row("15个", indicator="空间科学研究与应用项目")),
    case("把家里的10间房改成客栈。", row("10间", indicator="改成客栈的房")),
    case("出动44架无人机搜索东海岛。", row("44架", indicator="搜索东海岛的无人机")),
    case("3个港区建设项目抓紧施工。", row("3个", indicator="抓紧施工的港区建设项目")),
)
def test_a_verb_within_a_noun_phrase_has_a_noun_behind_it(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "60项措施中已经完成12项，取得进展的有28项。",
        row("60项", indicator="措施"),
        row("12项"),
        row("28项", indicator="取得进展的措施"),
    ),
    case(
        "在监测的160个城市中，空气质量达标的有92个。",
        row("160个"),
        row("92个", indicator="空气质量达标的城市"),
    ),
    case("参加这次清淤的有26人。", row("26人", indicator="参加这次清淤的人")),
)
def test_a_description_without_a_noun_is_of_what_was_counted_before(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "来自30个国家的160名学者参加论坛。",
        row("30个", indicator="参加论坛学者来自的国家"),
        row("160名", indicator="参加论坛的学者"),
    ),
    case("比赛吸引了来自各地的21支队伍参赛。", row("21支", indicator="参赛的队伍")),
    case(
        "300名来自14个乡镇的群众搬入新居。",
        row("300名", indicator="搬入新居的群众"),
        row("14个", indicator="群众来自的乡镇"),
    ),
    case("来自省水利厅的3位负责人回答了提问。", row("3位", indicator="回答提问的负责人")),
)
def test_whence_they_come_is_no_part_of_who_is_counted(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("正在设计的27艘船当中，超过一半都是氨燃料船型。", row("27艘"), row("一半", indicator="氨燃料船型占比")),
    case(
        "年外送电量520亿千瓦时，其中近一半是新能源电。",
        row("520亿千瓦时"),
        row("一半", indicator="新能源电占年外送电量比重"),
    ),
)
def test_a_share_that_is_something_is_of_what_was_measured_before(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("11部门印发方案提升农房质量。", row("11部门", indicator="印发方案提升农房质量的部门")),
    case("已有20多家车企宣布降价。", row("20多家", indicator="宣布降价的车企")),
    case("引水工程惠及5市13个县区。", row("5市", indicator="引水工程惠及市"), row("13个", indicator="引水工程惠及县区")),
    case("轮船搭载1200名游客驶离港口。", row("1200名", indicator="驶离港口的游客")),
)
def test_a_unit_may_be_the_noun_of_what_it_counts(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("规划提出6方面109项重大工程。", row("6方面", indicator="重大工程"), row("109项", indicator="重大工程")),
    case("医院提供7类60项护理项目。", row("7类", indicator="护理项目"), row("60项", indicator="护理项目")),
)
def test_sorts_are_of_what_the_number_behind_them_counts(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("包括国债、借款在内的国家负债额为100亿元。", row("100亿元", indicator="国家负债额")),
)
def test_what_a_whole_takes_in_is_no_part_of_its_name(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("这条公路贯穿沿海12个县市。", row("12个", indicator="贯穿县市")),
    case("扶持龙头企业，带动300万户农户。", row("300万户", indicator="带动农户")),
    case("建成42座桥梁。", row("42座", indicator="桥梁")),
    case(
        "邀请30家企业、200名专家参加论坛。",
        row("30家", indicator="参加论坛的企业"),
        row("200名", indicator="参加论坛的专家"),
    ),
    case("每个村配备3名调解员。", row("3名", indicator="每个村调解员")),
    case(
        "完成了12座水库的除险、8座水库的清淤。",
        row("12座", indicator="完成除险的水库"),
        row("8座", indicator="完成清淤的水库"),
    ),
    case("解决2.3万名居民用水困难。", row("2.3万名", indicator="解决用水困难的居民")),
)
def test_a_short_noun_keeps_the_verb_that_governs_it(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("30项指标中，已有19项提前完成。", row("30项", indicator="指标"), row("19项", indicator="提前完成的指标")),
    case("8家企业发布20个合作项目。", row("8家", indicator="发布合作项目的企业"), row("20个")),
    case("台风造成12人失踪、30人受伤。", row("12人", indicator="失踪人数"), row("30人", indicator="受伤人数")),
    case("粮食外运300万吨，六成销往南方。", row("300万吨"), row("六成", indicator="销往南方的粮食外运占比")),
    case("项目总投资80亿元，其中社会资本占四成。", row("80亿元"), row("四成", indicator="社会资本占项目总投资比重")),
    case("60岁及以上人口占17.4%。", row("60岁"), row("17.4%", indicator="60岁及以上人口占比")),
)
def test_a_part_is_named_by_what_is_said_of_it(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("组建平均年龄32岁的科研团队。", row("32岁", indicator="科研团队平均年龄")),
    case("建成总装机50万千瓦的风电场。", row("50万千瓦", indicator="风电场总装机")),
    case("出口欧洲的35万辆汽车。", row("35万辆", indicator="汽车")),
    case("本地生产总值达到519亿澳门元。", row("519亿澳门元", unit="亿澳门元", indicator="本地生产总值")),
)
def test_a_measure_before_a_number_is_of_the_noun_behind_it(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


# Kinds


@corpus(
    case("力争新增停车位2000个。", row("2000个", kind="target", modality="力争")),
    case("确保新增停车位2000个。", row("2000个", kind="target", modality="确保")),
    case("到2025年，新增停车位2000个。", row("2000个", kind="target")),
    case("全市将新增停车位2000个。", row("2000个", kind="target")),
    case("预计新增停车位2000个。", row("2000个", kind="target", modality="预计")),
    case("新增停车位2000个。", row("2000个", kind="target"), title=PLAN),
    case("二、主要目标\n新增停车位2000个。", row("2000个", kind="target", section="二、主要目标")),
    case("今年的预期目标是：地区生产总值增长6%左右。", row("6%", kind="target", year_to=2023), day="2023-01-12"),
    case("2022年，安排重点项目260个。", row("260个", kind="target", year_to=2022), day="2022-01-12", title=REPORT),
    case(
        "今年，我们的要求是全年工业总产值达到1350亿元左右。",
        row("1350亿元", kind="target", indicator="工业总产值", comparator="approx"),
        day="2023-10-26",
    ),
)
def test_what_is_wanted_planned_or_expected_is_a_target(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("新增停车位2000个。", row("2000个", kind="actual")),
    case("去年新增停车位2000个。", row("2000个", kind="actual")),
    case("截至目前，新增停车位2000个。", row("2000个", kind="actual")),
    case("累计新增停车位2000个。", row("2000个", kind="actual")),
    case("一、2022年工作回顾\n新增停车位2000个。", row("2000个", kind="actual", section="一、2022年工作回顾")),
    case("2022年，新增停车位2000个。", row("2000个", kind="actual", year_to=2022), title=PLAN),
    case("邻国发生洪水，9人受伤。", row("9人", kind="actual")),
    case("截至今天17时，洪水已造成9人受伤，紧急转移群众3260人。", row("9人", kind="actual"), row("3260人", kind="actual")),
)
def test_what_is_reached_or_measured_is_a_result(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "预计全年出口12亿元，同比增长5%。港口现有泊位80个。",
        row("12亿元", kind="target"),
        row("5%", kind="target"),
        row("80个", kind="actual"),
    ),
    case("力争出口12亿元。同时新增企业80家。", row("12亿元", kind="target"), row("80家", kind="target")),
    case("力争出口12亿元。今年前8个月，进口90亿元。", row("12亿元", kind="target"), row("90亿元", kind="actual")),
    case(
        "到2025年，人均场地面积达到3平方米。全市128所学校已向社会开放场地。",
        row("3平方米", kind="target", year_to=2025),
        row("128所", kind="actual", year_to=2023),
        day="2023-10-26",
    ),
    case(
        "下一步，我们打算从三个方面入手。一是增加供给，新增停车位6500个。",
        row("6500个", kind="target"),
        day="2023-10-26",
    ),
    case(
        "人均场地面积2.9平方米，提前实现了2.6平方米的目标。健身步道15万条。",
        row("2.9平方米", kind="actual"),
        row("2.6平方米", kind="target"),
        row("15万条", kind="actual"),
        day="2023-10-26",
    ),
)
def test_a_plan_goes_on_until_a_new_time_and_a_forecast_ends_with_its_sentence(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "职工个人按上年度月平均工资的2%缴纳，次年起按5%缴纳。",
        row("2%", kind="provision", year_to=None),
        row("5%", kind="provision", year_to=None),
        title=GRANTS,
    ),
    case("2023年1—5月，全市已发放补贴1126万元。", row("1126万元", kind="actual", year_to=2023), title=GRANTS),
    case("场馆全年开放不少于330天。", row("330天", kind="provision", year_to=None), title=GRANTS),
    case(
        "报废2018年4月30日前注册登记的货车，补贴2万元。",
        row("2万元", kind="provision", year_to=None),
        title=GRANTS,
    ),
    case(
        "申请人应于2025年1月10日前提交材料。商务局应当在10个工作日内完成初审。",
        row("10个工作日", kind="provision", year_to=None),
        title=GRANTS,
    ),
    case(
        "力争全年报废更新6000辆，带动家电销售15万台。",
        row("6000辆", kind="target"),
        row("15万台", kind="target"),
        title=GRANTS,
    ),
)
def test_the_years_of_a_rule_are_those_of_whoever_applies(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("对新认定的企业，给予一次性奖励20万元。", row("20万元", kind="provision", measure="level")),
    case(
        "按设备投入的15%给予补助，单个项目最高500万元。",
        row("15%", kind="provision"),
        row("500万元", kind="provision", comparator="le"),
    ),
    case("申请材料应当在3个工作日内补正。", row("3个工作日", kind="provision", comparator="le"), title=GRANTS),
    case(
        "年营业收入2000万元以上的企业，给予20万元奖励。",
        row("2000万元", kind="provision", comparator="ge"),
        row("20万元", kind="provision"),
        title=GRANTS,
    ),
    case("有效期5年。", row("5年", kind="provision", indicator="有效期"), title=GRANTS),
    case("每人每月发放生活补贴3000元。", row("3000元", kind="provision"), title=GRANTS),
    case(
        "租用面积在100平方米（含）以内的，按实际租金的50%给予场地租金补贴。",
        row("100平方米", kind="provision", comparator="le", indicator="租用面积"),
        row("50%", kind="provision", indicator="场地租金补贴占实际租金比例"),
        title=GRANTS,
    ),
    case(
        "年龄在40周岁以下，签订3年以上劳动合同。",
        row("40周岁", kind="provision", comparator="le", indicator="年龄"),
        row("3年", kind="provision", comparator="ge", indicator="劳动合同期限"),
        title=GRANTS,
    ),
    case(
        "同一企业每年奖励总额以40万元为限。",
        row("40万元", kind="provision", comparator="le"),
        title=GRANTS,
    ),
    case("公示期不少于5个工作日。", row("5个工作日", kind="provision", comparator="ge", indicator="公示期"), title=GRANTS),
)
def test_what_is_granted_limited_or_required_is_a_provision(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "住院起付标准：一级医院300元，二级医院600元；三级医院1000元。",
        row("300元", indicator="一级医院住院起付标准"),
        row("600元", indicator="二级医院住院起付标准"),
        row("1000元", indicator="三级医院住院起付标准"),
        title=GRANTS,
    ),
    case(
        "门诊支付比例，职工在一、二、三级医院分别为80%、70%、60%，居民分别为70%、60%、50%。",
        row("80%", indicator="职工在一级医院门诊支付比例"),
        row("70%", indicator="职工在二级医院门诊支付比例"),
        row("60%", indicator="职工在三级医院门诊支付比例"),
        row("70%", indicator="居民一级医院门诊支付比例"),
        row("60%", indicator="居民二级医院门诊支付比例"),
        row("50%", indicator="居民三级医院门诊支付比例"),
        title=GRANTS,
    ),
    case(
        "护理费用限额标准为职工参保人员每人每天100元、居民参保人员每人每天60元。",
        row("100元", indicator="职工参保人员每人每天护理费用限额标准"),
        row("60元", indicator="居民参保人员每人每天护理费用限额标准"),
        title=GRANTS,
    ),
    case(
        "安排补助资金45亿元，禁牧4亿亩，草畜平衡6亿亩。",
        row("45亿元"),
        row("4亿亩"),
        row("6亿亩", indicator="草畜平衡"),
        title=GRANTS,
    ),
    case(
        "第一档年用气量300立方米以内，每立方米3元；第二档300—500立方米，每立方米3.5元。",
        row("300立方米", indicator="第一档年用气量"),
        row("3元", indicator="第一档每立方米价格"),
        row("300—500立方米", indicator="第二档年用气量"),
        row("3.5元", indicator="第二档每立方米价格"),
        title=GRANTS,
    ),
)
def test_a_head_said_once_holds_for_the_classes_that_follow(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "一、见习补贴\n补贴标准：每人每月1500元。\n补贴期限：最长12个月。",
        row("1500元", indicator="每人每月见习补贴标准"),
        row("12个月", indicator="见习补贴期限"),
        title=GRANTS,
    ),
    case(
        "第三条　购房补贴。博士研究生20万元，硕士研究生10万元，分三年拨付。",
        row("20万元", indicator="博士研究生购房补贴"),
        row("10万元", indicator="硕士研究生购房补贴"),
        row("三年", indicator="购房补贴拨付期限"),
        title=GRANTS,
    ),
    case(
        "第四条　医疗费用按下列比例支付：\n（一）在职职工80%；\n（二）退休人员85%。",
        row("80%", indicator="在职职工支付比例"),
        row("85%", indicator="退休人员支付比例"),
        title=GRANTS,
    ),
    case(
        "护理标准按照最低工资标准的一定比例确定：半自理的不低于30%。",
        row("30%", indicator="半自理护理标准占最低工资标准比例"),
        title=GRANTS,
    ),
)
def test_labels_headings_and_announcements_carry_the_head(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("占用盲道的，处200元罚款。", row("200元", indicator="占用盲道罚款"), title=GRANTS),
    case(
        "未按规定备案的，处1万元以上5万元以下罚款；逾期不改正的，处10万元罚款。",
        row("1万元", indicator="未按规定备案罚款"),
        row("5万元", indicator="未按规定备案罚款"),
        row("10万元", indicator="未按规定备案罚款"),
        title=GRANTS,
    ),
    case(
        "温室面积达到3000平方米的，按总投资的25%补助，最高200万元。",
        row("3000平方米", indicator="温室面积"),
        row("25%"),
        row("200万元", indicator="补助"),
        title=GRANTS,
    ),
    case("每新增一个托班，一次性补助5万元。", row("5万元", indicator="每新增一个托班一次性补助"), title=GRANTS),
    case(
        "大赛设一等奖1名、二等奖3名，分别给予20万元、10万元奖金。",
        row("1名"),
        row("3名"),
        row("20万元", indicator="一等奖奖金"),
        row("10万元", indicator="二等奖奖金"),
        title=GRANTS,
    ),
    case(
        "收入首次突破1亿元、5亿元的企业，分别奖励10万元、50万元。",
        row("1亿元"),
        row("5亿元"),
        row("10万元", indicator="收入首次突破1亿元的企业奖励"),
        row("50万元", indicator="收入首次突破5亿元的企业奖励"),
        title=GRANTS,
    ),
)
def test_what_is_given_is_given_for_the_case_that_is_put(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "票房达到5000万元的奖励20万元，超过1亿元的奖励50万元。",
        row("5000万元", indicator="票房"),
        row("20万元", indicator="票房达到5000万元奖励"),
        row("1亿元", indicator="票房"),
        row("50万元", indicator="票房超过1亿元奖励"),
        title=GRANTS,
    ),
    case(
        "新获批的国家级、省级、市级技术中心，分别奖励200万元、50万元、20万元。",
        row("200万元", indicator="新获批的国家级技术中心奖励"),
        row("50万元", indicator="新获批的省级技术中心奖励"),
        row("20万元", indicator="新获批的市级技术中心奖励"),
        title=GRANTS,
    ),
    case(
        "（一）规划许可阶段，由发展改革局牵头，15个工作日内完成，方案公示7日。",
        row("15个工作日", indicator="规划许可阶段时限"),
        row("7日", kind="provision"),
        title=GRANTS,
    ),
    case("第三条 【资金安排】区财政每年安排不低于3000万元的专项资金。", row("3000万元", indicator="专项资金"), title=GRANTS),
    case(
        "企业开办时间压缩至1个工作日以内，不动产登记时间压缩至3个工作日。",
        row("1个工作日", indicator="企业开办时间", comparator="le"),
        row("3个工作日", indicator="不动产登记时间"),
        title=GRANTS,
    ),
)
def test_cases_stages_and_labels_of_a_rule(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "保费由省级财政承担40%，市级财政承担30%，其余30%由农户负担。",
        row("40%", indicator="省级财政承担保费比例"),
        row("30%", indicator="市级财政承担保费比例"),
        row("30%", indicator="农户负担保费比例"),
        title=GRANTS,
    ),
    case("灵活就业人员按9%的费率参保。", row("9%", indicator="灵活就业人员参保费率"), title=GRANTS),
    case("公寓租金按照市场租金的60%收取。", row("60%", indicator="公寓租金占市场租金比例"), title=GRANTS),
    case("按实缴保费的80%补贴投保企业。", row("80%", indicator="投保企业补贴占实缴保费比例"), title=GRANTS),
)
def test_a_share_is_of_its_base_or_borne_by_somebody(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "占用盲道的，对个人处二百元罚款，对单位处二千元以上二万元以下罚款。",
        row("二百元", indicator="占用盲道个人罚款"),
        row("二千元", indicator="占用盲道单位罚款", comparator="ge"),
        row("二万元", indicator="占用盲道单位罚款", comparator="le"),
        title=GRANTS,
    ),
    case(
        "未批先建的，处建设工程造价百分之五以上百分之十以下的罚款。",
        row("百分之五", indicator="未批先建罚款占建设工程造价比例", comparator="ge"),
        row("百分之十", indicator="未批先建罚款占建设工程造价比例", comparator="le"),
        title=GRANTS,
    ),
    case(
        "年满80周岁不满90周岁的老年人，每人每月发放津贴100元。",
        row("80周岁", indicator="老年人年龄"),
        row("90周岁", indicator="老年人年龄", comparator="le"),
        row("100元", kind="provision"),
        title=GRANTS,
    ),
    case(
        "对引进的博士，给予20万元安家补贴和10万元科研资助。",
        row("20万元", indicator="引进的博士安家补贴"),
        row("10万元", indicator="引进的博士科研资助"),
        title=GRANTS,
    ),
    case(
        "对主导制定国际标准、国家标准、行业标准的，分别奖励50万元、30万元、10万元。",
        row("50万元", indicator="主导制定国际标准奖励"),
        row("30万元", indicator="主导制定国家标准奖励"),
        row("10万元", indicator="主导制定行业标准奖励"),
        title=GRANTS,
    ),
    case(
        "护理一级补贴标准为每人每月200元，二级补贴标准为每人每月100元。",
        row("200元", kind="provision"),
        row("100元", indicator="每人每月护理二级补贴标准"),
        title=GRANTS,
    ),
    case("每年安排80万元经费支持社区建设。", row("80万元", indicator="社区建设经费"), title=GRANTS),
    case(
        "按每人每月自理老人100元、失能老人300元的标准给予运营补贴。",
        row("100元", indicator="自理老人每人每月运营补贴"),
        row("300元", indicator="失能老人每人每月运营补贴"),
        title=GRANTS,
    ),
    case(
        "服务中心建筑面积不少于300平方米的，给予建设补助20万元；面积在500平方米以上的，补助30万元。",
        row("300平方米", indicator="服务中心建筑面积"),
        row("20万元", indicator="服务中心建筑面积不少于300平方米建设补助"),
        row("500平方米", indicator="面积"),
        row("30万元", kind="provision"),
        title=GRANTS,
    ),
    case(
        "出口额达到1000万美元的，给予20万元奖励；在此基础上每增加500万美元，再奖励10万元。",
        row("1000万美元", indicator="出口额"),
        row("20万元", kind="provision"),
        row("500万美元", indicator="出口额"),
        row("10万元", indicator="每增加500万美元奖励"),
        title=GRANTS,
    ),
    case(
        "累计工作满1年不满10年的，年休假5天；已满20年的，年休假15天。",
        row("1年", indicator="累计工作时间"),
        row("10年", indicator="累计工作时间", comparator="le"),
        row("5天", indicator="工作满1年不满10年年休假"),
        row("20年", indicator="累计工作时间"),
        row("15天", indicator="年休假"),
        title=GRANTS,
    ),
    case("驾驶员应当具有3年以上驾驶经历。", row("3年", indicator="驾驶经历", comparator="ge"), title=GRANTS),
    case(
        "违反本条例第二十条规定的，可以并处警告或者200元罚款。", row("200元", indicator="违反第二十条规定罚款"), title=GRANTS
    ),
    case("有下列行为之一的，处五百元罚款。", row("五百元", indicator="罚款"), title=GRANTS),
    case(
        "二孩家庭购房的，贷款额度上浮20%，三孩家庭上浮40%。",
        row("20%", indicator="二孩家庭购房贷款额度", measure="increase"),
        row("40%", indicator="三孩家庭贷款额度"),
        title=GRANTS,
    ),
    case(
        "评标委员会成员人数为5人以上单数，其中技术专家不得少于成员总数的三分之二。",
        row("5人", indicator="评标委员会成员人数", comparator="ge"),
        row("三分之二", indicator="技术专家占成员总数比重", comparator="ge"),
        title=GRANTS,
    ),
    case(
        "大型活动是指预计参加人数1000人以上的活动。",
        row("1000人", kind="provision", indicator="活动预计参加人数"),
        title=GRANTS,
    ),
    case(
        "可申请认定为“示范基地”，并按200元/人的标准给予补贴。",
        row("200元/人", indicator="示范基地补贴标准"),
        title=GRANTS,
    ),
    case(
        "种植面积50亩以上的种粮大户，每亩补贴100元。",
        row("50亩", indicator="种粮大户种植面积"),
        row("100元", indicator="种粮大户每亩补贴"),
        title=GRANTS,
    ),
    case(
        "限额标准为：货物项目50万元，工程项目60万元。",
        row("50万元", indicator="货物项目限额标准"),
        row("60万元", indicator="工程项目限额标准"),
        title=GRANTS,
    ),
)
def test_fines_ranges_and_grants_side_by_side_say_whose_they_are(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("应当在15个工作日内将补贴拨付至单位。", row("15个工作日", indicator="补贴拨付时限"), title=GRANTS),
    case("住房5年内不得转让。", row("5年", indicator="住房不得转让期限"), title=GRANTS),
    case("毕业5年内的高校学生可以申请。", row("5年", indicator="高校学生毕业时间"), title=GRANTS),
    case("连续缴费满6个月的人员可以申请。", row("6个月", indicator="连续缴费时间"), title=GRANTS),
    case("给予6个月的过渡期。", row("6个月", indicator="过渡期"), title=GRANTS),
    case("在合同期满3个月前提出申请。", row("3个月", indicator="提出申请期限"), title=GRANTS),
    case("投诉件全部在7日内办结。", row("7日", indicator="投诉件办结时限"), title=GRANTS),
    case(
        "热线投诉30分钟内响应、24小时内办结。",
        row("30分钟", indicator="热线投诉响应时限"),
        row("24小时", indicator="热线投诉办结时限"),
        title=GRANTS,
    ),
    case("受理窗口应当在3个工作日内答复。", row("3个工作日", indicator="答复时限"), title=GRANTS),
    case(
        "属外地户籍申请的，应在3个工作日内推送至受理窗口。", row("3个工作日", indicator="外地户籍申请推送时限"), title=GRANTS
    ),
    case("申请人接到通知的七日内，对结果有异议的，可以申请复核。", row("七日", indicator="申请复核期限"), title=GRANTS),
    case("提出申请之日前12个月内带动就业的企业。", row("12个月", indicator="带动就业时间"), title=GRANTS),
    case("申请前连续3个月有在职员工正常缴费的。", row("3个月", indicator="在职员工正常缴费时间"), title=GRANTS),
    case("收费标准变更的，应提前15日公示。", row("15日", indicator="收费标准变更提前公示"), title=GRANTS),
    case("应当及时答复，最长不超过15日。", row("15日", indicator="答复时限", comparator="le"), title=GRANTS),
    case("每班不超过15日。", row("15日", comparator="le"), title=GRANTS),
    case("租金每年调整一次。", row("一次", indicator="租金每年调整次数"), title=GRANTS),
    case("合同期满可以续租一次。", row("一次", indicator="续租次数"), title=GRANTS),
    case("每人每年享受补贴不超过3次。", row("3次", indicator="每人每年享受补贴次数"), title=GRANTS),
    case("80周岁以上老年人可以申请。", row("80周岁", indicator="老年人年龄"), title=GRANTS),
    case("注册资本500万元以上的科技公司可以申请。", row("500万元", indicator="科技公司注册资本"), title=GRANTS),
    case("办理时限压缩至3个工作日。", row("3个工作日", indicator="办理时限"), title=GRANTS),
)
def test_limits_and_thresholds_say_what_they_limit(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("到2026年末，全市人才总量突破65万人。", row("65万人", kind="target", year_to=2026), day="2024-07-26", title=GRANTS),
)
def test_a_target_for_a_year_stays_one_in_a_document_of_rules(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


# Owners


@corpus(
    case("到2025年，建成示范基地30个。（市农业农村局负责）", row("30个", owner="市农业农村局")),
    case(
        "到2025年，建成示范基地30个。（市农业农村局、市商务局牵头，市财政局配合）",
        row("30个", owner="市农业农村局;市商务局;市财政局"),
    ),
    case("建成示范基地30个。（责任单位：市科技局、各县区人民政府）", row("30个", owner="市科技局;各县区人民政府")),
    case("建成示范基地30个。（牵头单位：市科技局；配合单位：市财政局）", row("30个", owner="市科技局;市财政局")),
    case("由省能源局牵头，新建充电桩3万个。", row("3万个", owner="省能源局")),
    case("建成示范基地30个。", row("30个", owner="")),
    case(
        "建成示范基地30个。（市农业农村局负责）建成智能工厂20家。",
        row("30个", owner="市农业农村局"),
        row("20家", owner=""),
    ),
    case(
        "二、重点任务\n1.建设平台。到2025年，建成平台30个。\n责任单位：市科技局、市财政局\n2.培育企业。到2025年，培育企业50家。",
        row("30个", owner="市科技局;市财政局"),
        row("50家", owner=""),
    ),
    case("建成示范基地30个。（市农业农村局牵头，市供销社参与）", row("30个", owner="市农业农村局;市供销社")),
)
def test_a_note_names_the_bodies_in_charge_of_what_stands_before_it(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


# Layout


def test_a_question_of_a_journalist_states_nothing(explained: Explained) -> None:
    found = explained("江州日报记者\n去年企业达到20家，今年能否达到30家？\n李明\n今年的目标是35家。")
    assert [row["quote"] for row in found["statements"]] == ["35家"]
    assert [row["quote"] for row in found["residue"] if row["reason"] == "提问"] == ["20家", "30家"]


def test_a_question_after_a_colon_states_nothing(statements: Statements) -> None:
    found = statements("记者：去年产值达到20亿元，今年呢？\n答：今年上半年产值增长5%。")
    assert [(row["quote"], row["speaker"]) for row in found] == [("5%", "答")]


@corpus(
    case("二、主要目标\n（一）总量\n到2025年，产值达到20亿元。", row("20亿元", section="二、主要目标 > （一）总量")),
    case(
        "二、主要目标\n（一）总量\n产值达到20亿元。\n三、保障\n安排资金3亿元。",
        row("20亿元"),
        row("3亿元", section="三、保障"),
    ),
    case("（一）做强龙头企业。到2025年，企业达到300家。", row("300家", section="（一）做强龙头企业")),
    case("到2025年，产值达到20亿元。", row("20亿元", section="")),
)
def test_a_row_names_the_headings_above_it(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("主持人\n请王主任介绍。\n王建国\n全市现有企业20家。", row("20家", speaker="王建国")),
    case("市科技局局长李明：全市现有企业20家。", row("20家", speaker="李明（市科技局局长）")),
    case("答：全市现有企业20家。", row("20家", speaker="答")),
    case("全市现有企业20家。", row("20家", speaker="")),
)
def test_a_row_names_who_says_it(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "2027年集群产值超1200亿元！江州为生物医药产业划重点\n到2027年，集群产值达到1200亿元。",
        row("1200亿元", kind="target", year_to=2027, comparator="ge"),
        row("1200亿元", kind="target", year_to=2027, comparator="eq"),
    ),
)
def test_a_heading_that_repeats_a_number_has_a_row_too(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


def test_a_row_holds_its_sentence_and_the_rules_that_made_it(statements: Statements) -> None:
    [found] = statements("坚持稳中求进。\n到2025年，高新技术企业达到300家以上。全面推进。")
    assert found["sentence"] == "到2025年，高新技术企业达到300家以上。"
    assert {"unit.classifier", "comparator.at-least", "time.year"} <= set(found["rule"].split(";"))


@corpus(
    case("防火间距不应小于6米。", row("6米", comparator="ge", measure="level")),
    case("收费不得高于公办园标准的1.5倍。", row("1.5倍", comparator="le", measure="level")),
    case("补贴额按不超过同档产品上年市场销售均价的30%测算。", row("30%", comparator="le")),
    case("个人最高可申请30万元。", row("30万元", comparator="le"), title=GRANTS),
    case("高铁最高时速350公里。", row("350公里", comparator="eq")),
    case("列车可满足200万户家庭用电。", row("200万户", comparator="eq")),
    case("三年内不得申报项目。", row("三年", comparator="eq"), title=GRANTS),
    case("应当在三年内完成建设。", row("三年", comparator="le"), title=GRANTS),
    case(
        "10万元以上至20万元的部分报销65%。",
        row("10万元", comparator="ge"),
        row("20万元", comparator="le"),
        row("65%"),
        title=GRANTS,
    ),
    case("最高支付限额提高3000元。", row("3000元", comparator="eq", measure="increase"), title=GRANTS),
    case("物价涨幅控制在3%左右。", row("3%", comparator="approx", measure="increase")),
    case("产量2.96亿公斤，超过上年的2.12亿公斤。", row("2.96亿公斤"), row("2.12亿公斤", comparator="eq")),
    case("产量约占全国的八成。", row("八成", comparator="approx")),
)
def test_a_bound_is_found_where_it_is_said(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("平均用时从3天缩短为1天。", row("3天", measure="level"), row("1天", measure="level")),
    case("每年可节约标准煤36万吨。", row("36万吨", measure="level")),
    case("申报材料压减了六成。", row("六成", measure="decrease")),
    case("减轻群众用药负担90亿元。", row("90亿元", measure="decrease")),
    case("收购资金2300亿元，比上年多安排200亿元。", row("2300亿元"), row("200亿元", measure="increase")),
    case("参保人数1200人，同比多减300人。", row("1200人"), row("300人", measure="decrease")),
    case("职工工资平均涨幅为5.8%，再次超过5%。", row("5.8%", measure="increase"), row("5%", measure="increase")),
    case("主桥墩高193米。", row("193米", measure="level")),
    case("缴费基数低于月平均工资60%的，按60%核定。", row("60%", measure="level"), row("60%", measure="level"), title=GRANTS),
    case("人口自然增长率不高于7‰。", row("7‰", measure="level")),
    case("水质优良比例高于考核目标5个百分点以上。", row("5个百分点", measure="increase", comparator="ge")),
    case("城镇化率低于全国4个百分点左右。", row("4个百分点", measure="decrease", note="低于全国")),
    case(
        "经济增长1.6%，低于市场预期的2.5%，也低于上季度的3.4%。",
        row("1.6%", measure="increase"),
        row("2.5%", measure="increase", comparator="eq"),
        row("3.4%", measure="increase", comparator="eq"),
    ),
    case("经济增长4.1%，明年回升到4.3%。", row("4.1%", measure="increase"), row("4.3%", measure="increase")),
    case("失业率为5%，低于6%。", row("5%", measure="level"), row("6%", measure="level", comparator="le")),
)
def test_what_changes_is_told_from_what_is_reached(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("45岁以下青年科学家占40%。", row("45岁", kind="qualifier"), row("40%")),
    case("25户以上自然村通水泥路占比达到98%。", row("25户", kind="qualifier"), row("98%")),
    case("新建500千伏变电站2座。", row("500千伏", kind="qualifier"), row("2座")),
    case("引进总投资超10亿元项目15个。", row("10亿元", kind="qualifier"), row("15个")),
    case("5G应用已融入97个大类中的60个。", row("97个", kind="qualifier"), row("60个")),
    case("41个断面中有38个水质优良。", row("41个", kind="actual"), row("38个")),
    case("发布200项以上数字化标准以及100项以上绿色标准。", row("200项", kind="actual"), row("100项", kind="actual")),
)
def test_a_qualifier_narrows_a_count_or_a_share(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("厨余垃圾处理能力大幅提升，达到300吨。", row("300吨", indicator="厨余垃圾处理能力")),
    case(
        "汽车制造业增长15.2%，仪表制造业增速由负转正，增长2.7%。",
        row("15.2%", indicator="汽车制造业"),
        row("2.7%", indicator="仪表制造业"),
    ),
    case(
        "中选产品均价降至900元，与集采前采购价相比，降幅55%。",
        row("900元", indicator="中选产品均价"),
        row("55%", indicator="中选产品均价"),
    ),
)
def test_a_measure_that_a_clause_without_a_number_speaks_of_holds_for_the_next(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("法院受理案件450件，审结430件。", row("450件", indicator="受理案件"), row("430件", indicator="审结案件")),
    case("新开工公租房500套，建成300套。", row("500套", indicator="新开工公租房"), row("300套", indicator="建成公租房")),
    case("今年计划完工泵站40座，已完工22座。", row("40座"), row("22座", indicator="完工泵站")),
    case("高新技术企业300家，达到320家。", row("300家"), row("320家", indicator="高新技术企业")),
)
def test_another_deed_is_done_to_what_was_counted_last(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("跨境电商试点扩至165个。", row("165个", indicator="跨境电商试点", measure="level")),
    case("大豆单产提高到每亩133公斤。", row("133公斤", indicator="大豆单产")),
    case("果农人均增收两千元。", row("两千元", indicator="果农人均增收")),
    case("案件平均办理周期缩短12天。", row("12天", indicator="案件平均办理周期")),
    case("每张票价由380元降到198元。", row("380元", indicator="每张票价"), row("198元", indicator="每张票价")),
    case("网上商户中九成是小微企业。", row("九成", indicator="小微企业占网上商户比重")),
)
def test_the_plain_noun_phrase_is_kept_whole_and_clear_of_its_predicate(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "人均绿地面积12平方米，绿化覆盖率42%，到2025年两项指标将分别提高到13平方米和45%。",
        row("12平方米"),
        row("42%"),
        row("13平方米", indicator="人均绿地面积"),
        row("45%", indicator="绿化覆盖率"),
    ),
)
def test_a_pronoun_stands_for_what_has_such_a_unit(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "污水治理率（71%）、固体废物利用率（46%）等指标还有差距。",
        row("71%", indicator="污水治理率"),
        row("46%", indicator="固体废物利用率"),
    ),
    case("接待游客500万人次（增长8%）。", row("500万人次"), row("8%", indicator="接待游客")),
)
def test_a_number_in_brackets_is_of_the_noun_before_them(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("全国仍有4.6亿人每天生活费不足2美元。", row("4.6亿人", indicator="每天生活费不足2美元的人"), row("2美元")),
    case("确定的52项主要指标，有48项提前完成。", row("52项"), row("48项", indicator="提前完成的主要指标")),
    case("拥有A级景区71家，其中5A级3家、4A级26家。", row("71家"), row("3家"), row("26家", indicator="4A级景区")),
)
def test_members_of_what_was_counted_are_named_by_what_is_said_of_them(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "居民高血压知晓率不低于60%，治疗率和控制率分别不低于50%和22%。",
        row("60%", indicator="居民高血压知晓率"),
        row("50%", indicator="居民高血压治疗率"),
        row("22%", indicator="居民高血压控制率"),
    ),
)
def test_coordinated_bare_measures_share_the_owner_of_the_one_before(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("运动员将参加6个大项中71个小项的比赛。", row("6个"), row("71个", indicator="参加比赛的小项")),
    case("充电站支撑了超4000万辆汽车的充电需求。", row("4000万辆", indicator="支撑充电需求的汽车")),
    case("集市云集了近70家老字号的年货产品。", row("70家", indicator="老字号")),
    case("园区聚集了三十多家不同领域的智能企业。", row("三十多家", indicator="智能企业")),
)
def test_a_deed_is_done_to_what_the_things_counted_have(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "秘书处共收到226件议案。其中，代表团提出的28件，代表联名提出的198件。",
        row("226件"),
        row("28件", indicator="代表团提出的议案"),
        row("198件", indicator="代表联名提出的议案"),
    ),
    case("航线由16条增加到现在的148条。", row("16条"), row("148条", indicator="航线")),
)
def test_those_described_by_a_verb_are_of_what_was_counted_before(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("19岁小将王小山获得第五名。", row("19岁", indicator="小将王小山年龄")),
    case("王大山是小山的师父，58岁的他很少上台。", row("58岁", indicator="王大山年龄")),
    case("喷出的火山灰柱分别高达7000米和8000米。", row("7000米", indicator="喷出的火山灰柱高度"), row("8000米")),
    case("线路单条最长达80公里。", row("80公里", indicator="线路单条")),
)
def test_a_unit_or_a_verb_says_which_measure_of_a_thing_it_is(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "服务进出口总额8万亿元，其中，出口3万亿元。",
        row("8万亿元"),
        row("3万亿元", indicator="服务出口"),
    ),
    case("货物贸易进出口总额8万亿元，其中，出口3万亿元。", row("8万亿元"), row("3万亿元", indicator="出口")),
)
def test_each_half_of_trade_in_services_is_named_with_it(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("江北县在村口建起食堂，总投资500万元。", row("500万元", indicator="总投资")),
)
def test_where_something_is_done_owns_nothing(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "服务业用电量快速增长，合计对全社会用电量增长的贡献率达到50%。",
        row("50%", indicator="服务业用电量对全社会用电量增长的贡献率"),
    ),
    case("单产提升对增产的贡献率超过90%。", row("90%", indicator="单产提升对增产的贡献率")),
)
def test_what_contributes_is_named_by_the_clause_before(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("基地每年可向海湾地区输送超430亿千瓦时电能。", row("430亿千瓦时", indicator="每年输送电能")),
    case("平均每年有5000多家企业落户。", row("5000多家", indicator="平均每年落户的企业")),
    case("去年培育1096个数字化车间。", row("1096个", indicator="数字化车间")),
    case("古城以20个特色场景连接起历史与生活。", row("20个", indicator="特色场景")),
)
def test_what_is_done_every_day_or_year_is_said_with_it(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("海警开展专项行动，侦破走私案件2800余起，案值约83亿元。", row("2800余起"), row("83亿元", indicator="走私案件案值")),
    case("以军袭击多地 致8人死亡", row("8人", indicator="死亡人数")),
)
def test_a_measure_is_of_what_an_agent_deals_with(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "豚类已恢复至1426头，比2022年调查时增加177头。",
        row("1426头"),
        row("177头", indicator="豚类", year_to=2024),
        day="2024-06-30",
    ),
    case("客流量、营业额比去年假期同期分别增长2%、3%。", row("2%", indicator="客流量"), row("3%", indicator="营业额")),
    case("游客量同比去年增长15%。", row("15%", indicator="游客量", year_to=2024), day="2024-06-30"),
    case("生产效率翻倍；成本下降5%。", row("翻倍", indicator="生产效率", value=2.0), row("5%")),
    case(
        "2023年，工业利润增长5%。\n同时，外贸较快增长，进出口总额达到3万亿元。\n在监管方面，查处案件23起。\n新建学校3所。",
        row("5%", year_to=2023),
        row("3万亿元", year_to=2023),
        row("23起", year_to=2023),
        row("3所", year_to=2024),
        day="2024-06-30",
    ),
)
def test_times_of_bases_and_of_paragraphs_that_go_on(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "7月10日至12日，江州将举办博览会。博览会设展区6个。",
        row("6个", kind="target", year_to=2024),
        day="2024-06-30",
    ),
    case("博览会6月28日至7月2日举行，设展区6个。", row("6个", kind="actual", year_to=2024), day="2024-06-30"),
    case("项目力争9月底前全部开工。其中，灌区项目开工率达到90%。", row("90%", kind="actual"), day="2024-06-30"),
    case("展会将于10月举行，目前已有120家企业报名。", row("120家", kind="actual"), day="2024-06-30"),
    case("申报9月起受理。营业收入不低于500万元。", row("500万元", kind="provision"), title=GRANTS, day="2024-06-30"),
)
def test_a_day_to_come_in_the_same_year_makes_a_plan_of_what_is_said_of_it(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "2022年以后出生的婴幼儿，可申请3次补贴。全市发放补贴5万人。",
        row("3次", kind="provision", year_to=None),
        row("5万人", kind="actual", year_to=2024),
        title="江州育儿补贴已发放5万人",
        day="2024-06-30",
    ),
    case("补贴对象为常住人口。每孩3600元。", row("3600元", kind="provision"), title="江州市育儿补贴办法", day="2024-06-30"),
)
def test_a_headline_that_counts_names_no_genre(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "江北电网在5座大坝布设监测点120个。", row("5座", indicator="布设监测点的大坝"), row("120个", indicator="布设监测点")
    ),
    case("基地向46个国家出口茶叶1.2万吨。", row("46个", indicator="国家"), row("1.2万吨", indicator="出口茶叶")),
    case("江州对350个重点建设项目开展检查。", row("350个", indicator="重点建设项目")),
    case("江州新开工350个重点建设项目。", row("350个", indicator="重点建设项目")),
)
def test_behind_a_preposition_the_noun_ends_before_the_verb_of_the_clause(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("当地以2020年价格计产值增长5%。", row("5%", indicator="产值")),
    case("市监局对3家平台处以罚没款共计2亿元。", row("3家"), row("2亿元", indicator="平台罚没款")),
)
def test_an_adjunct_is_made_of_whole_words(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("系统平均可减少大型船舶5%—25%的燃油消耗。", row("5%—25%", indicator="大型船舶燃油消耗", measure="decrease")),
    case("67%的企业减少用工。", row("67%", indicator="减少用工的企业占比")),
    case("行动方案共26条举措。", row("26条", indicator="行动方案举措")),
    case("江州发行第三期150亿元地方债。", row("150亿元", indicator="发行地方债")),
    case(
        "江州新建1000个粮油千亩高产片和3个万吨级码头。",
        row("1000个", indicator="粮油千亩高产片"),
        row("千亩", kind="qualifier"),
        row("3个", indicator="万吨级码头"),
        row("万吨", kind="qualifier"),
    ),
    case("手中有3个亿，今年再投1个亿。", row("3个亿", value=3.0), row("1个亿")),
)
def test_an_object_has_its_owner_its_whole_and_its_size(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "云岭联网工程今天投产，该工程输电线路全长177公里。",
        row("177公里", indicator="云岭联网工程输电线路全长"),
    ),
    case("云岭蓄能项目开工。该项目上水库库容3000万立方米。", row("3000万立方米", indicator="云岭蓄能项目上水库库容")),
    case("24个平台服务项目670个，项目成功率达到五成。", row("24个"), row("670个"), row("五成", indicator="项目成功率")),
)
def test_a_thing_pointed_at_is_sought_in_its_own_sentence_too(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("海上风电基地加速推进。我国发电装机总规模达到40亿千瓦。", row("40亿千瓦", indicator="发电装机总规模")),
    case("海上风电基地加速推进。发电装机总规模达到40万千瓦。", row("40万千瓦", indicator="海上风电基地发电装机总规模")),
    case("水利部向河北、山西两省派出3个工作组。", row("3个", indicator="水利部工作组")),
    case("博览会吸引了来自15个国家的400家企业参展。", row("15个"), row("400家", indicator="参展的企业")),
    case("江州隧道今天贯通，最大埋深达75米，火山灰柱高达7000米。", row("75米", indicator="江州隧道最大埋深"), row("7000米")),
)
def test_who_and_where_own_only_what_is_theirs(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("我军摧毁80架无人机中的62架。", row("80架", kind="qualifier"), row("62架", indicator="摧毁无人机")),
    case("江州班列通达45个国家中的30个。", row("45个"), row("30个", indicator="江州班列通达国家")),
    case("新技术让每吨钢的能耗降低12%。", row("12%", indicator="每吨钢的能耗")),
    case("农村公路总里程464万公里，10年来新改建250万公里。", row("464万公里"), row("250万公里", indicator="新改建农村公路")),
    case(
        "指挥部将防汛应急响应提升至三级，调拨5万件救灾物资。",
        row("5万件", kind="actual", indicator="调拨救灾物资"),
    ),
    case("指挥部将调拨5万件救灾物资。", row("5万件", kind="target")),
)
def test_parts_of_a_whole_and_what_is_put_in_front(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("一季度出口增长5% 进口增长3%", row("5%", indicator="出口"), row("3%", indicator="进口")),
    case("全国汽车销量超700万辆 出口增长75%", row("700万辆", indicator="汽车销量"), row("75%", indicator="出口")),
    case("全国种植面积 4000万亩", row("4000万亩", indicator="种植面积")),
)
def test_a_blank_behind_a_number_parts_a_headline(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("规模以上企业利润去年下降13%，今年转而增长9%。", row("13%"), row("9%", indicator="规模以上企业利润")),
    case("穹顶总高8米，重280吨。", row("8米"), row("280吨", indicator="穹顶重")),
)
def test_an_adverb_or_a_lone_character_is_no_indicator(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("西岭省新建200个和美村庄。", row("200个", indicator="新建和美村庄")),
    case("新建12个车站和5个码头。", row("12个", indicator="新建车站"), row("5个", indicator="新建码头")),
)
def test_a_noun_may_begin_with_the_character_of_and(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "林小月在参加的四项比赛中夺得2金1银。",
        row("四项"),
        row("2金", indicator="林小月金牌"),
        row("1银", indicator="林小月银牌"),
    ),
    case(
        "王强以三届亚运会4金1银5枚奖牌的成绩结束生涯。",
        row("三届"),
        row("4金", indicator="王强金牌"),
        row("1银", indicator="王强银牌"),
        row("5枚", indicator="王强奖牌"),
    ),
    case("江国队在游泳项目上获得2金。", row("2金", indicator="江国队金牌")),
)
def test_medals_are_of_who_wins_them_and_not_of_the_event(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "江州展区设6个展馆，海州设3个，云州和平州各有1个。",
        row("6个"),
        row("3个", indicator="江州展区展馆"),
        row("1个", indicator="江州展区展馆"),
    ),
    case("全市公园30个，海州设有绿道5条。", row("30个"), row("5条", indicator="绿道")),
)
def test_a_place_has_some_of_what_was_counted_last(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "建成智能工厂30家、数字车间80个，分别占全省的12%和15%。",
        row("30家"),
        row("80个"),
        row("12%", indicator="智能工厂占全省比重"),
        row("15%", indicator="数字车间占全省比重"),
    ),
    case(
        "农业和服务业增加值分别占生产总值的10%和50%。",
        row("10%", indicator="农业增加值占生产总值比重"),
        row("50%", indicator="服务业增加值占生产总值比重"),
    ),
    case("建成智能工厂30家，占全省的12%。", row("30家"), row("12%", indicator="智能工厂占全省比重")),
)
def test_shares_in_one_whole_are_given_one_by_one(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("自贸区对东盟进出口2100亿元，其中，出口900亿元。", row("2100亿元"), row("900亿元", indicator="自贸区对东盟出口")),
    case("蔬菜产量达8亿吨，人均超过500公斤。", row("8亿吨"), row("500公斤", indicator="人均蔬菜产量")),
    case("社区食堂服务老人3万人，人均消费12元。", row("3万人"), row("12元", indicator="人均消费")),
)
def test_a_part_or_an_average_takes_over_the_rest_of_the_name(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("12家单位共同起草的地方标准正式实施。", row("12家", indicator="起草地方标准的单位")),
    case("在展会上，56家药企研发的新药获批。", row("56家", indicator="研发新药的药企")),
    case("工会为5000名职工提供的培训课程上线。", row("5000名", indicator="职工")),
    case("促成300多个项目签约。", row("300多个", indicator="签约的项目")),
    case("推动50家企业上市。", row("50家", indicator="上市的企业")),
    case("园区引进50家上市企业。", row("50家", indicator="上市企业")),
)
def test_what_those_counted_do_is_said_before_them(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("评选出10个江州市首次获奖的项目。", row("10个", indicator="江州市首次获奖的项目")),
    case("工厂新增了20个能自动避障、能识别货物的配送机器人。", row("20个", indicator="新增配送机器人")),
    case("全长3250米的交通洞掘进任务接近尾声。", row("3250米", indicator="交通洞全长")),
    case("飞船下降至8公里高度时打开降落伞。", row("8公里", indicator="飞船高度")),
)
def test_where_the_noun_behind_a_number_ends(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("公司股价开盘时跌破每股20元。", row("20元", indicator="公司股价")),
    case("港口能力持续攀升，带动海州对日本进出口值增长四成。", row("四成", indicator="对日本进出口值")),
    case("电网投资达到400亿元，创历史新高，投资总额增长40%。", row("400亿元"), row("40%", indicator="电网投资总额")),
    case("云岭大桥今天通车。大桥地处两江交汇处，全长5公里。", row("5公里", indicator="云岭大桥全长")),
    case("大桥设置双向8车道，设计时速60公里。", row("8车道", indicator="大桥双向车道"), row("60公里")),
    case("海州港吞吐量增长5%。", row("5%", indicator="海州港吞吐量")),
)
def test_what_stands_between_a_thing_and_its_number_is_no_part_of_its_name(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("已与22个共建“绿色通道”国家签署16个协定。", row("22个", indicator="共建“绿色通道”国家"), row("16个")),
    case(
        "与50多个友好城市签署了数字、绿色等领域的投资合作备忘录。",
        row("50多个", indicator="签署投资合作备忘录的友好城市"),
    ),
    case("全省31个市、县和江州建设兵团累计上传影像索引达3亿条。", row("31个"), row("3亿条", indicator="上传影像索引")),
    case("在地下220米的施工现场，工人正在作业。", row("220米", indicator="施工现场深度")),
)
def test_what_is_said_of_those_counted_leaves_out_what_describes_its_object(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("该项目带动就业3000人。", row("3000人", indicator="带动就业")),
    case("铁路经济带动就业1万人。", row("1万人", indicator="铁路经济带动就业")),
    case("海州三大机场运送旅客23万人次。", row("23万人次", indicator="三大机场运送旅客")),
    case("新能源企业实现营业收入30亿元。", row("30亿元", indicator="新能源企业营业收入")),
)
def test_what_somebody_does_stays_with_who_does_it_where_the_noun_needs_it(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "受监测的水库和湖泊水质优良率分别为90%和80%。",
        row("90%", indicator="受监测的水库水质优良率"),
        row("80%", indicator="受监测的湖泊水质优良率"),
    ),
    case(
        "伙伴占外贸的比重，继2021年突破50%后，2022年占比提升至52%。",
        row("50%", indicator="伙伴占外贸的比重", year_to=2021),
        row("52%", indicator="伙伴占外贸的比重", year_to=2022),
    ),
    case("80种产品中60种产量增长，增长面为75%。", row("80种"), row("60种"), row("75%", indicator="产品增长面")),
    case("2022年江州汽车产量再创新高\n2022年，产量超过300万辆。", row("300万辆", indicator="产量")),
)
def test_a_name_is_carried_with_its_description_and_without_its_time(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("国际油价突破每桶100美元。", row("100美元", comparator="ge")),
    case("猪肉价格跌破每公斤20元。", row("20元", comparator="le")),
    case("景区每天接待约3000人。", row("3000人", comparator="approx")),
)
def test_a_bound_holds_over_the_base_of_a_price(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "救援部门调拨帐篷2000顶、折叠床5000张支援灾区。",
        row("2000顶", indicator="调拨帐篷"),
        row("5000张", indicator="折叠床"),
    ),
    case("冲突已导致超过200万人流离失所。", row("200万人", indicator="流离失所人数")),
    case("目录已有1.3万家企业入库。", row("1.3万家", indicator="入库的企业")),
    case("财政支持150个重点水利工程建设。", row("150个", indicator="重点水利工程建设")),
    case(
        "江北120万亩棉田采用“滴灌”技术，出苗率为95%。", row("120万亩", indicator="棉田"), row("95%", indicator="棉田出苗率")
    ),
)
def test_a_verb_behind_what_is_counted_is_no_part_of_it(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("油茶带动400户村民增收，户均年增收1.2万元。", row("400户"), row("1.2万元", indicator="户均年增收")),
    case(
        "检察机关批准逮捕各类犯罪嫌疑人65万人，提起公诉140万人。",
        row("65万人", indicator="批准逮捕各类犯罪嫌疑人"),
        row("140万人", indicator="提起公诉"),
    ),
    case(
        "海上光伏项目由2934个光伏平台组成，总装机100万千瓦。",
        row("2934个"),
        row("100万千瓦", indicator="海上光伏项目总装机"),
    ),
)
def test_what_a_clause_leaves_out_is_not_taken_from_its_neighbours_whole(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("养殖平台长120米、宽45米。", row("120米", indicator="养殖平台长"), row("45米", indicator="养殖平台宽")),
    case(
        "道路运输完成客运量21亿人次，水路、民航分别完成3300万、9400万人次。",
        row("21亿人次"),
        row("3300万", indicator="水路运输客运量"),
        row("9400万人次", indicator="民航运输客运量"),
    ),
    case(
        "将基准利率下调25个基点至2%。", row("25个基点", measure="decrease"), row("2%", indicator="基准利率", measure="level")
    ),
    case(
        "全县12万亩脐橙进入采摘期，每亩产量2吨，总产值50亿元。",
        row("12万亩"),
        row("2吨"),
        row("50亿元", indicator="脐橙总产值"),
    ),
)
def test_what_one_number_says_of_a_thing_leaves_the_next_what_it_needs(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "大中型灌区累计灌溉农田2.1亿亩，供水量达到180亿立方米。",
        row("2.1亿亩"),
        row("180亿立方米", indicator="大中型灌区供水量"),
    ),
    case("1000多家商铺推出赛事周边产品。", row("1000多家", indicator="推出赛事周边产品的商铺")),
    case("布设上百条地震波接收线路。", row("百条", indicator="地震波接收线路")),
    case("全球约有7.3亿人面临饥饿。", row("7.3亿人", indicator="面临饥饿人数")),
    case("收到知识产权案件11万件，审结9万件。", row("11万件"), row("9万件", indicator="审结知识产权案件")),
    case("军方发射了400多架无人机和30枚导弹。", row("400多架", indicator="发射无人机"), row("30枚", indicator="发射导弹")),
)
def test_who_does_a_thing_and_what_is_done(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "江州、海州两地新房价格环比分别上涨0.3%、0.2%。",
        row("0.3%", indicator="江州新房价格"),
        row("0.2%", indicator="海州新房价格"),
    ),
    case("惠民活动核销率达62%，拉动消费2.1亿元。", row("62%"), row("2.1亿元", indicator="拉动消费")),
    case("另有20人失联。", row("20人", indicator="失联人数")),
)
def test_how_many_are_listed_is_no_part_of_each(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "全市对东盟出口增长8%，对拉美、非洲、欧盟分别增长16%、19%、10%。",
        row("8%", indicator="对东盟出口"),
        row("16%", indicator="对拉美出口"),
        row("19%", indicator="对非洲出口"),
        row("10%", indicator="对欧盟出口"),
    ),
    case(
        "民营企业、外资企业，进出口分别增长17%、16%。",
        row("17%", indicator="民营企业进出口"),
        row("16%", indicator="外资企业进出口"),
    ),
    case("全市进出口分别增长17%、16%。", row("17%", indicator="进口"), row("16%", indicator="出口")),
)
def test_growth_is_shared_out_to_partners_or_classes_before_it(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "登记志愿者12万人，常年参加服务的超3万人。",
        row("12万人"),
        row("3万人", indicator="参加服务的登记志愿者", comparator="ge"),
    ),
    case("新增个体工商户5万户，由大学生创办的近6000户。", row("5万户"), row("6000户", indicator="大学生创办的个体工商户")),
)
def test_those_of_the_things_counted_that_do_something_may_be_more_than_a_bound(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "昨天，首条航道建成。航标正在安装，计划12月全线通航。\n在江北县，大桥建设加紧进行，大桥全长4公里。",
        row("4公里", kind="actual"),
        day="2026-05-28",
        title="新闻联播",
    ),
)
def test_a_day_to_come_ends_with_its_paragraph(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "从2021年的3家到如今的28家，园区企业数量增长了8倍。",
        row("3家", indicator="园区企业数量", year_to=2021),
        row("28家", indicator="园区企业数量"),
        row("8倍", indicator="园区企业数量"),
        day="2026-03-01",
    ),
)
def test_a_sentence_that_begins_with_a_change_says_behind_it_what_changes(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("研发经费支出相当于全市生产总值的比例保持在4%左右。", row("4%", indicator="研发经费支出相当于全市生产总值的比例")),
    case("公路设计时速100公里，桥隧比达76%。", row("100公里"), row("76%", indicator="公路桥隧比")),
    case(
        "到2030年，水电和新能源装机分别超过1亿千瓦和2亿千瓦。",
        row("1亿千瓦", indicator="水电装机"),
        row("2亿千瓦", indicator="新能源装机"),
    ),
    case("展厅里有来自海外的3000件珍贵文物。", row("3000件", indicator="珍贵文物")),
)
def test_a_name_is_cut_neither_at_a_place_nor_in_a_word(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("全村有90多户种上了果树。", row("90多户", indicator="种上果树户数")),
    case("县财政安排30亿元资金，支持学校建设。", row("30亿元", indicator="县财政资金")),
)
def test_who_acts_and_what_is_done_tell_what_is_counted_where_no_noun_does(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "全省农民的纯收入将由一九八〇年的一百九十一元增加到一九八五年的二百五十五元。",
        row("一百九十一元", year_to=1980),
        row("二百五十五元", year_to=1985),
        day="1982-11-30",
    ),
    case(
        "去年，我们把2021年末一度出现的过热现象调整过来。社会总产值达到18亿元。",
        row("18亿元", year_to=2023),
        day="2024-02-01",
    ),
)
def test_what_is_put_in_front_takes_no_year_from_its_numbers_and_gives_none_to_others(
    case: Case, comes_out: ComesOut
) -> None:
    comes_out(case)
