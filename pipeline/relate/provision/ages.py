"""Ages: whose age a number of a rule is."""

from __future__ import annotations

from pipeline import regex
from pipeline.relate.lexicon import Lexicon
from pipeline.relate.phrases import is_noun, strip_left
from pipeline.relate.provision.limits import upper_end
from pipeline.relate.reading import Reading, Slot, Word

_REACHED = regex.compile("(?:年龄|在|为|已|均|须|年|不|未|满|得|超过|达到|低于|高于|应|当|需|必)+$")
_MARK = regex.compile("[，。；：、（(）)\n]")
_JOINT = regex.compile("[且并]|而且|并且")


def whose_age(reading: Reading, slot: Slot, lexicon: Lexicon) -> str:
    """Who is meant, behind the number or before it; empty where neither says so.

    ``60周岁以上有就餐需求的户籍老年人`` → 户籍老年人, ``申请人应当年满18周岁`` → 申请人, ``至子女十四周岁止`` → 子女.
    """
    last = upper_end(reading, slot) or slot
    bound = lexicon.after_pattern.match(reading.text, last.quantity.end)
    start = bound.end() if bound else last.quantity.end
    mark = _MARK.search(reading.text, start, reading.sentence.end)
    return _behind(reading, start, mark.start() if mark else reading.sentence.end, lexicon) or _before(
        reading, slot, lexicon
    )


def _behind(reading: Reading, start: int, end: int, lexicon: Lexicon) -> str:
    """The person that what stands up to the next mark speaks of: of several nouns with 的 the first that is one."""
    while start < end:
        linked = reading.text.find("的", start, end)
        found = _leading(reading.words_in(start, linked if linked >= 0 else end), lexicon)
        if found and (linked < 0 or lexicon.actor_end.search(found)):
            return found
        start = linked + 1 if linked >= 0 else end
    return ""


def _leading(found: list[Word], lexicon: Lexicon) -> str:
    """The noun phrase that words begin with, up to the last person in it."""
    ends = [i for i, word in enumerate(found) if is_noun(word, lexicon)]
    if not ends:
        return ""
    first = next((i for i in ends if i + 1 not in ends), ends[-1])
    persons = [i for i in ends if i <= first and lexicon.actor_end.search(found[i].text)]
    words = found[: (persons[-1] if persons else first) + 1]
    if any(word.tag[:1] in "dpm" or word.text in lexicon.modals or word.text.startswith("每") for word in words):
        return ""
    text = "".join(word.text for word in words)
    return text if len(text) > 1 and (persons or words[0].tag[:1] != "v") else ""


def _before(reading: Reading, slot: Slot, lexicon: Lexicon) -> str:
    """The noun phrase right before the number and the verb that says how far the age goes."""
    text = reading.text[slot.left : slot.quantity.start]
    end = slot.left + len(_REACHED.sub("", text))
    marks = [m.end() for m in _MARK.finditer(reading.text, slot.left, end)]
    found = strip_left(reading.words_in(marks[-1] if marks else slot.left, end), lexicon)
    joints = [i for i, word in enumerate(found) if word.tag[:1] in "pu" or _JOINT.fullmatch(word.text)]
    found = found[joints[-1] + 1 :] if joints else found
    who = "".join(word.text for word in found)
    return who if found and is_noun(found[-1], lexicon) and 2 <= len(who) <= 12 else ""
