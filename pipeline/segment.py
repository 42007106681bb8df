"""Stage 3: a cleaned text is laid out in blocks, sentences and clauses, and its words can be asked for.

Words are cut when somebody asks, sentence by sentence: in policy prose four sentences of five hold no number, and cutting
words is the dearest step of the whole pipeline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from pipeline.outline import outline
from pipeline.recognise.numerals import CHINESE, HOLDS_NUMBER
from pipeline.rules import Rules, SectionRule, reached
from pipeline.tokenizer import Tokenizer
from pipeline.transcript import Speakers
from pipeline.values import Block, Clause, Segmented, Sentence

_SENTENCE = re.compile(r"[^。！？；\n]*(?:[。！？；]+[”’」』）]*|\n|$)")
_BOUND_ENDS = "约超近达为至由是仅在"
"""jieba's guesses at unknown words swallow these (全长约, 数由); before a number they are words of their own."""
_MEASURE_SUFFIX = frozenset("率量额值")
"""A verb or noun with one of these is a noun that jieba may not know: 参保率, 注气量."""
_SHORT_BRACKET = re.compile(
    r"[（(](?:[^（）()，。；、\d]{1,6}|[A-Za-z][A-Za-z\d.]{0,7})[）)]|(?<=[省市县州])[（(][区市县旗州盟自治直辖、]{1,8}[）)]"
)
"""Brackets that cut no clause: 广义货币（M2）, 企（事）业单位, 26个省（区、市）."""
_NUMERAL_AT_END = re.compile(rf"(?:\d|{CHINESE})+$")
_NUMERAL_RUN = re.compile(rf"(?:\d|{CHINESE})+")
_CLAUSE_MARK = re.compile(r"[（(【《“]|[）)】》”]|[，；：。！？\n]|——+|──+|……")
_HEADING_LENGTH = 40
_LONGEST_SENTENCE = 500
"""What is longer is cut at a comma, so that work stays linear in the length of a text without full stops.
Real sentences stay below 400 characters."""
_LEAD_LENGTH = 30
_ASKED = re.compile("[？?](?:谢谢。?)?$")
"""The end of a question: what follows answers it, also where nobody is named."""
_SET_PHRASES, _MODIFYING, _NAMING = ("i", "l"), ("n", "vn", "a", "b"), ("n", "vn")
"""Parts of speech in jieba's tag set."""
_WORDS_KEPT = 1 << 13


class Words:
    """jieba with the vocabulary of ``rules/`` and the part of speech that its dictionary gives each word."""

    def __init__(self, rules: Rules) -> None:
        self._heads = frozenset(rules.words("grammar", "bare-head"))
        own = [(word, tag) for tag, words in _own_words(rules) for word in words if len(word) > 1]
        self._tokenizer = Tokenizer(own, rules.words("grammar", "no-word"))
        self._pieces_of = lru_cache(_WORDS_KEPT)(self._pieces)

    def cut(self, text: str) -> list[str]:
        """The words of ``text``; joined they are ``text`` again."""
        return [word for word, _ in self._tagged(text)]

    def tagged(self, text: str) -> list[tuple[str, str]]:
        """The words of ``text`` with their parts of speech; what is longer than any sentence stays in one piece."""
        return [(text, self.tag(text))] if len(text) > _LONGEST_SENTENCE else self._tagged(text)

    def _tagged(self, text: str) -> list[tuple[str, str]]:
        pieces_of = self._pieces_of
        found: list[tuple[str, str]] = []
        for word in self._tokenizer.words(text):
            if word in _MEASURE_SUFFIX and found and len(found[-1][0]) > 1 and found[-1][1][0] in "vnx":
                noun = found[-1][0] + word
                found[-1] = noun, self.tag(noun)
            else:
                found += pieces_of(word)
        return found

    def _pieces(self, word: str) -> tuple[tuple[str, str], ...]:
        """A word that jieba cuts, in the parts that are words here, with their parts of speech."""
        parts: tuple[str, ...] = (word,)
        if len(word) > 1:
            known = self._tokenizer.tag(word)
            if word[-1] in _BOUND_ENDS and (word[:-1] in self._heads or not known):
                parts = (word[:-1], word[-1])
            elif word[0] == "由" and not known:
                parts = (word[0], word[1:])
        return tuple((part, self.tag(part)) for part in parts)

    def tag(self, word: str) -> str:
        """The part of speech in jieba's tag set (``n``, ``v``, ``d``, …); ``x`` for words of no dictionary.

        What the dictionary has as a set phrase (``i``, ``l``) is a noun where its halves make a compound: 珍贵文物.
        """
        known = self._tokenizer.tag(word) or "x"
        if known in _SET_PHRASES and len(word) in (3, 4):
            modifier, head = self._tokenizer.tag(word[:2]), self._tokenizer.tag(word[2:])
            return "n" if modifier in _MODIFYING and head in _NAMING else known
        return known


def _own_words(rules: Rules) -> Iterator[tuple[str, list[str]]]:
    for rule in rules.group("indicators"):
        yield "n", rule.words
    yield "n", rules.words("grammar", "bare-head") + rules.words("grammar", "noun") + rules.words("grammar", "part")
    for role in ("light-verb", "kept-verb", "possession", "relation", "intransitive", "pivot", "deed-verb"):
        yield "v", [word for word in rules.words("grammar", role) if word not in rules.words("grammar", "noun-verb")]
    yield "d", [word for rule in rules.group("comparators") for word in rule.before]
    yield "v", rules.words("measures", "reach") + rules.words("measures", "change") + reached(rules)


def segment(text: str, rules: Rules, words: Words, cells: Sequence[tuple[int, int, bool]] = ()) -> Segmented:
    """Lays a cleaned text out in blocks, sentences and clauses.

    Args:
        text: a cleaned text.
        rules: its ``sections`` rules tell headings and speakers.
        words: the segmenter, which cuts words when they are asked for.
        cells: where the cells of tables are, each with whether it is set aside: no prose, and so no clauses.
    """
    aside = {place: set_aside for start, end, set_aside in cells for place in range(start, end)}
    speakers = Speakers(text, rules)
    blocks = tuple(_blocks(text, rules, speakers, aside))

    def clauses(start: int, end: int) -> tuple[Clause, ...]:
        prose = HOLDS_NUMBER.search(text, start, end) and not aside.get(start)
        return tuple(_clauses(text, start, end)) if prose else ()

    sentences = tuple(
        Sentence(start, end, index, clauses(start, end))
        for index, block in enumerate(blocks)
        for start, end in _sentences(text, block)
    )
    return Segmented(text, blocks, sentences, words.tagged, outline(text, blocks, rules), speakers.turns(blocks))


def _sentences(text: str, block: Block) -> Iterator[tuple[int, int]]:
    at = block.start
    while at < block.end:
        match = _SENTENCE.match(text, at, min(block.end, at + _LONGEST_SENTENCE))
        end = match.end() if match and match.end() > at else block.end
        if end >= at + _LONGEST_SENTENCE:
            cut = max(text.rfind(mark, at, at + _LONGEST_SENTENCE) for mark in "；，、 ")
            end = cut + 1 if cut > at else _beside_numeral(text, at, at + _LONGEST_SENTENCE)
        yield at, end
        at = end


def _beside_numeral(text: str, start: int, end: int) -> int:
    """``end``, or where it would cut a numeral in two, the beginning of that; its end where it begins at ``start``."""
    run = _NUMERAL_AT_END.search(text[start:end])
    if not run or not _NUMERAL_RUN.match(text, end):
        return end
    return start + run.start() if run.start() else _NUMERAL_RUN.match(text, start).end()  # type: ignore[union-attr]


def _clauses(text: str, start: int, end: int) -> Iterator[Clause]:
    """Cuts at commas, colons and dashes; what stands in brackets is a clause one level deeper."""
    depth, at = 0, start
    quoted = 0
    short = {p for m in _SHORT_BRACKET.finditer(text, start, end) for p in (m.start(), m.end() - 1)}
    for match in _CLAUSE_MARK.finditer(text[start:end]):
        mark, place = match[0], start + match.start()
        if place in short:
            continue
        if mark in "《“":
            quoted += 1
        elif mark in "》”":
            quoted = max(0, quoted - 1)
        elif quoted and mark not in "。；\n":
            continue
        elif mark in "（(【":
            if place > at:
                yield Clause(at, place, depth)
            depth, at = depth + 1, place + 1
        elif mark in "）)】":
            if place > at:
                yield Clause(at, place, depth)
            depth, at = max(0, depth - 1), place + 1
        else:
            if place > at:
                yield Clause(at, place, depth)
            at = start + match.end()
    if end > at:
        yield Clause(at, end, depth)


def _blocks(text: str, rules: Rules, speakers: Speakers, cells: Mapping[int, bool]) -> Iterator[Block]:
    section: list[tuple[int, str]] = []
    speaker, asks, asked = "", False, False
    at = 0
    for line in text.split("\n"):
        start, end = at, at + len(line)
        at = end + 1
        if not line:
            continue
        if start in cells:
            yield Block(start, end, "cell", tuple(title for _, title in section), speaker, asks)
            continue
        kind = "paragraph"
        if turn := speakers.turn(line):
            speaker, asks = turn.name, turn.asks
            if turn.length == len(line):
                kind, section = "speaker", []
            yield Block(start, end, kind, tuple(title for _, title in section), speaker, asks)
            asked = asks and bool(_ASKED.search(line))
            continue
        if asked:
            speaker, asks, asked = "", False, False
        rule: SectionRule
        for rule in rules.opening("sections", line):
            if rule.role == "heading" and (number := rule.match(line)):
                title, whole = _heading(line[number.end() :])
                if title:
                    section = [entry for entry in section if entry[0] < rule.level] + [(rule.level, title)]
                    kind = "heading" if whole else "paragraph"
                break
        else:
            if len(line) <= _HEADING_LENGTH and line[-1] not in "。！？；，：、" and "，" not in line:
                kind = "title"
        yield Block(start, end, kind, tuple(title for _, title in section), speaker, asks)


def _heading(rest: str) -> tuple[str, bool]:
    """The title after a heading's number, and whether it is the whole line; empty where the line is plain text."""
    if len(rest) <= _HEADING_LENGTH and not re.search(r"[。；，]", rest):
        return rest.rstrip("：:"), True
    lead = re.match(rf"[^。，；：]{{2,{_LEAD_LENGTH}}}(?=。)", rest)
    return (lead[0], False) if lead else ("", False)
