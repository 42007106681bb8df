"""The word lists of ``rules/`` in the shape in which the grammar asks for them; built once a run."""

from __future__ import annotations

import regex

from pipeline.rules import ComparatorRule, KindRule, Rules, StatementRule, alternation

Pattern = regex.Pattern[str]


class Lexicon:
    """Sets for whole words, compiled alternations for stretches of text.

    The sets carry the names of the roles in ``rules/grammar.yaml``, where what each is for stands beside its examples.
    """

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._grammar_words()
        self._measures()
        self._bounds()
        self._kinds()
        self._grants()
        self.patterns: list[StatementRule] = rules.group("patterns")
        self.indicator_ids = {word: rule.id.split(".", 1)[1] for rule in rules.group("indicators") for word in rule.words}

    def _role(self, role: str) -> frozenset[str]:
        return frozenset(self._rules.words("grammar", role))

    def _ending(self, role: str) -> Pattern:
        return regex.compile(f"(?:{alternation(self._rules.words('grammar', role))})$")

    def _grammar_words(self) -> None:
        self.openers = self._role("opener")
        self.places = self._role("place")
        self.adverbs = self._role("adverb")
        self.inner_adverbs = self._role("inner-adverb")
        self.modals = self._role("modal")
        self.light_verbs = self._role("light-verb")
        self.kept_verbs = self._role("kept-verb")
        self.noun_verbs = self._role("noun-verb")
        self.attributives = self._role("attributive")
        self.owner_verbs = self._role("owner-verb")
        self.possessions = self._role("possession")
        self.relations = self._role("relation")
        self.nouns = self._role("noun")
        self.pronouns = self._role("pronoun")
        self.demonstratives = self._role("demonstrative")
        self.generic = self._role("generic")
        self.locatives = self._role("locative")
        self.standalone = self._role("standalone")
        self.bare_heads = self._role("bare-head")
        modifiers = alternation(list(self._role("head-modifier")))
        self.bare_head = regex.compile(f"(?:{modifiers})*(?:{alternation(list(self.bare_heads))})")
        self.announcement_end = self._ending("announcement")
        self.rate_suffix = self._ending("rate-suffix")

    def _measures(self) -> None:
        rules = self._rules.group("measures")
        self.reach = frozenset(self._rules.words("measures", "reach"))
        self.change = {word: (rule.measure, rule.id) for rule in rules if rule.role == "change" for word in rule.words}
        self.rates = {word: (rule.measure, rule.id) for rule in rules if rule.role == "rate" for word in rule.words}
        self.rate_end = regex.compile(f"(?:的)?(?:{alternation(list(self.rates))})$")

    def _bounds(self) -> None:
        rules: list[ComparatorRule] = self._rules.group("comparators")
        self.bound_before = {word: (rule.comparator, rule.id) for rule in rules for word in rule.before}
        self.bound_after = {word: (rule.comparator, rule.id) for rule in rules for word in rule.after}
        guards = {word: stops for rule in rules for word, stops in rule.not_before.items()}
        self.before_pattern = regex.compile(f"(?:{alternation(list(self.bound_before))})$")
        self.after_pattern = _guarded(list(self.bound_after), guards, {})
        self.carrier_end = self._ending("carrier")
        carried = alternation(self._rules.words("grammar", "far-carrier"))
        far = alternation(self._rules.words("grammar", "far-bound"))
        self.far_bound = regex.compile(rf"({far})(?:(?:{carried}){{0,3}}|\p{{Han}}{{2}})$")
        predicate = self.reach | self.adverbs | self.change.keys() | self.bound_before.keys() | self.rates.keys()
        self.predicate_end = regex.compile(f"(?:{alternation([word for word in predicate if len(word) > 1])})$")
        self.predicate_words = predicate | {"了", "着", "的", "得", "在", "以", "由", "从", "按", "其", "个", "上", "过"}

    def _kinds(self) -> None:
        rules: list[KindRule] = self._rules.group("kinds")
        self.cues: dict[str, list[tuple[Pattern, str]]] = {"target": [], "actual": [], "provision": []}
        for rule in rules:
            if rule.role == "cue":
                self.cues[rule.kind].append((_guarded(rule.words, rule.not_before, rule.not_after), rule.id))
        self.future = {word: rule.id for rule in rules if rule.role == "future" for word in rule.words}
        self.possible = {word: rule.id for rule in rules if rule.role == "possible" for word in rule.words}
        self.genres = [(regex.compile(alternation(r.words)), r.kind, r.id) for r in rules if r.role == "genre"]
        self.sections = [(regex.compile(alternation(r.words)), r.kind, r.id) for r in rules if r.role == "section"]
        self.modality = regex.compile(alternation(self._rules.words("grammar", "modality")))

    def _grants(self) -> None:
        self.grants = self._role("grant")
        self.grant_end = self._ending("grant")
        measures = alternation(self._rules.words("grammar", "grant-measure"))
        self.label = regex.compile(rf"(?P<label>\p{{Han}}{{0,4}}(?:{measures}))：")


def _guarded(words: list[str], not_before: dict[str, list[str]], not_after: dict[str, list[str]]) -> Pattern:
    """An alternation of words, the longest first, each with what must not stand behind and before it."""
    parts = []
    for word in sorted(words, key=len, reverse=True):
        before = f"(?<!{alternation(not_after[word])})" if word in not_after else ""
        after = f"(?!{alternation(not_before[word])})" if word in not_before else ""
        parts.append(before + regex.escape(word) + after)
    return regex.compile("|".join(parts))
