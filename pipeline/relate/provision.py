"""Provision: what the number of a rule measures.

A rule says its parts once and varies one of them: ``住院起付标准，一级医院200元，二级医院500元``. Its numbers are read as who
or which case (一级医院), each of what (每人每月) and what is measured (住院起付标准); what a number leaves out is taken from
the number before it that has the same dimension, from the label or heading above it, or from the case that its sentence
begins with.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import regex

from pipeline.relate import distribution
from pipeline.relate.lexicon import Lexicon
from pipeline.relate.phrases import Right, is_noun, strip_left
from pipeline.relate.reading import Reading, Slot
from pipeline.relate.topic import Named
from pipeline.values import Clause

_LONG = 16


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
        odd: whether words stand before the number that are none of these.
    """

    who: str = ""
    per: str = ""
    head: str = ""
    deed: str = ""
    base: str = ""
    granted: bool = False
    odd: bool = False


@dataclass(slots=True)
class Provisions:
    """What the rules of one document have said so far.

    Attributes:
        announced: the head that a paragraph announces for the list below it: ``按下列比例支付：``.
        lead: the heading that the paragraph begins with or stands under, where it names something measured.
        heads: the last head of each dimension in the paragraph; under the empty name one that waits for its numbers.
        grant: the grant spoken of last.
        paid: what the paragraph says is paid or shared.
        cases: the classes over which the last coordinated numbers were shared out.
        thing: what the last threshold narrowed down.
        who: the case or class that the sentence speaks of.
    """

    lexicon: Lexicon
    announced: str = ""
    lead: str = ""
    heads: dict[str, str] = field(default_factory=dict)
    grant: str = ""
    paid: str = ""
    who: str = ""
    cases: list[str] = field(default_factory=list)
    thing: str = ""
    seen: int = 0
    coming: str = ""

    def enter(self, lead: str, text: str) -> None:
        """A new paragraph: what one announces holds through the items of the list below it."""
        if self.coming or not _ITEM.match(text):
            self.announced, self.coming = self.coming, ""
        if match := _ANNOUNCING.search(text):
            self.coming = match["head"] or f"{match['by'] or ''}{match['deed']}{match['measure']}"
        self.heads = {}
        self.cases = []
        self.paid = self.thing = ""
        self.lead = _heading(lead, self.lexicon)
        self.grant = self.lead if self.lexicon.grant_end.search(self.lead) else ""
        if scale := self.lexicon.scaled.match(_NUMBERED.sub("", text)):
            self._scale(scale)

    def begin(self) -> None:
        """A new sentence."""
        self.who = ""
        self.seen = 0

    def name(self, reading: Reading, slot: Slot, right: Right, dimension: str, owner: str) -> list[Named] | None:
        """What the slots of a coordination measure, in order; ``None`` where nothing in it is peculiar to rules."""
        self._listen(reading, slot)
        if dimension == "duration" and (limit := _since(reading, slot, right) or time_limit(reading, slot)):
            return [Named(limit, "provision.time-limit")] * len(slot.group)
        key = _key(slot, dimension)
        if dimension == "duration" and right.linked and _LASTS.search(right.noun):
            return [Named(right.noun, "provision.period")] * len(slot.group)
        parts = self._parts(reading, slot, dimension)
        if _STANDARD.match(reading.text, slot.quantity.end):
            key = "money"
        if (subject := _threshold(reading, slot, right, self.lexicon)) and not parts.granted:
            return self._of_threshold(subject, parts, slot, key)
        said = bool(parts.head)
        head = parts.head or self._inherited(key)
        if not head or parts.odd or (not said and not parts.who and not parts.per and not self.heads.get(key)):
            return None
        head = self._whole(head)
        if self.lexicon.grant_end.search(head):
            self.grant = head
        if dimension == "share" and parts.base:
            head = head.split("占")[0]
            self.heads["money"] = head
            head = f"{head}占{parts.base}比例"
        self.heads[key] = head
        who = parts.who
        if dimension != "multiple" and (parts.granted or not said or head.startswith(tuple(self.lexicon.grants))):
            case = self._case(reading, slot) or (self.who if not who or _PART_OF.match(who) else "")
            if case and len(case) + len(who) <= _LONG and case not in who and who not in case:
                who = case + who
            who = who or (case if len(case) <= (30 if len(head) <= 3 and not parts.per else _LONG) else "")
            self.who = who
        elif dimension != "multiple" and len(head) <= 4 and not who and not parts.per:
            who = self.thing or ("" if _NO_ONE.search(owner) or len(owner) > 12 else owner)
        rule = "provision.head" if said else "provision.inherited"
        cases = self._cases(reading, slot, who, right)
        return [Named(_join(case, parts.per, head), rule) for case in cases]

    def heard(self, slot: Slot, dimension: str, text: str) -> None:
        """What the general grammar found a number of a rule to measure, for the numbers after it."""
        if self.lexicon.head_end.search(text) and not _NO_ONE.search(text):
            self.heads[_key(slot, dimension)] = text

    def _whole(self, head: str) -> str:
        """补贴 under 租房补贴 is 租房补贴, and so is the 补贴 of 补贴标准; 总额 is that of the grant."""
        grant = next((g for g in sorted(self.lexicon.grants, key=len, reverse=True) if head.startswith(g)), "")
        label = self.heads.get("", "")
        kind = grant.removeprefix("一次性")
        if grant == head and kind in label:
            return label
        if grant == head and self.lead.endswith(kind):
            return self.lead
        if (grant and grant != head and self.grant.endswith(kind)) or head in ("总额", "额度", "金额"):
            return _merge(label if head in label else self.grant, head)
        return head

    def _of_threshold(self, subject: str, parts: Parts, slot: Slot, key: str) -> list[Named] | None:
        if slot.quantity.data["unit"].endswith("岁"):
            return [Named(_merge(subject, "年龄"), "provision.age")] * len(slot.group)
        attribute = parts.head or parts.who or ("" if parts.odd else self.heads.get(key, ""))
        attribute = regex.sub("^(?:或者?|且|并|拥有|具有|为)+|^.*对", "", attribute)
        if parts.odd or not attribute:
            return None
        self.heads[key] = attribute
        self.thing = subject
        return [Named(_join(subject, "", attribute), "provision.threshold")] * len(slot.group)

    def _listen(self, reading: Reading, slot: Slot) -> None:
        """A clause without numbers may name what the numbers after it measure."""
        for k in range(self.seen, slot.clause_index):
            clause = reading.sentence.clauses[k]
            if clause.depth or any(s.clause_index == k for s in reading.slots):
                continue
            text = _words(reading, clause.start, clause.end, self.lexicon)
            if paid := _PAID.match(text):
                self.paid = paid["what"]
            if scale := self.lexicon.scaled.match(text):
                self._scale(scale)
            elif self.lexicon.head_end.search(text) and len(text) <= 24:
                label = reading.text[clause.end : clause.end + 1] == "："
                self.heads = {
                    "": _merge(self.grant, text) if label and text.startswith(tuple(self.lexicon.grants)) else text
                }
            elif named := _SELF.match(text):
                self.thing = named["defined"] or named["self"]
        self.seen = slot.clause_index

    def _scale(self, scale: regex.Match[str]) -> None:
        """``停车收费按照区域计收``, ``护理标准按照最低工资标准的一定比例确定``: what is set by a scale that follows."""
        self.heads = {"": scale["head"]}
        if scale["base"]:
            self.heads["share"] = f"{scale['head']}占{scale['base']}比例"

    def _inherited(self, key: str) -> str:
        if key in self.heads:
            return self.heads[key]
        for head in (self.heads.get("", ""), self.announced, self.grant):
            if head and (key == "money" or key == "share") and not _LASTS.search(head):
                return head
            if head and key == "duration" and _LASTS.search(head):
                return head
        return ""

    def _parts(self, reading: Reading, slot: Slot, dimension: str) -> Parts:
        lexicon = self.lexicon
        first = reading.slots[slot.group[0]]
        text = reading.text[slot.left : first.quantity.start]
        parts = Parts()
        if dimension in ("money", "share", "multiple"):
            parts.head = _granted(reading, slot, lexicon)
        while True:
            cut = lexicon.edge_end.sub("", text)
            if deed := lexicon.deed_end.search(cut):
                parts.deed, cut = parts.deed or deed[0], cut[: deed.start()]
            elif (per := _PER.search(cut)) and not lexicon.head_end.search(per[0]):
                parts.per, cut = per[0] + parts.per, cut[: per.start()]
            if cut == text:
                break
            text = cut
        parts.per = _YEARLY.sub("", parts.per)
        end = slot.left + len(text)
        if basis := _BASIS.match(text):
            at = slot.left + basis.start("base")
            parts.base = _words(reading, at, end, lexicon)
            end = slot.left + basis.end("pre")
        elif dimension in ("share", "multiple") and (over := lexicon.comparison.match(text)):
            parts.base = _words(reading, slot.left + over.start("base"), end, lexicon)
            end = slot.left + over.end("pre")
        raw = reading.text[slot.left : end]
        rest = _words(reading, slot.left, end, lexicon)
        if dimension == "share" and parts.head and not parts.base and "的" in rest:
            rest, _, parts.base = rest.rpartition("的")
        if not parts.head and parts.deed in lexicon.grants:
            parts.head = parts.deed
        parts.granted = bool(parts.head)
        if dimension == "share" and (paid := self._payment(reading, slot, rest, parts)):
            parts.head, parts.who, parts.base = paid
            return parts
        if parts.granted and (given := _GIVEN.match(rest)):
            rest = given["pre"] + given["who"]
        if rest.startswith("比"):
            return Parts(odd=True)
        rest = _SINCE_THEN.sub("", regex.sub(r"^(?:对于?|向|处|并处|是?指)|可以选择$", "", rest))
        if dimension == "multiple" and "处" in raw:
            rest = ""
        if not parts.head and lexicon.head_end.search(rest):
            parts.head = rest
        elif not parts.head and (split := lexicon.head_for.fullmatch(rest)):
            parts.head, parts.who = split["head"], split["who"].lstrip("为是")
        elif _NO_ONE.search(rest) or raw.lstrip("，、").startswith("由"):
            parts.odd = bool(rest) and not parts.granted
        else:
            parts.who = rest
        return parts

    def _payment(self, reading: Reading, slot: Slot, rest: str, parts: Parts) -> tuple[str, str, str] | None:
        """``保费由省级财政承担40%``: who pays what; head, payer and base."""
        deed = parts.deed
        if not deed and (after := self.lexicon.paid_after.match(reading.text, slot.quantity.end, slot.right)):
            deed = after["deed"]
        if deed not in self.lexicon.payments and not ("财政" in rest and deed in self.lexicon.grants):
            return None
        if by := _BY.match(rest):
            if _MONEY.search(by["what"]):
                self.paid, rest = by["what"], by["who"]
            else:
                rest = by["what"] + by["who"]
        if not self.paid or not rest or self.lexicon.head_end.search(rest):
            return None
        return deed + self.paid + "比例", rest, ""

    def _case(self, reading: Reading, slot: Slot) -> str:
        """``占用盲道的，处200元罚款``: the case that the clauses before in the sentence put."""
        for clause in reversed(reading.sentence.clauses[: slot.clause_index]):
            text = reading.text[clause.start : clause.end]
            if clause.depth or reading.text[clause.end : clause.end + 1] == "：" or self.lexicon.head_end.search(text):
                continue
            if _EXCUSE.match(text):
                continue
            numbered = any(s.clause is clause for s in reading.slots)
            if text.endswith("的") or text.startswith("对") or (not numbered and self._nominal(reading, clause)):
                words = _words(reading, clause.start, clause.end, self.lexicon).removesuffix("的")
                return regex.sub("^(?:对于?|若|如|凡)", "", words)
        return ""

    def _nominal(self, reading: Reading, clause: Clause) -> bool:
        """Whether a clause is a noun phrase: 不具备条件的合表用户, 屋顶光伏自用部分."""
        words = strip_left(reading.words_in(clause.start, clause.end, clause.depth), self.lexicon)
        linked = max((i for i, w in enumerate(words) if w.text == "的"), default=-1)
        return len(words) > linked + 1 and all(is_noun(w, self.lexicon) for w in words[linked + 1 :])

    def _cases(self, reading: Reading, slot: Slot, who: str, right: Right) -> list[str]:
        """Who each of several coordinated numbers is for."""
        count = len(slot.group)
        if count == 1:
            return [who]
        if cases := distribution.cases_before(reading, slot):
            return cases
        if len(listed := regex.split("、|和|及|与|或", who)) == count:
            prefix, self.cases = distribution.with_shared_head(listed)
            return [prefix + case for case in self.cases]
        return [who + case for case in self.cases] if len(self.cases) == count else [who] * count


_ITEM = regex.compile(r"[（(]?[一二三四五六七八九十\d①-⑳]{1,3}[）).．、]?")
_ANNOUNCING = regex.compile(
    r"(?:由(?P<by>[^，。；：]{2,12}))?(?:按照|按)(?:下列|以下|如下)(?P<measure>比例|标准|费率|额度)(?P<deed>[\p{Han}]{2,6})：$"
    r"|(?P<head>[^，。；：]{2,24}(?:标准|比例|额度|限额|价格))(?:为|如下|分别为|按以下规定执行)：$"
)
_NUMBERED = regex.compile(
    r"^(?:第[一二三四五六七八九十百]+条|[（(]?[一二三四五六七八九十\d]+[）)、.．])[\s　]*(?:[^。，；：]{2,20}。)?"
)
_PART_OF = regex.compile(r"单|同一|每|各")
_SELF = regex.compile(
    r"^(?P<self>本(?:办法|细则|通知|规定|措施|意见|方案|政策|条例|实施细则|实施办法))(?:所称(?:的)?(?P<defined>.+))?"
)
_SINCE_THEN = regex.compile(r"^自[^，。；]*?起")
_MONEY = regex.compile(r"(?:费|费用|资金|经费|税|款|成本)$")
_EXCUSE = regex.compile(r"^(?:逾期|拒不|情节|经催)")
_PER = regex.compile(r"(?:每(?!周岁)[^每，、；：的]{1,6})+$")
_YEARLY = regex.compile(r"^每年(?=$|每)")
_STANDARD = regex.compile(r"个?月?的?\p{Han}{0,10}?(?:标准|工资|租金)")
_LASTS = regex.compile(r"(?:时间|期限|时限|年限|时长|周期|年龄|期)$")
_BASIS = regex.compile(
    r"(?P<pre>.*?)(?:可|应|应当|均)?(?:不低于|不超过)?(?:按照|按|依照|参照|以|相当于)(?:不低于|不超过|不高于)?(?:其|本市|本区|当地|全市|本)?(?P<base>.+)$"
)
_GIVEN = regex.compile(r"(?P<pre>.*?)(?:一次性|分别)*(?:给予|奖励|补助|补贴|资助|发放)(?P<who>[^的]{2,})$")
_BY = regex.compile(r"(?P<what>.*?)由(?P<who>.+)$")
_PAID = regex.compile(r"(?P<what>[^由]{2,16}(?:费|费用|资金|经费|税))由")
_NO_ONE = regex.compile(
    r"^由|^[省市县区、级中央地方各]*财政(?:部门)?$|^(?:一次性|每年)+$|(?:期间|满|后|中|内|前|基础上)$|^每年|^$"
)
_AT_RATE = regex.compile("的?(?:标准|比例|费率|额度)")
_RANK = regex.compile(r"第?[一二三四五六七八九十]+(?P<of>[级档类等])")
_PARTS = frozenset(("部分", "额度", "比例", "标准", "幅度", "罚款", "时间"))
_DONE = regex.compile(
    r"(?<=^|[，、；：（及和或])(?P<what>(?!自|在|从|于|以|按|每|一)\p{Han}{1,3}[^后起时在的内前后过满\P{Han}])$"
)
_WITHIN = regex.compile(r"以内|内")
_LIMIT = regex.compile(r"^(?:之内|以内|内|前)(?:，|（[^）]*）)?(?P<what>(?!的)[^，。；（）]{2,40})")
_DOING = regex.compile(r"^(?:应当|应|将|须|要|依法|予以|给予|完成|作出对|一次性|书面)+")
_TO_IT = regex.compile(r"^(?:将|对|把)(?P<what>.+?)(?:以[^，]{2,12}方式|进行|予以|作出|做出)(?P<deed>.+)$")
_MOVED = regex.compile(r"^(?:将|把)(?P<what>.+?)(?P<deed>拨付|推送|报送|发放|移送|转交|送达|告知|录入|上报)(?:至|到|给)?.*$")
_TOWARDS = regex.compile(r"^(?:向|通过|在|到|由)[^，]*?(?=报备|备案|提出|提交|申请|报告|推送|告知|公示|提起|办理|申报)")


def _key(slot: Slot, dimension: str) -> str:
    """What numbers have in common that can measure the same thing."""
    unit = str(slot.quantity.data["unit"])
    return dimension if dimension in ("money", "share", "duration") and not unit.endswith("岁") else unit


def _since(reading: Reading, slot: Slot, right: Right) -> str:
    """``毕业5年内的学生`` → 学生毕业时间; ``中断缴费3个月以内补缴的`` → 中断缴费时间: how long ago something was."""
    if not regex.search("年|月$", slot.quantity.data["unit"]):
        return ""
    deed = _DONE.search(reading.text[slot.left : slot.quantity.start])
    if not deed or not _WITHIN.match(reading.text, slot.quantity.end):
        return ""
    noun = regex.split("(?<=.{2})(?:接受|享受|申请|参加|实施|可|按|指)", right.noun)[0]
    return noun + deed["what"] + "时间"


def time_limit(reading: Reading, slot: Slot) -> str:
    """``在3个工作日内完成审核`` → 审核时限; ``15日内将补贴拨付至单位`` → 补贴拨付时限; ``5年内不得转让`` → 不得转让期限."""
    match = _LIMIT.match(reading.text[slot.quantity.end : reading.sentence.end])
    if not match:
        return ""
    what = match["what"].rstrip("的")
    whole = _MOVED.match(what) or _TO_IT.match(what)
    what = whole["what"] + whole["deed"] if whole else _TOWARDS.sub("", _DOING.sub("", what))
    what = _DOING.sub("", what)
    if len(what) > 20:
        what = regex.split(r"并(?=[\p{Han}]{2})", what)[0]
    long = regex.search("[年月]$", slot.quantity.data["unit"]) or what.startswith(("不", "申请", "提起"))
    return what + ("期限" if long else "时限")


def _threshold(reading: Reading, slot: Slot, right: Right, lexicon: Lexicon) -> str:
    """``注册资本500万元以上的企业`` → 企业: what a number with a bound or 的 behind it narrows down; empty for a measure."""
    last = reading.slots[slot.group[-1]]
    bound = lexicon.after_pattern.match(reading.text, last.quantity.end)
    if (not bound and not right.linked) or _AT_RATE.match(reading.text, last.quantity.end):
        return ""
    noun = regex.split("(?<=.{2})(?:接受|享受|申请|参加|实施|可|按)", right.noun)[0]
    if len(noun) < 2 or noun in _PARTS or lexicon.head_end.search(noun) or noun in lexicon.generic:
        return ""
    return noun


def _granted(reading: Reading, slot: Slot, lexicon: Lexicon) -> str:
    """The noun after a number that says what is given: ``给予10万元一次性奖励``, ``处1万元以上5万元以下罚款``."""
    index = slot.group[-1]
    while True:
        end = reading.slots[index].quantity.end
        if bound := lexicon.after_pattern.match(reading.text, end):
            end = bound.end()
        if index + 1 < len(reading.slots) and reading.slots[index + 1].quantity.start == end:
            index += 1
        else:
            break
    match = lexicon.granted.match(reading.text, end, reading.slots[index].right)
    return str(match["head"]) if match else ""


def _words(reading: Reading, start: int, end: int, lexicon: Lexicon) -> str:
    """A stretch of text without times, list numbers, openers and places."""
    text = "".join(w.text for w in strip_left(reading.words_in(start, end), lexicon))
    return regex.sub(r"^[\s、，：；]+|[\s、，：；]+$", "", text)


def _heading(lead: str, lexicon: Lexicon) -> str:
    """A heading that names something measured; 加大研发投入补助 and 收费与资助 name a subject of talk."""
    doing = lead.startswith(tuple(word for word in lexicon.change.keys() | lexicon.light_verbs if len(word) > 1))
    return lead if lexicon.head_end.search(lead) and not doing and not regex.search("[与和]", lead) else ""


def _merge(first: str, second: str) -> str:
    """就业补贴 and 补贴标准 → 就业补贴标准."""
    for size in range(min(len(first), len(second)), 1, -1):
        if first.endswith(second[:size]):
            return first + second[size:]
    return first + second


def _join(who: str, per: str, head: str) -> str:
    """The parts as one noun phrase; a part that the next one begins with or holds is said once."""
    if who and who in head:
        who = ""
    if (rank := _RANK.search(who)) and (
        other := regex.search(_RANK.sub("第?[一二三四五六七八九十]+" + rank["of"], rank[0]), head)
    ):
        head, who = head[: other.start()] + rank[0] + head[other.end() :], who[: rank.start()]
    if per and per in head:
        per = ""
    if len(who) > 2 and (at := head.find(who[-2:])) > 0 and at + 2 < len(head):
        head, who = who + head[at + 2 :], ""
    elif who and len(head) > len(who) + 1 and head[len(who) - 1] == who[-1]:
        head, who = who + head[len(who) :], ""
    return _merge(who, per + head) if not per else who + per + head
