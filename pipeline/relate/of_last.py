"""Of last: a number of those that were counted before, so many of them or those that the text describes."""

from __future__ import annotations

from pipeline import regex
from pipeline.relate.counted import OWNER_LENGTH, counts
from pipeline.relate.following import Right, sayable
from pipeline.relate.lexicon import Lexicon
from pipeline.relate.phrases import Left, strip_left
from pipeline.relate.preceding import governor
from pipeline.relate.reading import Reading, Slot
from pipeline.relate.reference import is_relational
from pipeline.relate.topic import Named, Topic


def share_of_last(left: Left, right: Right, topic: Topic, lexicon: Lexicon) -> Named | None:
    """The part of what was counted last of which something is said: ``出口8090万吨，七成销往中国`` → 销往中国的出口占比."""
    if not _only_there_is(left, lexicon) or not sayable(right.saying):
        return None
    if right.saying[0] in "是为":
        whole = f"占{topic.last}比重" if lexicon.measure_noun.search(topic.last) else "占比"
        return Named(right.saying[1:] + whole, "indicator.share-of-last")
    whole = topic.fresh or next((said for said in reversed(topic.said) if not is_relational(said, lexicon)), "")
    noun = regex.split("的", whole)[-1]
    return Named(f"{right.saying}的{noun}占比", "indicator.share-of-last") if noun else None


def _only_there_is(left: Left, lexicon: Lexicon) -> bool:
    """Whether nothing but 有 stands before the number: 已有 of ``已有九成恢复供电``."""
    there_is = {"有", "已", "其中", *lexicon.possessions}
    return not (left.noun or left.subject or set(left.predicate) - there_is - lexicon.bound_before.keys()) and (
        not left.verb or left.verb in there_is
    )


_MEMBERS = regex.compile(
    r"(?:的)?(?P<noun>[^，。；]{2,16}?)(?:(?:当中|之中|中|里)，?(?:已|仅|只|还|就|也|均)*有?|，(?:已|仅|只)?有|(?:已|仅|只)?有)(?:近|约|超过)?"
)


def part_of_last(reading: Reading, slot: Slot, right: Right) -> Named | None:
    """The members of what was counted before of which something is said: ``28项指标中，已有19项提前完成``."""
    at = slot.group[0]
    if len(slot.group) > 1 or not at or not sayable(right.clause) or not counts(slot):
        return None
    before = reading.slots[at - 1].quantity
    whole = _MEMBERS.fullmatch(reading.text, before.end, slot.quantity.start)
    if not whole or before.data["unit"] != slot.quantity.data["unit"] or right.noun[:2] == whole["noun"][-2:]:
        return None
    return Named(f"{right.clause}的{whole['noun']}", "indicator.part-of-last", whole["noun"])


_OUT_OF = regex.compile("的?(?P<noun>[^，。；：、]{2,14}?)(?:当中|之中|中|里)的(?:近|约|超过)?")


def part_of_whole(reading: Reading, slot: Slot, lexicon: Lexicon) -> Named | None:
    """``班列通达45个国家中的30个`` → 班列通达国家: so many of those counted before, by the verb over them."""
    at = slot.group[0]
    whole = _OUT_OF.fullmatch(reading.text, reading.slots[at - 1].quantity.end, slot.quantity.start) if at else None
    if not whole:
        return None
    verb, doer = governor(reading, reading.slots[at - 1], lexicon)
    owner = doer if verb in lexicon.relations and len(doer) <= OWNER_LENGTH else ""
    return Named(owner + verb + whole["noun"], "indicator.part-of-whole", whole["noun"])


_DESCRIBED = regex.compile(
    r"(?P<said>[^，。；：]{2,18}?)的(?:(?:已|也|还|仍|共|就|均)*(?P<is>有|达到?|超过?|突破|为)(?:了|近|约|超过?|逾)?|(?:近|约|逾)?)"
)


def described_of_last(reading: Reading, slot: Slot, right: Right, topic: Topic, lexicon: Lexicon) -> Named | None:
    """Those of what was counted before that the text describes: ``59项措施…，取得进展的有28项`` → 取得进展的措施.

    有 may be left out: ``收到议案226件，其中代表团提出的28件``.
    """
    if len(slot.group) > 1 or right.noun:
        return None
    said = _DESCRIBED.fullmatch(reading.text, slot.left, slot.quantity.start)
    if not said:
        return None
    words = strip_left(reading.words_in(slot.left, said.end("said")), lexicon)
    described = "".join(w.text for w in words)
    whole = topic.last_of(slot.quantity.data["unit"])
    described_here = bool(words) and words[-1].end == said.end("said") and any(w.tag == "v" for w in words)
    if not said["is"] and not (whole and described_here):  # 增加到现在的148条
        return None
    noun = bare_noun(whole, lexicon) if whole else "人" if slot.quantity.data["unit"].endswith("人") else ""
    return Named(f"{described}的{noun}" if noun else described, "indicator.described-of-last", noun)


def bare_noun(indicator: str, lexicon: Lexicon) -> str:
    """The things counted, without what is done to them or said of them: 案件 of 受理案件, 公路 of 受损的公路."""
    noun = regex.split("的", indicator)[-1] if not indicator.endswith("的") else indicator
    deeds = lexicon.kept_verbs | lexicon.light_verbs | lexicon.attributives
    noun = noun.removeprefix("新") if noun[1:3] in deeds else noun  # 新开通公交线路
    before = max((d for d in deeds if noun.startswith(d) and len(noun) > len(d) + 1), key=len, default="")
    doing = max((noun.find(d) + len(d) for d in lexicon.relations - lexicon.noun_verbs if noun.find(d) > 1), default=0)
    return noun[max(len(before), doing) :]
