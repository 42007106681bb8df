"""Owners: the bodies that a note puts in charge of what stands before it, and who of them leads, supports or shares.

A note is ``（甲牵头，乙、丙配合）`` in brackets of any kind, or a label with names, ``责任单位：甲、乙``, on a line of its
own or behind a full stop. What the body is the grammatical subject of is in :mod:`pipeline.relate.duties`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline import regex
from pipeline.outline import Outline
from pipeline.recognise.bodies import BodyGrammar, Name
from pipeline.rules import Rules, alternation
from pipeline.values import Charge, Item, Segmented

_NOTE_LENGTH, _SIBLINGS = 400, 200
_MARKS = "，,；;、。 "


@dataclass(frozen=True, slots=True)
class Assigned:
    """A body and the role that a note or a sentence gives it."""

    name: Name
    role: str


@dataclass(frozen=True, slots=True)
class Note:
    """An owner note: its span with its brackets, and the bodies in it."""

    start: int
    end: int
    bodies: tuple[Assigned, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class _Group:
    """Names with one role word: ``label``, ``verb`` or nothing, of kind ``lead``, ``shared``, ``support`` or ``bare``."""

    kind: str
    names: tuple[Name, ...]


class NoteGrammar:
    """The forms of owner notes, with the role words of ``rules/bodies.yaml``."""

    def __init__(self, rules: Rules, bodies: BodyGrammar) -> None:
        self._bodies = bodies

        def words(*roles: str) -> str:
            return alternation([word for role in roles for word in rules.words("bodies", role)])

        self._label_kinds = {
            word: kind
            for kind, role in (("lead", "label-lead"), ("shared", "label-joint"), ("support", "label-support"))
            for word in rules.words("bodies", role)
        }
        self._verb_kinds = {
            word: role for role in ("lead", "shared", "support", "with") for word in rules.words("bodies", role)
        }
        labels = words("label-lead", "label-joint", "label-support")
        levels = words("level", "every")
        verbs = words("lead", "shared", "support")
        self._mark = regex.compile(
            rf"(?P<label>{labels})(?:（[^）]{{1,20}}）)?[：:]"
            rf"|(?P<verb>{verbs})(?=$|[，,；;、。）]|(?:由|并)?(?:{words('with')})|{levels})"
            rf"|(?<=[\p{{Han}}）])(?P<with>{words('with')})(?={levels}|\p{{Han}}{{2,12}}[局委厅办部会])(?![会社国])"
            rf"|(?<=^|[，,；;、])(?P<begin>{words('with')})"
        )
        self._role_word = regex.compile(verbs + "|" + labels + "|" + words("with"))
        self._bracket = regex.compile(
            r"[（〔\[【](?P<inside>[^（）〔〕\[\]【】\n]*+(?:[（〔][^（）〔〕\n]{0,40}[）〕][^（）〔〕\[\]【】\n]*+)*)[）〕\]】]"
        )
        self._labelled = regex.compile(
            rf"(?:^|(?<=[。；！？：）]))(?P<inside>(?:{labels})(?:（[^）\n]{{1,20}}）)?[：:][^。\n]{{2,{_NOTE_LENGTH}}})",
            flags=regex.M,
        )
        self._first_leads = regex.compile(words("first-leads"))
        self.beside = regex.compile(rf"^(?:{words('beside')})[：:].*$", flags=regex.M)

    def notes(self, text: str) -> list[Note]:
        """Every owner note of a text, in its order."""
        first_leads = self._first_leads.search(text) is not None
        found = []
        for match in self._bracket.finditer(text):
            if match.end() - match.start() > _NOTE_LENGTH:
                continue
            low, high = match.span("inside")
            stop = text.find("。", low, high)
            high = stop if stop >= 0 else high
            if self._role_word.search(text, low, high):
                bodies = self._read(text, low, high, first_leads)
                rule = "owner.note"
            else:
                bodies, rule = self._bare(text, match.start(), low, high), "owner.list"
            if bodies:
                found.append(Note(match.start(), match.end(), bodies, rule))
        taken = [(note.start, note.end) for note in found]
        for match in self._labelled.finditer(text):
            index = bisect_left(taken, (match.end(), 0))
            if index and taken[index - 1][1] > match.start():
                continue
            low, high = match.span("inside")
            if bodies := self._read(text, low, high, first_leads):
                found.append(Note(low, high, bodies, "owner.label"))
        return _merged(text, sorted(found, key=lambda note: note.start))

    def _read(self, text: str, low: int, high: int, first_leads: bool) -> tuple[Assigned, ...]:
        """The bodies of a note with role words; none where it is a remark of another kind."""
        groups: list[_Group] = []
        label, at, labelled = "", low, False
        lead_next = ""
        for match in self._mark.finditer(text, low, high):
            if match["label"]:
                if match.start() > at:
                    groups.append(_Group(lead_next or label or "bare", self._names(text, at, match.start(), bool(label))))
                label, at, labelled, lead_next = self._label_kinds[match["label"]], match.end(), True, ""
                continue
            word = match["verb"] or match["with"] or match["begin"]
            kind = self._verb_kinds[word]
            names = self._names(text, at, match.start(), bool(label))
            if kind == "with":
                groups.append(_Group("lead" if names else "bare", names))
                lead_next = "support"
            elif names or match["verb"]:
                if lead_next and kind != "lead":
                    kind = lead_next
                groups.append(_Group(kind, names))
                lead_next = ""
            at = match.end()
        if at < high:
            groups.append(_Group(lead_next or label or "rest", self._names(text, at, high, bool(label))))
        named = [group for group in groups if group.names]
        if not named or not (labelled or any(group.kind not in ("rest", "bare") for group in named)):
            return ()
        if not labelled and not any(self._bodies.is_noted(name.text) for group in named for name in group.names):
            return ()
        return _roles(named, first_leads)

    def _names(self, text: str, low: int, high: int, labelled: bool) -> tuple[Name, ...]:
        """The bodies of a list; behind a label anything listed is one, elsewhere it must be built like one."""
        fits = self._bodies.is_open if labelled else self._bodies.is_listed
        found = []
        for name in self._bodies.split(text, low, high):
            bare = _without_remark(name)
            if fits(bare.text) and not self._first_leads.search(bare.text):
                found.append(bare)
        return tuple(found)

    def _bare(self, text: str, start: int, low: int, high: int) -> tuple[Assigned, ...]:
        """``…。（市发展改革委、市财政局）``: a list of nothing but bodies, behind a full stop."""
        if not start or text[start - 1] not in "。；！":
            return ()
        names = list(self._bodies.split(text, low, high))
        plain = all(self._bodies.is_strong(name.text) for name in names)
        if not plain or not any(self._bodies.level_of(name.text) for name in names):
            return ()
        return _roles([_Group("shared", tuple(names))], False)


def _without_remark(name: Name) -> Name:
    """``市科技局（牵头）`` without what the brackets add, unless they are part of the name, as in ``县（市、区）``."""
    match = regex.search(r"（(?:牵头|负责|配合|主办|协办|排名不分先后)[^）]*）$", name.text)
    return Name(name.start, name.start + match.start(), name.text[: match.start()]) if match else name


def _roles(groups: Sequence[_Group], first_leads: bool) -> tuple[Assigned, ...]:
    """Who leads, supports, or shares: to be named alone is to lead, several without a lead share."""
    led = any(group.kind == "lead" for group in groups)
    sharing = [name for group in groups if group.kind in ("shared", "bare", "rest") for name in group.names]
    assigned = []
    for group in groups:
        for name in group.names:
            if group.kind in ("lead", "support"):
                role = group.kind
            elif led:
                role = "support"
            elif len(sharing) == 1:
                role = "lead"
            elif first_leads:
                role = "lead" if name is sharing[0] else "support"
            else:
                role = "joint"
            assigned.append(Assigned(name, role))
    if not any(one.role == "lead" for one in assigned) and len(assigned) == 1:
        assigned = [Assigned(assigned[0].name, "lead")]
    return tuple(assigned)


def _merged(text: str, notes: list[Note]) -> list[Note]:
    """Notes with nothing between them as one: ``牵头单位：甲`` and, on the next line, ``配合单位：乙``."""
    merged: list[Note] = []
    for note in notes:
        last = merged[-1] if merged else None
        if last and not text[last.end : note.start].strip(_MARKS + "\n"):
            bodies = last.bodies + note.bodies
            if any(one.role == "lead" for one in last.bodies):
                bodies = last.bodies + tuple(
                    Assigned(b.name, "support" if b.role == "joint" else b.role) for b in note.bodies
                )
            merged[-1] = Note(last.start, note.end, bodies, last.rule)
        else:
            merged.append(note)
    return merged


# What a note covers


@dataclass(frozen=True, slots=True)
class _Covered:
    start: int
    end: int
    basis: str


class NoteScopes:
    """Answers what each note of a document covers.

    A note covers what stands between the heading of its item, or the note before it, and itself; on a line of its own all of
    the item that it closes; right behind a heading, what stands under that.
    """

    def __init__(self, segmented: Segmented, notes: Sequence[Note], beside: regex.Pattern[str]) -> None:
        self._text = segmented.text
        self._beside = beside
        self._blocks = segmented.blocks
        self._block_starts = [block.start for block in segmented.blocks]
        self._items = segmented.items
        self._outline = Outline(segmented.items)
        self._notes = notes
        self._starts = [note.start for note in notes]
        self._siblings: dict[tuple[int, int], list[int]] = defaultdict(list)
        for index, item in enumerate(segmented.items):
            self._siblings[item.parent, item.level].append(index)
        self._noted_levels = {
            self._items[home].level
            for note in notes
            if not self._stands_alone(note) and (home := self._home(note.start)) >= 0
        }

    def covered(self, index: int) -> _Covered:
        """The task span of the note ``index``; its basis is ``section`` where it closes a whole item, else ``inline``."""
        note = self._notes[index]
        before = self._notes[index - 1].end if index else 0
        block = self._block(note.start)
        home = self._home(note.start)
        if home < 0:
            return self._unnumbered(note, before, block)
        if self._stands_alone(note):
            home = self._closed(home)
        item = self._items[home]
        start = max(item.body, before)
        if self._is_blank(start, note.start):
            return self._under_heading(index, item)
        first = self._blocks[self._block(item.start)]
        in_line = not self._stands_alone(note) and self._blocks[block].start > item.start
        if first.kind == "heading" and in_line and self._count(item.start, item.end) > 1:
            start = max(self._blocks[block].start, before)
        start, end = self._trimmed(start, note.start)
        whole = start <= self._trimmed(item.body, note.start)[0] and self._is_blank(note.end, item.end)
        return _Covered(start, end, "section" if whole and not item.inline else "inline")

    def _home(self, offset: int) -> int:
        """The innermost item that ``offset`` stands in.

        Items that begin inside a line share the note that closes the line, unless two of them have notes of their own.
        """
        index = self._outline.at(offset)
        while index >= 0 and self._items[index].inline:
            item = self._items[index]
            beside = self._siblings[item.parent, item.level]
            place = bisect_left(beside, index)
            near = [self._items[other] for other in beside[max(0, place - 2) : place + 3]]
            if sum(self._count(other.start, other.end) > 0 for other in near) > 1:
                return index
            index = item.parent
        return index

    def _closed(self, home: int) -> int:
        """The item that a note on a line of its own closes: the last one, or all of its section where no part has a note."""
        while (item := self._items[home]).parent >= 0 and item.level not in self._noted_levels:
            siblings = self._siblings[item.parent, item.level]
            earlier = siblings[: siblings.index(home)] if len(siblings) < _SIBLINGS else []
            if siblings[-1] != home or not earlier or self._count(self._items[earlier[0]].start, item.start):
                break
            home = item.parent
        return home

    def _under_heading(self, index: int, item: Item) -> _Covered:
        note = self._notes[index]
        end = item.end
        if index + 1 < len(self._notes) and self._notes[index + 1].start < end:
            following = self._notes[index + 1]
            if self._home(following.start) == self._home(note.start):
                end = following.start
        if self._is_blank(note.end, end):
            number = self._text.find(item.title, item.start) if item.title else item.start
            return _Covered(*self._trimmed(number, note.start), "section")
        return _Covered(*self._trimmed(note.end, end), "section" if end == item.end else "inline")

    def _unnumbered(self, note: Note, before: int, block: int) -> _Covered:
        first = block
        if self._stands_alone(note):
            while first and self._blocks[first - 1].kind == "paragraph" and self._blocks[first - 1].start >= before:
                first -= 1
        start = max(self._blocks[first].start, before)
        if self._is_blank(start, note.start):
            end = self._blocks[block].end
            return _Covered(*self._trimmed(note.end, end), "inline")
        return _Covered(*self._trimmed(start, note.start), "inline")

    def _block(self, offset: int) -> int:
        return bisect_right(self._block_starts, offset) - 1

    def _stands_alone(self, note: Note) -> bool:
        return self._is_blank(self._blocks[self._block(note.start)].start, note.start)

    def _count(self, start: int, end: int) -> int:
        return bisect_left(self._starts, end) - bisect_left(self._starts, start)

    def _is_blank(self, start: int, end: int) -> bool:
        """Whether nothing stands there but marks and lines such as 完成时限：…, which say more of the note."""
        stretch = self._text[start:end]
        return not stretch.strip(_MARKS + "\n") or not self._beside.sub("", stretch).strip(_MARKS + "\n")

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        while start < end and self._text[start] in _MARKS + "\n：":
            start += 1
        while end > start and self._text[end - 1] in "\n 、":
            end -= 1
        return start, end


def note_charges(segmented: Segmented, grammar: NoteGrammar) -> Iterator[tuple[Note, _Covered]]:
    """Every owner note of a document with what it covers; notes that cover nothing are left out."""
    notes = grammar.notes(segmented.text)
    scopes = NoteScopes(segmented, notes, grammar.beside)
    for index, note in enumerate(notes):
        covered = scopes.covered(index)
        if covered.end > covered.start:
            yield note, covered


class Ownership:
    """Which bodies are in charge at a place of a document."""

    def __init__(self, charges: Iterable[Charge]) -> None:
        listed = list(charges)
        self._edges = sorted({edge for charge in listed for edge in (charge.task_start, charge.task_end)})
        starting: dict[int, list[Charge]] = defaultdict(list)
        for charge in listed:
            starting[charge.task_start].append(charge)
        self._whole: dict[tuple[int, int], list[str]] = defaultdict(list)
        for charge in listed:
            self._whole[charge.task_start, charge.task_end].append(charge.name)
        self._names: list[tuple[str, ...]] = []
        active: list[Charge] = []
        for edge in self._edges:
            active = [charge for charge in active if charge.task_end > edge] + starting[edge]
            self._names.append(tuple(dict.fromkeys(charge.name for charge in active)))

    def at(self, offset: int) -> str:
        """The bodies in charge of what stands at ``offset``, in the text's words, joined with ``;``, each once."""
        index = bisect_right(self._edges, offset) - 1
        return ";".join(self._names[index]) if index >= 0 else ""

    def of(self, start: int, end: int) -> str:
        """The bodies in charge of the task ``[start, end)``, or of what it is part of."""
        names = self._whole.get((start, end))
        return ";".join(dict.fromkeys(names)) if names else self.at(start)
