"""Phrases: the noun phrase and the predicate to the left of a number, the noun phrase and its predicate to the right."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from pipeline.relate.lexicon import Lexicon
from pipeline.relate.reading import Reading, Slot, Word

_NOUN_TAGS = ("n", "a", "b", "j", "l", "i", "x", "eng", "s", "f", "t", "z", "vn", "an", "k", "h", "g", "m", "o")
_NO_NOUN = frozenset("的地得了着过和及与或、并且而，在于对向从由为被把将是有也都均就才又还已比较按以使让")
_BASE = regex.compile(
    r"(?:比|较|同比|环比|相比|高于|快于|低于|慢于|高出)(?!重|例|率|较|值|武|赛|特|分)[^，。；]*$|(?:与|同|跟)[^，。；]{1,16}(?:相比|持平)$"
)
_BRACKETS = regex.compile(r"[（(][^（）()]*[）)]")
_AGENT_END = regex.compile(r"(?:部|局|委|厅|署|会|办|院|公司|集团|省|市|县|区|海关|政府|州|企业|我们|中心|银行)$")


@dataclass(frozen=True, slots=True)
class Left:
    """What stands before a number.

    ``noun`` is the noun phrase, ``subject`` what stands before its verb, ``verb`` that verb, ``predicate`` the words
    between noun phrase and number, and ``verb_final`` whether a verb asks for a noun after the number.
    """

    noun: str
    subject: str
    verb: str
    predicate: tuple[str, ...]
    verb_final: bool
    base: bool
    """Whether the clause compares with a base (比上年…)."""


@dataclass(frozen=True, slots=True)
class Right:
    """What stands after a number: the noun phrase that it counts and what is said of it."""

    noun: str
    predicate: str
    linked: bool
    """Whether 的 stands between number and noun."""


def left_of(reading: Reading, slot: Slot, lexicon: Lexicon, start: int | None = None) -> Left:
    """Reads the text from ``start`` (default: the slot's own left edge) up to the first number of its group."""
    first = reading.slots[slot.group[0]]
    words = reading.words_in(slot.left if start is None else start, first.quantity.start)
    words, based = _without_base(words)
    words, predicate = _strip_predicate(words, lexicon)
    if not based and predicate:
        words, based = _without_base(words)
        words, more = _strip_predicate(words, lexicon)
        predicate = (*more, *predicate)
    words = _strip_left(words, lexicon)
    verb_final = bool(words) and _is_verb(words[-1], lexicon)
    verb = words[-1].text if verb_final else ""
    if verb_final and (words[-1].text in lexicon.light_verbs or words[-1].text in lexicon.kept_verbs or len(words[-1].text) > 1):
        words = words[:-1]
        words, more = _strip_predicate(words, lexicon)
        predicate = (*more, *predicate)
        while words and _is_verb(words[-1], lexicon) and words[-1].text in lexicon.light_verbs:
            words = words[:-1]
    subject = ""
    if not verb_final:
        for i in range(len(words) - 2, -1, -1):
            word = words[i]
            if word.text in lexicon.light_verbs and word.text not in lexicon.kept_verbs and not _inside_phrase(words, i):
                subject_words = _strip_predicate(words[:i], lexicon)[0]
                subject, verb, words = _joined(_strip_left(subject_words, lexicon), lexicon), word.text, words[i + 1 :]
                words = [w for w in words if w.text != "了"]
                break
    return Left(_joined(_strip_left(words, lexicon), lexicon), subject, verb, predicate, verb_final, based)


def _inside_phrase(words: list[Word], i: int) -> bool:
    """A verb that is followed by 的, or that follows 的 or 、, belongs to a noun phrase."""
    after = words[i + 1].text if i + 1 < len(words) else ""
    before = words[i - 1].text if i else ""
    return after in ("的", "、", "和", "及", "与") or before in ("、", "和", "与", "及")


def right_of(reading: Reading, slot: Slot, lexicon: Lexicon) -> Right:
    """Reads the text from the number to the right edge of its slot."""
    last = reading.slots[slot.group[-1]]
    start = slot.quantity.end if slot.right <= last.quantity.start else last.quantity.end
    end = slot.right if start == slot.quantity.end else last.right
    edge = lexicon.after_pattern.match(reading.text, start)
    start = edge.end() if edge else start
    linked = reading.text[start : start + 1] == "的"
    words = reading.words_in(start + (1 if linked else 0), end)
    noun: list[Word] = []
    for i, word in enumerate(words):
        if word.text in ("的", "级") and noun:
            noun.append(word)
            continue
        if word.text in ("、", "和", "及", "与") and noun and i + 1 < len(words) and _is_noun(words[i + 1], lexicon):
            noun.append(word)
            continue
        if not _is_noun(word, lexicon) and not _verb_in_noun(words, i, lexicon, bool(noun)):
            break
        noun.append(word)
    while noun and (noun[-1].text in _NO_NOUN or noun[-1].tag in ("f",) and noun[-1].text in ("中", "内", "里", "上", "之间")):
        noun.pop()
    rest = words[len(noun) :]
    while rest and (rest[0].text in lexicon.modals or rest[0].text in _NO_NOUN):
        rest = rest[1:]
    predicate = "".join(w.text for w in rest if w.text not in ("了",)).rstrip("。；，！的 ")
    return Right(_plain("".join(w.text for w in noun)), _BRACKETS.sub("", predicate), linked)


def _verb_in_noun(words: list[Word], i: int, lexicon: Lexicon, begun: bool) -> bool:
    """Whether the verb at ``i`` belongs to a noun phrase: 合作项目, 得到改造的村."""
    word = words[i]
    if not word.tag.startswith("v") or word.text in lexicon.modals or word.text in _NO_NOUN or word.text in lexicon.reach:
        return False
    following = words[i + 1 :]
    if any(w.text == "的" for w in following[:6]) and not any(w.text in "，、" for w in following[:6]) and not begun:
        return True
    return bool(following) and _is_noun(following[0], lexicon) and len(word.text) > 1 and word.text not in lexicon.light_verbs


def _is_noun(word: Word, lexicon: Lexicon) -> bool:
    if word.text in _NO_NOUN or word.text in lexicon.modals or word.text in lexicon.reach:
        return False
    return word.tag.startswith(_NOUN_TAGS) and not word.text.isspace() and not regex.fullmatch(r"[\p{P}\s--[“”‘’·+\-（）\"]]+", word.text, flags=regex.V1)


def _is_verb(word: Word, lexicon: Lexicon) -> bool:
    if word.text in lexicon.bare_heads or word.text in ("就业", "投资", "收入", "支出", "进口", "出口", "贷款", "消费", "需求"):
        return False
    return word.text in lexicon.light_verbs or word.text in lexicon.kept_verbs or word.tag in ("v", "vd", "vg", "vi", "p")


def _without_base(words: list[Word]) -> tuple[list[Word], bool]:
    """Cuts a base of comparison off: ``出口比上年`` leaves 出口."""
    text = "".join(w.text for w in words)
    match = _BASE.search(text)
    if not match:
        return words, False
    kept: list[Word] = []
    length = 0
    for word in words:
        if length + len(word.text) > match.start():
            break
        kept.append(word)
        length += len(word.text)
    return kept, True


def _strip_predicate(words: list[Word], lexicon: Lexicon) -> tuple[list[Word], tuple[str, ...]]:
    """Takes reach and change verbs, adverbs and bound words off the right end."""
    kept = list(words)
    predicate: list[str] = []
    while kept:
        word = kept[-1]
        if word.text in ("的",) and len(kept) > 1 and not predicate:
            kept.pop()
        elif word.text in lexicon.predicate_words or word.text.isspace():
            if word.text not in ("的",):
                predicate.append(word.text)
            kept.pop()
        else:
            tail = "".join(w.text for w in kept[-4:])
            match = lexicon.predicate_end.search(tail)
            if not match or len(match[0]) < len(word.text):
                break
            rest = len(match[0])
            while rest > 0 and kept and len(kept[-1].text) <= rest:
                rest -= len(kept[-1].text)
                kept.pop()
            if rest:
                break
            predicate.append(match[0])
    return kept, tuple(reversed(predicate))


def _strip_left(words: list[Word], lexicon: Lexicon) -> list[Word]:
    """Takes openers, places, adverbs and punctuation off the left end."""
    kept = list(words)
    while kept:
        word = kept[0]
        if word.text in lexicon.openers or word.text in lexicon.places or word.text in lexicon.adverbs or word.text in _NO_NOUN:
            if word.text in ("对",) and len(kept) > 2:
                break
            kept = kept[1:]
        elif word.tag in ("ns", "nrt") and len(kept) > 1 and (kept[1].text not in ("、", "和", "至", "到") and len("".join(w.text for w in kept[1:])) > 3):
            kept = kept[1:]
        elif regex.fullmatch(r"[\p{P}\s--[“‘（(《]]+", word.text, flags=regex.V1):
            kept = kept[1:]
        else:
            break
    return kept


def _joined(words: list[Word], lexicon: Lexicon) -> str:
    inner = ("已", "共", "累计", "均", "已经", "总共", "年均", "同比", "预计", "将", "分别", "实际", "合计", "各", "年年", "日均")
    return _plain("".join(w.text for w in words if w.text not in inner or w.text == "实际" and w is words[0]))


def _plain(text: str) -> str:
    text = regex.sub(r"^[\s、，：；。”’）)]+|[\s、，：；。“‘（(]+$", "", text)
    text = regex.sub(r"^(?:的|和|及|与)", "", text)
    if text.count("”") > text.count("“"):
        text = text.replace("”", "", 1) if text.find("”") < 2 else text
    return text
