"""Where in a text a pattern may begin to match, by the characters that stand there: a cheap test that spares most searches.

``(?<!第)[一二三]年(?:底|末)`` begins only where one of 一二三 stands before 年, and 底 or 末 behind that, with no 第 before.
Of a pattern every way to begin is spelt out, as the characters that may stand at each of its first places. Which of hundreds
of patterns may begin at a place is then an intersection of sets, one for each character there. Most places are dismissed by
their first character alone, and of the few matches that are tried a third succeed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache, reduce
from re import _constants as op  # type: ignore[attr-defined]  # the parse tree of a pattern has no public name
from typing import Any, Generic, NamedTuple, TypeVar

from pipeline.needs import tree_of
from pipeline.regex import HAN

_REACH = 6
"""How many characters from the beginning on are looked at."""
_FEW_WAYS, _MOST_WAYS = 12, 48
"""A pattern with more ways to begin is told by its first characters alone."""
_LONGEST_RANGE = 64
_DIGIT, _SPACE, _WORD = r"\d", r"\s", r"\w"
_CATEGORIES = {op.CATEGORY_DIGIT: _DIGIT, op.CATEGORY_SPACE: _SPACE, op.CATEGORY_WORD: _WORD}
_HAN = re.compile(f"[{HAN}]")
_OTHER_PROPERTIES = re.compile(r"\\p\{(?!Han\})")
_NO_CHARACTER = ""
"""What stands before the beginning of a text, and behind its end."""


class _Class(NamedTuple):
    """Characters, with names of categories among them: these, or if ``negated`` all but these."""

    members: frozenset[str]
    negated: bool = False


Way = tuple[_Class, ...]
"""What may stand at each of the first places of a match, the one before it included."""

_ANY = _Class(frozenset(), True)
_AT_BEGINNING = _Class(frozenset((_NO_CHARACTER, "\n")))
_NOTHING: set[Way] = {(_ANY,)}
_CHARACTERS_KEPT = 1 << 12
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)

_Item = TypeVar("_Item")


class BeginningIndex(Generic[_Item]):
    """Patterns, or what belongs to them, by the characters that they may begin with.

    Args:
        items: each with the ways in which its pattern may begin, see :func:`ways_to_begin`.
    """

    def __init__(self, items: Iterable[tuple[tuple[Way, ...], _Item]]) -> None:
        patterns = list(items)
        self._items = [item for _, item in patterns]
        ways = [(way, place) for place, (own, _) in enumerate(patterns) for way in own]
        self._places = [place for _, place in ways]
        columns = [_Column(way[distance] for way, _ in ways) for distance in range(_REACH + 1)]
        self._before, self._first, self._second, *self._others = columns
        self._of_sets: dict[int, tuple[_Item, ...]] = {}

    def beginnings(self, text: str, start: int, end: int) -> Iterator[tuple[int, tuple[_Item, ...]]]:
        """The places of ``text[start:end]`` where a match may begin, each with the items that may, in their order."""
        stretch = text[start:end]
        for at, ways in enumerate(map(self._first.__getitem__, stretch)):
            if not ways or not (ways := ways & self._second[stretch[at + 1 : at + 2]]):
                continue
            place = start + at
            ways &= self._before[text[place - 1 : place]]
            ahead = at + 2
            for column in self._others:
                if not ways:
                    break
                ways &= column[stretch[ahead : ahead + 1]]
                ahead += 1
            else:
                if ways:
                    yield place, self._of_sets.get(ways) or self._those_of(ways)

    def _those_of(self, ways: int) -> tuple[_Item, ...]:
        places = {self._places[i] for i in _bits(ways)}
        self._of_sets[ways] = found = tuple(self._items[place] for place in sorted(places))
        return found


def _bits(number: int) -> Iterator[int]:
    """The places of the ones in a number; a shift for each place would take as long as the number is, every time."""
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest


class _Column(dict[str, int]):
    """At one distance from a place, the ways to begin that each character leaves open, as bits; filled as asked for."""

    def __init__(self, classes: Iterable[_Class]) -> None:
        self._open = 0
        self._named: dict[str, int] = {}
        self._excluded: dict[str, int] = {}
        for i, (members, negated) in enumerate(classes):
            self._open |= negated << i
            named = self._excluded if negated else self._named
            for member in members:
                named[member] = named.get(member, 0) | 1 << i

    def __missing__(self, character: str) -> int:
        names = _names(character)
        excluded = reduce(int.__or__, (self._excluded.get(name, 0) for name in names))
        self[character] = ways = reduce(int.__or__, (self._named.get(name, 0) for name in names), self._open & ~excluded)
        return ways


@lru_cache(_CHARACTERS_KEPT)
def _names(character: str) -> tuple[str, ...]:
    """A character, and the names of its categories."""
    is_word = character.isalnum() or character == "_" or _HAN.match(character) is not None
    told = (character.isdecimal(), _DIGIT), (character.isspace(), _SPACE), (is_word, _WORD)
    return (character, *(name for holds, name in told if holds))


def ways_to_begin(pattern: str) -> tuple[Way, ...]:
    """What may stand from the character before a match of ``pattern`` on; empty where a match may begin with any word.

    >>> [["".join(sorted(c.members)) or "any" for c in way] for way in ways_to_begin("(?<!第)(?:一|二)年(?:底|末)?")]
    [['第', '一二', '年', 'any', 'any', 'any', 'any']]
    >>> ways_to_begin(r"\\p{Han}+号"), ways_to_begin("年?")
    ((), ())
    """
    try:
        tree = tree_of(pattern)
    except (re.error, OverflowError):
        return ()
    if tree.state.flags & re.IGNORECASE or _OTHER_PROPERTIES.search(pattern):
        return ()
    ways = _united_alike({(*way, *[_ANY] * (_REACH + 1 - len(way))) for way in _sequence(tree)})
    anywhere = any(way[1].negated or _WORD in way[1].members for way in ways)
    return () if anywhere else tuple(ways)


def _sequence(nodes: Iterable[tuple[Any, Any]]) -> set[Way]:
    """The ways in which a sequence may begin, each as far as it goes or as anybody looks."""
    ways = _NOTHING
    for code, value in nodes:
        if all(len(way) > _REACH for way in ways):
            break
        ways = _joined(ways, _node(code, value))
    return ways


def _joined(ways: set[Way], following: set[Way]) -> set[Way]:
    """One after the other; what must stand before the second is only known where the first is empty."""
    both = ((way, more) for way in ways for more in following)
    return _few({(more if way == (_ANY,) else way + more[1:])[: _REACH + 1] for way, more in both})


def _node(code: Any, value: Any) -> set[Way]:
    if code is op.LITERAL:
        return {(_ANY, _Class(frozenset(chr(value))))}
    if code is op.NOT_LITERAL:
        return {(_ANY, _Class(frozenset(chr(value)), True))}
    if code is op.IN:
        return {(_ANY, _class(value))}
    if code in _REPEATS:
        return _repeated(value[0], value[1], _sequence(value[2]))
    if code is op.SUBPATTERN:
        return _sequence(value[3])
    if code is op.ATOMIC_GROUP:
        return _sequence(value)
    if code is op.BRANCH:
        return _few(set().union(*map(_sequence, value[1])))
    if code is op.AT and value is op.AT_BEGINNING:
        return {(_AT_BEGINNING,)}
    if code is op.ASSERT and value[0] < 0:
        return {(_last(value[1]),)}
    if code is op.ASSERT_NOT and value[0] < 0:
        return {(_not_last(value[1]),)}
    if code in (op.ASSERT, op.ASSERT_NOT, op.AT):
        return _NOTHING
    return {(_ANY, _ANY)} if code is op.ANY else {(_ANY,) * (_REACH + 1)}


def _class(items: list[tuple[Any, Any]]) -> _Class:
    members: set[str] = set()
    for code, value in items:
        if code is op.LITERAL:
            members.add(chr(value))
        elif code is op.RANGE and value[1] - value[0] < _LONGEST_RANGE:
            members |= {chr(c) for c in range(value[0], value[1] + 1)}
        elif code is op.CATEGORY and value in _CATEGORIES:
            members.add(_CATEGORIES[value])
        elif code is not op.NEGATE:
            return _ANY
    negated = items[0][0] is op.NEGATE
    return _ANY if negated and _WORD in members else _Class(frozenset(members), negated)  # [^\p{Han}] may be a letter


def _last(nodes: Iterable[tuple[Any, Any]]) -> _Class:
    """What may be the last character of a sequence that is looked for before a place."""
    code, value = list(nodes)[-1]
    if code is op.LITERAL:
        return _Class(frozenset(chr(value)))
    if code is op.IN:
        return _class(value)
    if code is op.BRANCH:
        return reduce(_either, map(_last, value[1]))
    if code is op.SUBPATTERN:
        return _last(value[3])
    return _AT_BEGINNING if value is op.AT_BEGINNING else _ANY


def _not_last(nodes: Iterable[tuple[Any, Any]]) -> _Class:
    """What may stand before a place where a sequence must not: all but the characters that are that sequence alone."""
    whole = list(nodes)
    branches = whole[0][1][1] if len(whole) == 1 and whole[0][0] is op.BRANCH else [whole]
    single = [_last(branch) for branch in branches if len(branch) == 1]
    return _Class(frozenset().union(*(one.members for one in single if not one.negated)), True)


def _repeated(least: int, most: int, once: set[Way]) -> set[Way]:
    so_far = _NOTHING
    found = so_far if not least else set()
    for times in range(1, min(most, least + _REACH) + 1):
        so_far = _joined(so_far, once)
        if times >= least:
            found = found | so_far
    return _few(found)


def _few(ways: set[Way]) -> set[Way]:
    """The same ways in fewer: those that differ in one place are one; too many are told apart by what they begin with."""
    if len(ways) <= _FEW_WAYS:
        return ways
    ways = _united_alike(ways)
    for kept in (3, 2, 1, 0):
        if len(ways) > _MOST_WAYS:
            ways = _united(ways, lambda way, kept=kept: way[:kept])
    return ways


def _united_alike(ways: set[Way]) -> set[Way]:
    for place in range(_REACH + 1):
        ways = _united(ways, lambda way, place=place: (len(way), way[:place], way[place + 1 :]))
    return ways


def _united(ways: set[Way], alike: Any) -> set[Way]:
    """The ways with one in place of all that are ``alike``: at each place what any of them allows there."""
    groups: dict[Any, list[Way]] = {}
    for way in ways:
        groups.setdefault(alike(way), []).append(way)
    if len(groups) == len(ways):
        return ways
    united = set()
    for group in groups.values():
        if len(group) == 1:
            united.add(group[0])
            continue
        shortest = min(map(len, group))
        columns = zip(*(way[:shortest] for way in group), strict=True)
        cut = any(len(way) > shortest for way in group)
        united.add((*(reduce(_either, column) for column in columns), *[_ANY] * (_REACH + 1 - shortest) * cut))
    return united


def _either(one: _Class, other: _Class) -> _Class:
    if one.negated and other.negated:
        return _Class(one.members & other.members, True)
    if one.negated or other.negated:
        return one if one == other else _ANY
    return _Class(one.members | other.members)
