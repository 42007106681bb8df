"""Reference: what a noun is of, where the text points back or leaves the owner out."""

from __future__ import annotations

from functools import lru_cache

from pipeline import regex
from pipeline.relate.lexicon import Lexicon
from pipeline.relate.reading import Reading

_GOAL_END = regex.compile("(?:预期)?(?:目标)?$")
_POINTING = regex.compile(r"(?:该|这(?!样)一?|此)(?:[条座个趟家次种所届批台艘架款列支]|项(?!目))?(?P<rest>\p{Han}{2,12})$")
_NO_THING = regex.compile(r"^(?:[从到由每]|对(?!外)|在(?!建)|[年月日]产(?![业品]))|一\p{Han}$")
"""What is left of a phrase without its noun: 到量产, 建设一座; or a deed with its rate: 年产汽车."""
_NOUNS_KEPT = 1 << 12
_TWO_CHARACTERS = regex.compile(r"\p{Han}{2}")
_BEFORE_NAME = regex.compile(r"[是在的了由对把将于]|启动|开工|位于|记者|发布|目前")


def without_rate(noun: str, lexicon: Lexicon) -> str:
    """居民消费价格涨幅 → 居民消费价格, 用电量快速增长 → 用电量; 经济增速 stays, for 经济 alone says nothing."""
    bare = str(lexicon.rate_end.sub("", noun))
    if bare != noun and bare[-2:] in lexicon.adverbs and len(bare) > 4:
        bare = bare[:-2]
    return _GOAL_END.sub("", noun) if 0 < len(bare) < 3 else bare


def referent(reading: Reading, noun: str, lexicon: Lexicon) -> str:
    """``该电站总装机容量`` → the last longer name that ends in 电站, with the head; empty where there is none."""
    pointing = _POINTING.match(noun)
    match = pointing and lexicon.named_with_rest.match(pointing["rest"])
    if not match:
        match = pointing and lexicon.name_with_head.match(pointing["rest"])
    if not match:
        match = lexicon.project_with_head.match(noun)
    if not match:
        return ""
    name, head = match["name"], match["head"] or ""
    start, end = reading.sentence.start, reading.sentence.end
    at = max(start, reading.text.find(noun, start, end)) if pointing else start
    before = reading.text[max(0, start - 400) : at]
    names = regex.findall(rf"[\p{{Han}}A-Za-z\d“”]{{2,16}}?{regex.escape(name)}", before)
    if not names:
        return name + head
    full = _BEFORE_NAME.split(names[-1])[-1]
    return (full if len(full) > len(name) else name) + head


def is_relational(noun: str, lexicon: Lexicon) -> bool:
    """Whether a noun says nothing without its owner: 产值, 年度计划投资, 获贷率, 成交额, 投入强度.

    It is the name of a measure, with nothing before it but what is done, a time or a degree.
    """
    known = noun in lexicon.standalone or noun.startswith(lexicon.averages)
    return not known and lexicon.is_measure(noun)


def can_own(noun: str, lexicon: Lexicon) -> bool:
    """Whether a subject can be what a relational noun is of: not who reports, a time, a place or the state of things."""
    return (
        len(noun) > 1
        and noun not in lexicon.places
        and noun not in lexicon.head_modifiers
        and _TWO_CHARACTERS.search(noun) is not None
        and noun[-1] not in "下上中内里时后"
        and not lexicon.no_owner_end.search(noun)
        and not _NO_THING.search(noun)
        and not lexicon.only_deeds(noun)
        and not noun.startswith(lexicon.plain_deeds)
    )


@lru_cache(_NOUNS_KEPT)
def measure_of(indicator: str, lexicon: Lexicon) -> str:
    """The relational noun at the end of an indicator: 产量 of 水果产量; empty where it ends in none."""
    if indicator[-1:] not in lexicon.measure_last:
        return ""
    for size in range(min(10, len(indicator)), 1, -1):
        if is_relational(indicator[-size:], lexicon):
            return indicator[-size:]
    return ""


def owner_part(noun: str, lexicon: Lexicon) -> str:
    """The thing that an indicator is of: 大桥 of 大桥全长; empty where nothing is left, as of 海洋生产总值."""
    measure = "" if noun.endswith(lexicon.complete) else measure_of(noun, lexicon)
    return noun[: len(noun) - len(measure)].removesuffix("的") if measure else ""
