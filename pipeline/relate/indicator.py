"""Indicator: what a number measures, restored across clauses where the sentence leaves it out."""

from __future__ import annotations

from dataclasses import dataclass, field

import regex

from pipeline.relate import timescope
from pipeline.relate.lexicon import Lexicon
from pipeline.relate.phrases import Left, Right
from pipeline.relate.reading import Reading, Slot
from pipeline.rules import NUMBER_MARK, PATTERN_SECONDS, StatementRule

_SPLIT = regex.compile(r"、|和|及|与|以及")
_SHORT = 4
_RELATIVE_LENGTH = 18
_SHARE_HEAD = regex.compile(r"(?:率|比|占比|比重|比例|份额|度|值|程度|指数|水平|系数|速|幅)$")
_FOR = regex.compile(r"^对(?P<who>.{2,60}?)(?:的)?(?:，|$)")


@dataclass(slots=True)
class Topic:
    """What was spoken of so far.

    ``subject`` is the thing that a bare head can be of, ``fresh`` a subject named after the last number, ``head`` the
    subject of the clause at hand, ``attribute`` what the last qualifier measured, ``label`` the words before a colon that only name a grant's measure (补贴标准：), ``colon`` a full
    indicator before a colon, ``target`` whom a grant is for (对…的企业，),
    ``grant`` a heading that names a grant (星级评定补贴), ``said`` the indicators in order.
    """

    subject: str = ""
    fresh: str = ""
    head: str = ""
    attribute: str = ""
    label: str = ""
    colon: str = ""
    target: str = ""
    grant: str = ""
    said: list[str] = field(default_factory=list)

    @property
    def last(self) -> str:
        """The last indicator said."""
        return self.said[-1] if self.said else ""


@dataclass(frozen=True, slots=True)
class Named:
    """An indicator, the rule that found it, the thing it is of, and where the text that it used up ends."""

    text: str
    rule: str
    subject: str = ""
    end: int = 0


def by_pattern(reading: Reading, slot: Slot, topic: Topic, dimension: str, lexicon: Lexicon) -> Named | None:
    """The indicator by the first statement pattern of ``rules/patterns.yaml`` that ends at the number."""
    clause = ""
    for rule in lexicon.patterns:
        if rule.unit not in ("any", dimension):
            continue
        clause = clause or reading.sketch(slot)
        match = rule.compiled.search(clause, timeout=PATTERN_SECONDS)
        if match and NUMBER_MARK in match[0]:
            text = _fill(rule, match, topic, lexicon)
            if text:
                return Named(text, rule.id)
    return None


def _fill(rule: StatementRule, match: regex.Match[str], topic: Topic, lexicon: Lexicon) -> str:
    groups = match.groupdict()

    def value(spec: regex.Match[str]) -> str:
        for name in spec[1].split("|"):
            if name == "topic":
                return topic.last or topic.subject
            if name == "subject":
                return topic.fresh or topic.subject
            found = _trimmed(groups.get(name) or "", lexicon)
            if found:
                return found
        return ""

    return str(regex.sub(r"\{([a-z|]+)\}", value, rule.indicator))


def _trimmed(text: str, lexicon: Lexicon) -> str:
    """A captured stretch without openers and places at its beginning."""
    text = regex.sub("^.*[\ue000-\ue002]", "", text).strip("、，的 ")
    words = sorted((w for w in (*lexicon.places, *lexicon.openers) if len(w) > 1), key=len, reverse=True)
    changed = True
    while changed:
        changed = False
        for word in words:
            if text.startswith(word) and len(text) > len(word):
                text, changed = text[len(word) :], True
    return "" if text in lexicon.demonstratives or text in ("其", "其中") else text


def distribute(left: Left, count: int, lexicon: Lexicon) -> list[str] | None:
    """Shares a list of nouns out to as many numbers.

    国家高新技术企业和科技型中小企业数量 for two numbers becomes 国家高新技术企业数量 and 科技型中小企业数量.

    Returns:
        One indicator a number, or ``None`` where the noun phrase does not list as many things.
    """
    noun = without_rate(left.noun, lexicon) or left.noun
    for cut in (_SPLIT, regex.compile("、|和"), regex.compile("、|以及|和(?=[^和]*$)"), regex.compile("、|以及")):
        parts = [part for part in cut.split(noun) if part]
        if len(parts) == count + 1 and len(parts[0]) <= 2:
            parts = [parts[0] + "、" + parts[1], *parts[2:]]
        if len(parts) == count > 1:
            break
    else:
        return None
    head = _shared_head(parts, lexicon)
    shared = [part if not head or part.endswith(head) else part + head for part in parts[:-1]]
    owner = left.subject + ("" if left.verb in lexicon.owner_verbs else left.verb) if 2 < len(left.subject) <= 16 else ""
    return [owner + part for part in (*shared, parts[-1])]


def distribute_over_cases(reading: Reading, slot: Slot, right: Right) -> list[str] | None:
    """``评估为优秀、良好、合格等级的，分别给予40万元、30万元、20万元服务奖励``: one case a number.

    Returns:
        What each number is for, or ``None`` where the clause before does not list as many cases.
    """
    count = len(slot.group)
    first = reading.slots[slot.group[0]]
    before = reading.text[reading.sentence.start : first.quantity.start]
    spoken = max(before.rfind("分别"), before.rfind("依次"))
    if spoken < len(before) - 14 or spoken < 0 or timescope.distributed(reading, slot).known:
        return None
    clauses = [c for c in regex.split(r"[，；：]", before[:spoken]) if c]
    for clause in reversed(clauses[-2:]):
        match = regex.search(rf"(?P<head>.*?)(?P<items>[^、]{{1,12}}(?:、[^、]{{1,12}}){{{max(count - 2, 0)}}}(?:、|和|及|与|或)(?P<last>[^、]{{1,20}}?))(?:的)?$", clause)
        if not match:
            continue
        items = regex.split(r"、|和|及|与|或", match["items"])
        if len(items) != count:
            continue
        subject, first_item = regex.match(r"(.*?(?:为|实现|达到|获|获得|是|评为|认定为|对))?(.*)$", match["head"] + items[0]).groups()  # type: ignore[union-attr]
        head = items[-1][len(first_item) :] if len(items[-1]) > len(first_item) else ""
        owner = regex.sub(r"(?:服务)?(?:评估|评定|评价|认定)?(?:为|实现|达到|获|获得|是|评为|认定为|对)$", "", subject or "")
        return [(item if item.endswith(head) else item + head) + owner + right.noun for item in (first_item, *items[1:])]
    return None


def _shared_head(parts: list[str], lexicon: Lexicon) -> str:
    """The head that the last of coordinated nouns lends the others: 数量 in 甲企业和乙企业数量."""
    first, last = parts[0], parts[-1]
    for size in range(min(len(first), 6), 1, -1):
        at = last.find(first[-size:])
        if at >= 0:
            return last[at + size :]
    heads = tuple(sorted(lexicon.bare_heads, key=len, reverse=True))
    if any(part.endswith(heads) or part[-1] == last[-1] for part in parts[:-1]):
        return ""
    longest = max(len(part) for part in parts[:-1])
    if longest <= 4 and len(last) > longest + 1:
        return last[longest:]
    return next((head for head in heads if last.endswith(head) and len(head) < len(last)), "")


def choose(
    reading: Reading, slot: Slot, left: Left, right: Right, topic: Topic, dimension: str, lexicon: Lexicon
) -> Named:
    """The indicator of a slot by the grammar: the noun after the number, the noun before it, or what was said before."""
    noun = without_rate(left.noun, lexicon)
    after = without_rate(right.noun, lexicon)
    reached = any(word in lexicon.reach for word in left.predicate)
    if dimension == "duration" and not right.linked and not reached and (limit := _time_limit(reading, slot)):
        return Named(limit, "indicator.time-limit")
    if dimension == "share" and noun and right.saying and not left.predicate and not _SHARE_HEAD.search(noun):
        return Named(f"{noun}{right.saying}占比", "indicator.share-of-subject", noun)
    if len(after) > 1 and right.noun not in lexicon.generic and after not in lexicon.pronouns:
        return _after(reading, slot, left, right, after, topic, dimension, lexicon)
    if slot.quantity.data["unit"].endswith("岁") and noun and not noun.endswith(("年龄", "寿命", "岁数")):
        return Named(noun + "年龄", "indicator.age", noun)
    if noun in lexicon.pronouns and topic.last:
        return Named(topic.last, "indicator.pronoun")
    if noun and (full_name := referent(reading, noun, lexicon)):
        noun = full_name
    if noun and noun not in lexicon.demonstratives:
        return _before(slot, left, noun, topic, dimension, lexicon)
    return _elided(slot, left, right, topic, dimension, lexicon)


def without_rate(noun: str, lexicon: Lexicon) -> str:
    """居民消费价格涨幅 → 居民消费价格; 经济增速 stays, for 经济 alone says nothing."""
    bare = str(lexicon.rate_end.sub("", noun))
    return regex.sub(r"(?:预期)?(?:目标)?$", "", noun) if 0 < len(bare) < 3 else bare


def _after(
    reading: Reading, slot: Slot, left: Left, right: Right, noun: str, topic: Topic, dimension: str, lexicon: Lexicon
) -> Named:
    """``建成300公里滨水慢行系统``: the noun after the number, with what makes a short noun tell enough."""
    verb = left.verb if left.verb_final and left.verb in lexicon.kept_verbs else ""
    said = right.predicate
    if noun != right.noun:
        return Named(noun, "indicator.rate", noun, right.end)
    if left.modifier and dimension != "share":
        return Named(f"{left.modifier}的{noun}", "indicator.modified", noun, right.end)
    sayable = slot.right == slot.clause.end and 2 <= len(said) <= _RELATIVE_LENGTH and not regex.search(r"[，。；：\d]", said)
    if dimension == "share":
        if noun.endswith(("占比", "比重", "率")):
            return Named(noun, "indicator.after", end=right.end)
        return Named((f"{said}的{noun}" if sayable else noun) + "占比", "indicator.share-of-noun", noun, right.end)
    if len(noun) <= _SHORT or "和" in noun and len(noun) <= _SHORT + 2:
        subject = left.subject or left.noun or (topic.head if left.chained or slot.left > slot.clause.start else "")
        if subject and 2 < len(subject) <= _RELATIVE_LENGTH and (left.verb in lexicon.possessions or not left.verb and subject == topic.head):
            return Named(subject + noun, "indicator.subject-noun", noun, right.end)
        if subject and 2 < len(subject) <= _RELATIVE_LENGTH and left.verb in lexicon.relations:
            return Named(subject + left.verb + noun, "indicator.subject-verb-noun", noun, right.end)
        if sayable and not verb:
            return Named(f"{said}的{noun}", "indicator.relative", noun, right.end)
        if len(noun) < _SHORT and len(left.verb) > 1 and left.verb not in lexicon.possessions and (
            left.verb in lexicon.relations or left.verb not in lexicon.light_verbs
        ):
            verb = left.verb
    return Named(verb + noun, "indicator.after", noun, right.end)


def _before(
    slot: Slot, left: Left, noun: str, topic: Topic, dimension: str, lexicon: Lexicon
) -> Named:
    """``粮食产量达到1.3万亿斤``: the noun before the number, with its owner."""
    if noun.endswith("级") and topic.last and len(noun) <= 4:
        return Named(noun + regex.sub(r"^(?:国家|省|市|县|部)级(?:及?以上)?", "", topic.last), "indicator.level-of-last")
    if topic.target and noun in _GRANTS:
        return Named(topic.target + noun, "indicator.grant-to-target", topic.target)
    if topic.grant and topic.grant.endswith(noun):
        return Named(topic.grant, "indicator.grant-of-heading", topic.grant)
    if topic.label and not noun.endswith(topic.label[-2:]):
        return Named(noun + topic.label, "indicator.label", noun)
    if left.subject and left.verb in lexicon.owner_verbs and dimension != "count" and len(left.subject) <= 16:
        return Named(left.subject + noun, "indicator.subject-object", left.subject)
    owner = topic.fresh or topic.subject
    relational = is_bare(noun, lexicon) or (len(noun) == 2 and noun not in lexicon.standalone and dimension != "count" and not left.verb)
    if relational and owner and owner != noun and not owner.endswith(noun) and dimension not in ("duration", "temperature"):
        return Named(owner + noun, "indicator.owner", owner)
    if len(noun) <= 2 and len(left.verb) > 1 and left.verb not in lexicon.owner_verbs | lexicon.possessions:
        noun = left.verb + noun
    if left.chained and (prefix := _chain_prefix(topic.last, noun, lexicon)):
        return Named(prefix + noun, "indicator.chained", noun)
    return Named(noun, "indicator.before", owner_part(noun, lexicon) or (noun if dimension == "count" else ""))


def _chain_prefix(first: str, noun: str, lexicon: Lexicon) -> str:
    """What the first noun of a chain lends the next: 淘汰落后的 to 炼铁产能, 每千人口拥有 to 床位数."""
    base = regex.match(r"每.{1,12}?(?:拥有|有)", first)
    if base and not noun.startswith("每"):
        return str(base[0])
    verb = next((v for v in lexicon.kept_verbs if first.startswith(v)), "")
    if verb and not any(noun.startswith(v) for v in lexicon.kept_verbs) and len(first) > len(noun) + 1:
        return first[: len(first) - len(noun)]
    return ""


def _elided(slot: Slot, left: Left, right: Right, topic: Topic, dimension: str, lexicon: Lexicon) -> Named:
    """No noun of its own: ``到2027年，达到400家``."""
    if slot.quantity.data["unit"].endswith(("人", "人次", "名")) and len(right.predicate) > 1 and not left.predicate:
        said = regex.split(r"[，。；：]", right.predicate)[0]
        return Named(said + ("人次" if "次" in slot.quantity.data["unit"] else "人数"), "indicator.people-who")
    if topic.colon:
        return Named(topic.colon, "indicator.colon", topic.colon)
    if topic.label:
        return Named(topic.grant + topic.label if topic.label not in topic.grant else topic.grant, "indicator.label")
    if topic.grant and left.subject:
        return Named(left.subject + topic.grant, "indicator.grant-of-heading", left.subject)
    if left.verb_final and left.verb in lexicon.kept_verbs:
        subject = left.subject if len(left.subject) <= 16 else ""
        return Named(subject + left.verb, "indicator.verb", left.subject)
    if left.subject:
        spoken = left.verb if left.verb not in lexicon.light_verbs - lexicon.noun_verbs else ""
        return Named(left.subject + spoken, "indicator.subject", left.subject)
    measurable = topic.fresh.endswith(tuple(lexicon.bare_heads)) or _SHARE_HEAD.search(topic.fresh)
    if topic.fresh and (measurable or not topic.last):
        return Named(topic.fresh, "indicator.fresh-subject", topic.fresh)
    if topic.last:
        return Named(topic.last, "indicator.carried")
    if right.noun:
        return Named(right.noun, "indicator.after", right.noun, right.end)
    return Named(topic.subject, "indicator.topic")


def of_qualifier(left: Left, right: Right, slot: Slot, topic: Topic) -> Named:
    """What a qualifier measures: 规模 of ``规模过1000亿元的集群``, the age of ``3岁以下幼儿``."""
    noun = regex.sub("^(?:的|级|以上|以下)+", "", right.noun)
    if slot.quantity.data["unit"].endswith("岁"):
        return Named((noun or left.noun) + "年龄", "indicator.qualifier")
    if len(left.noun) > 2:
        return Named(left.noun, "indicator.qualifier")
    if not left.noun and not left.subject and not left.verb and topic.attribute:
        return Named(topic.attribute, "indicator.qualifier")
    return Named(noun + (left.noun or left.verb or "规模"), "indicator.qualifier")


_LIMIT = regex.compile(r"^(?:之内|以内|内|前)(?:，|（[^）]*）)?(?P<what>[^，。；（）]{2,40})")
_DOING = regex.compile(r"^(?:应当|应|将|须|要|依法|予以|给予|完成|作出对|一次性)+")
_TO_IT = regex.compile(r"^(?:将|对|把)(?P<what>.+?)(?:以[^，]{2,12}方式|进行|予以|作出|做出)(?P<deed>.+)$")


def _time_limit(reading: Reading, slot: Slot) -> str:
    """``在3个工作日内完成审核`` → 审核时限; ``3日内对资格进行确认`` → 资格确认时限."""
    match = _LIMIT.match(reading.text[slot.quantity.end : reading.sentence.end])
    if not match:
        return ""
    what = match["what"].rstrip("的")
    whole = _TO_IT.match(what)
    what = whole["what"] + whole["deed"] if whole else _DOING.sub("", what)
    return str(regex.split(r"并(?=[\p{Han}]{2})", what)[0] if len(what) > 20 else what) + "时限"


def referent(reading: Reading, noun: str, lexicon: Lexicon) -> str:
    """``该电站总装机容量`` → the last longer name that ends in 电站, with the head; empty where there is none."""
    match = regex.match(r"(?:该|这(?:一|条|座|个|项)?|此)(?:条|座|项|个|趟)?(?P<name>\p{Han}{2,6}?)(?P<head>%s)?$" % "|".join(
        sorted(lexicon.bare_heads, key=len, reverse=True)), noun)
    if not match:
        return ""
    name, head = match["name"], match["head"] or ""
    before = reading.text[max(0, reading.sentence.start - 400) : reading.sentence.start]
    found = None
    for found in regex.finditer(rf"[\p{{Han}}A-Za-z\d“”]{{2,16}}?{regex.escape(name)}", before):
        pass
    if not found:
        return name + head
    full = regex.split(r"[是在的了由对把将于]|启动|开工|位于|记者|发布|目前", found[0])[-1]
    return (full if len(full) > len(name) else name) + head


_GRANTS = ("奖励", "补助", "补贴", "资助", "支持", "一次性奖励", "一次性补助", "一次性补贴", "奖补", "单个项目")
_MODIFIERS = "年度|年|总|首期|一期|二期|计划|规划|累计|预计|设计|平均|年均|最高|最大|每年|投运|完成|到位|合同|签约|实际|补贴|奖励|发放|承诺|补助|接卸|供应"


def is_bare(noun: str, lexicon: Lexicon) -> bool:
    """Whether a noun says nothing without its owner: 产值, 年度计划投资."""
    return noun in lexicon.bare_heads or bool(
        regex.fullmatch(rf"(?:{_MODIFIERS})+(?P<head>.+)", noun) and any(
            noun.endswith(head) and regex.fullmatch(rf"(?:{_MODIFIERS})*", noun[: -len(head)]) for head in lexicon.bare_heads
        )
    )


def owner_part(noun: str, lexicon: Lexicon) -> str:
    """The thing that an indicator is of: 大桥 of 大桥全长; empty where nothing is left."""
    for size in range(min(8, len(noun) - 2), 1, -1):
        if noun[-size:] in lexicon.bare_heads:
            return noun[:-size].removesuffix("的")
    return ""
