"""Indicator: what a number measures, restored across clauses where the sentence leaves it out."""

from __future__ import annotations

import regex

from pipeline.relate.lexicon import Lexicon
from pipeline.relate.phrases import Left, Right
from pipeline.relate.provision.limits import time_limit
from pipeline.relate.reading import Reading, Slot
from pipeline.relate.reference import is_bare, owner_part, referent, without_rate
from pipeline.relate.topic import Named, Topic
from pipeline.rules import NUMBER_MARK, StatementRule

_SHORT = 6
_RELATIVE_LENGTH = 18


def by_pattern(reading: Reading, slot: Slot, topic: Topic, dimension: str, lexicon: Lexicon) -> Named | None:
    """The indicator by the first statement pattern of ``rules/patterns.yaml`` that ends at the number."""
    clause = ""
    for rule in lexicon.patterns:
        if rule.unit not in ("any", dimension):
            continue
        clause = clause or reading.sketch(slot)
        match = rule.search(clause)
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


def choose(reading: Reading, slot: Slot, left: Left, right: Right, topic: Topic, dimension: str, lexicon: Lexicon) -> Named:
    """The indicator of a slot by the grammar: the noun after the number, the noun before it, or what was said before."""
    noun = _EACH.sub(r"\g<each>\g<noun>", without_rate(left.noun, lexicon))
    after = without_rate(right.noun, lexicon)
    reached = any(word in lexicon.reach for word in left.predicate)
    if dimension == "duration" and not right.linked and not reached and (limit := time_limit(reading, slot)):
        return Named(limit, "indicator.time-limit")
    if dimension == "share" and noun and right.saying and not left.predicate and not lexicon.rate_suffix.search(noun):
        return Named(f"{noun}{right.saying}占比", "indicator.share-of-subject", noun)
    if len(after) > 1 and right.noun not in lexicon.generic and after not in lexicon.pronouns:
        return _after(reading, slot, left, right, after, topic, dimension, lexicon)
    if slot.quantity.data["unit"].endswith("岁") and noun and not noun.endswith(("年龄", "寿命", "岁数")):
        return Named(noun + "年龄", "indicator.age", noun)
    if noun in lexicon.pronouns and topic.last:
        return Named(topic.last, "indicator.pronoun")
    if noun and (full_name := referent(reading, noun, lexicon)):
        noun = full_name
    if noun in lexicon.demonstratives and len(left.verb) > 1 and left.verb not in lexicon.light_verbs:
        noun = left.verb + noun
    counts = slot.quantity.data["unit"].endswith(("人", "人次", "名"))
    if counts and right.saying and "有" in left.predicate and not left.verb:
        return _people_who(slot, right)
    if noun and noun not in lexicon.demonstratives:
        return _before(slot, left, noun, topic, dimension, lexicon)
    return _elided(slot, left, right, topic, dimension, lexicon)


def _after(
    reading: Reading, slot: Slot, left: Left, right: Right, noun: str, topic: Topic, dimension: str, lexicon: Lexicon
) -> Named:
    """``建成300公里滨水慢行系统``: the noun after the number, with what makes a short noun tell enough."""
    verb = left.verb if left.verb_final and left.verb in lexicon.kept_verbs else ""
    said = right.predicate
    if noun != right.noun:
        return Named(noun, "indicator.rate", noun, right.end)
    if right.linked and left.noun in lexicon.bare_heads and not left.predicate and dimension not in ("share", "count"):
        return Named(noun + left.noun, "indicator.attribute-of", noun, right.end)
    if left.modifier and dimension != "share":
        return Named(f"{left.modifier}的{noun}", "indicator.modified", noun, right.end)
    sayable = (
        slot.right == slot.clause.end and 2 <= len(said) <= _RELATIVE_LENGTH and not regex.search(r"[，。；：\d]", said)
    )
    if dimension == "share":
        if lexicon.rate_suffix.search(noun):
            return Named(lexicon.rate_end.sub("", noun), "indicator.after", end=right.end)
        return Named((f"{said}的{noun}" if sayable else noun) + "占比", "indicator.share-of-noun", noun, right.end)
    if len(noun) <= _SHORT or ("和" in noun and len(noun) <= _SHORT + 2):
        subject = left.subject or left.noun or (topic.head if left.chained or slot.left > slot.clause.start else "")
        if (
            subject
            and 2 < len(subject) <= _RELATIVE_LENGTH
            and (left.verb in lexicon.possessions or (not left.verb and subject == topic.head))
        ):
            return Named(subject + noun, "indicator.subject-noun", noun, right.end)
        if subject and 2 < len(subject) <= _RELATIVE_LENGTH and left.verb in lexicon.relations:
            return Named(subject + left.verb + noun, "indicator.subject-verb-noun", noun, right.end)
        if sayable and not verb:
            return Named(f"{said}的{noun}", "indicator.relative", noun, right.end)
        if (
            len(noun) < _SHORT
            and len(left.verb) > 1
            and left.verb not in lexicon.possessions
            and (left.verb in lexicon.relations or left.verb not in lexicon.light_verbs)
        ):
            verb = left.verb
    return Named(verb + noun, "indicator.after", noun, right.end)


def _before(slot: Slot, left: Left, noun: str, topic: Topic, dimension: str, lexicon: Lexicon) -> Named:
    """``粮食产量达到1.3万亿斤``: the noun before the number, with its owner."""
    if noun.endswith("级") and topic.last and len(noun) <= 4:
        return Named(noun + regex.sub(r"^(?:国家|省|市|县|部)级(?:及?以上)?", "", topic.last), "indicator.level-of-last")
    if left.subject and left.verb in lexicon.owner_verbs and dimension != "count" and len(left.subject) <= 16:
        return Named(left.subject + noun, "indicator.subject-object", left.subject)
    short = len(noun) <= 4 and 2 < len(left.subject) <= 12
    if dimension == "count" and short and left.verb not in lexicon.possessions | lexicon.owner_verbs:
        return Named(left.subject + left.verb + noun, "indicator.subject-verb-noun", noun)
    owner = topic.fresh or topic.subject
    if left.chained and dimension == "money" and noun in lexicon.bare_heads and topic.last and not topic.fresh:
        owner = topic.last
    relational = is_bare(noun, lexicon) or (
        len(noun) == 2 and noun not in lexicon.standalone and dimension != "count" and not left.verb
    )
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
        return _people_who(slot, right)
    part = regex.search("[^的]+$", topic.last)
    if dimension == "count" and part and right.saying and len(right.predicate) > 1 and slot.left == slot.quantity.start:
        return Named(f"{regex.split('[，。；：]', right.predicate)[0]}的{part[0]}", "indicator.part-of-last")
    if topic.colon:
        return Named(topic.colon, "indicator.colon", topic.colon)
    if left.verb_final and left.verb in lexicon.kept_verbs:
        subject = left.subject if len(left.subject) <= 16 else ""
        return Named(subject + left.verb, "indicator.verb", left.subject)
    if left.subject:
        spoken = left.verb if left.verb not in lexicon.light_verbs - lexicon.noun_verbs else ""
        return Named(left.subject + spoken, "indicator.subject", left.subject)
    measurable = topic.fresh.endswith(tuple(lexicon.bare_heads)) or lexicon.rate_suffix.search(topic.fresh)
    if topic.fresh and (measurable or not topic.last):
        return Named(topic.fresh, "indicator.fresh-subject", topic.fresh)
    if topic.last:
        return Named(topic.last, "indicator.carried")
    if right.noun:
        return Named(right.noun, "indicator.after", right.noun, right.end)
    if topic.subject:
        return Named(topic.subject, "indicator.topic")
    return Named(_without_verb(topic.lead, lexicon), "indicator.heading")


def _people_who(slot: Slot, right: Right) -> Named:
    """``111万人死于事故`` → 死于事故人数."""
    said = regex.split(r"[，。；：]", right.predicate)[0]
    return Named(said + ("人次" if "次" in slot.quantity.data["unit"] else "人数"), "indicator.people-who")


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


_EACH = regex.compile(r"^(?P<noun>.{2,}?)(?:为|是)?(?P<each>每[人户家个名](?:每[月年天次日餐])?)$")


def _without_verb(heading: str, lexicon: Lexicon) -> str:
    """开展规模以上工业企业数字化改造 → 规模以上工业企业数字化改造."""
    verb = next(
        (v for v in sorted(lexicon.light_verbs | lexicon.openers, key=len, reverse=True) if heading.startswith(v)), ""
    )
    return heading[len(verb) :]
