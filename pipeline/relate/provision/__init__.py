"""Provision: what the number of a rule measures.

A rule says its parts once and varies one of them: ``住院起付标准，一级医院200元，二级医院500元``. Its numbers are read as
who or which case (一级医院), each of what (每人每月) and what is measured (住院起付标准); what a number leaves out is taken
from the number before it that has the same dimension, from the label or heading above it, or from the case that its
sentence begins with.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline import regex
from pipeline.relate import distribution
from pipeline.relate.following import Right, right_of
from pipeline.relate.lexicon import Lexicon
from pipeline.relate.phrases import Left
from pipeline.relate.provision.ages import whose_age
from pipeline.relate.provision.cases import Case, announced_case, before_bracket, case_before
from pipeline.relate.provision.compose import is_rank, join, merge, with_shared_words
from pipeline.relate.provision.coordinated import counted_cases, numbered_cases
from pipeline.relate.provision.deadlines import lasting_deed, length_of_time, step_of
from pipeline.relate.provision.limits import experience, how_often, threshold, upper_end
from pipeline.relate.provision.parts import Parts, no_one, parts_of, words
from pipeline.relate.provision.payments import Payments
from pipeline.relate.reading import Reading, Slot, kind_of_unit
from pipeline.relate.topic import Named

__all__ = ["Provisions"]

_SHORT, _LONG, _LONGEST, _LONGEST_HEADING = 4, 16, 40, 12
_LONGEST_CLASS, _LONGEST_RECEIVER, _LONGEST_SHARED, _LONGEST_TOPIC = 6, 12, 24, 24


@dataclass(slots=True)
class Provisions:
    """What the rules of one document have said so far.

    Attributes:
        announced: the head that a paragraph announces for the list below it: ``按下列比例支付：``.
        coming: what the paragraph at hand announces.
        announced_case: the case that a paragraph puts for the list below it: ``占用盲道的，按下列规定处罚：``.
        coming_case: the case that the paragraph at hand puts for a list.
        lead: the heading that the paragraph begins with or stands under, where it names something measured.
        topic: that heading, where it is short.
        heads: the last head of each dimension in the paragraph; under the empty name one that waits for its numbers.
        grant: the grant spoken of last.
        amount: how much of a grant is given, where the sentence spoke of that: 奖励金额.
        payments: what the paragraph says is paid or shared.
        cases: the classes over which the last coordinated numbers were shared out.
        thing: what the sentence last narrowed down or defined.
        defined: what the sentence defines: 本办法所称小型项目.
        condition: what the sentence last put a case of.
        conditions: what the paragraph put cases of, for each kind of unit.
        measured: what the sentence last measured something of.
        who: the case or class that the sentence speaks of.
        counted: what the sentence last counted, whose prizes follow: 优秀案例 of ``评选优秀案例20个，一等奖奖励10万元``.
        case: the case that the paragraph put last.
        receiver: who the paragraph last said is given something.
        lasted: what the paragraph last said goes on for a time.
        listed: the last number of a list, and what it is for each of.
        ranged: the number that is the upper end of a range, and what its lower end measures.
        seen: how many clauses of the sentence were listened to.
    """

    lexicon: Lexicon
    announced: str = ""
    coming: str = ""
    announced_case: Case = field(default_factory=Case)
    coming_case: Case = field(default_factory=Case)
    lead: str = ""
    topic: str = ""
    heads: dict[str, str] = field(default_factory=dict)
    grant: str = ""
    amount: str = ""
    payments: Payments = field(default_factory=Payments)
    cases: list[str] = field(default_factory=list)
    thing: str = ""
    measured: str = ""
    defined: str = ""
    condition: str = ""
    conditions: dict[str, str] = field(default_factory=dict)
    who: str = ""
    counted: str = ""
    case: Case = field(default_factory=Case)
    receiver: str = ""
    seen: int = 0
    lasted: str = ""
    listed: tuple[int, str] = (-1, "")
    ranged: tuple[int, Named] | None = None

    def enter(self, section: tuple[str, ...], text: str) -> None:
        """A new paragraph: what one announces holds through the items of the list below it."""
        if self.coming or self.coming_case.text or not _ITEM.match(text):
            self.announced, self.coming = self.coming, ""
            self.announced_case, self.coming_case = self.coming_case, Case()
        if text.endswith(("：", "：\n")):
            self.coming_case = announced_case(text)
        if text.endswith(("：", "：\n")) and (match := _ANNOUNCING.search(text)):
            self.coming = match["head"] or f"{match['by'] or ''}{match['deed']}{match['measure']}"
        self.heads = {}
        self.conditions = {}
        self.cases = []
        self.payments = Payments()
        self.case = Case()
        self.receiver = self.lasted = ""
        numbered = _NUMBERED.match(text)
        start = numbered.end() if numbered else 0
        label = _LABEL.match(text, start)
        if label and self._labels(label, numbered is not None):
            section, start = (*section, label["label"]), label.end()
            if label.end() == len(text.rstrip()):
                self.coming = label["label"]
        self.topic = section[-1] if section and len(section[-1]) <= 8 else ""
        self.lead = next(
            (title for title in reversed(section) if len(title) <= _LONGEST_HEADING and _names_measure(title, self.lexicon)),
            self.announced,
        )
        self.grant = self.lead if self.lexicon.grant_end.search(self.lead) else ""
        if scale := self.lexicon.scaled.match(text, start):
            self._scale(scale)

    def _labels(self, label: regex.Match[str], numbered: bool) -> bool:
        """Whether what a paragraph begins with names what its numbers are of: ``1.技能补贴：``, ``护理待遇。``."""
        name = label["label"]
        if label[0].endswith("。"):
            plain = _names_measure(name, self.lexicon) and not any(word in name for word in self.lexicon.modals)
            return numbered or (plain and not _startswith(name, self.lexicon.grants))
        return bool(self.lexicon.grant_end.search(name)) and name not in self.lexicon.grants

    def begin(self) -> None:
        """A new sentence."""
        self.who = self.counted = self.thing = self.measured = self.defined = self.condition = self.amount = ""
        self.seen = 0
        self.ranged = None
        self.listed = (-1, "")

    def name(
        self, reading: Reading, slot: Slot, left: Left, right: Right, dimension: str, owner: str, subject: str
    ) -> list[Named] | None:
        """What the slots of a coordination measure, in order; ``None`` where nothing in it is peculiar to rules.

        Args:
            owner: the thing that the clauses before spoke of.
            subject: the thing that the sentences before spoke of.
        """
        if not self.receiver and (self.lexicon.actor_end.search(subject) or self.lexicon.acting_end.search(subject)):
            self.receiver = subject
        heads = dict(self.heads)
        if self.ranged and reading.slots.index(slot) == self.ranged[0]:
            return [self.ranged[1]]
        upper = upper_end(reading, slot)
        found = self._named(
            reading, slot, left, right_of(reading, upper, self.lexicon) if upper else right, dimension, owner
        )
        self.ranged = (upper.group[0], found[0]) if upper and found else None
        if slot.clause.depth:
            self.heads = heads
            bracketed = before_bracket(reading, slot, self.lexicon)
            if found and bracketed and dimension == "duration" and found[0].text.endswith(("年龄", "时间")):
                return [Named(join(bracketed, "", each.text), each.rule) for each in found]
        return found

    def _named(
        self, reading: Reading, slot: Slot, left: Left, right: Right, dimension: str, owner: str
    ) -> list[Named] | None:
        self._listen(reading, slot)
        if limit := self._limit(reading, slot, left, right, dimension):
            return [limit] * len(slot.group)
        if str(slot.quantity.data["unit"]).endswith("人") and left.verb in self.lexicon.pivots:
            return None
        key = _key(slot, dimension)
        if dimension == "money" and (fund := _FUND.match(reading.text, slot.quantity.end)):
            return [Named(fund["what"] + fund["fund"], "provision.fund")] * len(slot.group)
        if dimension == "duration" and _STANDARD.match(reading.text, slot.quantity.end):
            key = "money"
        parts = parts_of(reading, slot, dimension, self.lexicon)
        index = slot.group[0]
        if not parts.per and self.listed[0] == index - 1 and reading.text[slot.left : slot.left + 1] == "、":
            parts.per = self.listed[1]
            named = parts.head in self.lexicon.grants and self.heads.get(key, "").endswith(parts.head)
            if named and parts.who and not self.lexicon.actor_end.search(parts.who):
                parts.head, parts.who = parts.who + parts.head, self.who
        self.listed = (slot.group[-1], parts.per)
        if dimension == "share" and self.payments.share(reading, slot, parts, self.heads.get("share"), self.lexicon):
            self.heads[key] = parts.head
            return [Named(parts.who + parts.head, "provision.payment")] * len(slot.group)
        if (subject := threshold(reading, slot, right, self.lexicon)) and not parts.granted:
            return self._of_threshold(subject, parts, slot, key)
        unit = kind_of_unit(slot.quantity.data["unit"])
        if _STEP.search(reading.text, slot.left, slot.quantity.start) and unit in self.conditions:
            return [Named(self.conditions[unit], "provision.condition")] * len(slot.group)
        if _CONDITION.match(reading.text, slot.quantity.end) and len(slot.group) == 1 and dimension != "share":
            granted = parts.granted and not _goes_on(reading, slot)
            condition = parts.who or ("" if parts.granted else parts.head) or self.condition or self.conditions.get(unit, "")
            if condition and not (parts.odd or parts.deed or granted):
                if key == "duration" and not self.lexicon.lasting_end.search(condition):
                    condition = regex.split("[并且](?=.{3})", condition)[-1] + "时间"
                self.condition = self.conditions[unit] = condition
                return [Named(condition, "provision.condition")]
        if "、" in parts.head and (shared := self._shared_out(slot, left, key)):
            return shared
        if dimension == "count" and reading.text[slot.quantity.start - 1] == "的" and right.noun:
            return None
        if self.thing.endswith("者") and parts.who and not parts.head and not parts.odd:
            return [Named(self.thing + parts.who, "provision.bearer")] * len(slot.group)
        if _PORTION.match(reading.text, slot.quantity.end) and not (parts.head or parts.base) and key in self.heads:
            return [Named(self.heads[key], "provision.portion")] * len(slot.group)
        if dimension == "count" and right.noun and not parts.head and parts.per:
            return None
        head = self._head(reading, slot, parts, dimension, key, left)
        if parts.odd or not head:
            return None
        last = self.heads.get(key, "")
        self.heads[key] = head
        if (
            not (parts.head or parts.who or parts.per)
            and head == self.heads.get("")
            and _startswith(head, self.lexicon.grants)
        ):
            head = merge(self.grant, head)
        who = self._who(reading, slot, parts, head, dimension, owner)
        rule = "provision.head" if parts.head else "provision.inherited"
        if who and not parts.head and head == self.heads.get(""):
            head = head.rpartition("的")[2]
        if is_rank(who) and last.endswith(head):
            head = self.heads[key] = last
        if self.condition and _REACHING.match(who):
            who = self.condition + who
        if dimension == "share" and parts.base and len(who) > _LONGEST_RECEIVER:
            tail = who.rpartition("的")[2]
            bare = head.split("占")[0] in self.lexicon.grants and len(who) <= _LONGEST_SHARED and "、" not in who
            who = who if bare else tail if len(tail) <= _LONGEST_RECEIVER else ""
        cases = self._cases(reading, slot, who)
        per = "" if all(case.startswith("每") for case in cases) else parts.per
        return [Named(join(case, per, head), rule) for case in cases]

    def _limit(self, reading: Reading, slot: Slot, left: Left, right: Right, dimension: str) -> Named | None:
        """Ages in brackets, lengths of time, how often."""
        aged = str(slot.quantity.data["unit"]).endswith("岁")
        if aged and (sex := _SEX.search(left.noun)) and before_bracket(reading, slot, self.lexicon):
            return Named(f"{sex[0]}年龄", "provision.age")
        if aged:
            who = self.defined or whose_age(reading, slot, self.lexicon)
            key = _key(slot, dimension)
            if slot.clause.depth and _SEX.search(who):
                who = self.heads.get(key, "").removesuffix("年龄") + who
            self.heads[key] = merge(who, "年龄") if who else self.heads.get(key, "")
            return Named(self.heads[key], "provision.age") if self.heads[key] else None
        if dimension == "duration" and (limit := length_of_time(reading, slot, right, self.grant, self.lexicon)):
            self.lasted = limit if limit.endswith("时间") else self.lasted
            return Named(limit, "provision.time-limit")
        if dimension == "duration" and self.lasted and _AGAIN.fullmatch(reading.text, slot.left, slot.quantity.start):
            return Named(self.lasted, "provision.time-limit")
        if dimension == "duration" and (step := step_of(reading, slot, self.lexicon)):
            return Named(step + "时限", "provision.time-limit")
        if dimension == "duration" and (had := experience(reading, slot, self.lexicon)):
            return Named(had, "provision.experience")
        if dimension == "duration" and (done := lasting_deed(reading, slot, right, self.lexicon)):
            return Named(done, "provision.time-limit")
        if str(slot.quantity.data["unit"]) == "人" and _HOUSEHOLD.match(reading.text, slot.quantity.end):
            return Named("家庭人口", "provision.household")
        if often := how_often(reading, slot, right, self.grant, self.lexicon):
            return Named(often, "provision.how-often")
        return None

    def _shared_out(self, slot: Slot, left: Left, key: str) -> list[Named] | None:
        """``小班、中班、大班班额分别不超过25人、30人、35人``: one of the listed heads a number."""
        count = len(slot.group)
        shared = distribution.distribute(left, count, "", False, self.lexicon) if count > 1 else None
        if not shared:
            return None
        prefix, shared = with_shared_words(shared) if count > 2 else ("", shared)
        self.heads[key] = prefix + shared[-1]
        return [Named(prefix + each, "provision.distributed") for each in shared]

    def _head(self, reading: Reading, slot: Slot, parts: Parts, dimension: str, key: str, left: Left) -> str:
        """What is measured: said at the number, or before it; with what makes a short one tell enough."""
        grants = self.lexicon.grants
        head = parts.head or self._inherited(key, parts) or self._rate(key, parts)
        if dimension == "share" and not parts.head and not parts.base and _PAYING_OUT.search(parts.deed):
            head = f"{self.grant}{parts.deed}比例"
        if not head and dimension == "duration" and key == "money":
            head = self.topic
        if self._bounds_amount(reading, slot, parts):
            return self.amount
        if not (parts.granted and len(parts.who) > _LONGEST_CLASS):
            head = self._whole(head)
        if self.lexicon.grant_amount.search(parts.head):
            self.amount = head
        if parts.granted and head in grants and _AT_STANDARD.match(reading.text, slot.quantity.end):
            head += "标准"
        if parts.head and (waiting := self.heads.get("")):
            head = _of_waiting(waiting, head)
        if self.lexicon.grant_end.search(head):
            whose = "" if _PART_OF.match(parts.who) else parts.who
            self.grant = whose + head if head in grants else head
        if dimension != "share":
            return head
        part, of, _ = head.partition("占")
        changed = any(word in self.lexicon.change for word in left.predicate) and "至" not in left.predicate
        if of and not parts.head and changed and slot.quantity.data["unit"] == "%":
            return part
        if head.endswith("比例") and (given := self.lexicon.grant_end.search(head, endpos=len(head) - len("比例"))):
            self.heads["money"] = head[: given.end()]
        if parts.base and head.endswith(("比例", "比率")) and "占" not in head:
            return head
        if parts.base:
            self.heads["money"] = head.split("占")[0]
            return f"{self.heads['money']}占{parts.base}比例"
        if parts.granted and head in grants:
            self.heads["money"] = head
            return f"{head}比例"
        return head

    def heard(self, slot: Slot, dimension: str, text: str) -> None:
        """What the general grammar found a number of a rule to measure, for the numbers after it."""
        if dimension == "count" and not slot.clause.depth:
            self.counted = text
        part, of, _ = text.partition("占")
        part = self.lexicon.edge_end.sub("", part)
        if of and dimension == "share" and len(part) > _SHORT - 1 and part[0] != "按":
            self.heads["duration" if self.lexicon.lasting_end.search(part) else "money"] = part
        if self.lexicon.head_end.search(text) and not no_one(text) and not text.endswith("年龄"):
            self.heads[_key(slot, dimension)] = text
            self.measured = self.lexicon.attribute_end.sub("", text.split("每")[0])

    def _listen(self, reading: Reading, slot: Slot) -> None:
        """A clause without numbers may name what the numbers after it measure."""
        for k in range(self.seen, slot.clause_index):
            clause = reading.sentence.clauses[k]
            if clause.depth or any(s.clause_index == k for s in reading.slots):
                continue
            text = _GIVING.sub("", words(reading, clause.start, clause.end, self.lexicon))
            if reading.text.startswith("对", clause.start) and not text.endswith("的"):
                self.receiver = text.removeprefix("对于").removeprefix("对").rpartition("的")[2]
            text = _BY_SCALE.sub("", _ANNOUNCED.sub("", text)).removeprefix("具体")
            if (given := _GIVEN_TO.match(reading.text, clause.start, clause.end)) and not self.who:
                self.who = Case(given["who"].removesuffix("将")).name()
            self.payments.hear(text)
            if reading.text.startswith("：", clause.end) and (
                rated := _BY_RATE.search(reading.text, clause.start, clause.end)
            ):
                self.heads = {"share": f"{rated['by'] or ''}{rated['deed']}比例"}
            elif scale := self.lexicon.scaled.match(text):
                self._scale(scale)
            elif self.lexicon.head_end.search(text) and len(text) <= 24 and not _AS_FOLLOWS.search(text):
                whole = merge(self.grant, text)
                self.heads = {"": whole if len(whole) < len(self.grant) + len(text) else text}
            elif named := _TITLE.search(text):
                self.who = named["who"]
            elif text.endswith("者") and len(text) <= _LONG:
                self.thing = text
            elif named := _SELF.match(text):
                self.thing = named["defined"] or named["self"]
                self.defined = named["defined"] or ""
        self.seen = slot.clause_index

    def _scale(self, scale: regex.Match[str]) -> None:
        """``停车收费按照区域计收``, ``护理标准按照最低工资标准的一定比例确定``: what is set by a scale that follows."""
        self.heads = {"": scale["head"]}
        if scale["base"]:
            self.heads["share"] = f"{scale['head']}占{scale['base']}比例"

    def _inherited(self, key: str, parts: Parts) -> str:
        """What was said to be measured before, where the number says whom it is for, or for each of what, or of what."""
        if parts.base and "money" in self.heads:
            return self.heads["money"]
        if key in self.heads:
            return self.heads[key]
        if not (parts.who or parts.per or parts.base or self.heads.get("")):
            return ""
        for head in (self.heads.get("", ""), self.announced, self.grant):
            if (
                head
                and (key == "duration") == bool(self.lexicon.lasting_end.search(head))
                and (key in ("money", "share", "duration") or _CEILING.search(head))
            ):
                return head
        return ""

    def _rate(self, key: str, parts: Parts) -> str:
        """``第二档每立方米3.78元``: money for each of something is its price; under a heading, what that speaks of."""
        if key != "money" or not parts.per:
            return parts.per if len(parts.per) > _SHORT and key not in ("money", "share", "duration") else ""
        if _PERSON.match(parts.per):
            return self.topic + "标准" if parts.who else ""
        if _PERIOD.fullmatch(parts.per):
            return self.announced
        parts.who = parts.who or self.measured
        return "价格"

    def _whole(self, head: str) -> str:
        """补贴 under 租房补贴 is 租房补贴, and so is the 补贴 of 补贴标准; 总额 is that of the label or the grant."""
        grant = next((g for g in sorted(self.lexicon.grants, key=len, reverse=True) if head.startswith(g)), "")
        kind = grant.removeprefix("一次性")
        label = self.heads.get("", "")
        named = head.removeprefix("具体").removesuffix("标准")
        if named and not grant and self.lead.endswith(named):
            return merge(self.lead, head.removeprefix("具体"))
        if grant and grant == head:
            return label if kind in label else self.lead if self.lead.endswith(kind) else head
        if grant and self.grant.endswith(kind):
            return merge(self.grant, head)
        if _PAID_OUT.match(head):
            return self.grant + head
        if head in self.lexicon.grant_measures:
            return label or merge(self.grant, head)
        return head

    def _who(self, reading: Reading, slot: Slot, parts: Parts, head: str, dimension: str, owner: str) -> str:
        """Whom, or what case, a number is for; a thing given and a head said before need one, a full head none."""
        who = parts.who
        if dimension == "multiple" and not head.endswith("罚款"):
            return who or (self.thing if len(head) <= _SHORT else "")
        if head == self.amount and self._bounds_amount(reading, slot, parts):
            return ""
        bare = parts.granted or not parts.head or parts.per == head
        if bare or _startswith(head, self.lexicon.grants):
            return self._receiver(reading, slot, parts, head)
        if len(head) <= _SHORT and not who and not parts.per:
            put = case_before(reading, slot, self.lexicon, self.case, granted=False)
            self.case = put if put.text else self.case
            who = (
                self.thing
                or (put.name() if len(put.name()) <= _LONGEST_RECEIVER else "")
                or (self._topic_clause(reading, slot) if _OF_CASE.search(head) else "")
                or ("" if no_one(owner) or _LABELS.search(owner) or len(owner) > 12 else owner)
            )
            if len(head) <= 2 and not who:
                who = self.measured
        else:
            if not who and not slot.clause.depth and _OF_CASE.search(head) and not _PART_OF.match(head):
                who = self._topic_clause(reading, slot)
            self.measured = self.lexicon.attribute_end.sub("", head.split("每")[0])
            if self.defined and not who and parts.head and self.lexicon.attribute_end.fullmatch(parts.head):
                who = self.defined
        return who

    def _bounds_amount(self, reading: Reading, slot: Slot, parts: Parts) -> bool:
        """Whether a number bounds the amount that the sentence spoke of: 奖励金额按罚款的10%计算，最低奖励2000元."""
        plain = not (parts.who or parts.per or parts.base) and parts.head in ("", parts.deed)
        return bool(self.amount and plain and self.lexicon.far_bound.search(reading.text, slot.left, slot.quantity.start))

    def _receiver(self, reading: Reading, slot: Slot, parts: Parts, head: str) -> str:
        """Who is given something, or in which case: said at the number, by the clauses before it, or of the last number."""
        who = parts.who
        if who and self.receiver and self._goes_on(reading, slot, who):
            who += self.receiver
        listed = who and "：" in reading.text[reading.sentence.start : slot.quantity.start]
        put = Case() if listed else case_before(reading, slot, self.lexicon, self.case, self.receiver)
        self.case = put if put.text else self.case
        plain = head in self.lexicon.grants or len(head) < _SHORT
        case = put.name(bare=head in self.lexicon.grants and not parts.per)
        case = "" if put.text.startswith("每") and not parts.granted else case
        if case and who == parts.receiver and len(who) <= _SHORT and self.lexicon.receiver_end.search(who):
            who = ""
        elif who and case.startswith("违反第"):
            case = ""
        level = who in self.lexicon.levels
        if who in self.lexicon.prizes and not case:
            case = self.counted
        case = (
            case
            or (self.who if not who or _PART_OF.match(who) or level else "")
            or (self.announced_case.name() if plain else "")
        )
        if who and who[-2:] in case and who not in case and not _PART_OF.match(who):
            case = ""
        if case and len(case) + len(who) <= (_LONGEST if plain else _LONG) and case not in who:
            who = case if who in case else case + who
        if not (who or parts.per) and parts.granted and _of_measure(reading, slot):
            who = self.receiver
        named = self.lexicon.actor_end.search(who) or self.lexicon.acting_end.search(who)
        if named and not (self.receiver and who.endswith(self.receiver)):
            self.receiver = who.rpartition("的")[2]
        self.who = self.who if level else who
        return who

    def _topic_clause(self, reading: Reading, slot: Slot) -> str:
        """``入住护理院的失能老人，床位费标准为50元，支付比例为70%``: whom or which case the sentence begins with."""
        first = next((clause for clause in reading.sentence.clauses if not clause.depth), slot.clause)
        numbered = any(s.clause is first for s in reading.slots)
        text = reading.text[first.start : first.end]
        if first is slot.clause or not (text.endswith("的") or (self.lexicon.actor_end.search(text) and not numbered)):
            return ""
        put = case_before(reading, slot, self.lexicon, Case(), granted=False)
        case = put.text or words(reading, first.start, first.end, self.lexicon)
        return case if len(case) <= _LONGEST_TOPIC and not case.startswith("每") else ""

    def _goes_on(self, reading: Reading, slot: Slot, who: str) -> bool:
        """Whether a case right before its number is of the receiver spoken of: 五星级的给予10万元, 被评为优秀的奖励5万元."""
        before = reading.text[slot.left : slot.quantity.start].lstrip("，；")
        ranked = who.endswith(("级", "档", "等")) and who + "的" in before
        return ranked or ("的" in before and self.lexicon.goes_on.match(before) is not None)

    def _of_threshold(self, subject: str, parts: Parts, slot: Slot, key: str) -> list[Named] | None:
        """``固定资产投资500万元以上的项目``: 项目固定资产投资; ``80周岁以上的老年人``: 老年人年龄."""
        if str(slot.quantity.data["unit"]).endswith("岁"):
            self.heads[key] = merge(subject, "年龄")
            return [Named(self.heads[key], "provision.age")] * len(slot.group)
        attribute = _BEFORE_ATTRIBUTE.sub("", parts.head or parts.who or self.heads.get(key, ""))
        if parts.odd or not attribute:
            return None
        attribute = _HAVING.sub("", attribute)
        if made := self.lexicon.made.match(attribute):
            attribute = attribute[made.end() :]
        if key == "duration" and not self.lexicon.lasting_end.search(attribute):
            attribute += "时间"
        self.heads[key] = attribute
        self.thing = subject
        self.receiver = subject if len(subject) > 2 else self.receiver
        return [Named(join(subject, "", attribute), "provision.threshold")] * len(slot.group)

    def _cases(self, reading: Reading, slot: Slot, who: str) -> list[str]:
        """Who each of several coordinated numbers is for."""
        count = len(slot.group)
        if count == 1:
            return [who]
        for joint in ("、", "、|和|及|与|或"):
            if len(listed := regex.split(joint, who)) == count:
                prefix, self.cases = with_shared_words(listed)
                return [prefix + case for case in self.cases]
        if who and len(self.cases) == count:
            return [who + case for case in self.cases]
        found = (
            distribution.cases_before(reading, slot)
            or numbered_cases(reading, slot, self.lexicon)
            or counted_cases(reading, slot, self.lexicon)
        )
        if found:
            return [case if who and who in case else merge(case, who) for case in found]
        return [who] * count


_ITEM = regex.compile(r"[（(]?[一二三四五六七八九十\d①-⑳]{1,3}[）).．、]?")
_ANNOUNCING = regex.compile(
    r"(?:由(?P<by>[^，。；：]{2,12}))?(?:按照|按)(?:下列|以下|如下)(?P<measure>比例|标准|费率|额度)(?P<deed>[\p{Han}]{2,6})：$"
    r"|(?P<head>[^，。；：]{2,24}(?:标准|比例|额度|限额|价格))(?:为|如下|分别为|按以下规定执行)：$"
)
_BY_RATE = regex.compile(
    r"(?:由(?P<by>\p{Han}{2,12}?))?(?:分别|统一)?按照?(?:以下|下列|如下|规定)?的?(?:比例|标准)(?:给予|予以|进行)?(?P<deed>\p{Han}{2,4})$"
)
"""What the shares of a list are: ``由统筹基金按比例支付：一级医院85%、二级医院75%``."""
_NUMBERED = regex.compile(r"^(?:第[一二三四五六七八九十百]+条|[（(]?[一二三四五六七八九十\d]+[）)、.．])[\s　]*")
_DIGIT = regex.compile(r"\d")
_LABEL = regex.compile(r"(?P<label>[^。，；：（\d]{2,12})(?:（[^）]{1,16}）)?[。：]")
_CONDITION = regex.compile(r"(?:及?以[上下内])?的(?:，)?(?:一次性|分别|再)*(?:奖励|奖补|补助|补贴|资助|给予|予以|按)")
"""What stands behind a number that puts a case: 观众达到5000人的奖励20万元."""
_REACHING = regex.compile("(?:首次)?(?:达到|超过|突破|不足|满|低于|高于)")
_OF_CASE = regex.compile("(?:标准|比例|限额|线|率|基数|价格|费)$")
"""Measures that are set for somebody or for a case; a time or an age is that of its own clause."""
_PART_OF = regex.compile(r"单(?!位)|同一|每|各")
_TITLE = regex.compile("(?:认定|评定|命名|评选)为“?(?P<who>[^“”]{4,20})”?$")
_SELF = regex.compile(
    r"^(?P<self>本(?:办法|细则|通知|规定|措施|意见|方案|政策|条例|实施细则|实施办法))(?:所[称指](?:的)?(?P<defined>.+))?"
)
_STANDARD = regex.compile(r"的?\p{Han}{0,10}?(?:标准|工资|租金)")
_BEFORE_ATTRIBUTE = regex.compile("^(?:或者?|且|并|拥有|具有|为)+|^.*[对以](?=.{2})")
_LABELS = regex.compile("(?:条件|对象|范围|方式|程序)$")
_PERSON = regex.compile("每(?:人|户|生|家|名|位|车|床)")
_PERIOD = regex.compile("(?:每(?:[年月日天周次]|季度?|学期|学年))+")
_HOUSEHOLD = regex.compile("(?:及?以[上下])?的?家庭")
_AGAIN = regex.compile("[，；：]?已?满")
_CEILING = regex.compile("(?:班额|人数|数量|名额|定员|编制|高度|距离|间距|宽度|浓度|温度|面积)$")
_STEP = regex.compile("每(?:再)?(?:增加|新增|增长|提高|超过|减少)$")
_HAVING = regex.compile("(?<=.{2})(?:应当?|须|需)(?:有|为)$")
_FUND = regex.compile(
    r"的?(?P<fund>(?:专项)?(?:经费|资金))，?(?:专项)?(?:用于)?支持(?P<what>\p{Han}{2,10}(?:建设|发展|改造|运营|推广|研究))"
)
_PORTION = regex.compile("(?:及?以[上下内])?的?部分")
_ANNOUNCED = regex.compile("(?:如下|分别)?为$|如下$")
_BY_SCALE = regex.compile(r"(?<=\p{Han}{2})(?:实行|执行)\p{Han}{0,6}?(?=\p{Han}{2}$)")
_SEX = regex.compile("^[男女]性?$")
_GIVEN_TO = regex.compile(r"(?!对|按|分|根据)(?P<who>(?:被|获)?(?:认定|评|评定|命名)为[^，。；]{2,40}?)(?:进行|给予|予以)")
_GIVING = regex.compile("^.*(?:给予|予以|进行|实行|发放|享受|领取)(?=.{2})")
_AT_STANDARD = regex.compile("的标准")
_AS_FOLLOWS = regex.compile("以下|下列|如下|上述|免费$")
_PAYING_OUT = regex.compile("拨付|发放|兑现|返还|退还")
_PAID_OUT = regex.compile("(?:发放|拨付|领取|享受|支付)(?:时间|期限|年限)$")


def _of_measure(reading: Reading, slot: Slot) -> bool:
    """Whether the clause before puts a case by a measure alone: ``面积在500平方米以上的，补助30万元``."""
    index = slot.clause_index - 1
    clause = reading.sentence.clauses[index] if index >= 0 else None
    return clause is not None and reading.text[clause.end - 1] == "的" and any(s.clause is clause for s in reading.slots)


def _key(slot: Slot, dimension: str) -> str:
    """What numbers have in common that can measure the same thing."""
    unit = str(slot.quantity.data["unit"])
    return dimension if dimension in ("money", "share", "duration") and not unit.endswith("岁") else unit


def _goes_on(reading: Reading, slot: Slot) -> bool:
    """Whether another number of the clause says what is given in the case that this one puts."""
    index = slot.group[-1] + 1
    return index < len(reading.slots) and reading.slots[index].clause is slot.clause


def _startswith(text: str, heads: frozenset[str]) -> bool:
    return text.startswith(tuple(heads))


def _of_waiting(waiting: str, head: str) -> str:
    """``居家护理的生活照料费用，纳入支付范围的费用限额标准``: 居家护理的生活照料费用限额标准."""
    tail = head.rpartition("的")[2]
    joined = merge(waiting, tail)
    return joined if len(joined) < len(waiting) + len(tail) and waiting != tail else head


def _names_measure(heading: str, lexicon: Lexicon) -> bool:
    """Whether a heading names something measured; 加大研发投入补助 and 收费与资助 name a subject of talk."""
    if not lexicon.head_end.search(heading) or "与" in heading or "和" in heading or _DIGIT.search(heading):
        return False
    return not heading.startswith(lexicon.deeds_or_changes)
