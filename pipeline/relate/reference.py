"""Reference: what a noun is of, where the text points back or leaves the owner out."""

from __future__ import annotations

import regex

from pipeline.relate.lexicon import Lexicon
from pipeline.relate.reading import Reading


def without_rate(noun: str, lexicon: Lexicon) -> str:
    """居民消费价格涨幅 → 居民消费价格; 经济增速 stays, for 经济 alone says nothing."""
    bare = str(lexicon.rate_end.sub("", noun))
    return regex.sub(r"(?:预期)?(?:目标)?$", "", noun) if 0 < len(bare) < 3 else bare


def referent(reading: Reading, noun: str, lexicon: Lexicon) -> str:
    """``该电站总装机容量`` → the last longer name that ends in 电站, with the head; empty where there is none."""
    pointing = regex.match(r"(?:该|这(?:一|条|座|个|项)?|此)(?:条|座|项|个|趟)?(?P<rest>\p{Han}{2,12})$", noun)
    match = pointing and regex.match(rf"(?P<name>.{{2,6}}?)(?P<head>{lexicon.heads})?$", pointing["rest"])
    if not match:
        match = regex.match(rf"(?P<name>项目)(?P<head>{lexicon.heads})$", noun)
    if not match:
        return ""
    name, head = match["name"], match["head"] or ""
    before = reading.text[max(0, reading.sentence.start - 400) : reading.sentence.start]
    names = regex.findall(rf"[\p{{Han}}A-Za-z\d“”]{{2,16}}?{regex.escape(name)}", before)
    if not names:
        return name + head
    full = regex.split(r"[是在的了由对把将于]|启动|开工|位于|记者|发布|目前", names[-1])[-1]
    return (full if len(full) > len(name) else name) + head


def is_bare(noun: str, lexicon: Lexicon) -> bool:
    """Whether a noun says nothing without its owner: 产值, 年度计划投资."""
    return bool(lexicon.bare_head.fullmatch(noun))


def owner_part(noun: str, lexicon: Lexicon) -> str:
    """The thing that an indicator is of: 大桥 of 大桥全长; empty where nothing is left."""
    for size in range(min(8, len(noun) - 2), 1, -1):
        if noun[-size:] in lexicon.bare_heads:
            return noun[:-size].removesuffix("的")
    return ""
