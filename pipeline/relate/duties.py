"""Duties: the bodies that a sentence puts in charge because they are its subject or its agent.

``各县区要建立…``, ``市民政局会同市财政局开展…``, ``由市统计局牵头``. What has been done already is no duty.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline import regex
from pipeline.outline import Outline
from pipeline.recognise.bodies import BodyGrammar, Name
from pipeline.relate.owners import Assigned
from pipeline.rules import Rules, alternation
from pipeline.values import Block, Segmented

_LIST_LENGTH, _WORD_LENGTH = 200, 3
_CLAUSE_ENDS = "。；，：！？\n（）"
_WEAK_MODALS = ("将", "需", "承担")
_TELLING, _DIRECTING = ("news", "work-report"), ("opinion", "plan", "notice", "rules")
_NUMBER = regex.compile(
    r"[一二三四五六七八九十]{1,2}是|[（(]?[\d一二三四五六七八九十]{1,2}[）)、.]|第[一二三四五六七八九十百\d]+条|(?:(?:19|20)\d\d[—–～至-])?(?:19|20)\d\d年(?:起|前|底前)?，?"
)
_RELATIVE = regex.compile(r"(?<!规定|约定|相应|现行|目|有关)的")


@dataclass(frozen=True, slots=True)
class Duty:
    """Bodies and the stretch of text that says what they are to do."""

    start: int
    end: int
    bodies: tuple[Assigned, ...]
    basis: str
    rule: str


class DutyGrammar:
    """The ways in which a sentence gives a body a duty, with the words of ``rules/bodies.yaml``."""

    def __init__(self, rules: Rules, bodies: BodyGrammar) -> None:
        self._bodies = bodies

        def words(*roles: str) -> str:
            return alternation([word for role in roles for word in rules.words("bodies", role)])

        ends = {word[-1] for role in ("suffix", "weak", "general", "alone") for word in rules.words("bodies", role)} | {"）"}
        adverb = words("adverb")
        # Python's own engine here: it tries one cheap look behind at every character, and the rest hardly ever.
        self._anchor = re.compile(
            rf"(?<=[{''.join(sorted(ends))}])(?P<adverb>(?:{adverb})*)"
            rf"(?:(?P<must>{words('must')})|(?P<with>{words('with')})|(?P<by>{words('by')})|(?P<do>{words('do')})"
            r"|(?P<within>自(?=[^，。；]{2,24}起)|在(?=[^，。；]{1,24}(?:内|起|前|后))|通过(?=[^。；]{2,40}，)))"
        )
        self._levels = re.compile(r"(?:(?<=[。；，：！？\n])|^)(?=[省市县][、市县])", flags=re.M)
        self._agent = re.compile(r"(?<![理自缘经事])由(?![于此来衷])(?=[\u4e00-\u9fff])")
        self._verb = regex.compile(rf"(?:{adverb})*(?:牵头|负责(?!人|同志)|会同|{words('by', 'do')}|{words('agent-verb')})")
        self._follow = regex.compile(rf"{self._verb.pattern}|、|以及|[和及与，。；]")
        self._leads = regex.compile(rf"(?:{adverb})*(?:牵头|负责(?!人|同志))")
        self._opener = regex.compile(rf"(?:(?:{words('opener')})，?)+")
        self._later_with = regex.compile(rf"[，并](?:{words('with')})(?!会)")
        self._with = regex.compile(words("with"))
        self._longer = regex.compile(words("longer"))
        self._done = regex.compile(words("done"))
        self._not_done = regex.compile(words("not-done"))
        self._support = regex.compile(
            rf"[，、](?P<names>[^，。；]{{2,80}}?)(?:按职责分工)?(?:{words('support')})(?=[，。；、\n]|$)"
        )
        self._review = [(regex.compile(alternation(r.words)), r.kind) for r in rules.group("kinds") if r.role == "section"]

    def duties(self, segmented: Segmented, genre: str) -> list[Duty]:
        """Every duty of a document, in text order.

        Args:
            segmented: the document.
            genre: its genre. News and work reports tell what is done, so that only a modal verb makes a duty there; a plain
                verb does so only in a document that directs.
        """
        context = _Context(segmented)
        found = [*self._subjects(context, genre), *self._all_levels(context)]
        if genre != "news":
            found += self._agents(context)
        return _apart(segmented.text, sorted(found, key=lambda duty: duty.start))

    def _subjects(self, context: _Context, genre: str) -> Iterator[Duty]:
        text = context.text
        telling, directing = genre in _TELLING, genre in _DIRECTING
        seen = -1
        for match in self._anchor.finditer(text):
            at = match.start()
            start = _clause_start(text, at)
            if start <= seen or not context.speaks(start):
                continue
            opener = self._opener.match(text, start, at)
            asked = opener is not None and opener[0].endswith("请")
            start = opener.end() if opener else start
            number = _NUMBER.match(text, start, at)
            start = number.end() if number else start
            if text[start] == "由":
                continue
            if self._with.search(text, start, at):
                continue
            names = self._listed(text, start, at)
            if not names:
                continue
            word = match["must"] or match["with"] or match["by"] or match["do"] or match["within"]
            if self._in_longer_word(text, match.end() - len(word), match.end()):
                continue
            supporters: list[Name] = []
            end = match.end()
            if match["with"] or (joining := self._with.match(text, end)):
                supporters, end = self._names_from(text, end if match["with"] else joining.end())  # type: ignore[union-attr]
                if match["with"] and not supporters:
                    continue
            elif joining := self._later_with.search(text, end, context.sentence_end(start)):
                supporters, _ = self._names_from(text, joining.end())
            said = bool(match["by"]) or (match["with"] and word != "联合")
            modal = bool(match["must"]) and word not in _WEAK_MODALS
            if not modal and not all(self._bodies.is_strong(name.text) for name in names):
                continue
            if telling and word == "将" and any(self._bodies.is_kind(name.text) for name in names):
                continue
            if not match["must"] and (telling or not (said or directing or asked) or context.reviews(start, self._review)):
                continue
            sentence = context.sentence_end(start)
            if not modal and self._is_done(text, end, sentence):
                continue
            if word in ("负责", "牵头", "牵头负责") and self._is_done(text, end, sentence):
                continue
            seen = start
            role = "lead" if len(names) == 1 or supporters else "joint"
            bodies = [Assigned(name, role) for name in names] + [Assigned(name, "support") for name in supporters]
            if word.startswith("牵头"):
                bodies = [Assigned(name, "lead") for name in names] + self._supporting(text, end, sentence)
            yield Duty(start, sentence, tuple(bodies), "subject", f"owner.{match.lastgroup}")

    def _in_longer_word(self, text: str, start: int, end: int) -> bool:
        """Whether what looks like a duty word is part of a longer one: 主要, 应急, 负责人."""
        around = self._longer.finditer(text, max(0, start - _WORD_LENGTH), min(len(text), end + _WORD_LENGTH))
        return any(match.start() < end and start < match.end() and match[0] != text[start:end] for match in around)

    def _all_levels(self, context: _Context) -> Iterator[Duty]:
        """``省、市、县联手…``."""
        text = context.text
        for match in self._levels.finditer(text):
            names = self._bodies.levels_at(text, match.start(), min(len(text), match.start() + 20))
            if len(names) > 1 and context.speaks(match.start()):
                end = context.sentence_end(match.start())
                if not self._is_done(text, names[-1].end, end):
                    bodies = tuple(Assigned(name, "joint") for name in names)
                    yield Duty(match.start(), end, bodies, "subject", "owner.levels")

    def _agents(self, context: _Context) -> Iterator[Duty]:
        """``由市统计局牵头，各县区配合``; ``由区民政部门列入年度部门预算``."""
        text = context.text
        for match in self._agent.finditer(text):
            if not context.speaks(match.start()):
                continue
            names, at = self._names_from(text, match.end())
            if not names or not self._verb.match(text, at) or context.reviews(match.start(), self._review):
                continue
            sentence = context.sentence_end(match.start())
            stop = next((i for i in range(at, sentence) if text[i] in _CLAUSE_ENDS), sentence)
            if self._is_done(text, at, stop) or _RELATIVE.search(text, at, min(stop, at + 7)):
                continue
            role = "lead" if len(names) == 1 else "joint"
            if self._leads.match(text, at):
                role = "lead" if text.startswith("牵头", self._leads.match(text, at).end() - 2) else role  # type: ignore[union-attr]
                bodies = [*(Assigned(name, role) for name in names), *self._supporting(text, at, sentence)]
                yield Duty(context.sentence_start(match.start()), sentence, tuple(bodies), "inline", "owner.agent")
            else:
                companions = self._names_from(text, at + 2)[0] if text.startswith("会同", at) else []
                role = "lead" if companions else role
                bodies = [*(Assigned(name, role) for name in names), *(Assigned(name, "support") for name in companions)]
                yield Duty(names[0].start, sentence, tuple(bodies), "subject", "owner.agent")

    def _listed(self, text: str, start: int, end: int) -> list[Name]:
        """The bodies of a subject; none where it holds anything that is no body."""
        if not 2 <= end - start <= _LIST_LENGTH:
            return []
        names = list(self._bodies.split(text, start, end))
        strict = [self._bodies.is_strict(name.text) for name in names]
        listed = all(fits or self._bodies.is_part(name.text) for fits, name in zip(strict, names, strict=True))
        return names if listed and (any(strict) or text.endswith("部门", start, end)) else []

    def _names_from(self, text: str, start: int) -> tuple[list[Name], int]:
        """The bodies that are listed from ``start`` on, and where their list ends."""
        names: list[Name] = []
        at = start
        while name := self._bodies.prefix_at(text, at, len(text), self._follow):
            names += self._bodies.split(text, name.start, name.end)
            at = name.end
            joint = regex.match(r"、|以及|[和及与]", text[at : at + 2])
            if not joint:
                break
            at += joint.end()
        return names, names[-1].end if names else start

    def _supporting(self, text: str, start: int, end: int) -> list[Assigned]:
        """``…牵头，甲、乙配合``: those who support."""
        match = self._support.search(text, start, end)
        if not match:
            return []
        names = list(self._bodies.split(text, *match.span("names")))
        return [Assigned(name, "support") for name in names] if all(self._bodies.is_strict(n.text) for n in names) else []

    def _is_done(self, text: str, start: int, end: int) -> bool:
        return self._done.search(self._not_done.sub("", text[start:end])) is not None


class _Context:
    """Where clauses, sentences and sections of a document begin and end."""

    def __init__(self, segmented: Segmented) -> None:
        self.text = segmented.text
        self._blocks = segmented.blocks
        self._starts = [block.start for block in segmented.blocks]
        self._outline = Outline(segmented.items)

    def block(self, offset: int) -> Block:
        return self._blocks[max(0, bisect_right(self._starts, offset) - 1)]

    def speaks(self, offset: int) -> bool:
        """Whether ``offset`` is in running text that states something."""
        block = self.block(offset)
        return block.kind == "paragraph" and not block.asks and self.text[block.end - 1] not in "：:"

    def reviews(self, offset: int, sections: list[tuple[regex.Pattern[str], str]]) -> bool:
        """Whether the headings above say that here it is told what was done."""
        for title in reversed(self._outline.path(self._outline.at(offset))):
            for pattern, kind in sections:
                if pattern.search(title):
                    return kind == "actual"
        return False

    def sentence_start(self, offset: int) -> int:
        block = self.block(offset)
        at = max(self.text.rfind(mark, block.start, offset) for mark in "。！？；") + 1
        at = max(at, block.start)
        item = self._outline.at(offset)
        body = self._outline.items[item].body if item >= 0 else 0
        return body if at < body <= offset else at

    def sentence_end(self, offset: int) -> int:
        """The end of the sentence with its full stop."""
        block = self.block(offset)
        ends = [found + 1 for mark in "。！？" if (found := self.text.find(mark, offset, block.end)) >= 0]
        return min(ends, default=block.end)


def _clause_start(text: str, at: int) -> int:
    """The beginning of the clause that ends at ``at``; brackets are part of it, but not those behind a full stop."""
    low = max(0, at - _LIST_LENGTH)
    depth = closed = 0
    for place in range(at - 1, low - 1, -1):
        mark = text[place]
        if mark == "）":
            closed = closed if depth else place + 1
            depth += 1
        elif mark == "（" and depth:
            depth -= 1
            if not depth and (not place or text[place - 1] in "。；！？\n"):
                return closed
        elif not depth and mark in _CLAUSE_ENDS:
            return place + 1
    return low


def _apart(text: str, duties: list[Duty]) -> list[Duty]:
    """Each body's duty once, and of two in one sentence the first ends where the second begins behind a semicolon."""
    kept: list[Duty] = []
    named: set[tuple[int, int]] = set()
    for duty in duties:
        bodies = tuple(one for one in duty.bodies if (one.name.start, one.name.end) not in named)
        if not bodies:
            continue
        named |= {(one.name.start, one.name.end) for one in bodies}
        last = kept[-1] if kept else None
        if last and last.basis == "subject" and last.start < duty.start < last.end:
            cut = text.rfind("；", last.start, duty.start) + 1
            if cut:
                kept[-1] = Duty(last.start, cut, last.bodies, last.basis, last.rule)
        kept.append(Duty(duty.start, duty.end, bodies, duty.basis, duty.rule))
    return kept
