"""What the numbers of rules measure: for whom, in which case, each of what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from cases import Case, case, corpus, row

from pipeline import Extractor
from pipeline.rows import target_rows

ComesOut = Callable[[Case], None]

DAY = date(2023, 6, 30)
TITLE = "江州市民生保障实施办法"


def measured(extractor: Extractor, text: str) -> list[tuple[str, str]]:
    """Each number of a rule with what it measures, in text order."""
    rows = target_rows(extractor.extract_text(text, DAY, TITLE), extractor.lexicon, extractor.units)
    return [(row["quote"], row["indicator"]) for row in rows]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "入住养老机构的重度失能老人，床位费标准为50元，基金支付比例为70%。",
            [("50元", "入住养老机构的重度失能老人床位费标准"), ("70%", "入住养老机构的重度失能老人基金支付比例")],
        ),
        (
            "（二）低保边缘家庭成员，年度起付标准为2000元，救助比例为60%。",
            [("2000元", "低保边缘家庭成员年度起付标准"), ("60%", "低保边缘家庭成员救助比例")],
        ),
        ("灵活就业人员参加职工医保的，缴费比例为8%。", [("8%", "灵活就业人员参加职工医保缴费比例")]),
        ("申请补贴的职工，单个项目补贴标准为500元。", [("500元", "单个项目补贴标准")]),
    ],
)
def test_a_topic_clause_says_for_whom_a_standard_is(
    extractor: Extractor, text: str, expected: list[tuple[str, str]]
) -> None:
    assert measured(extractor, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "1.技能提升补贴：符合条件的职工可以申请。初级不超过800元；高级不超过2000元。",
            [("800元", "初级技能提升补贴"), ("2000元", "高级技能提升补贴")],
        ),
        (
            "生育补贴：\n一孩家庭发放2000元，二孩家庭发放5000元。",
            [("2000元", "一孩家庭生育补贴"), ("5000元", "二孩家庭生育补贴")],
        ),
        (
            "护理服务待遇。待遇按等级确定：中度失能600元/月/人，重度失能1200元/月/人。",
            [("600元/月/人", "中度失能护理服务待遇"), ("1200元/月/人", "重度失能护理服务待遇")],
        ),
    ],
)
def test_a_label_names_what_the_numbers_below_it_are_of(
    extractor: Extractor, text: str, expected: list[tuple[str, str]]
) -> None:
    assert measured(extractor, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "起付线以上的部分，由居民医保基金按比例支付：一级医院85%、二级医院75%。",
            [("85%", "一级医院居民医保基金支付比例"), ("75%", "二级医院居民医保基金支付比例")],
        ),
        (
            "个人自付费用按以下比例救助：特困人员100%，低保对象80%。",
            [("100%", "特困人员救助比例"), ("80%", "低保对象救助比例")],
        ),
        ("按以下比例救助困难家庭。参保率达到95%。", [("95%", "参保率")]),
    ],
)
def test_shares_listed_behind_a_colon_are_of_the_deed_before_it(
    extractor: Extractor, text: str, expected: list[tuple[str, str]]
) -> None:
    assert measured(extractor, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("（二）怀孕满3个月不满7个月流产，产假42天。", "怀孕满3个月不满7个月流产产假"),
        ("职工工作已满10年不满20年的，年休假42天。", "职工工作已满10年不满20年年休假"),
        ("（四）难产的，增加产假42天。", "难产产假"),
    ],
)
def test_a_step_of_a_scale_is_the_case_of_a_leave(extractor: Extractor, text: str, expected: str) -> None:
    assert measured(extractor, text)[-1] == ("42天", expected)


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("对年满70周岁以上有就餐需求的户籍老年人给予补贴。", "户籍老年人"),
        ("70周岁以上老人、离休干部、残疾军人免费乘车。", "老人"),
        ("本办法所称老年人，是指年满70周岁以上具有本市户籍的公民。", "老年人"),
        ("对70周岁以上老年人的高龄津贴按月发放。", "老年人"),
        ("养老护理员应当不超过70周岁，身体健康。", "养老护理员"),
        ("津贴发放至本人子女70周岁止。", "本人子女"),
    ],
)
def test_an_age_is_that_of_the_person_behind_it_or_before_it(extractor: Extractor, text: str, whose: str) -> None:
    assert measured(extractor, text)[0] == ("70周岁", f"{whose}年龄")


def test_an_age_in_brackets_keeps_the_person_before_them(extractor: Extractor) -> None:
    assert measured(extractor, "法定代表人年龄不超过60周岁（女性不超过55周岁）。") == [
        ("60周岁", "法定代表人年龄"),
        ("55周岁", "法定代表人女性年龄"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("自取得营业执照之日起正常经营9个月以上的，可申请补贴。", "正常经营时间"),
        ("生活困难或者连续失业9个月以上的，可以提取。", "连续失业时间"),
        ("离校9个月内未就业高校毕业生（含技工院校毕业生）可以参加见习。", "未就业高校毕业生离校时间"),
        ("驻点工作期满9个月以上的研究人员可以落户。", "驻点工作期"),
        ("监控录像资料保存期限9个月以上。", "监控录像资料保存期限"),
    ],
)
def test_a_length_of_time_right_behind_a_verb_is_that_of_what_goes_on(
    extractor: Extractor, text: str, expected: str
) -> None:
    assert measured(extractor, text)[0] == ("9个月", expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("救助金额不超过当地低保标准3倍的，由乡镇审批。", [("3倍", "救助金额")]),
        ("家庭财产低于低保标准3倍的，认定为低收入家庭。", [("3倍", "家庭财产")]),
        ("每人只能申领一次补贴。", [("一次", "每人申领补贴次数")]),
    ],
)
def test_multiples_are_of_what_is_compared_and_times_of_the_deed(
    extractor: Extractor, text: str, expected: list[tuple[str, str]]
) -> None:
    assert measured(extractor, text) == expected


def test_several_grants_for_each_month_are_of_the_same_receiver(extractor: Extractor) -> None:
    assert measured(extractor, "对引进的博士每月给予生活补贴2000元、租房补贴1000元。") == [
        ("2000元", "引进的博士每月生活补贴"),
        ("1000元", "引进的博士每月租房补贴"),
    ]
    assert measured(extractor, "对企业每年奖励5万元、个人奖励1万元。") == [("5万元", "企业奖励"), ("1万元", "个人奖励")]


def test_a_limit_that_bounds_the_expenses_is_no_bound_of_the_share(extractor: Extractor) -> None:
    text = "起付标准以上、最高支付限额以下的医疗费用，三级医院报销84%。"
    rows = target_rows(extractor.extract_text(text, DAY, TITLE), extractor.lexicon, extractor.units)
    assert [(row["quote"], row["comparator"]) for row in rows] == [("84%", "eq")]


GRANTS = "江州市企业奖励办法"


@corpus(
    case(
        "话剧在省剧院首演的，一次性奖励人民币10万元；在市剧院首演的，一次性奖励人民币5万元。",
        row("10万元", indicator="话剧在省剧院首演一次性奖励"),
        row("5万元", indicator="话剧在市剧院首演一次性奖励"),
        title=GRANTS,
    ),
    case(
        "擅自占用堤防的，由水利部门给予警告，限期拆除；逾期不拆除的，处三千元罚款。",
        row("三千元", indicator="擅自占用堤防罚款"),
        title=GRANTS,
    ),
    case(
        "在河道倾倒垃圾的，处一千元罚款；造成堵塞的，处一万元罚款。占用盲道的，处二百元罚款；遗弃车辆的，处五百元罚款。",
        row("一千元", indicator="河道倾倒垃圾罚款"),
        row("一万元", indicator="河道倾倒垃圾造成堵塞罚款"),
        row("二百元", indicator="占用盲道罚款"),
        row("五百元", indicator="遗弃车辆罚款"),
        title=GRANTS,
    ),
    case(
        "对高校与企业共建的联合实验室，给予企业50万元奖励。",
        row("50万元", indicator="高校与企业共建的联合实验室奖励"),
        title=GRANTS,
    ),
    case("建立健全制度，给予单位50万元奖励。", row("50万元", indicator="单位奖励"), title=GRANTS),
    case(
        "对认定为重大技术装备（含智能制造装备）的企业，给予补助，最高不超过200万元。",
        row("200万元", indicator="重大技术装备的企业补助"),
        title=GRANTS,
    ),
)
def test_a_case_is_put_by_the_clauses_before_and_takes_from_the_case_before_it_what_was_said_for_both(
    case: Case, comes_out: ComesOut
) -> None:
    comes_out(case)


@corpus(
    case(
        "注册资本不低于1亿元，且地方财力贡献不低于3000万元。",
        row("1亿元", indicator="注册资本"),
        row("3000万元", indicator="地方财力贡献"),
        title=GRANTS,
    ),
    case(
        "统筹基金最高支付限额，职工不超过40万元，居民不超过20万元。",
        row("40万元", indicator="职工统筹基金最高支付限额"),
        row("20万元", indicator="居民统筹基金最高支付限额"),
        title=GRANTS,
    ),
    case(
        "对年收入50万元以上（含50万元）的管理人员给予奖励。",
        row("50万元", indicator="管理人员年收入"),
        row("50万元", indicator="管理人员年收入"),
        title=GRANTS,
    ),
    case(
        "对举报隐患的，奖励金额按照罚款金额的10%计算，最低奖励2000元，最高不超过20万元。",
        row("10%"),
        row("2000元", indicator="奖励金额"),
        row("20万元", indicator="奖励金额"),
        title=GRANTS,
    ),
)
def test_a_sum_with_a_bound_is_of_the_measure_before_it(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "话剧演出场次超过100场的，奖励20万元；超过200场的，奖励40万元。",
        row("100场", indicator="话剧演出场次"),
        row("20万元", indicator="话剧演出场次超过100场奖励"),
        row("200场", indicator="话剧演出场次"),
        row("40万元", indicator="话剧演出场次超过200场奖励"),
        title=GRANTS,
    ),
    case(
        "温室面积达到3000平方米的，给予200万元补助。",
        row("3000平方米"),
        row("200万元", indicator="补助"),
        title=GRANTS,
    ),
    case(
        "房屋为框架结构的，补偿标准为900元；晒坝，结构为水泥，补偿标准为40元。",
        row("900元", indicator="框架结构房屋补偿标准"),
        row("40元", indicator="水泥结构补偿标准"),
        title=GRANTS,
    ),
)
def test_the_number_of_a_case_belongs_to_its_name_where_the_cases_beside_it_vary_it(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case("在本市持续经营2年以上。", row("2年", indicator="持续经营时间", comparator="ge"), title=GRANTS),
    case("租房补贴累计发放不超过24个月。", row("24个月", indicator="租房补贴累计发放期限"), title=GRANTS),
    case("不动产登记压缩到3个工作日以内。", row("3个工作日", indicator="不动产登记"), title=GRANTS),
    case(
        "业主委员会应当自选举产生之日起三十日内，持有关材料向街道办事处备案。",
        row("三十日", indicator="备案时限"),
        title=GRANTS,
    ),
    case(
        "按话剧每场1000元、歌剧每场2000元，给予演出补贴。",
        row("1000元", indicator="话剧每场演出补贴"),
        row("2000元", indicator="歌剧每场演出补贴"),
        title=GRANTS,
    ),
)
def test_what_is_done_for_so_long_and_what_is_given_may_stand_on_either_side(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "电动自行车未按规定停放的，由公安机关按照下列规定处罚：\n（一）对个人处20元罚款；\n（二）对单位处40元罚款。",
        row("20元", indicator="电动自行车未按规定停放个人罚款"),
        row("40元", indicator="电动自行车未按规定停放单位罚款"),
        title=GRANTS,
    ),
    case(
        "有下列行为之一的，由公安机关处罚：\n（一）占用盲道的，处20元罚款。",
        row("20元", indicator="占用盲道罚款"),
        title=GRANTS,
    ),
)
def test_a_paragraph_puts_the_case_of_the_list_below_it(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)


@corpus(
    case(
        "三人及以上家庭配租建筑面积为65平方米；单身居民为35平方米。",
        row("三人", indicator="家庭人口", comparator="ge"),
        row("65平方米"),
        row("35平方米"),
        title="江州市公共租赁住房办法",
    ),
    case(
        "累计缴费年限满15年，其中本市实际缴费年限满10年的，停止缴费。",
        row("15年", indicator="累计缴费年限"),
        row("10年", indicator="本市实际缴费年限"),
        title="江州市医疗保险办法",
    ),
    case(
        "养老机构按护理型床位每张2万元、非护理型床位每张1万元给予建设补贴。",
        row("2万元", indicator="护理型床位每张建设补贴"),
        row("1万元", indicator="非护理型床位每张建设补贴"),
        title="江州市养老服务办法",
    ),
)
def test_a_case_is_how_many_how_long_or_of_which_kind(case: Case, comes_out: ComesOut) -> None:
    comes_out(case)
