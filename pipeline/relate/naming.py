"""Naming: which of the ways to find an indicator holds for a number, and for those coordinated with it."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline import regex
from pipeline.relate import distribution, indicator
from pipeline.relate.contrast import on_average
from pipeline.relate.described import attribute_of, grade_of, in_words, of_qualifier
from pipeline.relate.following import Right
from pipeline.relate.lexicon import Lexicon
from pipeline.relate.patterns import by_pattern
from pipeline.relate.phrases import Left
from pipeline.relate.provision import Provisions
from pipeline.relate.reading import Reading, Slot
from pipeline.relate.reference import is_relational, measure_of
from pipeline.relate.spoken import in_adjunct
from pipeline.relate.subjects import subject_of
from pipeline.relate.topic import Named, Topic


@dataclass(slots=True)
class Naming:
    """Names the numbers of one sentence in order.

    Attributes:
        last: the indicator of the number before.
        named: the indicators found so far for numbers by their index, those ahead in a coordination included.
    """

    reading: Reading
    topic: Topic
    provisions: Provisions
    lexicon: Lexicon
    named: dict[int, Named] = field(default_factory=dict)
    last: Named | None = None

    def name(self, i: int, left: Left, right: Right, dimension: str, qualifier: str, ruled: bool) -> Named:
        """What the number with index ``i`` measures.

        Args:
            qualifier: the rule by which the number only describes a thing, or nothing.
            ruled: whether the number is of a rule, so that the grammar of rules goes first.
        """
        reading, lexicon, slot = self.reading, self.lexicon, self.reading.slots[i]
        if self.last and slot.clause.depth and _INCLUDED.match(reading.text, slot.clause.start, slot.quantity.end):
            return self.last
        after = right.noun or (right.saying if slot.quantity.data["unit"].endswith("人") else "")
        attribute = attribute_of(reading, i, after, lexicon)
        found = (ruled and self._by_provisions(i, left, right, dimension)) or None
        if not found and qualifier == "qualifier.size" and right.noun:
            found = Named(right.noun, "indicator.qualifier")
        elif not found and qualifier and qualifier != "qualifier.threshold":
            found = of_qualifier(reading, i, left, right, self.topic, dimension, lexicon)
            self.topic.attribute = found.subject
        elif not found and attribute:
            attribute = in_words(attribute, reading, slot, self.topic, lexicon)
            found = Named(attribute, "indicator.with-qualifier", attribute, right.end)
        elif not found and reading.text.startswith("级", slot.quantity.end):
            found = grade_of(left, self.topic, lexicon)
        found = found or self.named.get(i) or self._in_general(i, left, right, dimension)
        if ruled and not found.rule.startswith(("provision.", "indicator.carried")):
            self.provisions.heard(slot, dimension, found.text)
        self.last = found
        return found

    def narrow_next(self, i: int, found: Named) -> None:
        """Text that a number's noun used up cannot name the next number, which may be of that noun."""
        reading, slot = self.reading, self.reading.slots[i]
        if i + 1 == len(reading.slots):
            return
        following = reading.slots[i + 1]
        if following.group is not slot.group:
            following.left = min(max(following.left, found.end), following.quantity.start)
        if found.end and found.end <= following.left and following.clause is slot.clause:
            joint = _JOINT.search(reading.text[found.end : following.quantity.start])
            following.subject = "" if joint or in_adjunct(reading, slot, found) else found.subject

    def _by_provisions(self, i: int, left: Left, right: Right, dimension: str) -> Named | None:
        """What a number of a rule measures, by the grammar of rules; a statement pattern goes before it."""
        reading, topic, slot = self.reading, self.topic, self.reading.slots[i]
        if i in self.named or (len(slot.group) == 1 and by_pattern(reading, slot, topic, dimension, self.lexicon)):
            return None
        ruled = self.provisions.name(reading, slot, left, right, dimension, topic.fresh, topic.subject)
        if not ruled:
            return None
        self.named |= dict(zip(slot.group, ruled, strict=False))
        return self.named[i]

    def _in_general(self, i: int, left: Left, right: Right, dimension: str) -> Named:
        reading, topic, lexicon, slot = self.reading, self.topic, self.lexicon, self.reading.slots[i]
        size = len(slot.group)
        leads = size > 1 and slot.group[0] == i
        if leads and (parts := self._shared_out(slot, left, right)):
            distributed = (Named(part, "indicator.distributed") for part in parts)
            self.named |= dict(zip(slot.group, distributed, strict=True))
            return self.named[i]
        found = by_pattern(reading, slot, topic, dimension, lexicon) if size == 1 else None
        found = found or indicator.choose(reading, slot, left, right, topic, dimension, lexicon)
        if not found.text and (ahead := self._said_next(slot)):
            found = Named(ahead, "indicator.said-next", ahead)
        if topic.last and lexicon.names_nothing(found.text):
            changed = any(word in lexicon.change for word in left.predicate)
            found = Named(topic.last_for(slot.quantity.data["unit"], changed), "indicator.carried")
        before = reading.text[slot.left : reading.slots[slot.group[0]].quantity.start]
        if "平均每" in before and dimension not in ("count", "share"):
            found = found._replace(text=on_average(found.text, before))
        if leads:
            self.named |= dict.fromkeys(slot.group, found)
        return found

    def _said_next(self, slot: Slot) -> str:
        """What a sentence that begins with a change names behind it: ``从3家到28家，园区企业数量增长了8倍``."""
        clauses = self.reading.sentence.clauses[slot.clause_index + 1 :][:1]
        return next((subject_of(self.reading, c.start, c.end, self.lexicon) for c in clauses if not c.depth), "")

    def _shared_out(self, slot: Slot, left: Left, right: Right) -> list[str] | None:
        """The indicators of coordinated numbers, one each: ``产值、利润分别增长5%、8%``; ``None`` where there is one."""
        topic, lexicon, size = self.topic, self.lexicon, len(slot.group)
        unit, changed = slot.quantity.data["unit"], any(word in lexicon.change for word in left.predicate)
        listed = left if left.noun or right.noun else left._replace(noun=left.subject, subject="")
        elided = not right.noun and (not listed.noun or listed.noun in lexicon.pronouns)
        parts = distribution.distribute_shares(self.reading, slot, topic, lexicon) if unit == "%" else None
        if parts is None and listed.noun and not right.noun and not elided:
            each = "分别" in self.reading.text[slot.left : slot.quantity.start]
            each = each and not distribution.cases_before(self.reading, slot)  # 甲、乙两类企业，进出口分别增长5%、8%
            last = topic.last_of(unit) or topic.last_for(unit, changed)
            parts = self._of_each(slot, listed.noun) or distribution.distribute(listed, size, last, each, lexicon)
            owner = topic.fresh or topic.subject
            if parts and owner and all(is_relational(part, lexicon) for part in parts):
                parts = [owner + part for part in parts]
        if parts is None:
            parts = distribution.distribute_over_cases(self.reading, slot, left, right)
        before = self.reading.slots[slot.group[0] - 1].group if slot.group[0] else []
        if parts is None and elided and len(before) == size:
            parts = topic.said[-size:]
        if parts is None and elided:
            parts = topic.last_several(size, unit, changed) or None
        return parts

    def _of_each(self, slot: Slot, noun: str) -> list[str] | None:
        """A measure of each of those that the numbers before were shared out to: 各期分别发行5亿元和7亿元，利率分别为…."""
        first, lexicon = slot.group[0], self.lexicon
        group = self.reading.slots[first - 1].group if first else []
        before = [self.named[i] for i in group if i in self.named]
        if len(before) != len(slot.group) or not is_relational(noun, lexicon) or measure_of(before[0].text, lexicon) == noun:
            return None
        if any(named.rule != "indicator.distributed" for named in before):
            return None
        owners = [named.text.removesuffix(measure_of(named.text, lexicon)) for named in before]
        terms = not all(map(_NAME.search, owners))  # 3年期
        return [owner + noun for owner in ([named.text for named in before] if terms else owners)]


_INCLUDED = regex.compile("不?(?:包)?含")
"""50万元以上（含50万元）: the number in brackets is the one before it."""
_NAME = regex.compile(r"\p{Han}{2}")
_JOINT = regex.compile("[，、；和及与的]")
