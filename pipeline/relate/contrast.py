"""Contrast: a noun that only says what sets it off from what was measured last, and takes the rest over from that."""

from __future__ import annotations

from pipeline import regex
from pipeline.relate.lexicon import Lexicon
from pipeline.relate.reference import measure_of

EACH_HAS = regex.compile(r"(?:平均)?每.{1,12}?[拥占]?有")
_TERM = regex.compile("[年月]期$")
"""1年期: a kind, not a length of time."""
_SHORT_NAME = 10
_RATE = regex.compile(r"(?<=\p{Han}{2})(?:\p{Han}{2}化|\p{Han}{2})率$")
_AVERAGE = regex.compile(r"^(?P<who>.*?)(?P<average>(?:日|月|周|年|平均每[天日月年])均|平均每[天日月年]|单日)$")
_HEAD = regex.compile("[人户亩村校床]均")


def average_of(noun: str, last: str) -> str:
    """``累计发送旅客2亿人次，日均286万人次``: 日均 with what was counted; with its own owner in ``铁路日均``."""
    match = _AVERAGE.match(noun)
    if not match or not last:
        return ""
    return str(match["who"] + match["average"]) + str(regex.sub(r"^.*?[日月周年]均", "", last))


def on_average(name: str, text: str) -> str:
    """``农民的纯收入，平均每人达到3万元`` → 农民平均每人纯收入: with the each that ``text`` has before the number.

    It stands in the name where the text has it; a name that says another each has this one in its place.
    """
    each = _ON_AVERAGE.search(text)
    if not each or not name or each["each"] in name:
        return name
    if _ON_AVERAGE.search(name):
        return str(_ON_AVERAGE.sub(each[0], name))
    before, behind = text[: each.start()], text[each.end() :]
    cut = 0 if name in before else next((size for size in range(len(name) - 1, 1, -1) if name[:size] in before), 0)
    owner, linked, measure = name.rpartition("的")
    if not cut and linked and len(measure) > 1 and measure not in behind:
        return owner + each[0] + measure
    return name[:cut] + each[0] + name[cut:]


_ON_AVERAGE = regex.compile(r"平均(?P<each>每(?:[人户家村亩]|公顷|名\p{Han}{2}|个\p{Han}{2}))")


def opposite_of(word: str, last: str) -> str:
    """``银行结汇1.6万亿元，售汇1.5万亿元``, ``生猪存栏268万头，出栏391万头``: the other half of a pair of words."""
    if word and word in _SIZES and last[-1:] in _SIZES:
        return last[:-1] + word  # 平台长120米、宽45米
    pair = len(word) == 2 and len(last) > 3 and last[-1] == word[-1] and last[-2] != word[-2]
    return last[:-2] + word if pair else ""


def part_in_same(noun: str, last: str) -> str:
    """``二产占生产总值的比重…，三产所占比重47%`` → 三产占生产总值比重: the whole is that of the share before."""
    part, whole = _HELD.fullmatch(noun), _WHOLE.search(last)
    return part["part"] + whole[0] if part and whole and part["part"] not in last else ""


_HELD = regex.compile(r"(?P<part>[^的，。；、]{2,12}?)(?:所占的?|的)(?:比重|比例|份额)")
_WHOLE = regex.compile(r"(?:占|在(?=.+中))[^，。；]{2,16}?(?:的?(?:比重|比例|份额))$")


_SIZES = tuple("长宽高深厚重")
_TRADE = regex.compile(r"(?P<what>\p{Han}{2,20})进出口(?:总额|总值|规模)?")
_TRADE_AT_ALL = ("贸易", "外贸", "货物", "商品", "全国")


def half_of_trade(noun: str, last: str) -> str:
    """``服务进出口总额8万亿元，其中，出口3万亿元`` → 服务出口: of trade in one kind of thing each half is named with it."""
    match = _TRADE.fullmatch(last) if noun in ("出口", "进口") else None
    return match["what"] + noun if match and not match["what"].endswith(_TRADE_AT_ALL) else ""


def contrasted(noun: str, last: str, part: bool, lexicon: Lexicon) -> str:
    """``水果产量94.6万吨，其中蓝莓4.1万吨``: 蓝莓 takes the place of 水果 in 水果产量.

    A word that only says which part comes between: 一期 in 基地装机120万千瓦，一期40万千瓦; a term stands before what has
    it: 3年期 before 国债.
    What both names end in shows what is set off: 城镇居民 in 居民人均可支配收入, 售汇 in 银行结汇, 秋粮 in 夏粮产量.

    Args:
        noun: the noun before the number, which measures nothing itself.
        last: the indicator of the number before it that has a unit of the same kind.
        part: whether the text or the unit says that the two are measured alike; else both names must end alike.

    Returns:
        The indicator, or an empty string where the two are no siblings.
    """
    rate = _RATE.search(last)
    measure = measure_of(last, lexicon) or (rate[0] if rate else "")
    owner = last[: len(last) - len(measure)]
    if part and noun in lexicon.parts:
        for other in lexicon.parts:
            owner = owner.replace(other, "")
        return owner + noun + measure if owner and measure else last
    measured = lexicon.rate_suffix.search(noun) or noun[-1] in lexicon.measure_ends or measure_of(noun, lexicon)
    if (
        (measured and not _TERM.search(noun))
        or "的" in noun
        or noun in last
        or (measure and measure[:2] in noun)
        or (noun.endswith(lexicon.complete) and not (part and noun in lexicon.goods))
        or noun.startswith(tuple(lexicon.kept_verbs))
    ):
        return ""
    if not measure and part and _TERM.search(noun) and len(last) <= _SHORT_NAME:
        return noun + (last[2:] if lexicon.is_deed(last) else last)
    if not measure and (base := EACH_HAS.match(last)):
        return str(base[0]) + noun  # 平均每人占有粮食800斤，棉花10斤
    if not measure:
        return next((deed + noun for deed in lexicon.kept_verbs if last.startswith(deed) and last != deed), "")
    for size in range(min(len(noun), len(owner)), 1, -1):
        at = owner.find(noun[-size:])
        if at >= 0:
            return noun + owner[at + size :] + measure
    return noun + measure if part else ""
