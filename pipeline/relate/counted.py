"""Counted: the indicator of a number whose noun stands after it, with as much of what is said of it as is needed."""

from __future__ import annotations

from itertools import pairwise

from pipeline import regex
from pipeline.relate.extent import unit_noun
from pipeline.relate.following import SIZING, Right, counts_things, goal_of_change, noun_behind, right_of, sayable
from pipeline.relate.lexicon import Lexicon
from pipeline.relate.phrases import PARTICLES, Left, left_of
from pipeline.relate.preceding import chain, each_before, governor, is_linked, listed_before, owner_before
from pipeline.relate.reading import Reading, Slot
from pipeline.relate.reference import can_own
from pipeline.relate.subjects import subject_of
from pipeline.relate.topic import Named, Topic

_SHORT = 6
_AND = regex.compile("[和与及]")
_BEHIND_CLAUSE = regex.compile("的[近约超逾过]{0,2}$")
"""A verb before the 的 is part of what describes the thing, and has it for no object."""
OWNER_LENGTH = 18
"""How long the name may be of who owns or does what is counted."""


def is_generic(slot: Slot, right: Right, dimension: str, lexicon: Lexicon) -> bool:
    """Whether the noun after a number says nothing of what is measured: 水平, 新台阶, 目标任务."""
    countable = right.noun in lexicon.countable and counts(slot)
    return (right.noun in lexicon.generic and not countable) or (
        dimension != "count" and bool(lexicon.generic_end.search(right.noun))
    )


def of_counted(
    reading: Reading, slot: Slot, left: Left, right: Right, noun: str, topic: Topic, dimension: str, lexicon: Lexicon
) -> Named:
    """The indicator of ``建成300公里滨水慢行系统``, ``67%的企业已开展改造``, ``总规模200亿元的基金``.

    Args:
        noun: the noun after the number, without the word for a rate that it may end in.
    """
    if noun != right.noun:
        return Named(noun, "indicator.rate", noun, right.end)
    if slot.quantity.rule in SIZING and not right.linked and noun in lexicon.bare_heads:
        thing = left.noun or left.subject or topic.fresh or topic.subject
        return Named(thing + noun, "indicator.size-named", thing, right.end)
    attribute = _attribute(reading, slot, left, right, dimension, lexicon)
    if attribute or slot.quantity.data["unit"].endswith("岁"):
        return Named(noun + (attribute or "年龄"), "indicator.attribute-of", noun, right.end)
    if (
        right.linked
        and left.verb_final
        and slot.quantity.data["unit"].endswith("人")
        and left.verb not in lexicon.light_verbs
    ):
        return Named(f"{noun}{left.verb}人数", "indicator.attribute-of", noun, right.end)
    if left.modifier and dimension != "share":
        return Named(f"{left.modifier}的{noun}", "indicator.modified", noun, right.end)
    if dimension == "share":
        return _share(reading, slot, left, right, noun, lexicon)
    return _counted(reading, slot, left, right, noun, topic, lexicon)


def _attribute(reading: Reading, slot: Slot, left: Left, right: Right, dimension: str, lexicon: Lexicon) -> str:
    """What a number with 的 is the size of: 总规模 of ``总规模200亿元的基金``; empty where it counts the noun."""
    sized = slot.quantity.rule in SIZING and lexicon.attribute_end.fullmatch(left.noun)
    scored = right.linked and slot.quantity.rule == "quantity.bare" and lexicon.attribute_end.search(left.noun)
    if not (right.linked or sized) or (dimension in ("share", "count") and not scored):
        return ""
    if right.size:
        return _FULL_NAMES[right.size]
    if dimension == "duration" and left.verb_final and left.verb not in lexicon.only_verbs:
        return left.verb + ("年限" if slot.quantity.data["unit"] == "年" else "时间")
    if slot.quantity.data["unit"] in ("平方米", "平方公里") and right.linked and not left.noun.endswith("面积"):
        return "面积"
    if dimension == "length" and _BELOW.search(reading.text, slot.left, slot.quantity.start):
        return "深度"
    if left.verb_final:
        return ""
    if match := lexicon.attribute_end.search(left.noun):
        return _FULL_NAMES.get(match[0], match[0].lstrip("项个笔份"))
    if slot.quantity.rule in SIZING and (adjective := _SIZE_BEFORE.search(left.noun)):
        return _FULL_NAMES[adjective[0]]
    return "年龄" if slot.quantity.data["unit"].endswith("岁") else ""


_SIZE_BEFORE = regex.compile("(?<![增成延提升抬不])[长高宽深厚重]$")
_BELOW = regex.compile("(?:地下|水下|井下|海底)[约近超]?$")
_FULL_NAMES = {"长": "长度", "高": "高度", "宽": "宽度", "深": "深度", "厚": "厚度", "重": "重量"}


def _share(reading: Reading, slot: Slot, left: Left, right: Right, noun: str, lexicon: Lexicon) -> Named:
    """``67%的企业已开展改造`` → 开展改造的企业占比, ``社保卡覆盖98%的人口`` → 社保卡覆盖的人口占比."""
    if lexicon.rate_suffix.search(noun):
        return Named(lexicon.rate_end.sub("", noun), "indicator.after", end=right.end)
    if change := goal_of_change(right, lexicon):
        return Named(noun, "indicator.after", noun, right.end + len(f"{change}目标"))
    if noun in lexicon.levies:
        base = _LEVIED.search(reading.text, slot.left, slot.quantity.start)
        return Named((base["on"] if base else "") + noun, "indicator.levy", noun, right.end)
    verb, doer = governor(reading, slot, lexicon)
    if right.linked and (verb in lexicon.change or left.verb in lexicon.change):  # 降低企业10%的用电成本
        owner = "" if left.noun in noun else left.noun
        return Named(owner + noun, "indicator.changed", noun, right.end)
    if not doer:
        verb, doer = left.verb, left.subject
    if right.said:
        noun = f"{right.said}的{noun}"
    elif doer and verb in lexicon.relations | lexicon.owner_verbs:
        noun = f"{doer}{verb}的{noun}"
    return Named(noun + "占比", "indicator.share-of-noun", noun, right.end)


def _counted(reading: Reading, slot: Slot, left: Left, right: Right, noun: str, topic: Topic, lexicon: Lexicon) -> Named:
    """What a number counts, with the verb or the owner that a short noun needs."""
    first, last = chain(reading, slot)
    modifier = left_of(reading, first, lexicon).modifier if first is not slot else ""
    if 0 < len(modifier) <= _SHORT:
        return Named(f"{modifier}的{noun}", "indicator.modified", noun, right.end)
    governing, doer = governor(reading, first, lexicon)
    if not governing and not _BEHIND_CLAUSE.search(reading.text, slot.left, slot.quantity.start):
        governing, doer = left.verb, left.subject
    if not governing and right.possessed and (whole := _whole_before(reading, slot)):
        governing, doer = governor(reading, whole, lexicon)
    if governing in lexicon.origins and _owner_counted(reading, slot):
        governing, doer = "", ""  # 来自15个国家的400家企业: where they come from governs no more than that
    if not governing and (whole := _owner_counted(reading, slot)):
        over, who = governor(reading, whole, lexicon)
        governing, doer = (over, who) if over in lexicon.relations - lexicon.origins else (governing, doer)
    final = right if last is slot else right_of(reading, last, lexicon)
    said, possessed = final.said, right.possessed or final.possessed
    if _INSTRUMENT.search(reading.text, slot.left, slot.quantity.start):
        said = ""
    verb = governing if governing in lexicon.kept_verbs else ""
    if not said and (part := _part_of_people(reading, slot, topic)):
        return Named(part + noun, "indicator.part-of-last", noun, right.end)
    if slot.quantity.data["unit"].endswith("人") and governing in lexicon.causatives and noun in lexicon.activities:
        who = doer or topic.fresh or (topic.subject if topic.overt else "")
        who = "" if noun in who else who
        return Named(f"{who}{governing}{noun}人数", "indicator.people-brought-to", noun, right.end)
    if possessed and (governing in lexicon.deed_verbs or _is_done_to(slot, governing, possessed, lexicon)):
        deed = regex.sub("(?:任务|工作)$", "", possessed)
        return Named(f"{governing}{deed}的{noun}", "indicator.deed-of", noun, right.end)
    if governing in lexicon.origins and (who := _who_comes(reading, slot, lexicon)):
        return Named(f"{who}{governing}的{noun}", "indicator.origin", noun, right.end)
    if base := each_before(reading, slot, right.linked, lexicon):
        verb = governing if governing not in lexicon.light_verbs - lexicon.relations else ""
        return Named(base + verb + noun, "indicator.per-base", noun, right.end)
    if counts(slot) and not left.verb and (owner := owner_before(reading, slot, lexicon)):
        return Named(owner + noun, "indicator.owner-noun", noun, right.end)
    if len(noun) == 2 and (members := listed_before(reading, slot, lexicon)):
        return Named(members + noun, "indicator.listed", noun, right.end)
    if len(noun) <= _SHORT or (_AND.search(noun) and len(noun) <= _SHORT + 2):
        subject = left.subject or left.noun or (topic.head if left.chained or slot.left > slot.clause.start else "")
        if left.verb in lexicon.senders:
            subject = _TOWARDS.split(subject)[0]  # 水利部向两省派出3个工作组
        if (
            subject
            and 2 < len(subject) <= OWNER_LENGTH
            and (
                (left.verb in lexicon.possessions and not (said and left.verb in lexicon.there_is))
                or left.verb in lexicon.senders
                or (not left.verb and subject == topic.head and not said and governing in ("", *lexicon.possessions))
            )
        ):
            return Named(subject + noun, "indicator.subject-noun", noun, right.end)
        if not doer and governing in lexicon.reaches_over:
            doer = topic.fresh or topic.subject
        acts = lexicon.agent_end.search(doer) and governing not in lexicon.origins
        official = acts or lexicon.authority_end.search(doer)
        if 2 < len(doer) <= OWNER_LENGTH and governing in lexicon.relations and not official:
            return Named(doer + governing + noun, "indicator.subject-verb-noun", noun, right.end)
        if (
            said
            and (not verb or governing in lexicon.pivots)
            and (counts_things(slot) or not right.linked)
            and (governing in lexicon.pivots or _tells_apart(reading, first, final, lexicon))
        ):
            often = _OFTEN_THERE_IS.search(reading.text, slot.left, slot.quantity.start)
            return Named(f"{often['often'] if often else ''}{said}的{noun}", "indicator.relative", noun, right.end)
        if (
            len(noun) < _SHORT
            and len(governing) > 1
            and governing not in lexicon.possessions
            and (governing in lexicon.relations or governing not in lexicon.light_verbs)
        ):
            verb = governing
    owned = slot.quantity.rule == "unit.classifier" and left.verb not in PARTICLES  # 对7家企业: to whom something is done
    if not left.verb and counts(slot) and len(noun) == 2 and _IN_ALL & set(left.predicate) and _owns(left.noun, lexicon):
        return Named(left.noun + noun, "indicator.owner-noun", noun, right.end)
    if not verb and len(noun) == 2 and owned and not lexicon.region_end.search(noun):
        owner = _has(reading, slot, governing, doer, topic, lexicon)
        if 2 < len(owner) <= OWNER_LENGTH and not _NO_OWNER.search(owner) and noun not in owner:
            return Named(owner + noun, "indicator.topic-noun", noun, right.end)
    often = _HOW_OFTEN.search(reading.text, slot.left, slot.quantity.start) if verb else None
    return Named((often["often"] if often else "") + verb + noun, "indicator.after", noun, right.end)


_SAID_OF_PEOPLE = regex.compile(r"(?P<said>\p{Han}{2,6})(?:的\p{Han}+|人数)")
_AMONG_THEM = regex.compile("其中，?(?:还)?(?:包括|包含|有)?$")


def _part_of_people(reading: Reading, slot: Slot, topic: Topic) -> str:
    """What was said of all holds for those among them: 死亡的 of ``造成9名平民死亡，其中包括3名儿童``; else empty."""
    if slot.quantity.rule != "unit.people" or not _AMONG_THEM.search(reading.text, slot.left, slot.quantity.start):
        return ""
    said = _SAID_OF_PEOPLE.fullmatch(topic.last_of(slot.quantity.data["unit"]))
    return f"{said['said']}的" if said else ""


_OFTEN_THERE_IS = regex.compile(r"(?P<often>(?:平均)?每[天年月])(?:都|就|还|约|近|超|超过|已|可|有)*$")
_HOW_OFTEN = regex.compile(r"(?P<often>(?:平均)?每[天年月])(?:\p{Han}{0,14})$")
"""How much is done a day or a year: 每年输送 of ``每年可向海湾地区输送430亿千瓦时电能``."""
_INSTRUMENT = regex.compile("[^所予可用得加难足借]以[近约超]?$")
"""By what something is done does not do it: ``古城以20个场景连接起历史与生活``."""
_WITHIN = regex.compile("\\p{Han}{1,8}[中里内]的?")


def _has(reading: Reading, slot: Slot, governing: str, doer: str, topic: Topic, lexicon: Lexicon) -> str:
    """Who has the things counted: who is said to have or to get them, else the subject spoken of where it is left out.

    A number that its clause begins with is the subject itself (``912列火车停运``) and nobody's.
    """
    if len(doer) > 2:
        return doer if governing in lexicon.possessions | lexicon.gains else ""
    begins = all(
        w.text in lexicon.bound_before or w.text in lexicon.adverbs
        for w in reading.words_in(slot.clause.start, slot.quantity.start)
    )
    return "" if begins else topic.fresh or (topic.subject if topic.overt else "")


def _whole_before(reading: Reading, slot: Slot) -> Slot | None:
    """The number of the whole that a number is part of: 6个 of ``参加6个大项中71个小项的比赛``, or ``None``."""
    before = reading.slots[slot.group[0] - 1] if slot.group[0] else None
    within = before and _WITHIN.fullmatch(reading.text, before.quantity.end, slot.quantity.start)
    return before if within else None


def _owns(noun: str, lexicon: Lexicon) -> bool:
    return "、" not in noun and can_own(noun, lexicon)


_TOWARDS = regex.compile("(?<=..)[向对为给](?=..)")
_IN_ALL = {"共", "共计", "总共", "合计"}
"""What there is in all of a thing: ``方案共26条举措``."""
_OWNING = regex.compile("\\p{Han}{1,8}的[近约超过逾]{0,2}")


def _owner_counted(reading: Reading, slot: Slot) -> Slot | None:
    """The number of those that have what is counted: 128个 of ``覆盖128个国家的600个港口``, or ``None``."""
    before = reading.slots[slot.group[0] - 1] if slot.group[0] else None
    return before if before and _OWNING.fullmatch(reading.text, before.quantity.end, slot.quantity.start) else None


def _is_done_to(slot: Slot, governing: str, possessed: str, lexicon: Lexicon) -> bool:
    """Whether a deed is done to what the things counted have: ``参加71个小项的比赛``, not ``聚集70家老字号的年货``."""
    if len(possessed) < 2 or governing in lexicon.openers:
        return False
    known = governing in lexicon.light_verbs | lexicon.possessions | lexicon.relations | lexicon.origins | lexicon.pivots
    return counts(slot) and len(governing) > 1 and not known and not lexicon.actor_end.search(possessed)


_NO_OWNER = regex.compile("[为对给向]|[人员者民手客生]$|^[^“]*”")
"""Those for whom something is done, and people, do not have what is counted; nor does the end of a quotation."""


_OF_ACTORS = ("名", "位", "户", "家", "所", "人", "支")
"""Classifiers of people and institutions."""


def _tells_apart(reading: Reading, first: Slot, right: Right, lexicon: Lexicon) -> bool:
    """Whether what is said of the things counted tells which they are: 航班取消, 装置列入国家规划; not 展品集中亮相.

    It does of who acts, and of things where it says what they are part of, what is done to them or how far they have come.
    """
    acts = first.quantity.data["unit"].endswith(_OF_ACTORS) or lexicon.actor_end.search(right.noun)
    if acts or lexicon.outcomes.search(right.said):
        return True
    return any(w.text in lexicon.selecting for w in reading.words_in(first.left, first.quantity.start))


_LINKED = regex.compile("[^，。；：]{1,14}的[近约超逾过]{0,2}")


def _who_comes(reading: Reading, slot: Slot, lexicon: Lexicon) -> str:
    """Who is from the places that a number counts: 参展企业 of ``来自40个国家的500家企业参展``; empty if none is named."""
    if owner := noun_behind(reading, slot, lexicon):
        return owner
    for one, other in pairwise(reading.slots[slot.group[-1] :]):
        if _LINKED.fullmatch(reading.text, one.quantity.end, other.quantity.start):
            after = right_of(reading, other, lexicon)
            brief = after.said if len(after.said) + len(after.noun) <= _SHORT else ""
            return brief + after.noun
        if not is_linked(reading, one, other):
            break
    return ""


_LEVIED = regex.compile(r"对(?P<on>[^，。；]{2,12}?)(?:再|统一|全面)*(?:加征|征收|实施|适用|执行|降至|降为)[最高约近至达]*$")


def counts(slot: Slot) -> bool:
    """Whether the unit is a classifier: 个, 家, 名."""
    return slot.quantity.rule in ("unit.classifier", "unit.people")


def medals(reading: Reading, slot: Slot, left: Left, right: Right, topic: Topic, lexicon: Lexicon) -> Named | None:
    """``中国队以8金5银4铜居首`` → 中国队金牌: medals, and who won them; ``None`` where a number counts something else.

    Another number between the two only says of which event they are: ``选手在三项比赛中收获2金``.
    """
    named = slot.quantity.data["unit"][-1] + "牌" if slot.quantity.rule == "unit.medal" else right.noun
    if not _MEDAL.fullmatch(named):
        return None
    words = reading.words_in(slot.clause.start, slot.quantity.start)
    until = next((w.start for w in words if w.tag in ("p", "t")), slot.quantity.start)
    who = subject_of(reading, slot.clause.start, until, lexicon)
    if not who and slot.left == slot.clause.start:
        who = left.subject or left.noun
    before = next((said for said, _, _ in reversed(topic.heard[topic.sentence :]) if _MEDAL.search(said)), "")
    owner = who or _MEDAL.sub("", before) or topic.fresh or topic.subject
    return Named(owner + named, "indicator.medals", owner, right.end)


_MEDAL = regex.compile("[金银铜奖]牌$")


_WAYS = regex.compile("[双单]向$")


def counted_by_unit(slot: Slot, left: Left, right: Right, topic: Topic, lexicon: Lexicon) -> Named | None:
    """``11部门印发方案`` → 印发方案的部门, ``覆盖5市`` → 覆盖市: a unit that is itself the noun of what it counts."""
    unit = unit_noun(slot, lexicon)
    if not unit or right.noun:
        return None
    if both := _WAYS.search(left.noun):
        owner = left.noun[: both.start()] or left.subject or topic.fresh or topic.subject
        return Named(owner + both[0] + unit, "indicator.unit-noun", owner)
    said = right.said or (right.saying if sayable(right.saying) else "")
    if said:
        return Named(f"{said}的{unit}", "indicator.unit-noun", unit, right.end)
    verb = left.verb if left.verb in lexicon.relations else ""
    doer = left.subject if verb and 2 < len(left.subject) <= OWNER_LENGTH else ""
    return Named(doer + verb + unit, "indicator.unit-noun", unit, right.end) if verb or not left.noun else None


def befalls(reading: Reading, slot: Slot, left: Left, right: Right, lexicon: Lexicon) -> bool:
    """Whether a number counts people by what they do or what befalls them: ``造成268人遇难``, ``其中有20人获奖``."""
    if not slot.quantity.data["unit"].endswith(("人", "人次", "名")) or not right.saying or right.noun:
        return False
    if not left.noun or (not left.verb and any(word.endswith("有") for word in left.predicate)):
        return True
    if lexicon.bringing_about.search(reading.text, slot.left, slot.quantity.start):  # 多地致8人死亡
        return True
    return any(word.text.lstrip("已共") in lexicon.brings_about for word in reading.words_in(slot.left, slot.quantity.start))


def people_who(slot: Slot, right: Right) -> Named:
    """``111万人死于事故`` → 死于事故人数."""
    said = regex.split(r"[，。；：、]", right.predicate or right.saying)[0]
    return Named(said + ("人次" if "次" in slot.quantity.data["unit"] else "人数"), "indicator.people-who")
