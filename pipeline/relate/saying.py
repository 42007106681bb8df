"""Saying: what is said of the things counted, in so few words that it can stand before their noun."""

from __future__ import annotations

from pipeline import regex
from pipeline.relate.lexicon import Lexicon
from pipeline.relate.phrases import BRACKETS, JOINTS, is_mark, is_noun, strip_predicate
from pipeline.relate.reading import Word

_TITLE = regex.compile(r"《[^》]*?(?P<what>\p{Han}{2})[》（(][^》]*》?")
"""A title is of what its last word names: 倡议 of 《跨境物流联合倡议》."""
_BRIEF = 12
_LONGEST = 22
SHORT_THING = 8
"""How long an object may be called; a longer one goes by its last noun."""


def brief(words: list[Word], lexicon: Lexicon) -> str:
    """What words say in short: a title by its last word, of a long object the noun alone.

    发布《跨境物流联合倡议》 → 发布倡议, 出台了建设补贴、运营补贴等支持措施 → 出台支持措施. Empty where no verb comes
    first, or where that describes something else: 为职工提供的课程.
    """
    words = [w for w in words if w.text != "了"]
    if not words or not _opens(words[0], lexicon) or any(w.text == "的" for w in words[1:2]):
        return ""
    text = named(text_of(words))
    plain = not regex.search(r"[，。；：\d]", text)
    if len(text) <= _BRIEF and plain:
        return text
    whole = text if len(text) <= _LONGEST and plain else ""
    return _with_head(words, ("的",), lexicon) or whole or _with_head(words, ("的", "等", *JOINTS), lexicon)


def text_of(words: list[Word]) -> str:
    """The words as text, without what stands in brackets and the marks at the end."""
    return str(BRACKETS.sub("", "".join(w.text for w in words)).rstrip("。；，！、的 \n"))


def _with_head(words: list[Word], links: tuple[str, ...], lexicon: Lexicon) -> str:
    """The verb that words open with and what its object is called behind the last of ``links``, if short."""
    end = next((i for i, w in enumerate(words) if w.text in "，。；："), len(words))
    at = max((i for i, w in enumerate(words[:end]) if w.text in links), default=0)
    thing = words[at + 1 : end]
    short = at > 1 and bool(thing) and all(is_noun(w, lexicon) for w in thing)
    text = "".join(w.text for w in thing)
    return words[0].text + text if short and len(text) <= SHORT_THING else ""


def named(text: str) -> str:
    """A text with each document that it names by a title put as what it is: 签署协定 for 签署《海洋生态保护合作协定》."""
    return str(_TITLE.sub(r"\g<what>", text)) if "《" in text else text


def over_number(words: list[Word], thing: str, lexicon: Lexicon) -> str:
    """What is done with an amount: 发放大米 of 发放/1200吨/大米, 提供风险保障 of 提供/风险/保障/超/900亿元.

    Args:
        words: those up to the number.
        thing: the noun behind it.
    """
    words, _ = strip_predicate([w for w in words if w.text != "了"], lexicon)
    if not words or not _opens(words[0], lexicon) or any(is_mark(w.text) or w.text == "的" for w in words):
        return ""
    if len(words) == 1:
        return words[0].text + thing if thing else ""
    made = is_noun(words[-1], lexicon) or words[-1].text in lexicon.noun_verbs
    return "".join(w.text for w in words) if not thing and made else ""


def behind_place(words: list[Word], lexicon: Lexicon) -> list[Word]:
    """The words behind where something is done: 发布倡议 of 在/江州/发布/倡议."""
    if not words or words[0].text != "在":
        return words
    return words[next((i for i, w in enumerate(words) if w.tag[0] == "v" and not is_noun(w, lexicon)), 0) :]


def _opens(word: Word, lexicon: Lexicon) -> bool:
    """Whether a word is a verb, by the dictionary or, where that has it not, by its end: 种下."""
    return word.tag[0] == "v" or (word.tag == "x" and word.text[-1] in lexicon.complements)
