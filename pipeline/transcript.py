"""Who speaks in a transcript: hosts, officials with their posts, journalists with their outlets.

A line that names a speaker is one that stands alone or ends in a colon. A post is said where the speaker is introduced:
``市发展改革委党组副书记、副主任孟祥成先生``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline import regex
from pipeline.rules import Rules, SectionRule, alternation
from pipeline.values import Block, Turn

_LINE_LENGTH, _TURN_LENGTH, _POST_LENGTH, _OPENING = 24, 60, 80, 1000
_ANSWER = "答"
_MARKS = "【】[]《》：: "
_MARKED = regex.compile(r"[【\[](?P<marked>[^】\]]{1,30})[】\]]：?|(?P<name>\p{Han}{2,4})（(?P<remark>[^）]{2,30})）[：:]")
_ANSWERS = regex.compile("(?:答复?|回[答复])[：:]?")
"""What makes the body in brackets before it one that answers: 【科技局】答：…."""
_BREAKS = regex.compile(r"[。；：，！？\n—“”]")


@dataclass(frozen=True, slots=True)
class TurnLine:
    """What a line says about who speaks from it on."""

    name: str
    """As the tables show it: the name, and the post in brackets where it is known."""
    asks: bool
    start: int
    """Where in the line the name begins."""
    end: int
    length: int
    """How many characters name the speaker; the whole line where it says no more."""
    who: str
    post: str
    outlet: str
    role: str


@dataclass(frozen=True)
class _Grammar:
    """The speaker rules in the shape in which lines are read."""

    hosts: list[SectionRule]
    asks: list[SectionRule]
    persons: list[SectionRule]
    turns: list[SectionRule]
    is_host: regex.Pattern[str]
    post_end: regex.Pattern[str]
    titled: regex.Pattern[str]
    after: regex.Pattern[str]
    before: regex.Pattern[str]
    outlet: regex.Pattern[str]
    journalist: regex.Pattern[str]
    interview: regex.Pattern[str]


@cache
def _grammar(rules: Rules) -> _Grammar:
    def words(role: str) -> str:
        return alternation(rules.words("speakers", role))

    def lines(role: str) -> list[SectionRule]:
        return [rule for rule in rules.group("sections") if rule.role == role]

    return _Grammar(
        hosts=lines("speaker"),
        asks=lines("asks"),
        persons=lines("person"),
        turns=lines("turn"),
        is_host=regex.compile(words("host")),
        post_end=regex.compile(rf"(?:{words('post')})$"),
        titled=regex.compile(rf"(?P<post>[\p{{Han}}、（）]{{2,40}}(?:{words('post')}))(?P<name>\p{{Han}}{{2,3}})(?=[：:])"),
        after=regex.compile(words("courtesy")),
        before=regex.compile(words("introduction")),
        outlet=regex.compile(rf"(?P<outlet>.+?(?:{words('outlet')}))(?:{words('journalist')})?.*"),
        journalist=regex.compile(rf"(?P<outlet>.*?)(?:{words('journalist')}).*"),
        interview=regex.compile(
            rf"(?:专访|对话|采访)了?(?P<post>[\p{{Han}}、]{{2,40}}(?:{words('post')}))(?P<name>\p{{Han}}{{2,3}})"
            r"(?=[\n，。：；（]|$)"
        ),
    )


class Speakers:
    """The speakers of one text: which lines name one, and the posts that the text says they hold."""

    def __init__(self, text: str, rules: Rules) -> None:
        self._text = text
        self._rules = _grammar(rules)
        lines = text.split("\n")
        alone = [line.rstrip("：:").strip(_MARKS) for line in lines if 0 < len(line) <= _LINE_LENGTH]
        names = Counter(name for name in alone if _full(self._rules.persons, name))
        self._begun: dict[str, str] = {}
        for line in lines:
            if turn := self._turn_in(line):
                names[turn.strip(_MARKS)] += 1
            if titled := self._titled_in(line):
                names[titled["name"]] += 1
        self._transcript = any(_full(self._rules.hosts, name) or _full(self._rules.asks, name) for name in alone) or any(
            turn.strip(_MARKS) in (_ANSWER, "主持人") for turn in self._begun.values()
        )
        self._times = names
        self._hosting: set[str] = set()
        interviewed = self._rules.interview.search(text, 0, _OPENING)
        self._interviewed = (interviewed["name"], interviewed["post"]) if interviewed else ("", "")
        self._posts = self._introduced([name for name in names if 2 <= len(name) <= 4])

    def _turn_in(self, line: str) -> str:
        """What ``line`` begins with where that names a speaker; empty where it does not."""
        opening = line[:_TURN_LENGTH]
        if opening not in self._begun:
            self._begun[opening] = _first(self._rules.turns, opening)
        return self._begun[opening]

    def _titled_in(self, line: str) -> regex.Match[str] | None:
        """The post and the name that ``line`` begins with before a colon."""
        opening = line[:_TURN_LENGTH]
        return self._rules.titled.match(opening) if "：" in opening or ":" in opening else None

    def turn(self, line: str) -> TurnLine | None:
        """Who speaks from ``line`` on; ``None`` where it names nobody."""
        plain = line.rstrip("：:").strip()
        name = plain.strip(_MARKS)
        if len(line) <= _LINE_LENGTH:
            if _full(self._rules.hosts, plain):
                return self._named(line, name, len(line), "host")
            if _full(self._rules.asks, plain):
                return self._journalist_at(line, name, len(line))
            if _full(self._rules.persons, plain) and (self._transcript or name in self._posts or line[-1] in "：:"):
                return self._named(line, name, len(line), "official")
        if marked := _MARKED.match(line[:_TURN_LENGTH]):
            return self._marked(line, marked)
        if titled := self._titled_in(line):
            self._posts.setdefault(titled["name"], titled["post"])
            return self._named(line, titled["name"], titled.end() + 1, "official")
        if turn := self._turn_in(line):
            name = turn.strip(_MARKS)
            if _full(self._rules.asks, name):
                return self._journalist_at(line, name, len(turn) + 1)
            if self._speaks(name):
                return self._named(line, name, len(turn) + 1, "host" if _full(self._rules.hosts, name) else "official")
        for rule in self._rules.asks:
            match = rule.match(line[:_TURN_LENGTH])
            if match and line[match.end() : match.end() + 1] in ("：", ":"):
                return self._journalist_at(line, match[0].strip(_MARKS), match.end() + 1)
        return None

    def turns(self, blocks: Iterable[Block]) -> tuple[Turn, ...]:
        """Every turn of the text, in its order."""
        found = []
        for block in blocks:
            if said := self.turn(self._text[block.start : block.end]):
                start, end = block.start + said.start, block.start + said.end
                found.append(Turn(start, end, said.who, said.post, said.outlet, said.role))
        return tuple(found)

    def _speaks(self, name: str) -> bool:
        """Whether a word before a colon is a speaker and not a label such as 责任单位 or 注."""
        if name == _ANSWER or _full(self._rules.hosts, name) or len(name) > 4 or self._rules.post_end.search(name):
            return True
        return name in self._posts or (_full(self._rules.persons, name) and (self._transcript or self._times[name] > 1))

    def _named(self, line: str, name: str, length: int, role: str) -> TurnLine:
        if name == _ANSWER and self._interviewed[0]:
            who, post = self._interviewed
            return TurnLine(
                f"{who}（{post}）", False, line.find(name), line.find(name) + 1, length, who, post, "", "official"
            )
        post = self._posts.get(name, "")
        if name in self._hosting:
            role = "host"
        if role == "official" and not post and not self._rules.post_end.search(name):
            role = "speaker"
        start = max(0, line.find(name))
        shown = f"{name}（{post}）" if post else name
        return TurnLine(shown, False, start, start + len(name), min(length, len(line)), name, post, "", role)

    def _marked(self, line: str, match: regex.Match[str]) -> TurnLine | None:
        """``【主持人】大家好。`` and ``李强（市财政局局长）：…``."""
        name, remark = match["marked"] or match["name"], match["remark"] or ""
        if _full(self._rules.hosts, name):
            return self._named(line, name, match.end(), "host")
        if _full(self._rules.asks, name):
            return self._journalist_at(line, name, match.end())
        if remark and self._rules.post_end.search(remark):
            self._posts.setdefault(name, remark)
            return self._named(line, name, match.end(), "official")
        if match["marked"] and (answers := _ANSWERS.match(line, match.end())):
            return self._named(line, name, answers.end(), "official")
        if match["marked"] and (self._rules.post_end.search(name) or self._speaks(name)):
            return self._named(line, name, match.end(), "official")
        return None

    def _journalist_at(self, line: str, name: str, length: int) -> TurnLine:
        match = self._rules.outlet.fullmatch(name) or self._rules.journalist.fullmatch(name)
        start = max(0, line.find(name))
        outlet = match["outlet"] if match else ""
        return TurnLine(name, True, start, start + len(name), min(length, len(line)), name, "", outlet, "journalist")

    def _introduced(self, names: Sequence[str]) -> dict[str, str]:
        """The post of each name, the longest that stands before it anywhere in the text."""
        posts: dict[str, str] = {}
        if not names:
            return posts
        anyone = regex.compile(alternation(list(names)))
        last = 0
        for match in anyone.finditer(self._text):
            window = self._text[max(last, match.start() - _POST_LENGTH) : match.start()]
            last = match.end()
            post = window[max((m.end() for m in _BREAKS.finditer(window)), default=0) :]
            post = self._trimmed(post)
            if self._rules.post_end.search(post) and len(post) > len(posts.get(match[0], "")):
                posts[match[0]] = post
                if self._rules.is_host.match(self._text, match.end()):
                    self._hosting.add(match[0])
        return posts

    def _trimmed(self, post: str) -> str:
        """A post without what introduces it: 请, 和, 先生和, a comma between people."""
        while cut := next((m for p in (self._rules.after, self._rules.before) if (m := p.search(post))), None):
            post = post[cut.end() :]
        return regex.sub("^(?:以及|和|与|及|、|，|请)+", "", post)


def _full(rules: Sequence[SectionRule], text: str) -> bool:
    return any(rule.fullmatch(text) for rule in rules)


def _first(rules: Sequence[SectionRule], line: str) -> str:
    return next((match[0] for rule in rules if (match := rule.match(line))), "")
