"""Described: what a qualifier measures, and how a thing that is counted is named together with its qualifier."""

from __future__ import annotations

from itertools import takewhile

from pipeline import regex
from pipeline.relate.counted import counts
from pipeline.relate.following import Right, right_of
from pipeline.relate.lexicon import Lexicon
from pipeline.relate.phrases import Left, is_noun
from pipeline.relate.qualifiers import ONE_OF, after_count, before_count, before_counts, gap_after, is_qualifier
from pipeline.relate.reading import Reading, Slot
from pipeline.relate.topic import Named, Topic


def attribute_of(reading: Reading, i: int, noun: str, lexicon: Lexicon) -> str:
    """The indicator of a counted noun together with its qualifier, or an empty string.

    Args:
        noun: the noun that stands after number ``i``; then a qualifier before the number is of something else.
    """
    slot = reading.slots[i]
    before = reading.slots[slot.group[0] - 1] if slot.group[0] else None
    if before and len(slot.group) > 1 and len(before.group) > 1 and before_counts(reading, before, lexicon):
        first, own = reading.slots[before.group[0]], reading.slots[before.group[slot.group.index(i)]]
        name = own.quantity.text + reading.text[before.quantity.end : reading.slots[slot.group[0]].quantity.start]
        measured = reading.words_in(first.left, first.quantity.start)
        return "".join(word.text for word in measured) + lexicon.counting_end.sub("", name)
    if i and before_count(reading, i - 1, lexicon) and is_qualifier(reading, i - 1, lexicon):
        whole = _whole(reading, reading.slots[i - 1], slot.quantity.start, lexicon)
        return whole + noun if whole.endswith("的") else "" if noun else whole
    if (
        i + 1 < len(reading.slots)
        and (gap_after(reading, i) == "" or after_count(reading, i + 1, lexicon))
        and is_qualifier(reading, i + 1, lexicon)
    ):
        following = reading.slots[i + 1]
        counted = right_of(reading, following, lexicon)
        text = reading.text[slot.quantity.end : counted.end or following.right]
        text = regex.sub(r"^(?:以上|左右|的)+", "", text)
        match = regex.match(r"[^，。；：、]+", text)
        return match[0].rstrip("。；，") if match else ""
    return ""


def _whole(reading: Reading, qualifier: Slot, end: int, lexicon: Lexicon) -> str:
    before = reading.text[qualifier.left : qualifier.quantity.start]
    before = regex.split(r"[，、；：]", before)[-1]
    if not before.startswith("每") and (verb := lexicon.building.search(before)):
        before = before[verb.end() :]
    for time in reading.times:
        if time.text in before:
            before = before.split(time.text)[-1]
    text = before + reading.text[qualifier.quantity.start : end]
    text = regex.sub("(?:由|从)$", "", lexicon.counting_end.sub("", text))
    text = regex.sub("占$", "占比", text)
    return lexicon.place_start.sub("", text)


def in_words(attribute: str, reading: Reading, slot: Slot, topic: Topic, lexicon: Lexicon) -> str:
    """A counted description with the measure and the noun that it leaves out, as in ``超50亿元的20个``.

    The measure is that of the description before, the noun what the same unit counted, or what the clause before ends in.
    """
    if not attribute.endswith("的"):
        return attribute
    bare = attribute[0].isdigit() or lexicon.before_start.match(attribute)
    noun = _left_out(reading, slot, topic, lexicon)
    return (topic.attribute if bare else "") + (attribute + noun if noun else attribute[:-1])


def _left_out(reading: Reading, slot: Slot, topic: Topic, lexicon: Lexicon) -> str:
    """The noun that a description without one is of: what the same unit counted, or what the clause before ends in."""
    counted = topic.last_of(slot.quantity.data["unit"]).rpartition("的")[2]
    if counted and not _FIGURE.search(counted) and not slot.quantity.data["unit"].endswith("人"):
        return counted
    if not slot.clause_index:
        return ""
    clause = reading.sentence.clauses[slot.clause_index - 1]
    start = max((s.quantity.end for s in reading.slots if s.clause is clause), default=clause.start)
    words = [w for w in reading.words_in(start, clause.end) if w.text not in ("级", "以上")]
    nouns = list(takewhile(lambda word: is_noun(word, lexicon), reversed(words)))
    return "".join(word.text for word in reversed(nouns))


_FIGURE = regex.compile(r"\d")
_WITHOUT_NOUN = regex.compile(r"(?:及?以[上下])?的(?![\p{Han}]*\p{Han}{2})|(?:及?以[上下])?的(?=有|达|共|超|近|约|为)")


def of_qualifier(
    reading: Reading, i: int, left: Left, right: Right, topic: Topic, dimension: str, lexicon: Lexicon
) -> Named:
    """What a qualifier measures: 规模 of ``规模过1000亿元的集群``, the age of ``3岁以下幼儿``."""
    noun = ONE_OF.sub("", regex.sub("^(?:的|级|[及或]?以上|[及或]?以下)+|中有?$", "", right.noun))
    before = ONE_OF.sub("", left.noun)
    slot = reading.slots[i]
    if not noun and _WITHOUT_NOUN.match(reading.text, slot.quantity.end, slot.right) and i + 1 < len(reading.slots):
        noun = _left_out(reading, reading.slots[i + 1], topic, lexicon)
    unit, rule = slot.quantity.data["unit"], "indicator.qualifier"
    if unit.endswith("岁"):
        people = topic.last if lexicon.actor_end.search(topic.last) else before
        return Named((noun or people) + "年龄", rule)
    if counts(slot) and len(noun) > 1 and not right.linked:
        return Named(noun, rule)
    if measured := lexicon.attribute_end.search(before):
        by_verb = before.startswith(tuple(lexicon.relations | lexicon.light_verbs))
        attribute = measured[0] if by_verb else regex.split("、", before)[-1]
        return Named(noun + attribute, rule, attribute)
    if unit in ("亿", "万亿") and noun:
        return Named(noun + "规模", rule)
    deed = before or ("" if lexicon.building.match(left.verb) else left.verb)
    done = deed not in lexicon.spending and (not before or lexicon.only_deeds(before[-2:], nominal=True))
    if noun.endswith("项目") and done:
        return Named(f"{deed}{noun}投资", rule)
    if len(before) > 2:
        return Named(before, rule)
    if not before and not left.subject and not left.verb and topic.attribute:
        return Named(noun + topic.attribute, rule, topic.attribute)
    if noun and dimension != "money":
        return Named(noun, rule)
    size = "投资" if noun.endswith("项目") else "规模"
    return Named(noun + (before or (left.verb if left.verb in lexicon.spending else size)), rule)


def grade_of(left: Left, topic: Topic, lexicon: Lexicon) -> Named:
    """What has come to a grade: 产业规模 of ``产业迈入万亿级``."""
    who = left.subject or left.noun or topic.fresh or topic.subject
    return Named(who if lexicon.attribute_end.search(who) else who + "规模", "indicator.grade", who)
