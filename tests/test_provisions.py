"""What the numbers of rules measure: for whom, in which case, each of what."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline import Extractor
from pipeline.rows import target_rows

DAY = date(2023, 6, 30)
TITLE = "江州市民生保障实施办法"


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(Path(__file__).parent.parent / "rules")


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
