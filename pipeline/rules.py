"""Reads and checks ``rules/``: the only place that knows what a rule file looks like.

A folder of rules becomes one immutable :class:`Rules`. Anything wrong in it is a :class:`RuleError` whose message is one
line with file, line, rule id and what to do about it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Annotated, Any, Literal

import pydantic
from pydantic import BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, field_validator, model_validator

from pipeline import regex
from pipeline.branches import PATTERN_SECONDS, Branch, branches
from pipeline.endings import Ending
from pipeline.matching import Matcher, SlowPatternError
from pipeline.needs import Need, NeedIndex, Needs, needs, openings
from pipeline.regex import Match, Timed
from pipeline.rule_files import RuleError as RuleError
from pipeline.rule_files import rules_sha256
from pipeline.user_cache import kept

NUMBER_MARK, OTHER_NUMBER_MARK, TIME_MARK = "\ue000", "\ue001", "\ue002"
_PLACEHOLDERS = {
    "{Q}": NUMBER_MARK,
    "{q}": OTHER_NUMBER_MARK,
    "{T}": TIME_MARK,
    "{A}": rf"[^，。；：、{NUMBER_MARK}{OTHER_NUMBER_MARK}{TIME_MARK}]",
}


_YEAR_TERM = r"(?:doc|past|complete|plan|era|y2?|n|\d+)"
_YEAR_SUM = regex.compile(rf"-?{_YEAR_TERM}(?:[+-]{_YEAR_TERM})*")


class Example(BaseModel):
    """A text beside a rule and what must come out of it; run by ``zhibiao rules check`` and by the tests."""

    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)

    text: str
    date: str = ""
    title: str = ""
    expect: dict[str, Any] | list[dict[str, Any]] | None = None
    none: bool = False
    residue: str | None = None
    clean: str | None = None
    owners: list[dict[str, Any]] | None = None
    tasks: list[dict[str, Any]] | None = None
    citations: list[dict[str, Any]] | None = None
    speakers: list[dict[str, Any]] | None = None
    document: dict[str, Any] | None = None


class Rule(BaseModel):
    """What every rule has. ``line`` is where it stands in its file."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    id: Annotated[str, Field(pattern=r"^[a-z]+\.[a-z0-9-]+$")]
    examples: Annotated[list[Example], Field(min_length=1)]
    line: int = 0


@lru_cache(1024)
def _compiled(pattern: str) -> Timed:
    for name, mark in _PLACEHOLDERS.items():
        pattern = pattern.replace(name, mark)
    return Timed(pattern, PATTERN_SECONDS)


def _check(pattern: str, info: ValidationInfo) -> None:
    if info.context is _CHECKED:
        return
    try:
        _compiled(pattern).check()
    except regex.error as error:
        raise ValueError(f"the pattern is no regular expression: {error}") from None


class PatternRule(Rule):
    """A rule with one regular expression in the syntax of the ``regex`` package."""

    pattern: str

    @field_validator("pattern")
    @classmethod
    def _compiles(cls, value: str, info: ValidationInfo) -> str:
        _check(value, info)
        return value

    @cached_property
    def compiled(self) -> Timed:
        """The pattern, with the placeholders of statement patterns filled in."""
        return _compiled(self.pattern)

    @cached_property
    def branches(self) -> tuple[Branch, ...]:
        """The alternatives of the pattern."""
        return branches(self.compiled.pattern)

    @cached_property
    def needs(self) -> Needs:
        """What a text must hold, or the pattern matches nowhere in it."""
        return needs(self.compiled.pattern)

    @cached_property
    def openings(self) -> Need | None:
        """The characters of which a match must begin with one; ``None`` where it may begin with any."""
        return openings(self.compiled.pattern)

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> list[Match[str]]:
        """Matches in ``text[start:end]``. Raises ``RuleError`` like :meth:`search`."""
        try:
            return list(self.compiled.finditer(text, start, len(text) if end is None else end))
        except TimeoutError:
            raise self.too_slow() from None

    def search(self, text: str) -> Match[str] | None:
        """The first match in ``text``.

        Raises:
            RuleError: the pattern ran longer than :data:`PATTERN_SECONDS`.
        """
        try:
            return self.compiled.search(text)
        except TimeoutError:
            raise self.too_slow() from None

    def match(self, text: str) -> Match[str] | None:
        """The match at the beginning of ``text``. Raises ``RuleError`` like :meth:`search`."""
        try:
            return self.compiled.match(text)
        except TimeoutError:
            raise self.too_slow() from None

    def fullmatch(self, text: str) -> Match[str] | None:
        """The match of the whole ``text``. Raises ``RuleError`` like :meth:`search`."""
        try:
            return self.compiled.fullmatch(text)
        except TimeoutError:
            raise self.too_slow() from None

    def too_slow(self) -> RuleError:
        """The error that says that the pattern ran longer than :data:`PATTERN_SECONDS`."""
        return RuleError(
            f"rule {self.id}: the pattern needs more than {PATTERN_SECONDS:g} s for one text; "
            "take out nested repetitions such as (a+)+"
        )


class UnitRule(Rule):
    """Units of one dimension, with their pint expressions (``null``: not convertible)."""

    dimension: str
    base: str | None = None
    units: dict[str, str | int | float | None] = {}
    words: list[str] = []
    not_before: dict[str, list[str]] = {}
    not_after: dict[str, list[str]] = {}

    @field_validator("units")
    @classmethod
    def _convertible(
        cls, value: dict[str, str | int | float | None], info: ValidationInfo
    ) -> dict[str, str | int | float | None]:
        from pipeline.units import check_expression

        if info.context is _CHECKED:
            return value
        for expression in value.values():
            if expression is not None:
                check_expression(str(expression))
        return value


class ComparatorRule(Rule):
    """Words before or after a number that make it a bound or an approximation."""

    comparator: Literal["ge", "le", "approx"]
    before: list[str] = []
    after: list[str] = []
    not_before: dict[str, list[str]] = {}


class MeasureRule(Rule):
    """Verbs that reach a level or tell a change, and nouns that name a rate."""

    measure: Literal["level", "increase", "decrease"]
    role: Literal["reach", "change", "saving", "rate"]
    words: list[str]


class KindRule(Rule):
    """Words that say whether a number is a target, a result or a provision, and where they are looked for."""

    kind: Literal["target", "actual", "provision"]
    role: Literal["cue", "comparison", "future", "possible", "genre", "genre-end", "section", "review"]
    words: list[str]
    not_before: dict[str, list[str]] = {}
    not_after: dict[str, list[str]] = {}
    passing: bool = False
    """Whether what the words say ends with their sentence: a forecast does, a plan goes on."""


class TimeRule(PatternRule):
    """A way to say a time. ``from`` and ``to`` are sums of years, see ``rules/times.yaml``."""

    role: Literal["point", "span", "base", "vague", "part", "now", "reset"]
    from_: Annotated[str | int | None, Field(alias="from")] = None
    to: str | int | None = None
    values: dict[str, int] = {}

    @field_validator("from_", "to")
    @classmethod
    def _a_sum_of_years(cls, value: str | int | None) -> str | int | None:
        if value is not None and not _YEAR_SUM.fullmatch(str(value)):
            raise ValueError(f"{value!r} is no sum of doc, past, complete, plan, era, y, y2, n and whole numbers")
        return value


class NameRule(PatternRule):
    """A number that states nothing, and why."""

    reason: str


class NoiseRule(PatternRule):
    """A line of page furniture; ``follow`` matches a next line that belongs to it."""

    follow: str | None = None

    @field_validator("follow")
    @classmethod
    def _follow_compiles(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is not None:
            _check(value, info)
        return value

    @cached_property
    def _follow(self) -> Timed | None:
        return _compiled(self.follow) if self.follow is not None else None

    def is_followed_by(self, line: str) -> bool:
        """Whether ``line``, the next after this rule's, belongs to it. Raises ``RuleError`` like :meth:`search`."""
        try:
            return bool(self._follow and self._follow.fullmatch(line))
        except TimeoutError:
            raise self.too_slow() from None


class SectionRule(PatternRule):
    """A heading, a speaker line or a turn of a transcript, or a line that ends the outline."""

    role: Literal["heading", "article", "inline", "end", "speaker", "person", "asks", "turn"]
    level: int = 99


class GrammarRule(Rule):
    """A word list with one grammatical role."""

    role: str
    words: list[str]


class IndicatorRule(Rule):
    """One indicator and its names."""

    words: list[str]


class StatementRule(PatternRule):
    """A construction that tells the indicator of ``{Q}`` by the named groups of its pattern."""

    indicator: str
    unit: Literal["share", "multiple", "money", "duration", "count", "any"] = "any"


class NormRule(PatternRule):
    """A construction that makes ``{Q}`` a provision or a target, whatever the document is, or a result outside of rules."""

    kind: Literal["target", "provision", "actual"]


class BodyRule(Rule):
    """Parts of the names of public bodies, and words that give them a role; ``name`` is the full form of its ``words``."""

    role: Literal[
        "suffix", "weak", "level", "not-level", "every", "general", "alone", "together", "not-in-name", "department", "name",
        "label-lead", "label-joint", "label-support", "lead", "shared", "support", "with", "tail", "first-leads", "beside",
        "must", "longer", "agent-verb", "adverb", "by", "do", "done", "not-done", "opener",
    ]  # fmt: skip
    name: str = ""
    words: list[str]

    @model_validator(mode="after")
    def _named(self) -> BodyRule:
        if bool(self.name) != (self.role == "name"):
            raise ValueError("a rule of role name has a name, and no other rule has one")
        return self


class RegionRule(Rule):
    """A province with its short names and its cities, or words that say which region a number is of."""

    role: Literal["province", "none", "nation", "whole", "other"]
    name: str = ""
    letter: str = ""
    words: list[str]
    cities: list[str] = []


class DocumentRule(Rule):
    """What tells a document's genre, and which lines of its head are no title."""

    role: Literal["genre", "opening", "furniture", "title-break", "signatory"]
    genre: str = ""
    words: list[str] = []
    pattern: str = ""

    @field_validator("pattern")
    @classmethod
    def _compiles(cls, value: str, info: ValidationInfo) -> str:
        _check(value, info)
        return value


class TaskRule(Rule):
    """Words that tell what is to be done from what is said, wanted or done."""

    role: Literal["directive", "adverb", "must", "longer", "agent-verb", "idle", "aim", "closing", "genre"]
    words: list[str]


class CitationRule(Rule):
    """How a text names the documents that it cites, and what in such marks is none."""

    role: Literal["document", "not-document", "short", "issue", "before-number", "issuer"]
    issuer: str = ""
    words: list[str]


class SpeakerRule(Rule):
    """Words that tell who speaks in a transcript, and in which post."""

    role: Literal["post", "courtesy", "host", "outlet", "journalist", "introduction"]
    words: list[str]


class ColumnRule(PatternRule):
    """What a column of an indicator table holds, by its head; see ``rules/columns.yaml``."""

    role: Literal[
        "label", "group", "ordinal", "unit", "modality", "owner", "note", "base", "goal", "yearly", "cumulative", "change",
        "footnote",
    ]  # fmt: skip


_FILES: dict[str, type[Rule]] = {
    "units": UnitRule,
    "comparators": ComparatorRule,
    "measures": MeasureRule,
    "kinds": KindRule,
    "norms": NormRule,
    "times": TimeRule,
    "names": NameRule,
    "noise": NoiseRule,
    "sections": SectionRule,
    "grammar": GrammarRule,
    "indicators": IndicatorRule,
    "patterns": StatementRule,
    "bodies": BodyRule,
    "regions": RegionRule,
    "documents": DocumentRule,
    "tasks": TaskRule,
    "citations": CitationRule,
    "speakers": SpeakerRule,
    "columns": ColumnRule,
}


class Rules:
    """All rules of one folder, grouped by file, and the hash of what they say."""

    def __init__(self, groups: dict[str, list[Rule]], sha256: str) -> None:
        self._groups = groups
        self._indexes: dict[str, NeedIndex[PatternRule]] = {}
        self._matchers: dict[tuple[str, ...], tuple[list[PatternRule], Matcher]] = {}
        self._opening: dict[tuple[str, str], tuple[Any, ...]] = {}
        self.sha256 = sha256

    def group(self, name: str) -> list[Any]:
        """The rules of ``rules/<name>.yaml`` in file order."""
        return self._groups[name]

    def candidates(self, name: str, text: str) -> list[Any]:
        """The rules of ``rules/<name>.yaml``, in file order, that may match in ``text``."""
        if name not in self._indexes:
            patterns: list[PatternRule] = self.group(name)
            self._indexes[name] = NeedIndex((rule.needs, rule) for rule in patterns)
        return self._indexes[name].candidates(text)

    def opening(self, name: str, text: str) -> tuple[Any, ...]:
        """The rules of ``rules/<name>.yaml``, in file order, that may match at the beginning of ``text``."""
        key = name, text[:1]
        if key not in self._opening:
            self._opening[key] = tuple(
                rule for rule in self.group(name) if rule.openings is None or (key[1] and key[1] in rule.openings)
            )
        return self._opening[key]

    def matches(self, names: tuple[str, ...], text: str, start: int, end: int) -> Iterator[tuple[Any, Match[str]]]:
        """Each rule of the files ``rules/<name>.yaml``, in their order, with each of its matches in ``text[start:end]``.

        Raises:
            RuleError: a pattern ran longer than :data:`PATTERN_SECONDS`.
        """
        rules, matcher = self._matchers.get(names) or self._matcher(names)
        try:
            for number, match in matcher.matches(text, start, end):
                yield rules[number], match
        except SlowPatternError as slow:
            raise rules[slow.number].too_slow() from None

    def _matcher(self, names: tuple[str, ...]) -> tuple[list[PatternRule], Matcher]:
        rules: list[PatternRule] = [rule for name in names for rule in self.group(name)]
        self._matchers[names] = rules, Matcher([rule.branches for rule in rules])
        return self._matchers[names]

    def __iter__(self) -> Iterator[tuple[str, Rule]]:
        """Every rule with the name of its file."""
        for name, rules in self._groups.items():
            for rule in rules:
                yield name, rule

    def words(self, group: str, role: str) -> list[str]:
        """The words of every rule of ``group`` with that role, longest first, each once."""
        found = {word for rule in self._groups[group] if rule.role == role for word in rule.words}  # type: ignore[attr-defined]
        return sorted(found, key=_longest_first)


def reached(rules: Rules) -> list[str]:
    """提高到, 缩短为: the words for a change with what makes each reach a level."""
    changes = [*rules.words("measures", "change"), *rules.words("measures", "saving")]
    rates = rules.words("measures", "rate")
    joined = [(word, end) for word in changes if len(word) > 1 for end in ("到", "至", "为", "成")]
    return [word + end for word, end in joined if not (end == "为" and word in rates)]


def _longest_first(word: str) -> tuple[int, str]:
    return -len(word), word


def alternation(words: list[str]) -> str:
    """A regular expression that matches any of ``words``, the longest first; never the empty string."""
    return "|".join(regex.escape(word) for word in sorted(set(words), key=_longest_first)) or r"(?!)"


def at_end(words: Iterable[str], *, before: str = "", other: str = "") -> Ending:
    """A pattern for the longest of ``words`` that a text ends in.

    It is searched from the end of the text, which costs a tenth of trying every word at every character.

    Args:
        before: a pattern for what belongs to the match before the word.
        other: a pattern for what may stand in the place of a word, of one character.

    >>> at_end(["率", "增长率"]).search("年均增长率")[0]
    '增长率'
    """
    listed = frozenset(words)
    pattern = regex.compile(f"(?r){before}(?:{alternation(list(listed))}{'|' * bool(other)}{other})$")
    return Ending(pattern, frozenset() if other else listed)


_CHECKED = {"checked": True}
"""Says that what is read has been checked before: patterns are not compiled for that, nor units converted."""


def _checked(model: type[Rule], path: Path, raw: bytes) -> list[dict[str, Any]]:
    """What a rule file says, with the line of each rule.

    Raises:
        RuleError: it is no YAML, or a rule of it is wrong.
    """
    from pipeline.rule_yaml import read_yaml

    listed = read_yaml(path, raw)
    for said in listed:
        try:
            model.model_validate(said)
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(str(part) for part in first["loc"])
            wrong = first["msg"].removeprefix("Value error, ")
            if first["type"] == "extra_forbidden" and len(first["loc"]) == 1:
                fields = (field.alias or key for key, field in model.model_fields.items() if key != "line")
                wrong = f"no such field; the fields are {', '.join(fields)}"
            raise RuleError(f"{path}:{said['line']}: rule {said.get('id', '(without id)')}: {place}: {wrong}") from None
    return listed


def load_rules(folder: Path) -> Rules:
    """Reads every rule file of ``folder``. What a file says is kept in the user's cache once it has been found right.

    Raises:
        RuleError: a file is missing, is no YAML, or a rule of it is wrong or stands twice.
    """
    groups: dict[str, list[Rule]] = {}
    digest = rules_sha256(folder)
    seen: dict[str, str] = {}
    if not folder.is_dir():
        raise RuleError(f"{folder}: no such folder; name the folder of rules with --rules")
    for name, model in _FILES.items():
        path = folder / f"{name}.yaml"
        if not path.is_file():
            raise RuleError(f"{path}: no such file; a folder of rules has {', '.join(f'{n}.yaml' for n in _FILES)}")
        raw = path.read_bytes()
        made_of = [pydantic.VERSION, regex.__version__, hashlib.sha256(raw).hexdigest()]
        said = kept(f"rules-{name}", made_of, partial(_checked, model, path, raw))
        groups[name] = [model.model_validate(one, context=_CHECKED) for one in said]
        for rule in groups[name]:
            where = f"{path}:{rule.line}"
            if rule.id in seen:
                raise RuleError(f"{where}: rule {rule.id}: the id is taken by {seen[rule.id]}; give it another one")
            seen[rule.id] = where
    return Rules(groups, digest)
