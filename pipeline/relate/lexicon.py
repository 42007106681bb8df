"""The word lists of ``rules/`` in the shape in which the grammar asks for them; built once a run."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from pipeline import regex
from pipeline.endings import Ending
from pipeline.needs import NeedIndex, needs
from pipeline.rules import (
    ComparatorRule,
    KindRule,
    NormRule,
    Rules,
    StatementRule,
    UnitRule,
    alternation,
    at_end,
    reached,
)

Pattern = regex.Pattern[str]

_SHORT_MEASURE = 4
"""Longer names of measures tell enough by themselves: 年育苗总量."""
_NO_NOUN = ("d", "ad", "a", "c", "p")
"""The parts of speech, as jieba names them, of adverbs, adjectives, conjunctions and prepositions."""
_NOUNS_KEPT = 1 << 12
_TEXTS_KEPT = 16
"""The numbers of a sentence are read one after the other."""
_SIZES = "长高宽深厚重"
"""Adjectives that stand for a measure: 总高8米，重280吨."""


class Lexicon:
    """Sets for whole words, compiled alternations for stretches of text.

    ``tag`` gives the part of speech of a word.

    The sets carry the names of the roles in ``rules/grammar.yaml``, where what each is for stands beside its examples.
    """

    def __init__(self, rules: Rules, tag: Callable[[str], str]) -> None:
        self._rules = rules
        self._tag = tag
        self.is_measure = lru_cache(_NOUNS_KEPT)(self._is_measure)
        self._grammar_words()
        self._measures()
        self._bounds()
        self._qualifiers()
        self._kinds()
        self._grants()
        self._limits()
        patterns: list[StatementRule] = rules.group("patterns")
        self.patterns_for = lru_cache(_TEXTS_KEPT)(NeedIndex((rule.needs, rule) for rule in patterns).candidates)
        """The statement patterns that may match in a text of these characters, or of fewer."""
        norms: list[NormRule] = rules.group("norms")
        self.norms_for = lru_cache(_TEXTS_KEPT)(NeedIndex((rule.needs, rule) for rule in norms).candidates)
        """The constructions that may match in a text of these characters, or of fewer."""
        self.indicator_ids = {word: rule.id.split(".", 1)[1] for rule in rules.group("indicators") for word in rule.words}

    def _is_measure(self, noun: str) -> bool:
        """Whether a noun is the name of a measure with nothing before it but what is done, a time or a degree.

        What is done is a word of ``rules/``, or in a short noun one that jieba knows for a verb: 获贷率, 平均利率, 投入强度.
        """
        bare = noun[2:] if noun[:2] in self.head_modifiers and len(noun) > _SHORT_MEASURE else ""  # 最大排水量
        said = "va" if noun.endswith("率") else "v"  # 准确率
        short = len(noun) <= _SHORT_MEASURE and noun not in self.nouns and self._tag(noun[:2]) in said
        return bool(
            self._measure.fullmatch(noun)
            or (bare and self.is_measure(bare))
            or (short and noun[:2] not in self.nouns and self._form.fullmatch(noun[2:]))
        )

    def is_noun(self, word: str) -> bool:
        """Whether jieba knows a word for a common noun."""
        return self._tag(word) == "n"

    def is_verb(self, word: str) -> bool:
        """Whether jieba knows a word for a verb, and for nothing else."""
        return self._tag(word) == "v"

    def names_nothing(self, phrase: str) -> bool:
        """Whether what was read as a noun phrase is none: a lone character, an adverb, adjective or conjunction (转而)."""
        if len(phrase) == 1:
            return phrase not in self.single_nouns and phrase not in _SIZES
        known = phrase in self.nouns or phrase in self.bare_heads or phrase in self.noun_verbs or phrase in self.change
        return not known and self._tag(phrase) in _NO_NOUN

    def is_deed(self, phrase: str) -> bool:
        """Whether a phrase begins with a verb that has the rest for its object: 发送旅客, 查获毒品."""
        verb = phrase[:2]
        done = verb in self.kept_verbs or (self._tag(verb) == "v" and verb not in self.nouns_or_deeds)
        return len(phrase) > 3 and done and verb not in self.attributives and "的" not in phrase

    def only_deeds(self, phrase: str, nominal: bool = False) -> bool:
        """Whether a phrase says only what is done: 建成投产, 竣工; by words that may be nouns if ``nominal``: 优化调整."""
        deeds = {phrase[i : i + 2] for i in range(0, len(phrase), 2)} if len(phrase) % 2 == 0 else {phrase}
        tags = ("v", "vd", "vn") if nominal else ("v", "vd")
        return all(self._tag(deed) in tags and deed not in self.nouns_or_deeds for deed in deeds)

    def _role(self, role: str) -> frozenset[str]:
        return frozenset(self._rules.words("grammar", role))

    def _ending(self, role: str) -> Ending:
        return at_end(self._rules.words("grammar", role))

    def _grammar_words(self) -> None:
        self.openers = self._role("opener")
        self.adverbials = self._role("adverbial")
        self.places = self._role("place")
        self.paces = self._role("pace")
        self.worldwide = self._role("worldwide")
        self.plans = self._role("modality")
        self.occasions = self._role("occasion")
        self.adverbs = self._role("adverb")
        self.taken_off = self.openers | self.adverbs | self.places | self.occasions
        """What stands before a noun phrase and is no part of it."""
        self.inner_adverbs = self._role("inner-adverb")
        self.naming_adverbs = self._role("naming-adverb")
        self.modals = self._role("modal")
        self.light_verbs = self._role("light-verb")
        self.kept_verbs = self._role("kept-verb")
        self.noun_verbs = self._role("noun-verb")
        self.attributives = self._role("attributive")
        self.owner_verbs = self._role("owner-verb")
        self.possessions = self._role("possession")
        self.gains = self._role("gain")
        self.aspects = self._role("aspect")
        self.relations = self._role("relation")
        self.nouns = self._role("noun")
        self.pronouns = self._role("pronoun")
        self.demonstratives = self._role("demonstrative")
        self.generic = self._role("generic")
        self.locatives = self._role("locative")
        self.standalone = self._role("standalone")
        self.bare_heads = self._role("bare-head")
        self.complete = tuple(self.standalone)
        self.goods = self._role("goods")
        self.pointing = self._role("pointing")
        self.summing = self._role("summing")
        self.head_ends = tuple(self.bare_heads)
        self.deed_starts = tuple(self.noun_verbs)
        self.nouns_or_deeds = self.nouns | self.noun_verbs
        self.only_verbs = self.light_verbs - self.noun_verbs
        self.dropped_verbs = self.light_verbs - self.kept_verbs
        self.kept_or_towards = self.kept_verbs | {"对", "向"}
        self.having = self.possessions | self.owner_verbs
        trimmed = (word for word in (*self.places, *self.openers) if len(word) > 1)
        self.places_or_openers = sorted(trimmed, key=lambda word: (-len(word), word))
        self.deeds_or_openers = tuple(word for word in self.light_verbs | self.openers if len(word) > 1)
        self.head_modifiers = self._role("head-modifier")
        modifiers = alternation(list(self.head_modifiers))
        self.agent_end = self._ending("agent")
        self.per_measure_end = at_end(self._role("per-measure"), before="(?:平均)?每")
        self.activities = self._role("measured-activity")
        done = self.noun_verbs | self.light_verbs | self.kept_verbs | self.activities
        self.plain_deeds = tuple(self.relations - self.nouns - self.noun_verbs)
        before = f"(?:{modifiers}|{alternation([word for word in done if len(word) > 1])})"
        heads = alternation(list(self.bare_heads))
        self.name_with_head = regex.compile(f"(?P<name>.{{2,6}}?)(?P<head>{heads})?$")
        things = [word for word in self.demonstratives if len(word) > 1 and word[0] not in "该本这此全"]
        self.named_with_rest = regex.compile(f"(?P<name>{alternation(things)})(?P<head>.{{3,}})$")
        self.project_with_head = regex.compile(f"(?P<name>项目)(?P<head>{heads})$")
        form = alternation(list(self._role("measure-form")))
        self._measure = regex.compile(f"{before}*(?:{heads})|{before}+(?:{form})")
        self.measure_last = frozenset(word[-1] for word in self.bare_heads | self._role("measure-form"))
        """The last characters of names of measures."""
        self.measure_ends = frozenset(word for word in self._role("measure-form") if len(word) == 1)
        self._form = regex.compile(f"(?:{heads})|(?:{form})")
        self.no_owner_end = self._ending("no-owner")
        self.generic_owners = self._role("generic-owner")
        self.parts = self._role("part")
        self.manners = self._role("manner")
        self.reciprocal = self._role("reciprocal")
        self.others = self._role("other")
        self.causatives = self._role("causative")
        self.brings_about = self._role("bringing-about")
        bounds = alternation([word for rule in self._rules.group("comparators") for word in rule.before])
        others_do = alternation(list(self._role("pivot") | self._role("there-is")))
        self.pivot_end = regex.compile(f"(?:{others_do})(?:了|已|{bounds})*$")
        self.bringing_about = regex.compile(f"(?:{alternation(list(self.brings_about))})(?:了|已|{bounds})*$")
        self.averages = tuple(self._role("average"))
        self.intransitives = self._role("intransitive")
        paired = (word.partition("=") for word in self._role("contraction"))
        self.contractions = {word: members.split("、") for word, _, members in paired}
        self.price_changes = tuple(self._role("price-change"))
        self.constructing = self._role("constructing")
        self.self_change = self._role("self-change")
        self.reports = self._role("report-verb")
        self.saying = self._role("saying")
        self.announcement_end = self._ending("announcement")
        gaps = self._rules.words("grammar", "adjunct")
        self.adjunct = regex.compile("|".join("[^，。；]{0,14}?".join(map(regex.escape, gap.split("…"))) for gap in gaps))
        self.rate_suffix = self._ending("rate-suffix")
        self.degree_end = at_end(self._role("rate-suffix"), before=r"(?<=\p{Han}{2}(?![年季制])\p{Han})")
        self.measure_noun = at_end(self._role("rate-suffix") | self._role("measure-suffix"))
        self.measure_end = self._ending("measured")
        self.actor_end = self._ending("actor")
        self.facilities = self._role("facility")
        self.compound_end = self._ending("compound-head")
        self.generic_end = self._ending("generic-end")
        self.complements = self._role("complement")
        self.pivots = self._role("pivot")
        self.class_nouns = tuple(self._role("class-noun"))
        self.there_is = self._role("there-is")
        self.countable = self._role("countable")
        self.levies = self._role("levy")
        self.origins = self._role("origin")
        self.selecting = self._role("selecting")
        self.outcomes = regex.compile(alternation(list(self._role("outcome"))))
        self.single_nouns = self._role("single-noun")
        self.authority_end = self._ending("authority")
        self.region_end = self._ending("region")
        self.feature_end = self._ending("feature")
        self.reaches_over = self._role("reaching-over")
        self.stretching = self._role("stretching")
        self.troubles = self._role("trouble")
        self.records = regex.compile(alternation(list(self._role("record"))))
        self.further = self._role("further")
        self.senders = self._role("sender")
        self.deed_verbs = self._role("deed-verb")
        self.no_subject = self._role("no-subject")
        self.subject_stops = self._role("subject-stop")
        self.intending = self._role("intending")
        self.undertakings = self._role("undertaking")
        self.long_undertakings = tuple(word for word in self.undertakings if len(word) > 2)
        self.property_end = self._ending("standing-property")

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
        self.sized_nouns = tuple(self._role("sized-noun"))
        sized = alternation(list(self.sized_nouns))
        self.sized_gap = regex.compile(rf"(?:{sized})(?:{counting})*")
        self.machine_end = at_end(self._rules.words("grammar", "machine"))
        self.sized_noun = regex.compile(sized)
        self.arriving = self._role("arriving")
        self.sized = regex.compile(alternation(self._rules.words("grammar", "size")))
        self.bare_head_end = at_end(self.bare_heads)
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
        self.deeds_or_changes = tuple(word for word in self.change.keys() | self.light_verbs if len(word) > 1)
        self.kept_changes = [word for word in changes if word in self.kept_verbs]
        self.changed_to = frozenset(["到", "至", *reached(self._rules)])
        self.disposed = regex.compile(
            rf"[^，。；\d从由]{{2,14}}?(?:{alternation([w for w in reached(self._rules) if len(w) > 2])})"
        )
        self.reach = frozenset(self._rules.words("measures", "reach")) | self.changed_to
        self.rates = {word: (rule.measure, rule.id) for rule in rules if rule.role == "rate" for word in rule.words}
        bounds = alternation([word for rule in self._rules.group("comparators") for word in rule.before])
        self.arrival_end = regex.compile(rf"^[^，。；]{{0,12}}(?:到|至|为|成)(?:了|{bounds})*$")
        self.rates |= {f"{word}幅度": what for word, what in (self.change | self.rates).items() if len(word) > 1}
        self.rate_start = regex.compile(rf"(?:{alternation(list(self.rates))})(?=和|、|$)")
        self.paced = regex.compile(
            rf"(?:^|[，、的年月度])(?P<rate>{alternation([w for w in self.rates if len(w) > 1 and w not in self.change])})"
            rf"(?:将|可能|预计|已|也|再|进一步|小幅|明显|逐步)*\p{{Han}}{{0,4}}(?:到|至|为|在|达)[约近了]*$"
        )
        self.rate_end = at_end(self.rates, before="(?:的)?")

    def _bounds(self) -> None:
        rules: list[ComparatorRule] = self._rules.group("comparators")
        self.reaching_bounds = self._role("reaching-bound")
        self.bound_before = {word: (rule.comparator, rule.id) for rule in rules for word in rule.before}
        self.bound_after = {word: (rule.comparator, rule.id) for rule in rules for word in rule.after}
        guards = {word: stops for rule in rules for word, stops in rule.not_before.items()}
        self.before_pattern = at_end(self.bound_before)
        self.before_start = regex.compile(alternation(list(self.bound_before)))
        self.after_pattern = _guarded(list(self.bound_after), guards, {})
        self.carrier_end = self._ending("carrier")
        bounds = [word for word, (value, _) in self.bound_before.items() if len(word) > 1 and value in ("ge", "le")]
        self.reaches_end = at_end([*bounds, "达", "达到"])
        self.bound_adverbs = self._role("bound-adverb")
        comparing = alternation(self._rules.words("grammar", "comparing"))
        self.compares = regex.compile(comparing)
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
        self.capped = regex.compile(rf"(?P<word>{far})(?:{grants})?(?:{nouns})(?!以[上下内])(?=[^；。]*$)")
        over, base = (alternation(self._rules.words("grammar", role)) for role in ("surpassing", "benchmark"))
        self.surplus = regex.compile(rf"(?:{over})[^，。；：的\d]{{0,8}}?(?:{base})(?:任务|目标|计划|数|了|近|约|超过)*$")
        self.change_end = at_end(self.change)
        predicate = self.reach | self.adverbs | self.change.keys() | self.bound_before.keys() | self.rates.keys()
        self.predicate_end = at_end(word for word in predicate if len(word) > 1)
        self.predicate_words = predicate | {"了", "着", "的", "得", "在", "以", "由", "从", "按", "其", "个", "上", "过"}

    def _kinds(self) -> None:
        rules: list[KindRule] = self._rules.group("kinds")
        cues = [
            (rule.kind, _guarded(rule.words, rule.not_before, rule.not_after), rule.id)
            for kind in ("target", "actual", "provision")
            for rule in rules
            if rule.role == "cue" and rule.kind == kind
        ]
        index = NeedIndex((needs(pattern.pattern), (kind, pattern, rule)) for kind, pattern, rule in cues)
        self.cues_for = lru_cache(_TEXTS_KEPT)(index.candidates)
        """The cues that may stand in a text, or in a part of it."""
        self.comparisons = [(regex.compile(alternation(r.words)), r.id) for r in rules if r.role == "comparison"]
        self.review = self._rules.words("kinds", "review")
        self.passing = frozenset(r.id for r in rules if r.passing)
        self.future = {word: rule.id for rule in rules if rule.role == "future" for word in rule.words}
        self.no_future = {word: tuple(stops) for r in rules if r.role == "future" for word, stops in r.not_before.items()}
        self.possible = {word: rule.id for rule in rules if rule.role == "possible" for word in rule.words}
        self.auxiliary = regex.compile(alternation([*self.future, *self.possible]))
        self.genres = [(regex.compile(alternation(r.words)), r.kind, r.id) for r in rules if r.role == "genre"]
        ends = [(word, r) for r in rules if r.role == "genre-end" for word in r.words]
        self.genre_ends = [(word, tuple(r.not_after.get(word, ())), r.kind) for word, r in ends]
        sections = (r for r in rules if r.role == "section")
        self.sections = [(_guarded(r.words, r.not_before, r.not_after), r.kind, r.id) for r in sections]
        self.announcing = regex.compile(alternation(self._rules.words("grammar", "announcing")))
        self.modality = regex.compile(alternation(self._rules.words("grammar", "modality")))

    def _grants(self) -> None:
        self.grants = self._role("grant")
        self.grant_end = self._ending("grant")
        self.grant_measures = self._role("grant-measure")
        self.grant_amount = regex.compile(
            f"(?:{alternation(list(self.grants))})(?:{alternation(list(self.grant_measures))})$"
        )
        self.giving = self._role("giving")
        leave = self._role("leave")
        self.leave_end = at_end(leave)
        self.leave = regex.compile(rf"的?(?P<head>\p{{Han}}{{0,8}}?(?:{alternation(list(leave))}))(?=$|[^\p{{Han}}])")
        self.prizes, self.levels = self._role("prize"), self._role("level")
        ranks = rf"[\d一二三四五六七八九十—–-]+[级类档等]|{alternation(list(self.levels))}"
        self.ranked_grant = regex.compile(rf"(?P<who>{ranks})(?P<head>(?:{alternation(list(self.grants))}).*)")
        self.payments = self._role("payment")
        self.spending = self._role("spending")
        self.circumstances = self._role("circumstance")
        self.penalties = self._role("penalty")
        self.circumstance_end = self._ending("circumstance-end")
        self.slogans = tuple(self._role("slogan"))
        self.each_deed = regex.compile(rf"每\p{{Han}}{{0,2}}(?:{alternation(list(self._role('each-deed')))})")
        self.receiver = regex.compile(alternation(list(self._role("receiver"))))
        self.receiver_end = self._ending("receiver")
        heads = self._role("provision-head") | self._role("leave")
        grant, giving = alternation(list(self.grants)), alternation(list(self.giving))
        payment = alternation(list(self.payments))
        measured = alternation(list(heads | self.grants))
        ends = {word for word in heads | self.bare_heads | self.grants if len(word) > 1 or word in heads}
        counting = r"(?<!概|效)率|(?<=\p{Han}{2})(?:[数额量]|(?<![日学分])期)"
        self.head_end = at_end(ends, other=counting)
        strong = alternation([word for word in heads if len(word) > 1])
        self.head_for = regex.compile(rf"(?P<head>.*(?:{strong}|(?<=\p{{Han}}{{2}})(?:{grant})))(?P<who>.+)")
        modifiers = alternation(list(self._role("head-modifier")))
        self.attribute_end = regex.compile(
            f"(?:{modifiers})*"
            f"(?:{alternation(list(ends - self.grants))}|\\p{{Han}}{{1,2}}率|\\p{{Han}}{{2}}(?<!人)[数额量])$"
        )
        self.deed_end = at_end(self.giving | self.payments | self.grants)
        self.granted = regex.compile(
            rf"(?:的|标准|比例|以内|左右|{giving}|一次性(?!\p{{Han}}{{0,2}}(?:奖|补|资)))*"
            rf"(?P<head>\p{{Han}}{{0,10}}?(?:{measured})|“\p{{Han}}{{1,8}}”)(?:予以)?(?:支持)?(?=[和及与]?$|[^\p{{Han}}])"
        )
        self.given_each = regex.compile(rf"(?P<per>(?:每\p{{Han}}){{1,3}})(?:一次性)?(?:{giving})(?P<kind>\p{{Han}}{{2,4}})")
        self.granting = regex.compile(rf"(?:的(?:标准|比例))?(?:以内|左右)?(?:给予|予以|一次性)*(?P<head>{grant})")
        self.rated = regex.compile(r"的(?P<head>费率|税率|利率|标准)(?P<deed>\p{Han}{2,8})(?=$|[^\p{Han}])")
        self.paid_after = regex.compile(
            rf"(?:的比例|的费率)?(?:以内|左右)?(?:由(?P<by>\p{{Han}}{{2,10}}?))?(?P<deed>{payment})"
        )
        self.scaled = regex.compile(
            rf"(?P<head>\p{{Han}}{{0,16}}?(?:{measured}))(?:实行|(?:按照|按|根据|依据|由|以)(?:(?P<base>\p{{Han}}{{2,16}})的(?:一定)?比例"
            r"|[^，]*(?:原则|标准|分[^，]*档|执行|收取|制定|确定|发放)))"
        )
        bounds = alternation([word for word in self.bound_before if len(word) > 1])
        self.comparison = regex.compile(
            rf"(?P<pre>.*?)(?:{bounds}|为|占(?!地|比|用)|在(?=.+(?:限额|标准|水平|线)$))(?P<base>.{{2,}})"
        )
        edges = set(self.places) | self.bound_before.keys() | self.reach | self.change.keys() | self.adverbs | self.modals
        edges |= self._role("negation")
        edges = {word for word in edges if len(word) > 1 and word[0] != "每"} - self.grants - self.giving - self.payments
        self.edge_end = regex.compile(
            f"(?:{alternation(list(edges))}|人均|人民币|按照|依照|的标准|[在为是按以由至到的达超可再另共约各均应须需近含±<>≥≤、，])+$"
        )

    def _limits(self) -> None:
        def words(role: str) -> str:
            return alternation(list(self._role(role)))

        self.goes_on = regex.compile(rf"(?:其中|同时)?(?P<word>{words('continuing-case')})")
        self.made = regex.compile(rf"(?:{alternation([w for w in self.light_verbs if len(w) > 1])})(?=.{{2,}})")
        self.lasting_end = self._ending("lasting")
        self.acting_end = self._ending("acting")
        self.body_end = at_end((self._role("acting") | self._role("agent")) - {"人", "者", "员"})
        self.not_narrowed = self._role("not-narrowed")
        self.said_after = regex.compile(rf"(?<=.{{2}})(?:{words('said-in-rules')}).*$")
        self.waits = regex.compile(rf"(?P<deed>{words('limit-waiting')})(?:不少于|不低于|不超过|不得少于|至少)?$")
        self.instalment = regex.compile(rf"(?:等额|平均|逐年|分期)*(?P<deed>{words('instalment')})")
        self.contract = regex.compile(
            rf"(?:及?以[上下])?(?:（[^）]*）)?(?:期限)?(?:的)?(?P<what>\p{{Han}}{{0,4}}(?:{words('contract')}))"
        )
        self.limit_end = regex.compile(rf"(?:以?内)?(?:{words('limit-ended')})?(?=[，、；。（\s]|$)")
        self.applies = regex.compile(words("applicant-deed"))
        self.doing = regex.compile(rf"^(?:{words('limit-light')})+")
        self.done_towards = regex.compile(rf"^(?:向|通过|在|到|由|与|会同)[^，]*?(?={words('limit-deed')})")
        self.done_to = regex.compile(r"^(?:将|对|把)(?P<what>.+?)(?:以[^，]{2,12}方式|进行|予以|作出|做出)(?P<deed>.+)$")
        self.moved = regex.compile(
            rf"^(?:将|把)(?P<what>.+?)(?:以[^，]{{2,12}}方式)?(?P<deed>{words('limit-move')})(?:至|到|给)?.*$"
            rf"|^(?P<what>)(?P<deed>{words('limit-move')})(?:至|到(?!位)|给).*$"
        )
        self.how_often = regex.compile(
            r"(?P<who>每\p{Han}{1,6}?)?(?:原则上|只能|仅可|可以|可|至少|最多|不得|应当|应)*"
            rf"(?P<deed>{words('limited-deed')})(?P<what>\p{{Han}}{{0,8}}?)(?:不超过|不得超过|不少于|至少|最多)*$"
        )


def _guarded(words: list[str], not_before: dict[str, list[str]], not_after: dict[str, list[str]]) -> Pattern:
    """An alternation of words, the longest first, each with what must not stand behind and before it."""
    parts = []
    for word in sorted(words, key=lambda word: (-len(word), word)):
        before = f"(?<!{alternation(not_after[word])})" if word in not_after else ""
        after = f"(?!{alternation(not_before[word])})" if word in not_before else ""
        parts.append(before + regex.escape(word) + after)
    return regex.compile("|".join(parts))
