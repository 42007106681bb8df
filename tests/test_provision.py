"""Rules: for whom or in which case their numbers hold, each of what, and what is measured."""

from __future__ import annotations

from collections.abc import Callable

from cases import Case, case, corpus, row

ComesOut = Callable[[Case], None]

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
