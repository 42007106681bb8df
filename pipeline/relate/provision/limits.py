"""Limits: what a threshold narrows down, how often something may be done."""

from __future__ import annotations

from pipeline import regex
from pipeline.relate.following import Right
from pipeline.relate.lexicon import Lexicon
from pipeline.relate.phrases import strip_left
from pipeline.relate.reading import Reading, Slot, kind_of_unit

_NARROWED = regex.compile(r"的(?P<noun>[^，。；：、的\d]{2,14}?)(?=[，。；：、]|给予|予以|按|每|一次性|分别|再|$)")
_INCLUDED = regex.compile("（不?(?:包)?含[^（）]*）")
_TO_UPPER = regex.compile(
    r"(?:及?以上|[（(]不?含[^（）()]*[）)])+(?:、|至|到)?(?:不满|未满|不足|低于|不超过)?|(?:，|、|且)?(?:不满|未满|不足)"
)
"""What stands between the two numbers that a range is given by: 五百元以上五千元以下, 年满80周岁不满90周岁."""
_EXPERIENCE = regex.compile(r"的?(?P<what>\p{Han}{0,10}(?:经历|经验|工龄|资历|驾龄|学历))")
_AT_RATE = regex.compile("的?(?:标准|比例|费率|额度)")


def counted(right: Right, lexicon: Lexicon) -> str:
    """The noun after a number without what is said of it in the same breath."""
    return str(lexicon.said_after.sub("", right.noun))


def experience(reading: Reading, slot: Slot, lexicon: Lexicon) -> str:
    """``应当具有3年以上驾驶经历``: what one must have for so long."""
    bound = lexicon.after_pattern.match(reading.text, slot.quantity.end)
    match = _EXPERIENCE.match(reading.text, bound.end() if bound else slot.quantity.end, slot.right)
    return match["what"] if match else ""


def upper_end(reading: Reading, slot: Slot) -> Slot | None:
    """The number that bounds the same thing from above: 五千元 of ``五百元以上五千元以下``."""
    following = slot.group[-1] + 1
    if len(slot.group) > 1 or following >= len(reading.slots):
        return None
    upper = reading.slots[following]
    alike = kind_of_unit(slot.quantity.data["unit"]) == kind_of_unit(upper.quantity.data["unit"])
    if not alike or upper.clause is not slot.clause:
        return None
    return upper if _TO_UPPER.fullmatch(reading.text, slot.quantity.end, upper.quantity.start) else None


def threshold(reading: Reading, slot: Slot, right: Right, lexicon: Lexicon) -> str:
    """``注册资本500万元以上的企业`` → 企业: what a number with a bound or 的 behind it narrows down; empty for a measure."""
    last = upper_end(reading, slot) or reading.slots[slot.group[-1]]
    included = _INCLUDED.match(reading.text, last.quantity.end)
    bound = lexicon.after_pattern.match(reading.text, included.end() if included else last.quantity.end)
    if _AT_RATE.match(reading.text, last.quantity.end):
        return ""
    noun = counted(right, lexicon)
    end = bound.end() if bound else included.end() if included else 0
    included = _INCLUDED.match(reading.text, end) if end else None
    end = included.end() if included else end
    if end and (narrowed := _NARROWED.match(reading.text, end)):
        noun, bound = lexicon.said_after.sub("", narrowed["noun"]), narrowed
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


_EACH_TIME = regex.compile(r"(?:每(?:半?年|季度?|学期|学年|\p{Han}{1,4}?))*")
_WITHIN_HERE = regex.compile(r"^(?:在?本)?\p{Han}{0,6}(?:范围|区域|辖区)?内")


def how_often(reading: Reading, slot: Slot, right: Right, grant: str, lexicon: Lexicon) -> str:
    """``每人每年享受补贴不超过3次`` → 每人每年享受补贴次数; ``每学期至少开展2次检查`` → 每学期开展检查次数.

    How often something was done, without 每 and without a bound, is no rule for it.
    """
    if slot.quantity.data["unit"] not in ("次", "轮", "遍"):
        return ""
    after = _WITHIN_HERE.sub("", right.noun)
    if match := lexicon.how_often.search(reading.text[slot.left : slot.quantity.start]):
        what = match["what"] or after or grant
        what = grant if what and grant.endswith(what) else what
        return f"{match['who'] or ''}{match['deed']}{what}次数"
    found = reading.words_in(slot.left, slot.quantity.start)
    bounded = False
    while found and (found[-1].text in lexicon.bound_before or found[-1].text in lexicon.bound_adverbs):
        found, bounded = found[:-1], True
    if not found:
        return ""
    deed, before = found[-1].text, found[:-1]
    allowed = False
    while before and "每" not in before[-1].text and before[-1].text in lexicon.modals | lexicon.adverbs:
        before, allowed = before[:-1], True
    first = next((i for i, w in enumerate(before) if w.text.startswith("每")), len(before))
    each = "".join(w.text for w in before[first:] if w.text.startswith("每") or w.tag[:1] not in "dc")
    verbal = found[-1].tag[:1] in "vx" or deed in lexicon.noun_verbs or (len(deed) == 2 and (each or allowed))
    if deed in lexicon.reach or not verbal or not (each or bounded or allowed) or not _EACH_TIME.fullmatch(each):
        return ""
    who = "".join(w.text for w in strip_left(before[:first], lexicon))
    who = "" if lexicon.body_end.search(who) or not each else who
    if len(deed) < 2 or deed in lexicon.grants:
        return f"{who}{each}{grant}次数" if grant else ""
    return f"{who}{each}{deed}{after}次数"
