"""The word lists of ``rules/`` in the shape in which the grammar asks for them; built once a run."""

from __future__ import annotations

import regex

from pipeline.relate.owners import OwnerNotes
from pipeline.rules import ComparatorRule, KindRule, Rules, StatementRule, UnitRule, alternation, reached

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
        self._qualifiers()
        self._kinds()
        self._grants()
        self.patterns: list[StatementRule] = rules.group("patterns")
        self.indicator_ids = {word: rule.id.split(".", 1)[1] for rule in rules.group("indicators") for word in rule.words}
        self.owner_notes = OwnerNotes(rules)

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

    def _qualifiers(self) -> None:
        units: list[UnitRule] = self._rules.group("units")
        self._classifiers = {word for rule in units if rule.dimension == "count" for word in rule.words}
        narrowing = alternation(self._rules.words("grammar", "narrowing"))
        bounds = [word for word in self.bound_before if len(word) > 1]
        counting = alternation([*self._rules.words("grammar", "counting"), *bounds])
        shares = alternation(self._rules.words("grammar", "share-of"))
        self.narrowed = regex.compile(rf"(?:{narrowing})的?(?=[\p{{Han}}“A-Za-z])(?!(?:{alternation(list(self.generic))}))")
        self.counted_gap = regex.compile(rf"(?:(?:{narrowing})的?|的)[^，。；：、]{{1,24}}?(?<!以及|和|及)(?:{counting})*")
        self.shared_gap = regex.compile(
            rf"(?:{narrowing})的?[^，。；：、]{{0,24}}?(?:{shares})(?:{counting})*(?:最大|最高)?"
        )
        self.counting_end = regex.compile(rf"(?:{counting})+$")
        self.moves = regex.compile(alternation([w for w in self.change if len(w) > 1]))
        self.said_of = regex.compile(alternation([*self._rules.words("grammar", "said-of"), "增长", "提高", "下降"]))
        sized = alternation(self._rules.words("grammar", "sized-noun"))
        self.sized_gap = regex.compile(rf"(?:{sized})(?:{counting})*")
        self.sized_noun = regex.compile(sized)
        self.sized = regex.compile(alternation(self._rules.words("grammar", "size")))
        self.bare_head_end = regex.compile(f"(?:{alternation(list(self.bare_heads))})$")
        self.building = regex.compile(rf"(?:{alternation(self._rules.words('grammar', 'building'))})(?=[^，]{{0,8}}$)")
        self.place_start = regex.compile(rf"^(?:，|的|境内|{alternation(list(self.places))})+")

    def counts(self, unit: str) -> bool:
        """Whether a unit counts things: 个, 万家, or none."""
        return unit.lstrip("十百千万亿") in self._classifiers or not unit.lstrip("十百千万亿")

    def _measures(self) -> None:
        rules = self._rules.group("measures")
        changes = {word: (rule.measure, rule.id) for rule in rules if rule.role == "change" for word in rule.words}
        self.savings = {word: (rule.measure, rule.id) for rule in rules if rule.role == "saving" for word in rule.words}
        self.change = changes | self.savings
        self.kept_changes = [word for word in changes if word in self.kept_verbs]
        self.changed_to = frozenset(["到", "至", *reached(self._rules)])
        self.reach = frozenset(self._rules.words("measures", "reach")) | self.changed_to
        self.rates = {word: (rule.measure, rule.id) for rule in rules if rule.role == "rate" for word in rule.words}
        self.rates |= {f"{word}幅度": what for word, what in (self.change | self.rates).items() if len(word) > 1}
        self.rate_start = regex.compile(rf"(?:{alternation(list(self.rates))})(?=和|、|$)")
        self.rate_end = regex.compile(f"(?:的)?(?:{alternation(list(self.rates))})$")

    def _bounds(self) -> None:
        rules: list[ComparatorRule] = self._rules.group("comparators")
        self.reaching_bounds = self._role("reaching-bound")
        self.bound_before = {word: (rule.comparator, rule.id) for rule in rules for word in rule.before}
        self.bound_after = {word: (rule.comparator, rule.id) for rule in rules for word in rule.after}
        guards = {word: stops for rule in rules for word, stops in rule.not_before.items()}
        self.before_pattern = regex.compile(f"(?:{alternation(list(self.bound_before))})$")
        self.after_pattern = _guarded(list(self.bound_after), guards, {})
        self.carrier_end = self._ending("carrier")
        self.bound_adverbs = self._role("bound-adverb")
        comparing = alternation(self._rules.words("grammar", "comparing"))
        self.comparing = regex.compile(rf"(?:{comparing})\p{{Han}}{{2,10}}?(?=(?:{alternation(list(self.bound_before))})?$)")
        self.far_carriers = self._role("far-carrier")
        far = alternation(self._rules.words("grammar", "far-bound"))
        self.far_bound = regex.compile(rf"(?:{far})(?=[^，。；：（）]{{1,12}}$)")
        self.weak_bound_end = self._ending("weak-bound")
        self.bound_in_word = self._ending("bound-in-word")
        self.negated = self._ending("negation")
        self.forbids = regex.compile(alternation(self._rules.words("grammar", "forbidding")))
        negation = alternation(self._rules.words("grammar", "negation"))
        compared = alternation(self._rules.words("grammar", "comparison"))
        self.over = regex.compile(rf"(?P<not>{negation})?(?P<word>{compared})[^，。；：]{{1,30}}$")
        grants = alternation(self._rules.words("grammar", "capped-verb"))
        nouns = alternation(self._rules.words("grammar", "capped-noun"))
        self.capped = regex.compile(rf"(?P<word>{far})(?:{grants})?(?:{nouns})(?=[^；。]*$)")
        self.change_end = regex.compile(rf"(?:{alternation(list(self.change))})$")
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
