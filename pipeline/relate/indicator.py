"""Indicator: what a number measures, restored across clauses where the sentence leaves it out."""

from __future__ import annotations

from pipeline import regex
from pipeline.relate.contrast import EACH_HAS, average_of, contrasted, half_of_trade, opposite_of, part_in_same
from pipeline.relate.counted import befalls, counted_by_unit, counts, is_generic, medals, of_counted, people_who
from pipeline.relate.following import Right, sayable
from pipeline.relate.lexicon import Lexicon
from pipeline.relate.of_last import bare_noun, described_of_last, part_of_last, part_of_whole, share_of_last
from pipeline.relate.phrases import MARKS, Left, phrase, strip_left
from pipeline.relate.provision.deadlines import time_limit
from pipeline.relate.reading import Reading, Slot, kind_of_unit
from pipeline.relate.reference import can_own, is_relational, owner_part, referent, without_rate
from pipeline.relate.subjects import is_place
from pipeline.relate.topic import Named, Topic


def choose(reading: Reading, slot: Slot, left: Left, right: Right, topic: Topic, dimension: str, lexicon: Lexicon) -> Named:
    """The indicator of a slot by the grammar: the noun after the number, the noun before it, or what was said before."""
    if surplus := lexicon.surplus.search(reading.text, slot.left, slot.quantity.start):
        measured = reading.words_in(slot.left, surplus.start())
        name = phrase(strip_left(measured, lexicon), lexicon) or topic.last or topic.fresh or topic.subject
        return Named(name, "indicator.surplus", name)
    noun = without_rate(left.noun, lexicon)
    if "每" in noun:
        noun = _EACH.sub(r"\g<each>\g<noun>", noun)
    done, mark, made = noun.partition("、")
    if mark and all(done[i : i + 2] in lexicon.intransitives for i in range(0, len(done), 2)):
        noun = made  # 竣工投产、新增产值
    if topic.last and (_ONLY_EACH.fullmatch(noun) or lexicon.names_nothing(noun)):
        noun = ""
    grown = noun.removesuffix("年").endswith(lexicon.averages) and next(
        (w for w in left.predicate if w in lexicon.change), ""
    )
    if grown:
        noun += grown
    countable = counts(slot) and right.noun in lexicon.countable
    after = right.noun if counts(slot) else without_rate(right.noun, lexicon)
    if changing := next((w for w in lexicon.self_change for said in left.predicate if said.startswith(w)), ""):
        return Named(changing, "indicator.self-change", left.subject)
    if noun and not noun.endswith("价") and any(word.startswith(lexicon.price_changes) for word in left.predicate):
        noun += "价格"
    reached = any(word in lexicon.reach for word in left.predicate)
    deed = right.noun.startswith(lexicon.deed_starts)
    if dimension == "money" and noun and left.verb and deed and not right.linked and not lexicon.measure_noun.search(after):
        after = ""
    doing = bool(right.saying) or lexicon.only_deeds(right.noun[:2], nominal=True)
    if noun and counts(slot) and left.chained and doing and not right.linked:
        after = ""  # 帐篷2000顶、折叠床5000张支援灾区
    if dimension == "duration" and not right.linked and not reached and (limit := time_limit(reading, slot, lexicon)):
        return Named(limit, "indicator.time-limit")
    if dimension == "share" and noun and right.saying[:1] in ("是", "为") and sayable(right.saying):
        return Named(f"{right.saying[1:]}占{noun}比重", "indicator.share-of-subject", noun)
    if dimension == "share" and noun and right.saying and not left.predicate and not lexicon.rate_suffix.search(noun):
        return Named(f"{noun}{right.saying}占比", "indicator.share-of-subject", noun)
    if dimension == "count" and (
        part := medals(reading, slot, left, right, topic, lexicon) or part_of_last(reading, slot, right)
    ):
        return part
    if counts(slot) and not right.noun and (part := part_of_whole(reading, slot, lexicon)):
        return part
    if dimension == "energy" and right.noun == "电":  # 提供30亿度电
        return Named(f"{left.subject}{left.verb}电量", "indicator.energy", left.subject, right.end)
    spent = dimension == "money" and left.verb_final and left.verb in lexicon.spending and not right.linked
    if len(after) > 1 and spent and not is_generic(slot, right, dimension, lexicon):
        return Named(after + left.verb, "indicator.spent", after)
    if dimension == "count" and (described := described_of_last(reading, slot, right, topic, lexicon)):
        return described
    if not right.noun and right.saying[:1] == "是" and counts(slot) and sayable(right.saying) and not left.noun:
        return Named(right.saying[1:], "indicator.that-are", right.saying[1:], right.end)
    people = slot.quantity.data["unit"].endswith("人") and right.noun and not lexicon.actor_end.search(right.noun)
    if people and lexicon.bringing_about.search(reading.text, slot.left, slot.quantity.start):  # 导致200万人流离失所
        return people_who(slot, right._replace(predicate=right.noun))
    told = people and right.predicate and right.clause.startswith(right.noun)
    if told and _AMONG_ALL.fullmatch(reading.text, slot.left, slot.quantity.start):  # 其中3人伤势较重
        return people_who(slot, right._replace(predicate=right.clause))
    if counts(slot) and (places := counted_by_unit(slot, left, right, topic, lexicon)):
        return places
    single = after in lexicon.single_nouns or (slot.quantity.rule == "unit.classifier" and lexicon.is_noun(after))
    named = len(after) > 1 or (single and (dimension == "share" or counts(slot)))
    if (
        named
        and (after != right.noun or not is_generic(slot, right, dimension, lexicon))
        and (countable or after not in lexicon.pronouns)
    ):
        return of_counted(reading, slot, left, right, after, topic, dimension, lexicon)
    aged = slot.quantity.data["unit"].endswith("岁")
    if aged and (who := noun or topic.fresh) and not who.endswith(("年龄", "寿命", "岁数")):
        return Named(who + "年龄", "indicator.age", who)
    if dimension == "share" and noun in lexicon.bare_heads and noun in lexicon.pronouns and _measured_otherwise(topic):
        return Named(topic.last + noun, "indicator.share-of-last")
    if noun in lexicon.pronouns and topic.last and not left.subject:
        return Named(topic.last_of(slot.quantity.data["unit"]) or topic.last, "indicator.pronoun")
    if noun and (full_name := referent(reading, noun, lexicon)):
        noun = full_name
    counted = counts(slot) and left.verb not in lexicon.only_verbs
    if noun in lexicon.demonstratives and len(left.verb) > 1 and (counted or left.verb not in lexicon.light_verbs):
        noun = left.verb + noun
    if befalls(reading, slot, left, right, lexicon):
        return people_who(slot, right)
    if dimension == "share" and (held := part_in_same(noun or topic.fresh, topic.last)):
        return Named(held, "indicator.sibling", held)
    if dimension == "share" and (share := share_of_last(left, right, topic, lexicon)):
        return share
    owner = owner_part(noun, lexicon)
    if owner and _is_pointed_at(reading, slot, owner):
        noun = topic.full_name(owner) + noun.removeprefix(owner)
    if topic.branch and owner in lexicon.generic_owners:
        noun = topic.branch.removesuffix(owner) + noun
    if (
        noun
        and (is_relational(noun, lexicon) or lexicon.measure_noun.search(noun))
        and _preceded(reading, slot, "平均" + noun)
    ):
        noun = "平均" + noun
    if noun and _is_other(reading, slot, noun, lexicon) and topic.last:
        return Named(topic.last_of(slot.quantity.data["unit"]) or topic.last, "indicator.carried")
    if noun and (noun not in lexicon.demonstratives or (counts(slot) and left.verb)):
        return _before(reading, slot, left, noun, topic, dimension, lexicon)
    if slot.quantity.data["unit"].endswith("人") and not left.verb_final and not right.noun:
        said = reading.text[slot.quantity.end : slot.clause.end]
        if 2 < len(said) <= _SAYING and not MARKS.match(said) and {"有", "另有", "还有", "仍有"} & set(left.predicate):
            return Named(f"{said}的人", "indicator.people-who")
    return _elided(reading, slot, left, right, topic, dimension, lexicon)


def _measured_otherwise(topic: Topic) -> bool:
    """Whether the sentence measured something last, and not in percent: 投入2800亿元，比重达到7%."""
    return len(topic.heard) > topic.sentence and topic.heard[-1][1] not in ("%", "个百分点")


_AMONG_ALL = regex.compile("[，、；]?(?:其中|另外?)?(?:有|还有|仍有)?[近约超]?")
_OF_EACH = regex.compile("[各分]")
_SAYING = 18
_LEVEL = regex.compile(r"^(?:(?:国家|省|市|县|部)级(?:及?以上)?|(?:国家)?[A-Z\d]+级)+")


_BEHIND_POINTING = regex.compile(r"(?<=[该此这])|(?<=这\p{Han})")


def _is_pointed_at(reading: Reading, slot: Slot, owner: str) -> bool:
    """Whether 该, 此 or 这 with its classifier stands right before the owner: 这座大桥."""
    text = reading.text[slot.left : slot.quantity.start]
    return any(text.startswith(owner, pointed.start()) for pointed in _BEHIND_POINTING.finditer(text))


def _preceded(reading: Reading, slot: Slot, text: str) -> bool:
    return text in reading.text[slot.left : slot.quantity.start]


def _is_other(reading: Reading, slot: Slot, noun: str, lexicon: Lexicon) -> bool:
    """Whether a noun only says of which place, or of what rest, the number is: 其中广东1亿元, 局地超过200毫米."""
    if noun in lexicon.others:
        return True
    return any(w.text == noun and w.tag == "ns" for w in reading.words_in(slot.left, slot.quantity.start))


def _before(reading: Reading, slot: Slot, left: Left, noun: str, topic: Topic, dimension: str, lexicon: Lexicon) -> Named:
    """``粮食产量达到1.3万亿斤``: the noun before the number, with its owner."""
    if noun.endswith("级") and topic.last and len(noun) <= 4:
        return Named(noun + _LEVEL.sub("", topic.last), "indicator.level-of-last")
    if left.chained and not left.verb and (prefix := _chain_prefix(topic.last, noun, lexicon)):
        return Named(prefix + noun, "indicator.chained", noun)
    if not left.subject and not left.verb and (full := _in_full(noun, topic, lexicon)):
        return Named(full, "indicator.in-full", owner_part(full, lexicon))
    if sibling := _sibling(reading, slot, left, noun, topic, dimension, lexicon):
        return sibling
    if topic.colon and not left.verb and (item := contrasted(noun, topic.colon, True, lexicon)):
        of_each = _OF_EACH.search(topic.colon)  # 各行业增加值：农业300亿元
        return Named(item if of_each else noun + topic.colon, "indicator.colon-item", noun)
    if dimension == "length" and (size := _size_reached(reading, slot)) and not _sized(noun, size, lexicon):
        return Named(noun + size, "indicator.size-reached", noun)
    if left.subject in lexicon.head_modifiers:
        noun, left = left.subject + noun, left._replace(subject="")  # 年度完成投资
    if dimension == "count" and lexicon.only_deeds(noun, nominal=True) and not left.verb and not left.subject:
        deed = left._replace(verb=noun, verb_final=True)
        if done := _deed_on_last(slot, deed, topic, dimension, lexicon):
            return Named(done, "indicator.deed-on-last")
    if left.subject and left.verb in lexicon.owner_verbs and dimension != "count" and len(left.subject) <= 16:
        said = left.verb if left.verb in lexicon.kept_verbs and not is_relational(noun, lexicon) else ""
        return Named(left.subject + said + noun, "indicator.subject-object", left.subject)
    if left.subject.startswith("每") and left.verb in lexicon.possessions:
        return Named(left.subject + left.verb + noun, "indicator.per-base", noun)
    named = (2 < len(left.subject) <= 12 or lexicon.is_noun(left.subject)) and not lexicon.agent_end.search(left.subject)
    if dimension == "count" and named and len(noun) <= 4 and left.verb not in lexicon.having:
        return Named(left.subject + left.verb + noun, "indicator.subject-verb-noun", noun)
    own = left.subject and can_own(left.subject, lexicon) and left.verb not in lexicon.causatives
    if is_relational(noun, lexicon) and own and (left.verb in lexicon.activities or dimension != "count"):
        return Named(left.subject + left.verb + noun, "indicator.subject-object", left.subject)
    owner = topic.fresh or topic.subject
    if left.chained and dimension == "money" and noun in lexicon.bare_heads and topic.last and not topic.fresh:
        owner = topic.last
    bare = len(noun) == 2 and noun not in lexicon.standalone and dimension != "count" and not left.verb and topic.overt
    local = noun.startswith("对") and _behind_place(reading, slot, noun)
    towards = noun.startswith("对") and not left.verb and dimension == "share" and lexicon.measure_noun.search(noun)
    if towards and not local and (who := topic.rising or topic.fresh):
        return Named(who + noun, "indicator.owner", who)
    relational = (is_relational(noun, lexicon) or bare) and dimension not in ("duration", "temperature")
    brought = dimension == "count" and noun in lexicon.activities
    spurred = left.verb in lexicon.owner_verbs and noun in lexicon.standalone  # 拉动消费
    if left.verb in lexicon.causatives and (brought or spurred or is_relational(noun, lexicon)):
        bare = noun in lexicon.bare_heads
        named = (brought or bare) and 2 < len(left.subject) <= 12 and left.subject[0] not in "该这此本"
        return Named((left.subject if named else "") + left.verb + noun, "indicator.verb-noun")
    repeated = noun in owner or owner.endswith((noun[-2:], noun[:-1] if len(noun) > 2 else noun[-1]))
    local = local or (owner != topic.fresh and _of_place(reading, slot, noun, lexicon))
    if left.verb in lexicon.kept_verbs and len(noun) > 2 and lexicon.measure_noun.search(noun):
        return Named(left.verb + noun, "indicator.verb-noun")
    added = noun[0] == "新" and noun[:2] in lexicon.kept_verbs and len(noun) > _DEED_LENGTH
    if relational and not added and owner and not repeated and not local:
        return Named(owner.removesuffix(noun[:2]) + noun, "indicator.owner", owner)
    if len(noun) <= 2 and len(left.verb) > 1 and left.verb not in lexicon.having:
        noun = left.verb + noun
    if noun in lexicon.parts and owner:
        return Named(owner + noun, "indicator.owner", owner)
    changed = any(word in lexicon.change for word in left.predicate)
    thing = noun if (changed or dimension not in ("share", "multiple")) and not is_relational(noun, lexicon) else ""
    return Named(noun, "indicator.before", owner_part(noun, lexicon) or thing)


def _behind_place(reading: Reading, slot: Slot, noun: str) -> bool:
    """Whether a place stands right before a noun, which is then the place's: 对日出口额 of ``带动海州对日出口额增长``."""
    before = reading.text[slot.left : slot.quantity.start].find(noun)
    words = reading.words_in(slot.left, slot.left + max(before, 0))
    return bool(words) and words[-1].tag == "ns"


def _of_place(reading: Reading, slot: Slot, noun: str, lexicon: Lexicon) -> bool:
    """Whether the measure is said of a place that stands right before it: 我国发电装机容量."""
    words = reading.words_in(slot.left, slot.quantity.start)
    first = next((i for i, w in enumerate(words) if not is_place(w, lexicon)), 0)
    return first > 0 and slot.left == slot.clause.start and noun.startswith(words[first].text)


_SIZES = {"高": "高度", "长": "长度", "宽": "宽度", "深": "深度", "厚": "厚度"}
_REACHED = regex.compile("(?<!最)(?P<size>[高长宽深厚])达(?:了|到|约|近|超|超过)*$")


def _size_reached(reading: Reading, slot: Slot) -> str:
    """``火山灰柱高达7000米``: the verb says which size of the thing is measured; empty where it does not."""
    match = _REACHED.search(reading.text, slot.left, reading.slots[slot.group[0]].quantity.start)
    return _SIZES[match["size"]] if match else ""


def _sized(noun: str, size: str, lexicon: Lexicon) -> bool:
    """Whether a noun says itself which size is measured: 埋深, 坝高."""
    return noun.endswith(size[0]) or lexicon.measure_noun.search(noun) is not None


_MEASURE_LENGTH = 2
_DEED_LENGTH = 5
"""Longer names of what is added need no owner: 新增造林面积."""


def _in_full(noun: str, topic: Topic, lexicon: Lexicon) -> str:
    """``货物贸易进出口总值45万亿元，其中12月份进出口4万亿元``: the indicator of the sentence that a noun is short for."""
    for indicator, _, _ in reversed(topic.heard[topic.sentence :]):
        at = indicator.find(noun)
        end = at + len(noun)
        if at > 0 and len(noun) > 1 and len(indicator) - end <= _MEASURE_LENGTH:
            named = noun in lexicon.standalone  # 出口 is no short form of 进出口
            longer = any(word.endswith(noun) and indicator[:end].endswith(word) for word in lexicon.complete if word != noun)
            return "" if named and longer else indicator[:end]
    return ""


_NAMING = ("count", "length")
"""Units that go with one class of things, so that its name says enough: 运动员405人, 高速公路2万公里."""
_MANIFOLD = ("share", "multiple", "money")
"""Units that go with all kinds of measures, so that only what is named as a part has the measure of the whole."""


def _sibling(
    reading: Reading, slot: Slot, left: Left, noun: str, topic: Topic, dimension: str, lexicon: Lexicon
) -> Named | None:
    """``水果产量94.6万吨，其中蓝莓4.1万吨``: what the last number of such a unit measured, of another thing."""
    last = topic.last_of(slot.quantity.data["unit"])
    if average := average_of(noun, last):
        return Named(average, "indicator.average")
    if noun in lexicon.averages and (owner := owner_part(topic.last, lexicon)) and owner[-2:] != noun:
        return Named(noun + topic.last, "indicator.average", owner)  # 粮食产量…，人均500公斤
    if trade := half_of_trade(noun, last):
        return Named(trade, "indicator.sibling", trade)
    if (opposite := opposite_of(noun, last)) and not left.verb:
        return Named(opposite, "indicator.sibling")
    within = "其中" in reading.text[slot.left : slot.quantity.start]
    if not last or left.verb or (dimension in _NAMING and not (within and dimension == "length")):
        return None
    spoken = reading.text[max(slot.left - 4, slot.quantity.start - 20, 0) : slot.quantity.start]
    changed = any(word in lexicon.change for word in left.predicate)
    stated = dimension == "share" and not changed and lexicon.rate_suffix.search(last)
    part = left.chained or "其中" in spoken or bool(stated) or dimension not in _MANIFOLD or noun in lexicon.parts
    text = contrasted(noun, last, part, lexicon)
    return Named(text, "indicator.sibling", noun) if text else None


def _chain_prefix(first: str, noun: str, lexicon: Lexicon) -> str:
    """What the first noun of a chain lends the next: 淘汰落后的 to 炼铁产能, 每千人口拥有 to 床位数."""
    base = EACH_HAS.match(first)
    if base and not noun.startswith(("每", "平均")):
        return str(base[0])
    verb = next((v for v in lexicon.kept_verbs if first.startswith(v)), "")
    if verb and not any(noun.startswith(v) for v in lexicon.kept_verbs) and len(first) > len(noun) + 1:
        listed = first[: len(first) - len(noun)]
        return listed if listed.endswith(lexicon.head_ends) else first[: first.rfind("的") + 1] or verb
    return ""


def _elided(reading: Reading, slot: Slot, left: Left, right: Right, topic: Topic, dimension: str, lexicon: Lexicon) -> Named:
    """No noun of its own: ``到2027年，达到400家``."""
    joined = left.chained and not left.predicate and slot.left == slot.quantity.start - 1
    if joined and (alike := topic.last_of(slot.quantity.data["unit"])):
        return Named(alike, "indicator.carried")
    part = _LAST_PART.search(topic.last)
    if dimension == "count" and part and right.saying and len(right.predicate) > 1 and slot.left == slot.quantity.start:
        return Named(f"{regex.split('[，。；：]', right.predicate)[0]}的{part[0]}", "indicator.part-of-last")
    spread = next((w for w in left.predicate if w.endswith("面") and w in lexicon.rates), "")
    if spread and topic.last:
        return Named(bare_noun(topic.last, lexicon) + spread, "indicator.spread")
    if topic.colon:
        return Named(topic.colon, "indicator.colon", topic.colon)
    if left.verb_final and (opposite := opposite_of(left.verb, topic.last_of(slot.quantity.data["unit"]))):
        return Named(opposite, "indicator.sibling")
    if left.verb_final and (done := _deed_on_last(slot, left, topic, dimension, lexicon)):
        return Named(done, "indicator.deed-on-last")
    if left.verb_final and left.verb in lexicon.kept_verbs:
        subject = left.subject if len(left.subject) <= 16 else ""
        if not left.subject and left.verb in lexicon.reaches_over:
            subject = topic.fresh or (topic.subject if topic.overt else "")
        same = topic.last_of(slot.quantity.data["unit"])
        if not subject and same and not same.startswith(left.verb):
            thing = (owner_part(same, lexicon) if dimension in ("count", "length", "area") else "") or same
            return Named(left.verb + thing, "indicator.verb", owner_part(same, lexicon))
        return Named(subject + left.verb, "indicator.verb", left.subject)
    if left.verb_final and not left.subject and dimension == "money" and left.verb in lexicon.spending and not topic.fresh:
        return Named(left.verb, "indicator.verb")
    people = slot.quantity.data["unit"].endswith(("人", "人次"))
    if left.verb_final and not left.subject and people and len(left.verb) > 1 and _is_deed(left.verb, lexicon):
        who = topic.fresh or (topic.subject if topic.measured else "")
        said_already = left.verb[:2] in who or lexicon.authority_end.search(who)
        return Named(left.verb if said_already else who + left.verb, "indicator.deed")
    if left.verb_final and dimension == "area" and left.verb in lexicon.noun_verbs:
        owner = left.subject or topic.fresh or topic.subject
        return Named(owner + left.verb, "indicator.verb", owner)
    if dimension == "length" and left.verb in lexicon.stretching:
        stretched = left.subject or topic.fresh or topic.subject
        return Named(stretched + "长度", "indicator.size-reached", stretched)
    alike = topic.last_of(slot.quantity.data["unit"])
    if alike and counts(slot) and left.verb in lexicon.possessions and not right.saying:
        return Named(alike, "indicator.carried")
    if left.subject:
        alone = left._replace(subject="", verb="")
        if left.verb in lexicon.only_verbs and (
            sibling := _sibling(reading, slot, alone, left.subject, topic, dimension, lexicon)
        ):
            return sibling
        unsaid = left.verb in lexicon.only_verbs or (
            left.verb in lexicon.possessions and left.verb not in lexicon.noun_verbs
        )
        if unsaid and dimension == "money" and lexicon.agent_end.search(left.subject):  # 财政安排500万元资金
            return Named(left.subject + (right.noun or left.verb), "indicator.subject", left.subject)
        spoken = "" if unsaid else left.verb
        who = "" if people and spoken and lexicon.authority_end.search(left.subject) else left.subject
        return Named(who + spoken, "indicator.subject", left.subject)
    if topic.rising:
        return Named(topic.rising, "indicator.fresh-subject", owner_part(topic.rising, lexicon))
    measurable = topic.fresh.endswith(lexicon.head_ends) or lexicon.rate_suffix.search(topic.fresh)
    first = len(topic.heard) == topic.sentence
    other = bool(topic.heard) and dimension != "share" and topic.heard[-1][1] != kind_of_unit(slot.quantity.data["unit"])
    if topic.fresh and (measurable or other or first or not topic.last):
        return Named(topic.fresh, "indicator.fresh-subject", topic.fresh)
    if {"均", "都"} & set(left.predicate) and len(topic.measured) > 0 and len(both := topic.last_two()) == 2:
        return Named("、".join(both), "indicator.both")
    changed = any(word in lexicon.change for word in left.predicate)
    if topic.last:
        return Named(topic.last_for(slot.quantity.data["unit"], changed), "indicator.carried")
    if right.noun:
        return Named(right.noun, "indicator.after", right.noun, right.end)
    if topic.subject:
        return Named(topic.subject, "indicator.topic")
    heading = _without_verb(topic.lead, lexicon)
    spoken = right.clause if sayable(right.clause) else right.saying
    households = "户数" if slot.quantity.data["unit"].endswith("户") else ""
    return Named(heading or (left.verb + spoken if spoken else "") + households, "indicator.heading")


def _is_deed(verb: str, lexicon: Lexicon) -> bool:
    """Whether a verb says what is done to or by those whom it counts: 提起公诉, 报名; not 有, 达到, 增加."""
    return not any(verb in words for words in (lexicon.light_verbs, lexicon.possessions, lexicon.reach, lexicon.change))


def _deed_on_last(slot: Slot, left: Left, topic: Topic, dimension: str, lexicon: Lexicon) -> str:
    """``受理案件450件，审结430件`` → 审结案件: another thing done to what was counted last; empty where there is none."""
    whole = topic.last_of(slot.quantity.data["unit"])
    if dimension != "count" or len(left.verb) < 2 or not whole or left.subject or left.verb in lexicon.possessions:
        return ""
    if left.verb in lexicon.reach or left.verb in lexicon.change or left.verb in lexicon.relations:
        return ""
    if whole.startswith(left.verb):
        return whole
    thing = bare_noun(whole, lexicon)
    if slot.quantity.data["unit"].endswith("人") and (not lexicon.actor_end.search(whole) or lexicon.is_deed(thing)):
        return left.verb
    return left.verb + thing


_ONLY_EACH = regex.compile(r"(?:每[人户家个名生])?(?:每[月年天日次餐])?")
"""``补助标准提高到每人每年670元``: what each has is no name of a measure."""
_LAST_PART = regex.compile("[^的]+$")
_EACH = regex.compile(r"^(?P<noun>.{2,}?)(?:为|是)?(?P<each>每[人户家个名](?:每[月年天次日餐])?)$")


def _without_verb(heading: str, lexicon: Lexicon) -> str:
    """开展规模以上工业企业数字化改造 → 规模以上工业企业数字化改造."""
    verb = next(
        (v for v in sorted(lexicon.light_verbs | lexicon.openers, key=len, reverse=True) if heading.startswith(v)), ""
    )
    return heading[len(verb) :]
