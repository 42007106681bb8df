"""Limits: how long something may take, has lasted, or holds; how often it may be done; what a threshold narrows down."""

from __future__ import annotations

import regex

from pipeline.relate.following import Right
from pipeline.relate.lexicon import Lexicon
from pipeline.relate.phrases import MARKS, is_noun, strip_left
from pipeline.relate.reading import Reading, Slot

_OPENING = regex.compile("^(?:应当?|须|需|或者?|持有|实际(?=.{4,})|年)+")
_WITHIN = regex.compile(r"^(?:之内|以内|内|前)(?:，|（[^）]*）)?(?P<what>(?!的)[^，。；（）]{2,40})")
_REACHED = regex.compile("(?:[^达直]至|[^达直]到|为|控制在|保持在)$")
"""A length of time that something reaches is its level, no limit for what follows: 压缩至1个工作日以内，…."""
_DONE = regex.compile(
    r"(?<=^|[，、；：（及和或中指])(?P<what>(?!自|在|从|于|以|按|每|一)\p{Han}{1,3}[^后起时在的内前后过满\P{Han}])$"
)
_AGO = regex.compile(
    r"以?内(?:的|未?\p{Han}{2,12}?[生者人员户工民](?=[，。；：、指可按]|$)|[）)]|，|[^，。；]{2,8}的(?=[，。；]))"
)
_OF_NOUN = regex.compile(
    r"以?内(?:的(?P<noun>[^，。；：、]{2,16})|(?P<person>\p{Han}{2,12}?[生者人员户工民]))(?=[，。；：、指可按]|$)"
)
_NARROWED = regex.compile(r"的(?P<noun>[^，。；：、的\d]{2,14})(?=[，。；：、]|$)")
_LASTING = regex.compile(r"(?P<what>(?:(?![并且的未对在])\p{Han}){2,20}?)(?P<time>时间|期限)?(?:已)?(?:连续)?满$")
_ALREADY = regex.compile("(?:年限|期限|时间)(?!$)|期$")
_PERIOD = regex.compile(r"的(?P<name>\p{Han}{1,4}期)(?=[，。；、]|$)")
_AT_RATE = regex.compile("的?(?:标准|比例|费率|额度)")
_LONGEST_NAME = 16


def length_of_time(reading: Reading, slot: Slot, right: Right, grant: str, lexicon: Lexicon) -> str:
    """What a length of time is the limit of; empty where its clause says that with a noun before it.

    Args:
        grant: the grant spoken of last, which 分3年拨付 is said of.
    """
    unit = str(slot.quantity.data["unit"])
    before = reading.text[slot.left : slot.quantity.start]
    if period := _PERIOD.match(reading.text, slot.quantity.end):
        return str(period["name"])
    if (verb := lexicon.waits.search(before)) and not unit.endswith(("年", "月")):
        return f"{verb['deed']}时间"
    if contract := lexicon.contract.match(reading.text, slot.quantity.end):
        return f"{contract['what']}期限"
    if not unit.endswith("岁") and (lasting := _LASTING.search(before)) and not _ALREADY.search(lasting["what"]):
        what = _OPENING.sub("", lasting["what"])
        who = counted(right, lexicon) if right.linked and len(what) <= 4 else ""
        who = who if len(who) > 2 else ""
        return f"{who}{what}时间"
    if before.endswith("分") and (deed := lexicon.instalment.match(reading.text, slot.quantity.end)):
        return f"{grant}{deed['deed']}期限"
    done = _DONE.search(before) if unit.endswith(("年", "月")) else None
    if done and _AGO.match(reading.text, slot.quantity.end):
        return (counted(right, lexicon) or _named_after(reading, slot)) + done["what"] + "时间"
    return time_limit(reading, slot, lexicon)


def time_limit(reading: Reading, slot: Slot, lexicon: Lexicon) -> str:
    """``在3个工作日内完成审核`` → 审核时限; ``15日内将补贴拨付至单位`` → 补贴拨付时限; ``5年内不得转让`` → 不得转让期限."""
    match = _WITHIN.match(reading.text[slot.quantity.end : reading.sentence.end])
    if not match or _REACHED.search(reading.text, slot.left, slot.quantity.start):
        return ""
    what = match["what"].rstrip("的")
    whole = lexicon.moved.match(what) or lexicon.done_to.match(what)
    what = whole["what"] + whole["deed"] if whole else lexicon.done_towards.sub("", lexicon.doing.sub("", what))
    what = lexicon.doing.sub("", what)
    if len(what) > 20:
        what = regex.split(r"并(?=[\p{Han}]{2})", what)[0]
    long = regex.search("[年月]$", str(slot.quantity.data["unit"])) or what.startswith("不") or lexicon.applies.match(what)
    return what + ("期限" if long else "时限")


def stage_of(reading: Reading, slot: Slot, lexicon: Lexicon) -> str:
    """What a limit without a name of its own is of: the stage or class that its clause or sentence begins with.

    ``规划许可阶段，由发展改革局牵头，15个工作日内完成``: 规划许可阶段; ``热线工单，咨询类2个工作日内答复``: 咨询类热线工单.
    """
    first = reading.sentence.clauses[0]
    numbers = [s for s in reading.slots if s.clause is first]
    opening = "" if numbers or first is slot.clause else _nominal_text(reading, first.start, first.end, lexicon)
    own = _nominal_text(reading, slot.left, slot.quantity.start, lexicon)
    if own.endswith(("类", "级")):
        return own + opening
    return own or opening


def _nominal_text(reading: Reading, start: int, end: int, lexicon: Lexicon) -> str:
    """The words of a stretch where they name a thing, and nobody who acts; else an empty string."""
    found = strip_left(reading.words_in(start, end), lexicon)
    while found and (
        found[-1].text in lexicon.predicate_words or found[-1].tag[:1] in "dp" or MARKS.fullmatch(found[-1].text)
    ):
        found = found[:-1]
    text = "".join(w.text for w in found)
    named = bool(found) and (is_noun(found[-1], lexicon) or text.endswith(("类", "级")))
    acts = lexicon.acting_end.search(text) or any(w.tag[:1] == "p" or w.text in lexicon.modals for w in found)
    acts = acts or text.startswith("每") or reading.text[start:end].rstrip("，；").endswith(("的", "后", "前"))
    return text if named and not acts and 2 <= len(text) <= _LONGEST_NAME else ""


def step_of(reading: Reading, slot: Slot, lexicon: Lexicon) -> str:
    """``施工图联合审查10个工作日``, ``抵押登记1个工作日办结``: the step that a length of time right behind it is for."""
    if not str(slot.quantity.data["unit"]).endswith(("工作日", "自然日", "日", "天", "小时", "分钟")):
        return ""
    found = strip_left(reading.words_in(slot.left, slot.quantity.start), lexicon)
    text = "".join(w.text for w in found)
    step = (
        len(found) > 1 and (found[-1].tag[:1] == "v" or found[-1].text in lexicon.noun_verbs) and is_noun(found[0], lexicon)
    )
    changed = any(w.text in lexicon.predicate_words or w.tag[:1] in "dp" or w.text in lexicon.change for w in found)
    ended = lexicon.limit_end.match(reading.text, slot.quantity.end)
    return text if step and ended and not changed and 3 <= len(text) <= _LONGEST_NAME else ""


def _named_after(reading: Reading, slot: Slot) -> str:
    """``毕业5年内的回国（境）人员``: the noun after 内的, brackets and all."""
    match = _OF_NOUN.match(reading.text, slot.quantity.end)
    return match["noun"] or match["person"] if match else ""


def counted(right: Right, lexicon: Lexicon) -> str:
    """The noun after a number without what is said of it in the same breath."""
    return str(lexicon.said_after.sub("", right.noun))


def threshold(reading: Reading, slot: Slot, right: Right, lexicon: Lexicon) -> str:
    """``注册资本500万元以上的企业`` → 企业: what a number with a bound or 的 behind it narrows down; empty for a measure."""
    last = reading.slots[slot.group[-1]]
    bound = lexicon.after_pattern.match(reading.text, last.quantity.end)
    if _AT_RATE.match(reading.text, last.quantity.end):
        return ""
    noun = counted(right, lexicon)
    if bound and (narrowed := _NARROWED.match(reading.text, bound.end())):
        noun = lexicon.said_after.sub("", narrowed["noun"])
    if not bound and not right.linked and not str(slot.quantity.data["unit"]).endswith("岁"):
        return ""
    if (
        len(noun) < 2
        or noun.startswith(("每", "按", "由", "部分"))
        or noun in lexicon.not_narrowed
        or lexicon.head_end.search(noun)
        or noun in lexicon.generic
    ):
        return ""
    return noun


def how_often(reading: Reading, slot: Slot, right: Right, grant: str, lexicon: Lexicon) -> str:
    """``每人每年享受补贴不超过3次`` → 每人每年享受补贴次数; ``每学期至少开展2次检查`` → 每学期开展检查次数."""
    if not str(slot.quantity.data["unit"]).endswith("次"):
        return ""
    match = lexicon.how_often.search(reading.text[slot.left : slot.quantity.start])
    if not match:
        return ""
    what = match["what"] or right.noun or grant
    what = grant if what and grant.endswith(what) else what
    return f"{match['who'] or ''}{match['deed']}{what}次数"
