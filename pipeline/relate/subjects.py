"""Subjects: the noun phrase that a clause begins with, which may own the measures after it."""

from __future__ import annotations

from pipeline.relate.lexicon import Lexicon
from pipeline.relate.phrases import is_mark, is_noun, phrase, strip_left
from pipeline.relate.reading import Reading, Word
from pipeline.relate.reference import can_own


def subject_of(reading: Reading, start: int, end: int, lexicon: Lexicon) -> str:
    """The noun phrase that a clause begins with, up to its verb; what it changes where that verb comes first.

    Empty where the clause begins with neither.
    """
    words = reading.words_in(start, end)
    if not words or words[0].text in lexicon.no_subject or reading.text[start - 1 : start] in ("）", ")"):
        return ""
    if words[0].text == "在" and not any(w.text in lexicon.locatives for w in words[:-1]):
        return ""
    after = max((i for i, w in enumerate(words[:8]) if w.text == "后"), default=-1)
    words = words[after + 1 :] or words[:after]
    whole, words = words, strip_left(words, lexicon)
    relative = False
    if words and any(w.end == words[0].start and w.text in _WHERE for w in whole):
        return ""
    if words and words[0].text in lexicon.change and len(words[0].text) > 1:
        words = words[1:]
    elif words and (words[0].tag == "v" or words[0].text in lexicon.activities) and words[0].text not in lexicon.nouns:
        local = words[0] is not whole[0] and is_place(whole[0], lexicon) and words[0].text not in lexicon.deeds_or_openers
        relative = not (local and _names_kind(words, 0, lexicon))
    copula = next((i for i, w in enumerate(words) if i and w.text == "是"), len(words))
    words = words[:copula]
    pointing = bool(words) and words[0].tag == "r" and words[0].text[0] in "该这此本"
    last_link = max((i for i, w in enumerate(words[:12]) if w.text == "的"), default=-1)
    first = 1 if pointing and last_link < 1 else last_link + 1
    stop = next((i for i in range(first, len(words)) if not _in_name(words, i, lexicon)), len(words))
    alone = stop == len(words) or is_mark(words[stop].text)
    if relative and (last_link < 1 or (alone and not lexicon.rate_suffix.search(words[stop - 1].text))):
        return ""
    if stop + 1 == len(words) and words[stop].tag == "t":
        return ""  # “五一”假期
    whole_name = stop
    while stop > last_link + 1 and (words[stop - 1].tag[:1] in "adz" or words[stop - 1].text in lexicon.adverbs):
        stop -= 1
    if last_link + 2 < stop < whole_name and words[stop - 1].text in lexicon.noun_verbs:
        stop -= 1  # 重点企业运行平稳
    if stop <= last_link + 1 or not words:
        return ""
    if all(is_place(w, lexicon) or w.tag == "t" for w in words[:stop]):
        return ""
    text = phrase(words[:stop], lexicon)
    if len(text) > 12 and not lexicon.rate_suffix.search(text):
        text = text.rsplit("的", 1)[-1]
    return text if 2 <= len(text) <= 20 else ""


def built_in(reading: Reading, start: int, end: int, lexicon: Lexicon) -> str:
    """What a clause says is built, which the measures behind it are of: 中试线 of ``团队计划建成中试线，年产能…``."""
    words = reading.words_in(start, end)
    at = max((i for i, w in enumerate(words) if w.text in lexicon.constructing), default=-1)
    words = words[at + 1 :] if at >= 0 else []
    linked = max((i for i, w in enumerate(words) if w.text == "的"), default=-1)
    words = words[linked + 1 :]
    if sum(len(w.text) for w in words) < 3:
        return ""
    if not all(w.tag == "m" or _in_name(words, i, lexicon) for i, w in enumerate(words)):
        return ""
    text = phrase(words, lexicon)
    return text if can_own(text, lexicon) else ""


def is_place(word: Word, lexicon: Lexicon) -> bool:
    """Whether a word says where: a place name or 全市."""
    return word.text in lexicon.places or (word.tag == "ns" and word.text not in lexicon.nouns)


def _begins_predicate(words: list[Word], i: int, lexicon: Lexicon) -> bool:
    """Whether what a noun is said to do begins at ``i``: 应当 of ``养老服务组织应当``, 组织 being part of the noun."""
    word = words[i]
    if word.text in lexicon.noun_verbs:
        return i + 1 < len(words) and _begins_predicate(words, i + 1, lexicon)
    return word.text.startswith("被") or word.text in _AUXILIARIES


_AUXILIARIES = ("应", "应当", "须", "必须", "可", "可以", "不得")


def _in_name(words: list[Word], i: int, lexicon: Lexicon) -> bool:
    """Whether the word at ``i`` goes on the noun phrase; a word that is verb as well does so only before a noun."""
    word = words[i]
    if word.text in lexicon.adverbials and i + 1 < len(words) and words[i + 1].tag[0] in "vp":
        return False
    if i and (
        words[i - 1].end < word.start  # a time in between: 机组今天投入运行
        or (word.tag == "x" and word.text[0] in lexicon.subject_stops)
        or word.tag == "t"
        or word.text == "全"  # 风电场全容量并网
        or word.text in lexicon.modals
        or word.text in lexicon.intending
    ):
        return False
    if word.text in ("、", "和", "与", "及", "至", "该", "这", "这条", "这座", "“", "”", "—"):
        return True
    if word.text in lexicon.light_verbs and word.text not in lexicon.noun_verbs:
        return False
    if word.text in lexicon.plans:
        return i + 1 < len(words) and is_noun(words[i + 1], lexicon)
    if word.tag == "v" and _names_kind(words, i, lexicon):
        return True
    if i and word.text in lexicon.noun_verbs and i + 1 < len(words) and _begins_predicate(words, i + 1, lexicon):
        return True
    if word.tag == "vn" or word.text in lexicon.noun_verbs:
        predicate = i + 2 == len(words) and words[i + 1].tag.startswith("v")  # 开通运营 at the end of a clause
        return i + 1 < len(words) and not predicate and is_noun(words[i + 1], lexicon)
    return is_noun(word, lexicon)


_KIND_REACH = 3
_WHERE = ("在", "从", "向", "往", "于")
"""Behind these stands where something is done: ``江北县在村口建起食堂``."""


def _names_kind(words: list[Word], i: int, lexicon: Lexicon) -> bool:
    """Whether the verb at ``i`` says of which kind the thing named after it is: 抽水 in 江南抽水蓄能电站."""
    if (i and lexicon.agent_end.search(words[i - 1].text)) or words[i].text in lexicon.change:
        return False
    for word in words[i + 1 : i + 1 + _KIND_REACH]:
        if lexicon.compound_end.search(word.text):
            return True
        if word.tag != "v" and not is_noun(word, lexicon):
            return False
    return False
