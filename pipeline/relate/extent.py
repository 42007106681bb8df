"""Extent: where the noun phrase ends that a number counts."""

from __future__ import annotations

from pipeline import regex
from pipeline.relate.lexicon import Lexicon
from pipeline.relate.phrases import JOINTS, PARTICLES, is_mark, is_noun, is_verb
from pipeline.relate.reading import Reading, Slot, Word, kind_of_unit

_RELATIVE_REACH = 7
"""How many words a relative clause right after the number may have before its 的."""
_SPAN_OF_TIME = regex.compile("[一每全当半][年天月日次周季]")
AMONG = ("当中", "之中", "中", "里")
_SUBDIVISIONS = regex.compile("[（(][区市县旗州盟自治直辖、]{1,8}[）)]")


def extent(words: list[Word], slot: Slot, lexicon: Lexicon, linked: bool = False) -> int:
    """How many of the words after the number make up the noun phrase."""
    noun: list[Word] = []
    for i, word in enumerate(words):
        following = words[i + 1] if i + 1 < len(words) else None
        if word.text == "的" and noun:
            if noun[-1].tag.startswith(("a", "b", "z", "v", "d", "l", "i")) or any(is_verb(w, lexicon) for w in noun):
                noun.append(word)
                continue
            break
        if word.text == "“" and (closed := _quotation(words, i)):
            return _trimmed(words, closed + extent(words[closed:], slot, lexicon, linked))
        if noun and (word.text == "时" or (following and _names_rank(following))):
            break  # 5米高度时悬停, 88分的总分排名第一
        if word.text in JOINTS and noun and following and following.tag == "m" and slot.right == slot.clause.end:
            break  # 40枚导弹和多架无人机
        heads_next = following is not None and i + 2 == len(words) and following.text in lexicon.bare_heads
        if word.text in JOINTS and noun and heads_next and slot.right < slot.clause.end:
            break  # 350公里高铁和时速250公里城铁
        deeds = following is not None and following.text in lexicon.noun_verbs and i + 2 < len(words)
        if word.text in JOINTS and noun and following and _is_name(following) and classifies(slot):
            break
        goes_on = following is not None and (is_nominal(following, lexicon) or following.text in lexicon.further or deeds)
        if (word.text in JOINTS and noun and goes_on) or (noun and noun[-1].text in JOINTS and word.text in lexicon.further):
            noun.append(word)
            continue
        aged = slot.quantity.data["unit"].endswith("岁")
        if word.text == "等" and noun and following and is_noun(following, lexicon) and not aged:  # 手机等数码产品
            noun.append(word)
            continue
        if noun and (size := _subdivisions(words, i)):
            return i + size
        if noun and (size := _clause_as_modifier(words, i, slot, lexicon)):
            return _trimmed(words, i + size + extent(words[i + size :], slot, lexicon))
        wholly = word.text == "全" and following is not None and following.tag[0] == "v"
        aspect = _has_aspect(word, following) and (noun or word.tag == "x")  # 90户种上了果树
        if word.text in lexicon.inner_adverbs or (noun and wholly) or aspect:
            break
        if noun and word.tag == "v" and slot.quantity.rule == "unit.people" and lexicon.actor_end.search(noun[-1].text):
            break  # 1200名游客驶离港口
        deed = word.text in lexicon.noun_verbs or word.text in lexicon.kept_verbs
        if noun and deed and following is None and lexicon.actor_end.search(noun[-1].text) and slot.right == slot.clause.end:
            break
        if noun and _adverbial(word, following, noun, lexicon):
            break
        if not (
            (is_nominal(word, lexicon) and not _unlisted_verb(words, i, lexicon))
            or _verb_in_noun(words, i, lexicon, noun)
            or _must_count(word, slot, noun, following, lexicon, linked)
            or _verb_for_noun(words, i, lexicon, noun)
            or (linked and noun and following is None and word.text in lexicon.noun_verbs)
            or (not noun and word.text[0] == "各" and following is not None and is_nominal(following, lexicon))
        ):
            break
        noun.append(word)
    return _trimmed(noun, len(noun))


def before_predicate(noun: list[Word], rest: list[Word], lexicon: Lexicon) -> int:
    """How many words of a noun phrase behind a preposition leave the clause a verb: 企业 of ``向6家企业出口茶叶``.

    A preposition with its noun is no clause, so where ``rest`` has no verb the first one that the phrase took in is it.
    """
    if any(is_verb(w, lexicon) or w.tag in ("vn", "f") or w.text in lexicon.modals for w in rest):
        return len(noun)
    known = lexicon.kept_verbs | lexicon.noun_verbs
    verbs = (i for i, w in enumerate(noun) if i and len(w.text) > 1 and (w.tag in ("v", "vn") or w.text in known))
    return _trimmed(noun, next(verbs, len(noun)))


def _quotation(words: list[Word], i: int) -> int:
    """Where a quotation that begins at ``i`` ends, if a noun goes on behind it: “一带一路” of 共建“一带一路”国家; else 0."""
    end = next((k for k in range(i + 1, min(i + 8, len(words))) if words[k].text == "”"), 0)
    return end + 1 if end and end + 1 < len(words) and words[end + 1].tag[:1] in "nvb" else 0


def _names_rank(word: Word) -> bool:
    return word.tag == "m" and word.text[0] == "第"


def counted_part(reading: Reading, noun: list[Word], words: list[Word], slot: Slot, lexicon: Lexicon) -> list[Word]:
    """The part of a noun phrase that a classifier counts: 河流 of ``37条河流生态流量保证率不低于90%``.

    What follows the thing counted is then a measure of it, which what is said is said of. The noun of the whole may come
    back with its part: ``91种产品中，59种产品产量增长``.
    """
    text = "".join(w.text for w in noun)
    before = reading.text[slot.quantity.start - 12 : slot.quantity.start].rstrip("中里有，其的")
    if len(noun) > 1 and len(noun[0].text) > 1 and before.endswith(noun[0].text) and noun[1].text not in JOINTS:
        return noun[:1]
    alone = len(noun) == len(words) and slot.right == slot.clause.end
    if slot.quantity.data["unit"].endswith(("%", "元")) or alone or not _measured(text, lexicon):
        return noun
    for i in range(len(noun) - 1, 0, -1):
        if lexicon.actor_end.search(noun[i - 1].text) and noun[i].text not in JOINTS and noun[i].text != "的":
            first = i
            while first > 1 and lexicon.actor_end.search(noun[first - 2].text):
                first -= 1
            return noun[:first]
    last = noun[-1].text
    of_each = last in lexicon.bare_heads or (len(last) > 1 and lexicon.measure_end.search(last) is not None)
    return noun[:-1] if classifies(slot) and len(noun) > 1 and of_each else noun


def subject_end(reading: Reading, slot: Slot, words: list[Word], size: int, lexicon: Lexicon) -> int:
    """Where a noun phrase of ``size`` words ends that would else leave no predicate: ``30幅画作展现城市变迁``.

    Where nothing before the number governs it, what it counts is the subject, and its clause needs a verb: the first one
    in the phrase that makes no compound with the noun behind it. 0 where the phrase stays whole.
    """
    text = "".join(w.text for w in words[:size])
    before = reading.words_in(slot.clause.start, slot.quantity.start)
    if size < 2 or "的" in text or slot.quantity.data["unit"] == "%" or _measured(text, lexicon):
        return 0
    if any(_governs(w, lexicon) for w in (*before, *words[size:])):
        return 0
    for i in range(1, size):
        if _governs(words[i], lexicon) and words[i - 1].tag[0] not in "vab" and not _compound(words[i + 1 : size], lexicon):
            return i
    while size > 1 and words[size - 1].tag[0] in "azil" and words[size - 1].text not in lexicon.nouns:
        size -= 1
    behind = words[size:]
    if not behind or slot.right < slot.clause.end or any(w.tag[0] not in "azild" for w in behind):
        return 0
    return size - 1 if size > 1 and words[size - 1].text in lexicon.aspects else size


def _governs(word: Word, lexicon: Lexicon) -> bool:
    """Whether a word is a verb, and neither an adverb nor a noun of what is done."""
    if word.tag[0] != "v" or word.tag == "vn" or word.text in lexicon.noun_verbs or word.text in lexicon.nouns:
        return False
    return word.text not in lexicon.adverbs and word.text not in lexicon.bound_before and word.text not in lexicon.modals


def troubled_actors(words: list[Word], lexicon: Lexicon) -> int:
    """How many words name those who have a trouble that the clause ends in: 2 of 农村/人口/饮水/不/安全/问题; 0 without."""
    end = len(words)
    while end and is_mark(words[end - 1].text):
        end -= 1
    if not end or words[end - 1].text not in lexicon.troubles or any(w.text == "的" for w in words[:end]):
        return 0
    return max((i + 1 for i in range(end - 1) if lexicon.actor_end.search(words[i].text)), default=0)


def until_verb(words: list[Word], lexicon: Lexicon) -> list[Word]:
    """The words up to a comma, particle or adverb: the noun phrase behind a 的, deeds included (图像采集, 饮水困难)."""
    stop = next(
        (
            i
            for i, w in enumerate(words)
            if w.text not in JOINTS and w.text not in lexicon.noun_verbs and (is_mark(w.text) or w.tag in ("d", "p", "c"))
        ),
        len(words),
    )
    return words[:stop]


def is_deed(word: Word, lexicon: Lexicon) -> bool:
    """Whether a word can say what somebody does: a verb, also one that is a noun as well."""
    known = word.text in lexicon.noun_verbs or word.text in lexicon.activities or word.text in lexicon.kept_verbs
    return known or (word.tag in ("v", "vn") and len(word.text) > 1)


def is_nominal(word: Word, lexicon: Lexicon) -> bool:
    """Whether a word is a noun, or a set phrase that names people: 未成年人."""
    named = word.tag == "l" and (bool(lexicon.actor_end.search(word.text)) or lexicon.is_noun(word.text[-2:]))
    return is_noun(word, lexicon) or named


def classifies(slot: Slot) -> bool:
    """Whether the unit is a word that demands a noun after it: 个, 家, 名; not 人, which counts people by itself."""
    return slot.quantity.rule == "unit.classifier" or slot.quantity.data["unit"].endswith(("名", "位", "户", "岁"))


def unit_noun(slot: Slot, lexicon: Lexicon) -> str:
    """The unit where it is itself the noun of what it counts: 部门 of ``11部门印发方案``, 市 of ``惠及5市``; else empty."""
    unit = kind_of_unit(slot.quantity.data["unit"])
    return unit if unit in lexicon.single_nouns or (len(unit) > 1 and lexicon.actor_end.fullmatch(unit)) else ""


def _trimmed(words: list[Word], size: int) -> int:
    """The length of a noun phrase of the first ``size`` words without particles and locatives at its end."""
    while size:
        last = words[size - 1]
        inside = (last.tag == "f" and len(last.text) < 3) or last.text in AMONG
        if last.text not in PARTICLES and last.text not in JOINTS and not inside:
            break
        size -= 1
    return size


def _adverbial(word: Word, following: Word | None, noun: list[Word], lexicon: Lexicon) -> bool:
    """Whether a word that may be a noun is an adverb here: 基本 in ``厂房基本建成``, 重新 in ``人员重新上岗``, 同比."""
    actor = bool(lexicon.actor_end.search(noun[-1].text))
    if word.tag == "t" and following and (following.tag[0] in "vdp" or following.text in lexicon.modals):
        return True
    if actor and (word.tag == "t" or _SPAN_OF_TIME.fullmatch(word.text)):
        return True
    if word.text in lexicon.manners and following and following.tag != "n":
        return True
    if word.text not in lexicon.adverbs:
        return False
    return word.text in lexicon.inner_adverbs or bool(following and following.tag == "v") or actor


def _is_name(word: Word) -> bool:
    """Whether a word is the name of a place or body, which nobody counts: 30个省份及新疆生产建设兵团."""
    return word.tag in ("ns", "nt") and len(word.text) > (2 if word.tag == "ns" else 4)


def _has_aspect(word: Word, following: Word | None) -> bool:
    """Whether a word is a verb by the 了, 着 or 过 behind it, also one that jieba ran together with it: 通了."""
    return (len(word.text) > 1 and word.text[-1] == "了") or bool(following and following.text in ("了", "着", "过"))


def _subdivisions(words: list[Word], i: int) -> int:
    """How many words from ``i`` on put other such places in brackets: （区、市） of ``26个省（区、市）``; 0 if none."""
    if words[i].text not in ("（", "("):
        return 0
    match = _SUBDIVISIONS.match("".join(w.text for w in words[i : i + 9]))
    end = words[i].start + match.end() if match else 0
    return next((size for size, word in enumerate(words[i:], start=1) if word.end == end), 0)


def _clause_as_modifier(words: list[Word], i: int, slot: Slot, lexicon: Lexicon) -> int:
    """How many words from ``i`` on end a clause that modifies a noun: 突出的 in ``3个优势突出的产业``; 0 where none do.

    What stands before is then no actor, and behind the 的 a noun; a preposition alone makes no clause (设备对当地的…).
    """
    adverb = words[i].text in lexicon.adverbs
    if not classifies(slot) or (not adverb and (words[i].tag[:1] not in ("v", "a", "d", "p") or is_noun(words[i], lexicon))):
        return 0
    if lexicon.actor_end.search(words[i - 1].text) and words[0].tag != "ns":
        return 0
    verbal = adverb or words[i].tag[:1] != "p"
    for k, word in enumerate(words[i : i + _RELATIVE_REACH]):
        verbal = verbal or word.tag[:1] in "vai"
        if _has_aspect(word, words[i + k + 1] if i + k + 1 < len(words) else None):
            return 0
        if word.text == "的":
            return k + 1 if verbal and i + k + 1 < len(words) and is_noun(words[i + k + 1], lexicon) else 0
        if word.text in "，；：":
            return 0
    return 0


def _unlisted_verb(words: list[Word], i: int, lexicon: Lexicon) -> bool:
    """Whether a word of no dictionary is a verb by its end: 撑起, 串起, 抢通, not the name 中国通."""
    word = words[i]
    return bool(i) and word.tag == "x" and len(word.text) == 2 and word.text[-1] in lexicon.complements


def _measured(text: str, lexicon: Lexicon) -> bool:
    """Whether a noun phrase ends in a measure: 客流量, 保证率, 平均浓度."""
    return bool(lexicon.rate_suffix.search(text) or lexicon.measure_end.search(text))


def _must_count(word: Word, slot: Slot, noun: list[Word], following: Word | None, lexicon: Lexicon, linked: bool) -> bool:
    """Whether a verb opens the noun phrase that a classifier or 的 demands: 74个对接项目, 400米深的采煤区."""
    if (
        not (classifies(slot) or linked)
        or unit_noun(slot, lexicon)
        or any(is_nominal(w, lexicon) and w.tag[:1] not in "ab" for w in noun)
        or following is None
    ):
        return False
    if word.text in lexicon.modals or word.text in PARTICLES or word.text in lexicon.reach or word.text in lexicon.change:
        return False
    return word.tag[:1] in "vli" and word.text not in lexicon.light_verbs and not is_mark(following.text)


def _verb_for_noun(words: list[Word], i: int, lexicon: Lexicon, noun: list[Word]) -> bool:
    """Whether a word that is verb as well as actor closes the phrase before what is said of it: 涉黑组织被铲除."""
    if not noun or not lexicon.actor_end.search(words[i].text):
        return False
    following = words[i + 1] if i + 1 < len(words) else None
    return (
        following is None or following.tag in ("p", "d", "v") or following.text in lexicon.modals or is_mark(following.text)
    )


def _verb_in_noun(words: list[Word], i: int, lexicon: Lexicon, noun: list[Word]) -> bool:
    """Whether the verb at ``i`` belongs to a noun phrase: 合作项目, 极具特色的项目."""
    word = words[i]
    following = words[i + 1 :]
    if word.text in lexicon.modals or word.text in PARTICLES or word.text in lexicon.reach or not following:
        return False
    if not noun and word.tag[:1] in "vdil":
        linked = next((k for k, w in enumerate(following[:_RELATIVE_REACH]) if w.text == "的"), None)
        if linked is not None and not any(w.text == "，" for w in following[:linked]):
            return linked + 1 < len(following) and is_noun(following[linked + 1], lexicon)
    if noun and word.tag in ("l", "i"):
        return is_noun(following[0], lexicon)
    if not word.tag.startswith("v"):
        return False
    if word.tag == "v" and word.text in lexicon.relations and word.text not in lexicon.noun_verbs:
        return False
    if not is_noun(following[0], lexicon) or len(word.text) < 2:
        return False
    if word.text in lexicon.change:
        return bool(noun) and word.text in lexicon.noun_verbs and _compound(following, lexicon)
    if not noun and i == 0:
        return word.tag == "vn" or word.text in lexicon.noun_verbs or word.text in lexicon.attributives
    light = word.text in lexicon.light_verbs and word.text not in lexicon.noun_verbs
    light = light or word.text in lexicon.bound_before  # 任务接近尾声
    if noun and light and following[0].text == "“":
        return False
    if noun and word.tag == "v" and all(w.tag == "vn" for w in following):  # 项目抓紧施工
        return False
    if noun and (light or word.text[-1] in lexicon.complements) and not lexicon.actor_end.search(noun[-1].text):
        named = _compound(following, lexicon) and word.tag != "v"
        return named or (len(following[0].text) == 1 and following[0].tag == "n")
    if noun and not light and word.tag == "v" and lexicon.actor_end.search(noun[-1].text):
        return _compound(following, lexicon)
    return not light


def _compound(following: list[Word], lexicon: Lexicon) -> bool:
    """Whether the noun behind a verb makes it part of a name: 城市更新项目, not 专家组分赴主产区."""
    stop = next((k for k, w in enumerate(following) if not is_noun(w, lexicon)), len(following))
    return bool(lexicon.compound_end.search("".join(w.text for w in following[:stop])))
