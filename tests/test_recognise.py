"""Recognition: which stretch of a text is a number with its unit, which is a time, and which numerals state nothing.

Each test is a construction of the language with short sentences, and the quotes, values and units that must come out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from cases import Case, case, corpus, row

from pipeline.pipeline import Extractor

ComesOut = Callable[[Case], None]
Explained = Callable[..., dict[str, Any]]


@corpus(
    case("全市共有企业300家。", row("300家", value=300, unit="家")),
    case("完成投资86.5亿元。", row("86.5亿元", value=86.5, unit="亿元")),
    case("粮食产量1.4万亿斤。", row("1.4万亿斤", value=1.4, unit="万亿斤")),
    case("风电装机达到700万千瓦。", row("700万千瓦", value=700, unit="万千瓦")),
    case("年供水能力2.4亿立方米。", row("2.4亿立方米", value=2.4, unit="亿立方米")),
    case("研发投入强度达到2.8%。", row("2.8%", value=2.8, unit="%")),
    case("出生率为5.6‰。", row("5.6‰", value=5.6, unit="‰")),
    case("失业率下降0.3个百分点。", row("0.3个百分点", value=0.3, unit="个百分点")),
    case("细颗粒物平均浓度降至30微克/立方米。", row("30微克/立方米", value=30, unit="微克/立方米")),
    case("供电煤耗降至302克标准煤/千瓦时。", row("302克标准煤/千瓦时", value=302, unit="克标准煤/千瓦时")),
    case("算力规模达到8EFLOPS。", row("8EFLOPS", value=8, unit="EFLOPS")),
    case("实际利用外资4亿美元。", row("4亿美元", value=4, unit="亿美元")),
    case("人均预期寿命79.5岁。", row("79.5岁", value=79.5, unit="岁")),
    case("办理时限压缩至3个工作日。", row("3个工作日", value=3, unit="个工作日")),
    case("接待游客1500万人次。", row("1500万人次", value=1500, unit="万人次")),
    case("高标准农田新增22万亩。", row("22万亩", value=22, unit="万亩")),
)
def test_a_quantity_is_a_numeral_with_its_whole_unit(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("中小微企业达到三千家。", row("三千家", value=3000, unit="家")),
    case("安排资金一千二百亿元。", row("一千二百亿元", value=1200, unit="亿元")),
    case("投放贷款八亿六千万元。", row("八亿六千万元", value_si=860_000_000)),
    case("补贴标准为每人每年四千元。", row("四千元", value=4000, unit="元")),
    case("新建学校两所。", row("两所", value=2, unit="所")),
    case("惠及群众十五万人。", row("十五万人", value=15, unit="万人")),
    case("建成公租房一万二千套。", row("一万二千套", value=12_000, unit="套")),
)
def test_a_chinese_numeral_counts_like_an_arabic_one(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("全年专利授权１，０３５件。", row("１，０３５件", value=1035, unit="件")),
    case("增长７．５％。", row("７．５％", value=7.5, unit="%")),
    case("工业总产值1,250.6亿元。", row("1,250.6亿元", value=1250.6, unit="亿元")),
    case("工业企业 300 家。", row("300 家", value=300, unit="家")),
    case("增长 9.3 %。", row("9.3 %", value=9.3, unit="%")),
    case("全市共有企业30\u200b0家。", row("30\u200b0家", value=300, unit="家")),
)
def test_a_quote_is_what_the_source_has_and_a_value_what_it_means(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("地区生产总值增长5%—6%。", row("5%—6%", value=5, value_high=6, unit="%")),
    case("地区生产总值增长5—6%。", row("5—6%", value=5, value_high=6, unit="%")),
    case("收入增长7%-8%。", row("7%-8%", value=7, value_high=8, unit="%")),
    case("建设示范区3至5个。", row("3至5个", value=3, value_high=5, unit="个")),
    case("培育领军企业300—400家。", row("300—400家", value=300, value_high=400, unit="家")),
    case("新增城镇人口30万至35万人。", row("30万至35万人", value=30, value_high=35, unit="万人")),
    case("总投资8000万至1.2亿元。", row("8000万至1.2亿元", value=0.8, value_high=1.2, unit="亿元")),
    case("气温下降6～8℃。", row("6～8℃", value=6, value_high=8, unit="℃")),
    case("引进团队二至三个。", row("二至三个", value=2, value_high=3, unit="个")),
    case("见习期限为3到12个月。", row("3到12个月", value=3, value_high=12, unit="个月")),
)
def test_a_range_is_one_quote_with_a_lower_and_an_upper_end(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("负氧离子浓度高，气温-5℃。", row("-5℃", value=-5, value_high=None, unit="℃")),
    case("出口下降，增速为-0.5%。", row("-0.5%", value=-0.5, value_high=None, unit="%")),
)
def test_a_minus_sign_is_not_a_range(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "专精特新、瞪羚、单项冠军企业分别有33、8、4家。",
        row("33", value=33, unit="家"),
        row("8", value=8, unit="家"),
        row("4家", value=4, unit="家"),
    ),
    case(
        "2024年、2025年、2026年分别达到6800、7300、7860亿元。",
        row("6800", value=6800, unit="亿元"),
        row("7300", value=7300, unit="亿元"),
        row("7860亿元", value=7860, unit="亿元"),
    ),
    case("城市、县城道路分别新建12和8条。", row("12", value=12, unit="条"), row("8条", value=8, unit="条")),
)
def test_numbers_that_share_a_unit_each_have_it(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("全市共有企业1600多家。", row("1600多家", value=1600, unit="家", comparator="ge")),
    case("累计投资1600多亿元。", row("1600多亿元", value=1600, unit="亿元", comparator="ge")),
    case("吸纳就业1.2万余人。", row("1.2万余人", value=1.2, unit="万人", comparator="ge")),
    case("帮助三千余户企业。", row("三千余户", value=3000, unit="户", comparator="ge")),
    case("建成厂房八百余万平方米。", row("八百余万平方米", value=800, unit="万平方米", comparator="ge")),
    case("工期缩短两个多月。", row("两个多月", value=2, unit="个月", comparator="ge")),
)
def test_an_infix_belongs_to_the_quote_and_makes_the_number_a_lower_bound(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("能耗下降三分之一。", row("三分之一", value=33.33, unit="%")),
    case("合计超过电力装机的四分之一。", row("四分之一", value=25, unit="%")),
    case("三分之二以上的中小企业完成改造。", row("三分之二", value=66.67, unit="%")),
    case("合格率达到百分之九十五。", row("百分之九十五", value=95, unit="%")),
    case("误差为千分之三。", row("千分之三", value=0.3, unit="%")),
    case("九成以上的行政村通公交。", row("九成", value=90, unit="%")),
    case("贷款增长两成多。", row("两成多", value=20, unit="%", comparator="ge")),
    case("市级财政承担六成。", row("六成", value=60, unit="%")),
    case("竣工率达到7成5。", row("7成5", value=75, unit="%")),
    case("一半以上的规模以上企业建有研发机构。", row("一半", value=50, unit="%")),
    case("半数以上的企业已经上云，共300家。", row("半数", value=50, unit="%"), row("300家")),
    case("发电量占比超过一半。", row("一半", value=50, unit="%")),
)
def test_fractions_tenths_and_halves_are_percentages(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("产值翻一番。", row("翻一番", value=2, unit="倍", measure="increase")),
    case("收入翻了两番。", row("翻了两番", value=4, unit="倍", measure="increase")),
    case("规模翻了一番。", row("翻了一番", value=2, unit="倍", measure="increase")),
    case("产能是原来的1.6倍。", row("1.6倍", value=1.6, unit="倍", measure="level")),
    case("设备连接数增长1.5倍。", row("1.5倍", value=1.5, unit="倍", measure="increase")),
    case("规模增长了两倍。", row("两倍", value=2, unit="倍", measure="increase")),
)
def test_doubling_and_multiples_have_the_unit_times(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("营业收入突破千亿元。", row("千亿元", value=1000, unit="亿元", comparator="ge")),
    case(
        "服务上亿群众，满意度95%。",
        row("亿", value=1, unit="亿", comparator="ge"),
        row("95%"),
    ),
    case("引进投资亿元以上项目20个。", row("亿元", value=1, unit="亿元"), row("20个", value=20)),
    case("培育2个千亿级产业集群。", row("2个", value=2), row("千亿", value=1000, unit="亿")),
    case("带动百亿级产值。", row("百亿", value=100, unit="亿")),
    case("规划百万千瓦级风电基地3个。", row("百万千瓦", value=100, unit="万千瓦"), row("3个", value=3)),
    case("市场规模达到万亿级。", row("万亿", indicator="市场规模")),
    case("全市人口突破千万。", row("千万", value=1000, unit="万")),
)
def test_a_bare_magnitude_is_a_number_after_words_that_ask_for_one(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("项目通行时间缩短至一个半小时。", row("一个半小时", value=1.5, unit="小时")),
    case("工期为两年半。", row("两年半", value=2.5, unit="年")),
    case("材料3份，半个工作日办结。", row("3份"), row("半个工作日", value=0.5, unit="个工作日")),
    case(
        "材料3份，办理时间压缩至半个工作日。",
        row("3份"),
        row("半个工作日", value=0.5, unit="个工作日"),
    ),
    case(
        "半个工作日办结。",
        row("半个工作日", value=0.5, unit="个工作日"),
    ),
    case(
        "半数以上的企业已经上云。",
        row("半数", value=50, unit="%"),
    ),
)
def test_a_half_after_or_before_a_unit_counts(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@pytest.mark.parametrize(
    ("text", "quote", "reason"),
    [
        ("会议于3月5日召开。", "3月5日", "日期"),
        ("根据2023年的安排推进。", "2023年", "日期"),
        ("落实“十四五”规划。", "“十四五”", "日期"),
        ("第三季度形势平稳。", "第三季度", "日期"),
        ("根据云政发〔2023〕15号文件执行。", "云政发〔2023〕15号", "文号"),
        ("根据国发[2010]32号文件执行。", "国发[2010]32号", "文号"),
        ("执行GB/T 23001标准。", "GB/T 23001", "文号"),
        ("咨询电话：0530-5628114。", "电话：0530-5628114", "电话"),
        ("第十五条　本办法由财政局解释。", "第十五条", "条款号"),
        ("第二章　主要目标", "第二章", "条款号"),
        ("一是抓好落实。", "一是", "序号"),
        ("1.升级信息网络。", "1.", "序号"),
        ("（二）主要任务。", "（二）", "序号"),
        ("总量居全国第3位。", "第3位", "序数"),
        ("推荐第一批示范县。", "第一批", "序数"),
        ("引进世界500强企业。", "世界500强", "序数"),
        ("建设三级公路。", "三级", "等级"),
        ("构建“一港四园”格局。", "“一港四园”", "名称"),
        ("构建“5+2”产业体系。", "“5+2”", "名称"),
        ("发展5G产业。", "5G", "名称"),
        ("印发《加快培育20条产业链的意见》。", "《加快培育20条产业链的意见》", "名称"),
        ("实施三年行动计划。", "三年行动计划", "名称"),
        ("建设长三角一体化示范区。", "长三角", "名称"),
        ("轨道交通1号线开工。", "1号线", "名称"),
        ("打造一批龙头企业。", "一批", "泛指"),
        ("建设一个更加开放的体系。", "一个", "泛指"),
        ("聚焦七大产业。", "七大", "计数"),
        ("推进以下五项重点任务。", "五项重点任务", "计数"),
        ("从三个方面发力。", "三个方面", "计数"),
        ("水泥按1:2:3拌和。", "1:2:3", "比例"),
        ("走访几十户群众。", "几十户", "约数"),
        ("粮食连续四年增产。", "连续四年", "时长"),
        ("统一部署，千方百计。", "千方百计", "名称"),
        ("统一规划各项工作。", "一", "词语"),
        ("详见https://example.org/2023/07。", "https://example.org/2023/07", "网址"),
    ],
)
def test_a_numeral_that_states_nothing_is_left_with_its_reason(
    text: str, quote: str, reason: str, explained: Explained
) -> None:
    found = explained(text)
    assert found["statements"] == []
    assert reason in [row["reason"] for row in found["residue"] if quote in row["quote"]]


@pytest.mark.parametrize(
    "text",
    [
        "建设万里碧道。",
        "五谷丰登，六畜兴旺。",
        "三农工作再上台阶。",
        "一心一意谋发展。",
        "百年大计，教育为本。",
        "四川省与九江市签约。",
        "国家211工程高校。",
        "推动千行百业数字化。",
        "落实双碳目标。",
        "做到一网通办、一次办好。",
        "百尺竿头，更进一步。",
        "确保万无一失。",
        "第十四届全国人民代表大会第二次会议",
        "党的二十大和二十届三中全会",
        "三中全会精神",
        "深化“一枚印章管审批”改革。",
        "五一假期和十一黄金周",
        "本办法自2024年9月1日起施行。",
        "江州市政府工作报告（2022年1月12日）",
        "三次产业协同发展。",
        "三年完成全部任务。",
    ],
)
def test_names_idioms_and_dates_are_no_statements(text: str, explained: Explained) -> None:
    assert explained(text)["statements"] == []


@pytest.mark.parametrize(
    ("text", "day", "quote", "years"),
    [
        ("到2025年", "2023-06-30", "到2025年", (None, 2025)),
        ("2023年底", "2024-06-30", "2023年底", (None, 2023)),
        ("截至2023年9月底", "2024-06-30", "截至2023年9月底", (None, 2023)),
        ("2016—2020年", "2021-03-05", "2016—2020年", (2016, 2020)),
        ("2024-2026年", "2024-03-11", "2024-2026年", (2024, 2026)),
        ("“十四五”期间", "2023-06-30", "“十四五”期间", (2021, 2025)),
        ("“十三五”时期", "2023-06-30", "“十三五”时期", (2016, 2020)),
        ("到“十四五”末", "2023-06-30", "到“十四五”末", (None, 2025)),
        ("今年", "2022-01-12", "今年", (None, 2022)),
        ("今年上半年", "2022-08-01", "今年上半年", (None, 2022)),
        ("去年", "2022-01-12", "去年", (None, 2021)),
        ("前年", "2022-01-12", "前年", (None, 2020)),
        ("明年", "2022-01-12", "明年", (None, 2023)),
        ("过去五年", "2021-03-05", "过去五年", (2016, 2020)),
        ("今后五年", "2021-03-05", "今后五年", (2021, 2025)),
        ("未来三年", "2024-06-30", "未来三年", (2024, 2026)),
        ("2013年以来", "2024-06-24", "2013年以来", (2013, 2024)),
        ("自2018年以来", "2023-11-08", "自2018年以来", (2018, 2023)),
        ("党的十八大以来", "2023-11-08", "党的十八大以来", (2012, 2023)),
        ("改革开放以来", "2018-12-18", "改革开放以来", (1978, 2018)),
        ("前三季度", "2024-10-20", "前三季度", (None, 2024)),
        ("上半年", "2023-07-18", "上半年", (None, 2023)),
        ("1—9月", "2024-10-27", "1—9月", (None, 2024)),
        ("截至目前", "2023-06-30", "截至目前", (None, 2023)),
        ("二〇三五年", "2023-06-30", "二〇三五年", (None, 2035)),
        ("到本世纪中叶", "2023-06-30", "到本世纪中叶", (None, 2050)),
    ],
)
def test_a_time_is_the_years_that_it_means_seen_from_the_document(
    text: str, day: str, quote: str, years: tuple[int | None, int], explained: Explained
) -> None:
    from datetime import date

    mentions = explained(f"{text}，全市新增企业20家。", date.fromisoformat(day))["mentions"]
    times = [(m["quote"], (m["year_from"], m["year_to"])) for m in mentions if m["type"] == "time"]
    assert times == [(quote, years)]


def test_a_time_that_is_relative_to_a_document_without_date_has_no_years(explained: Explained) -> None:
    [time] = [m for m in explained("今年新增企业20家。", None)["mentions"] if m["type"] == "time"]
    assert (time["quote"], time["year_from"], time["year_to"]) == ("今年", None, None)


def test_mentions_hold_every_number_statement_or_not_with_its_value(explained: Explained) -> None:
    mentions = explained("根据第3次会议精神，到2025年建成5G基站2000个。")["mentions"]
    assert [(m["quote"], m["value"], m["unit"]) for m in mentions if m["type"] != "time"] == [
        ("第3次", 3, ""),
        ("5G", 5, ""),
        ("2000个", 2000, "个"),
    ]


@corpus(
    case("全市耕地面积1 200万亩。", row("1 200万亩", value=1200, unit="万亩")),
    case("参训人员12 000人次。", row("12 000人次", value=12000, unit="人次")),
    case("项目一期投资8个亿。", row("8个亿", value=8, unit="亿")),
    case("气温降至零下12℃。", row("零下12℃", value=-12, unit="℃")),
    case("企业减负8200万元。", row("8200万元", value=8200)),
    case("事故死亡人数为零。", row("零", value=0)),
    case(
        "建成五六个园区，三四百家企业入驻。",
        row("五六个", value=5, value_high=6),
        row("三四百家", value=300, value_high=400),
    ),
    case("队员年龄十七八岁。", row("十七八岁", value=17, value_high=18, unit="岁")),
    case("降水量偏多1到2成。", row("1到2成", value=10, value_high=20, unit="%")),
    case("费率为百分之五到百分之六。", row("百分之五到百分之六", value=5, value_high=6, unit="%")),
    case("铅球投出12米41。", row("12米41", value=12.41, unit="米")),
)
def test_numbers_are_read_as_they_are_said(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("储备黄金32万盎司、外汇90亿澳门元。", row("32万盎司", unit="万盎司"), row("90亿澳门元", unit="亿澳门元")),
    case("缴费基数下浮50BP。", row("50BP", unit="BP")),
    case("放流鱼苗300樘，配备摄像头36路。", row("300樘", unit="樘"), row("36路", unit="路")),
    case("更新设备1.2万台（套）。", row("1.2万台（套）", unit="万台（套）")),
    case("调用卫星300余颗次。", row("300余颗次", unit="颗次", comparator="ge")),
    case("仍有55.6万人生活困难，46.2万户用户停电。", row("55.6万人", unit="万人"), row("46.2万户", unit="万户")),
    case("人均公园绿地面积15㎡，水深12m。", row("15㎡", unit="㎡", unit_si="m^2"), row("12m", unit="m", unit_si="m")),
    case("风力7至8级。", row("7至8级", unit="级")),
    case("股价由300降，成交量萎缩。", row("300", unit="")),
)
def test_units_are_an_open_class(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("受理之日起15日内办结。", row("15日", value=15, unit="日", comparator="le")),
    case("应当提前15日公示，公示期不少于7日。", row("15日"), row("7日", comparator="ge")),
    case("保存期为90日。", row("90日", value=90)),
    case("办理时限由法定30日缩短为7日。", row("30日"), row("7日")),
    case("申请人半年内自费出境的，不予受理。", row("半年", value=0.5, unit="年")),
    case("采回2000克样品。", row("2000克", value=2000)),
    case("截至15日，新增企业20家。", row("20家")),
    case("7日内蒙古降温8℃。", row("8℃")),
    case("2000年代建成园区3个。", row("3个")),
)
def test_a_length_of_time_is_no_date(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


def test_what_a_unit_needs_before_it_may_be_part_of_a_name(extractor: Extractor) -> None:
    text = "A1百凾以上。"
    assert [text[m.start : m.end] for m in extractor.extract_text(text).recognised.quantities] == ["百凾"]
