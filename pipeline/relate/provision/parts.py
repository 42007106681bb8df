"""Parts: what the words around one number of a rule say."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline import regex
from pipeline.relate.lexicon import Lexicon
from pipeline.relate.phrases import is_noun, strip_left
from pipeline.relate.reading import Reading, Slot, kind_of_unit


@dataclass(slots=True)
class Parts:
    """The words of a rule around one number.

    Attributes:
        who: for whom, or in which case: 博士研究生, 占用盲道.
        per: for each of what: 每人每月.
        head: what is measured: 起付标准.
        deed: the verb that grants or pays: 补助, 承担.
        base: what a percentage is of: 最低工资标准.
        granted: whether the head is the thing given, which says nothing without its receiver.
        receiver: whom the verb of giving has for an object: 企业 of 给予企业10万元奖励.
        odd: whether words stand before the number that are none of these.
    """

    who: str = ""
    per: str = ""
    head: str = ""
    deed: str = ""
    base: str = ""
    granted: bool = False
    receiver: str = ""
    odd: bool = False


_FARTHEST = 120
"""How many characters before a number can belong to it."""

_PER = regex.compile(r"(?:每(?!周岁)[^每，、；：的]{1,6})+$")
_YEARLY = regex.compile(r"^每年(?=$|每)")
_BASIS = regex.compile(
    r"(?P<pre>.*?)(?:可|应|应当|均)?(?:不低于|不超过)?(?:按照|按|依照|参照|(?<![可所难足予])以(?![上下内及后前外])|相当于)"
    r"(?:不低于|不超过|不高于)?(?:其|本市|本区|当地|全市|本)?(?P<base>.{2,})$"
)
_GIVEN = regex.compile(r"(?P<pre>.*?)(?:一次性|分别)*(?:给予|奖励|补助|补贴|资助|发放)(?P<who>[^的]{2,})$")
_OPENING = regex.compile(r"^(?:对(?![外口标])于?|向|处|并处|是?指|符合条件的?|且|并|或者?)+|(?:(?:可以)?选择|可)$")
_SINCE_THEN = regex.compile(r"^自[^，。；]*?起")
_NO_ONE = regex.compile(
    r"^由|^相当于$|^[省市县区、级中央地方各]*财政(?:部门)?$|^(?:一次性|每年)+$|(?:期间|满|(?<=.{4})后|(?<=.{3})中|内|前|基础上)$|^每年|^$"
)
_AT_SHARES = regex.compile("、[^，。；]*的比例")
_EACH_OF = regex.compile(r"(?P<per>(?:每[人户年月日天亩生床吨次])+)(?P<who>\p{Han}{3,12})")
_DEFINING = regex.compile("^.*?是?指(?=.{3,})")
_MEETING = regex.compile("(?:应当?|须|需|必须)?(?:同时)?(?:符合|具备|满足)(?=.{3,})")
_AMOUNT = regex.compile("(?:分[阶批期年段次]+段?|一次性)?(?:给予|发放)?(?P<total>总额)$")
_ASIDE = regex.compile("（[^（）]*[，。；、][^（）]*）|（(?:[含不]|指|仅|以下简称)[^（）]*）")
_LAST_ASIDE = regex.compile("（[^（）]*）$")
_GIVEN_THEN = regex.compile(r"(?:一次性|分别|再)*(?:给予|予以|发放)(?P<head>\p{Han}{2,8})(?=[，。；])")
"""按话剧每场1000元、歌剧每场2000元，给予补贴: what is given is said in the clause behind."""
_SHUT = regex.compile("[^（]*）")
_AND = regex.compile("^.*(?:[^不]但|且|或|并|承诺)(?=.{3,})")
_REMARKS = regex.compile("^(?:给予)?(?:警告|通报批评|责令改正)(?:或者?|并|和|、)")
_NEXT_OF_LIST = regex.compile(r"[、，和及与][\p{Han}（）()—\-\d]{2,12}")
_CONTRAST = regex.compile("^.*[^不](?:但|且)(?=.{3,})")
_VERIFIED = regex.compile("^经[^，]{0,8}?(?:属实|同意|认定|审核|批准|合格)后?")
_FROM = regex.compile("(?:由|视)[^由视]{2,}$")
_PORTION = regex.compile(r"^的?部分(?P<rest>.*)$")
_JOINT = regex.compile("[和及与、]|以及")
_RECEIVED = regex.compile(r"(?P<who>\p{Han}{2,8})(?=[，。；])")


def no_one(text: str) -> bool:
    """Whether words name nobody for whom a rule holds: 由市财政, 在职期间."""
    return bool(_NO_ONE.search(text))


def parts_of(reading: Reading, slot: Slot, dimension: str, lexicon: Lexicon) -> Parts:
    """Takes the words before and after a number apart."""
    first = reading.slots[slot.group[0]]
    left = max(_left_of_rate(reading, first), _right_of_grant(reading, first, lexicon), first.quantity.start - _FARTHEST)
    text = reading.text[left : first.quantity.start]
    if (shut := _SHUT.match(text)) and not slot.clause.depth:
        left, text = left + shut.end(), text[shut.end() :]
    parts = Parts()
    receiver = ""
    compared = False
    if dimension in ("money", "share", "multiple"):
        parts.head, receiver = _granted(reading, slot, lexicon, dimension)
    elif dimension == "duration":
        bound = lexicon.after_pattern.match(reading.text, slot.quantity.end)
        leave = lexicon.leave.match(reading.text, bound.end() if bound else slot.quantity.end, slot.clause.end)
        parts.head = leave["head"] if leave else ""
    text = _strip(text, parts, lexicon)
    end = left + len(text)
    if basis := _BASIS.match(text):
        base = _base(reading, left + basis.start("base"), end, lexicon)
        end = left + basis.end("pre")
        shared = dimension == "share" and _AT_SHARES.match(reading.text, slot.quantity.end, slot.clause.end)
        if shared or (dimension == "money" and parts.head and not (parts.deed or basis["pre"])):
            parts.who = base
        elif dimension == "money" and parts.head and parts.per and not parts.deed:  # 机构按护理型床位每张1.5万元给予补贴
            parts.who, end = base, left
        else:
            parts.base = base
    elif dimension in ("share", "multiple") and (over := lexicon.comparison.match(text)):
        parts.base = _base(reading, left + over.start("base"), end, lexicon)
        end = left + over.end("pre")
        compared = dimension == "multiple"
    if (each := _EACH_OF.fullmatch(parts.per)) and lexicon.actor_end.search(each["who"]):
        parts.per, parts.who = each["per"], each["who"]
    if parts.base:
        end = left + len(_strip(reading.text[left:end], parts, lexicon))
    raw = reading.text[left:end]
    rest = words(reading, left, end, lexicon)
    if dimension == "share" and parts.head and not parts.base and "的" in rest:
        rest, parts.base = "", rest.rpartition("的")[2]
    if dimension == "share" and parts.head and not parts.base and "处" in raw:
        rest, parts.base = "", regex.sub("^.*处(?=.{2})", "", rest)
    if not parts.head and parts.deed.endswith("罚"):
        parts.head = "罚款"
    if not parts.head and parts.deed in lexicon.grants:
        parts.head = parts.deed + ("期限" if dimension == "duration" else "")
        if each := lexicon.given_each.fullmatch(parts.per):
            parts.per, parts.head = each["per"], each["kind"] + parts.head
    parts.granted = bool(parts.head)
    rest = _MEETING.sub("", _DEFINING.sub("", rest))
    if parts.granted and (amount := _AMOUNT.search(rest)):
        rest, parts.head = rest[: amount.start()], parts.head + amount["total"]
    if rest.startswith("比"):
        return Parts(odd=True)
    given = _GIVEN.match(rest)
    if given and dimension == "share" and parts.granted and not parts.base and parts.deed not in lexicon.grants:
        rest, parts.base, given = given["pre"], given["who"], None
    if given and (parts.granted or not given["pre"]) and not lexicon.head_end.search(given["who"]):
        rest, parts.receiver = given["pre"] + given["who"], given["who"]
    rest = _VERIFIED.sub("", _FROM.sub("", rest))
    if parts.base and "向" in rest:
        rest = rest.rpartition("向")[2]
    portion = _PORTION.match(rest)
    if portion:
        rest = portion["rest"]
    rest = _REMARKS.sub("", _SINCE_THEN.sub("", _OPENING.sub("", rest)))
    if dimension == "multiple" and "处" in raw:
        rest = ""
    if not parts.head and (lexicon.head_end.search(_LAST_ASIDE.sub("", rest)) or lexicon.degree_end.search(rest)):
        parts.head = _CONTRAST.sub("", rest.removeprefix("在").removeprefix("承诺"))
        if lexicon.leave_end.search(parts.head):
            parts.who, parts.head = _leave(parts.head, lexicon)
            parts.granted = lexicon.leave_end.fullmatch(parts.head) is not None
    elif not (parts.head or parts.base or parts.per or parts.deed) and _measured(
        reading, left, first, rest, dimension, lexicon
    ):
        parts.head = _AND.sub("", rest)
        parts.head = parts.head[made.end() :].removeprefix("的") if (made := lexicon.made.match(parts.head)) else parts.head
    elif not parts.head and (split := lexicon.head_for.fullmatch(rest)):
        parts.head, parts.who = split["head"], split["who"].lstrip("为是")
    elif _NO_ONE.search(rest) or raw.lstrip("，、").startswith("由"):
        parts.odd = bool(rest) and not parts.granted
    else:
        parts.who = rest + parts.who
    if ranked := lexicon.ranked_grant.match(parts.head):
        parts.head, parts.who = ranked["head"], ranked["who"] + parts.who
    if compared and not (parts.head or parts.odd):
        parts.head, parts.who = parts.who, ""
    if portion:
        parts.who = _portion(reading, slot)
    parts.who += receiver
    return parts


def _measured(reading: Reading, left: int, slot: Slot, rest: str, dimension: str, lexicon: Lexicon) -> bool:
    """Whether what stands before a sum and its bound is the measure: 地方财力 of ``地方财力不低于3000万元``."""
    bound = lexicon.before_pattern.search(reading.text, left, slot.quantity.start)
    if dimension != "money" or not bound or len(bound[0]) < 2 or len(rest) < 3:
        return False
    last = reading.words_in(left, bound.start())[-1:]
    return (
        bool(last)
        and is_noun(last[0], lexicon)
        and not (
            lexicon.actor_end.search(rest)
            or lexicon.compound_end.search(rest)
            or lexicon.region_end.search(rest)
            or _NO_ONE.search(rest)
        )
    )


def _leave(text: str, lexicon: Lexicon) -> tuple[str, str]:
    """Who has leave, and which: 一孩延长产假 is 产假 for 一孩."""
    who, changed, leave = text.partition(next((verb for verb in lexicon.deeds_or_changes if verb in text), "的"))
    return (who, leave) if changed else ("", text)


def _left_of_rate(reading: Reading, slot: Slot) -> int:
    """Where the words before a number begin; ``每15分钟2.5元`` has one number more among them."""
    index = slot.group[0]
    if index and reading.text[slot.left : slot.quantity.start] == "":
        before = reading.slots[index - 1]
        if before.quantity.end == slot.left and reading.text[before.quantity.start - 1] == "每":
            return before.left
    return slot.left


def _right_of_grant(reading: Reading, slot: Slot, lexicon: Lexicon) -> int:
    """Where the thing given ends that the number before is of: 安家补贴 in ``500万元安家补贴和100万元科研资助``."""
    index = slot.group[0]
    if not index or reading.slots[index - 1].clause is not slot.clause:
        return 0
    given = lexicon.granted.match(reading.text, reading.slots[index - 1].quantity.end, slot.quantity.start)
    return given.end() if given and _JOINT.fullmatch(reading.text, given.end(), slot.quantity.start) else 0


def _base(reading: Reading, start: int, end: int, lexicon: Lexicon) -> str:
    """What a percentage is of; 实际 and 首次 belong to it."""
    text = words(reading, start, end, lexicon)
    kept = next((word for word in ("实际", "首次") if reading.text.startswith(word, start)), "")
    return text if text.startswith(kept) else kept + text


def _strip(text: str, parts: Parts, lexicon: Lexicon) -> str:
    """Takes bounds, verbs of granting and 每人每月 off the right end."""
    while True:
        cut = lexicon.edge_end.sub("", text)
        if deed := lexicon.deed_end.search(cut):
            parts.deed, cut = parts.deed or deed[0], cut[: deed.start()]
        elif (per := _PER.search(cut)) and not lexicon.head_end.search(per[0]):
            parts.per, cut = per[0] + parts.per, cut[: per.start()]
        if cut == text:
            parts.per = _YEARLY.sub("", parts.per)
            return text
        text = cut


def _granted(reading: Reading, slot: Slot, lexicon: Lexicon, dimension: str) -> tuple[str, str]:
    """The noun after a number that says what is given, and who is given it where that stands behind the verb.

    ``给予10万元一次性奖励``, ``处1万元以上5万元以下罚款``, ``按9%的费率参保``, ``按保费的80%补贴投保企业``.
    """
    index = slot.group[-1]
    while True:
        end = reading.slots[index].quantity.end
        if bound := lexicon.after_pattern.match(reading.text, end):
            end = bound.end()
        if index + 1 >= len(reading.slots) or reading.slots[index + 1].clause is not reading.slots[index].clause:
            break
        gap = reading.text[end : reading.slots[index + 1].quantity.start]
        alike = kind_of_unit(reading.slots[index + 1].quantity.data["unit"]) == kind_of_unit(slot.quantity.data["unit"])
        if lexicon.deed_end.sub("", lexicon.edge_end.sub("", gap)) and not (alike and _NEXT_OF_LIST.fullmatch(gap)):
            break
        index += 1
    right = reading.slots[index].right
    if match := lexicon.granted.match(reading.text, end, right):
        head = str(match["head"])
        receiver = lexicon.receiver.match(head)
        return (head[receiver.end() :] if receiver and len(head) - receiver.end() >= 4 else head), ""
    if dimension == "share" and (rated := lexicon.rated.match(reading.text, end, right)):
        return rated["deed"] + rated["head"], ""
    if grant := lexicon.granting.match(reading.text, end, right):
        received = _RECEIVED.match(reading.text, grant.end())
        return str(grant["head"]), received["who"] if received else ""
    if reading.slots[index].quantity.end == slot.clause.end and reading.text.startswith("，", slot.clause.end):
        then = _GIVEN_THEN.match(reading.text, slot.clause.end + 1, reading.sentence.end)
        if then and lexicon.grant_end.search(then["head"]):
            return str(then["head"]), ""
    return "", ""


def _portion(reading: Reading, slot: Slot) -> str:
    """``超过20%的部分加价``: the portion that the number before marks off."""
    index = slot.group[0]
    if not index or reading.slots[index - 1].clause is not slot.clause:
        return "部分"
    low = reading.slots[index - 1].left if index > 1 else slot.clause.start
    text = reading.text[low : reading.text.index("部分", reading.slots[index - 1].quantity.end) + 2]
    return str(regex.sub("^[，、的]+", "", text))


def words(reading: Reading, start: int, end: int, lexicon: Lexicon) -> str:
    """A stretch of text without times, list numbers, openers, places and whole asides in brackets."""
    text = "".join(w.text for w in strip_left(reading.words_in(start, end), lexicon))
    text = str(regex.sub(r"^[\s、，：；]+|[\s、，：；]+$", "", text))
    return str(_ASIDE.sub("", text)) if "（" in text else text
