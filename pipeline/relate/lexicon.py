"""The word lists of ``rules/`` in the shape in which the grammar asks for them; built once a run."""

from __future__ import annotations

import regex

from pipeline.relate.owners import OwnerNotes
from pipeline.rules import KindRule, Rules, alternation


class Lexicon:
    """Sets for words, compiled alternations for stretches of text."""

    def __init__(self, rules: Rules) -> None:
        self.openers = frozenset(rules.words("grammar", "opener"))
        self.places = frozenset(rules.words("grammar", "place"))
        self.adverbs = frozenset(rules.words("grammar", "adverb"))
        self.light_verbs = frozenset(rules.words("grammar", "light-verb"))
        self.noun_verbs = frozenset(rules.words("grammar", "noun-verb"))
        self.owner_verbs = frozenset(rules.words("grammar", "owner-verb"))
        self.nouns = frozenset(rules.words("grammar", "noun"))
        self.relations = frozenset(rules.words("grammar", "relation"))
        self.possessions = frozenset(rules.words("grammar", "possession"))
        self.locatives = frozenset(rules.words("grammar", "locative"))
        self.standalone = frozenset(rules.words("grammar", "standalone"))
        self.generic = frozenset(rules.words("grammar", "generic"))
        self.kept_verbs = frozenset(rules.words("grammar", "kept-verb"))
        self.bare_heads = frozenset(rules.words("grammar", "bare-head"))
        self.pronouns = frozenset(rules.words("grammar", "pronoun"))
        self.demonstratives = frozenset(rules.words("grammar", "demonstrative"))
        self.modals = frozenset(rules.words("grammar", "modal"))
        self.reach = frozenset(rules.words("measures", "reach"))
        self.change = {
            word: (rule.measure, rule.id) for rule in rules.group("measures") if rule.role == "change" for word in rule.words
        }
        self.rates = {
            word: (rule.measure, rule.id) for rule in rules.group("measures") if rule.role == "rate" for word in rule.words
        }
        self.rate_end = regex.compile(f"(?:的)?(?:{alternation(list(self.rates))})$")
        self.bound_before = {
            word: (rule.comparator, rule.id) for rule in rules.group("comparators") for word in rule.before
        }
        bound_after: dict[str, tuple[str, str]] = {}
        guarded = []
        for rule in rules.group("comparators"):
            for word in rule.after:
                bound_after[word] = (rule.comparator, rule.id)
                stops = rule.not_before.get(word)
                guarded.append((word, f"(?!{alternation(stops)})" if stops else ""))
        self.bound_after = bound_after
        guarded.sort(key=lambda item: -len(item[0]))
        self.after_pattern = regex.compile("(?:" + "|".join(regex.escape(w) + g for w, g in guarded) + ")")
        self.before_pattern = regex.compile(f"(?:{alternation(list(self.bound_before))})$")
        words = (
            self.reach | self.adverbs | frozenset(self.change) | frozenset(self.bound_before) | frozenset(self.rates)
        )
        self.predicate_end = regex.compile(f"(?:{alternation([w for w in words if len(w) > 1])})$")
        self.predicate_words = words | {"了", "着", "的", "得", "在", "以", "由", "从", "按", "其", "个", "上", "过"}
        self.cues = {kind: [] for kind in ("target", "actual", "provision")}  # type: dict[str, list[tuple[regex.Pattern[str], str]]]
        for rule in rules.group("kinds"):
            if rule.role == "cue":
                self.cues[rule.kind].append((_guarded(rule), rule.id))
        self.future = {w: r.id for r in rules.group("kinds") if r.role == "future" for w in r.words}
        self.possible = {w: r.id for r in rules.group("kinds") if r.role == "possible" for w in r.words}
        self.genres = [(regex.compile(alternation(r.words)), r.kind, r.id) for r in rules.group("kinds") if r.role == "genre"]
        self.sections = [
            (regex.compile(alternation(r.words)), r.kind, r.id) for r in rules.group("kinds") if r.role == "section"
        ]
        self.patterns = rules.group("patterns")
        self.owner_notes = OwnerNotes(rules)
        self.indicator_ids = {word: rule.id.split(".", 1)[1] for rule in rules.group("indicators") for word in rule.words}


def _guarded(rule: KindRule) -> regex.Pattern[str]:
    """The words of a cue, each with what must not stand before and after it."""
    parts = []
    for word in sorted(rule.words, key=len, reverse=True):
        before = f"(?<!{alternation(rule.not_after[word])})" if word in rule.not_after else ""
        after = f"(?!{alternation(rule.not_before[word])})" if word in rule.not_before else ""
        parts.append(before + regex.escape(word) + after)
    return regex.compile("|".join(parts))
