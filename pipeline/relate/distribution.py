"""Distribution: one of several coordinated nouns, or cases, for each of several coordinated numbers."""

from __future__ import annotations

from pipeline import regex
from pipeline.relate import timescope
from pipeline.relate.contrast import contrasted
from pipeline.relate.following import Right
from pipeline.relate.lexicon import Lexicon
from pipeline.relate.phrases import Left, strip_left
from pipeline.relate.reading import Reading, Slot
from pipeline.relate.reference import measure_of, without_rate
from pipeline.relate.topic import Topic

_SPLIT = regex.compile(r"、|和|及|与|以及")


def distribute(left: Left, count: int, last: str, each: bool, lexicon: Lexicon) -> list[str] | None:
    """Shares a list of nouns out to as many numbers.

    国家高新技术企业和科技型中小企业数量 for two numbers becomes 国家高新技术企业数量 and 科技型中小企业数量.

    Args:
        each: whether the numbers are said to be of one thing each (分别).
        last: the indicator with a unit of that kind before; names without a measure take it from that (其中小学分别为).

    Returns:
        One indicator a number, or ``None`` where the noun phrase does not list as many things.
    """
    noun = without_rate(left.noun, lexicon) or left.noun
    if ranked := _RANKED.fullmatch(noun):
        ranks = _SPLIT.split(ranked["ranks"])
        return [f"{ranked['first']}{rank}{ranked['head']}" for rank in ranks] if len(ranks) == count else None
    for word, members in lexicon.contractions.items():
        if each and word in noun and len(members) == count:
            return [noun.replace(word, member) for member in members]
    for cut in (_SPLIT, regex.compile("、|和"), regex.compile("、|以及|和(?=[^和]*$)"), regex.compile("、|以及")):
        parts = [part for part in cut.split(noun) if part]
        if len(parts) == count + 1 and len(parts[0]) <= 2:
            parts = [parts[0] + "、" + parts[1], *parts[2:]]
        if len(parts) == count > 1:
            break
    else:
        return None
    if partners := _partners(parts, last, lexicon):
        return partners
    siblings = [contrasted(part, last, True, lexicon) for part in parts]
    if all(siblings):
        return siblings
    described = parts[0][: parts[0].rfind("的") + 1]
    if described and not any("的" in part for part in parts[1:]):  # 受监测的水库和湖泊水质
        parts[0] = parts[0].removeprefix(described)
    else:
        described = ""
    head = _shared_head(parts, lexicon)
    measured = [measure_of(part, lexicon) or part.endswith((head, head[-1:])) for part in parts[:-1]]
    shared = [part if done else part + head for part, done in zip(parts, measured, strict=False)]
    owner = left.subject + ("" if left.verb in lexicon.owner_verbs else left.verb) if 2 < len(left.subject) <= 16 else ""
    return [owner + described + part for part in (*shared, parts[-1])]


def _partners(parts: list[str], last: str, lexicon: Lexicon) -> list[str]:
    """``对甲国出口增长8%，对乙国、丙国分别增长16%、19%``: 对乙国出口, 对丙国出口; empty where nothing is done to them."""
    toward = parts[0][0]
    if toward not in _TOWARD or not last.startswith(toward) or any(part[0] == toward for part in parts[1:]):
        return []
    names = [parts[0][1:], *parts[1:]]
    deeds = lexicon.nouns | lexicon.noun_verbs | lexicon.kept_verbs
    deed = next((last[i:] for i in range(3, len(last) - 1) if last[i:] in deeds), "")
    return [toward + name + deed for name in names] if deed and not any(name.endswith(deed) for name in names) else []


_TOWARD = ("对", "向", "从", "自")
_SHARED = regex.compile(
    r"(?P<parts>[^，。；：]*?)(?:分别|各)约?占到?(?P<whole>[^，。；：]{2,20}?)的?(?:比重|比例|份额)?的?(?:分别)?(?:为|达到?|近|约|超过)*"
)


def distribute_shares(reading: Reading, slot: Slot, topic: Topic, lexicon: Lexicon) -> list[str] | None:
    """``集群41家、园区30家，分别占全国的51%和45%``: the share in one whole of each of the things said before.

    Returns:
        One indicator a number, or ``None`` where no shares are given or as many things are not named.
    """
    count = len(slot.group)
    match = _SHARED.fullmatch(reading.text, slot.left, slot.quantity.start)
    if not match:
        return None
    named = "".join(w.text for w in strip_left(reading.words_in(slot.left, match.end("parts")), lexicon))
    parts = [part for part in _SPLIT.split(named) if part] if named else topic.last_several(count, "%", True)
    head = _shared_head(parts, lexicon) if len(parts) == count > 1 and named else ""
    shares = [part if part.endswith(head) else part + head for part in parts]
    return [f"{part}占{match['whole']}比重" for part in shares] if len(parts) == count else None


def distribute_over_cases(reading: Reading, slot: Slot, left: Left, right: Right) -> list[str] | None:
    """``评估为优秀、良好、合格等级的，分别给予40万元、30万元、20万元服务奖励``: one case a number.

    Places are no cases: ``对甲省、乙省分别安排投资3亿元和5亿元``.

    Returns:
        What each number is for, or ``None`` where the clause before does not list as many cases.
    """
    cases = cases_before(reading, slot)
    if not cases:
        return None
    named = right.noun or left.noun
    places = {w.text for w in reading.words if w.tag == "ns"}
    local = all(_LOCAL.search(case) or any(case.endswith(place) for place in places) for case in cases)
    of_each = any(case.endswith(_SUMMED.sub("", named)) for case in cases) if named else True
    return [named if local and named else case if of_each else case + named for case in cases]


def cases_before(reading: Reading, slot: Slot) -> list[str]:
    """The cases that the clauses before a coordination of numbers list; empty where they do not list as many."""
    count = len(slot.group)
    first = reading.slots[slot.group[0]]
    start = max((m.end for m in reading.numbering if m.start <= reading.sentence.start + 1), default=reading.sentence.start)
    before = reading.text[start : first.quantity.start]
    spoken = max(before.rfind("分别"), before.rfind("依次"))
    if spoken < len(before) - 14 or spoken < 0 or timescope.distributed(reading, slot).known:
        return []
    clauses = [c for c in regex.split(r"[，；：]", before[:spoken]) if c]
    for clause in reversed(clauses[-2:]):
        if any(s.quantity.text in clause for s in reading.slots):
            return []
        if cases := _cases(_SUMMED.sub("", _DEGREE.sub("", clause)), count):
            return cases
    return []


_SUMMED = regex.compile("[两三四五六七八九十][地市省国县区](?=\\p{Han})|[同环]比$")
"""北京、上海两地新房价格环比分别上涨: how many are listed, and how they are compared, is no part of the case."""
_LOCAL = regex.compile("[省市县区州]$")
_DEGREE = regex.compile("[也都均则]?(?:比较|相对|较|更|最|很)[高低大小多少快慢]$")
"""开工率也较高，分别为A和B: what a clause says of how high its subject is."""
_RANKED = regex.compile(
    rf"(?P<first>第?)(?P<ranks>[一二三四五六七八九十](?:(?:{_SPLIT.pattern})[一二三四五六七八九十])+)(?P<head>[^、]+)"
)
"""第一、二、三产业增加值: ranks that share what stands before the first and behind the last."""
_RANKS = ("级", "类", "档", "等")
_TO_BE = r"(?:为|实现|达到|获(?![批评奖准])|获得|是|评为|认定为|对)"


def _cases(clause: str, count: int) -> list[str]:
    """The cases that a clause lists, each with the thing that they are cases of; empty where it lists another number."""
    middle = rf"(?:、[^、]{{1,12}}){{{max(count - 2, 0)}}}"
    match = regex.search(rf"(?P<head>.*?)(?P<items>[^、]{{1,12}}{middle}(?:、|和|及|与|或)[^、]{{1,20}}?)的?$", clause)
    items = regex.split(r"、|和|及|与|或", match["items"]) if match else []
    if not match or len(items) != count:
        return []
    if "的" in items[-1] and not any("的" in item for item in items[:-1]):
        noun = items[-1][items[-1].rfind("的") :]
        return [match["head"] + items[0] + noun, *(item + noun for item in items[1:-1]), items[-1]]
    opening = match["head"] + items[0]
    prefix, linked, ranked = opening.rpartition("的")
    if linked and ranked[-1:] in _RANKS and all(item[-1:] == ranked[-1:] for item in items[1:-1]):
        noun = items[-1][items[-1].find(ranked[-1]) + 1 :]
        return [*(prefix + linked + item + noun for item in (ranked, *items[1:-1])), prefix + linked + items[-1]]
    subject = regex.match(rf".*?{_TO_BE}", opening)
    first = opening[subject.end() :] if subject else opening
    head = items[-1][len(first) :] if len(items[-1]) > len(first) else ""
    acting = subject[0] if subject and not subject[0].endswith("对") else ""  # 对甲、乙: who acts owns nothing
    owner = regex.sub(rf"(?:服务)?(?:评估|评定|评价|认定)?{_TO_BE}$", "", acting)
    return [(item if item.endswith(head) else item + head) + owner for item in (first, *items[1:])]


def _shared_head(parts: list[str], lexicon: Lexicon) -> str:
    """The head that the last of coordinated nouns lends the others: 数量 in 甲企业和乙企业数量."""
    first, last = parts[0], parts[-1]
    for size in range(min(len(first), 6), 1, -1):
        at = last.find(first[-size:])
        if at >= 0:
            return last[at + size :]
    if "的" in last:
        return last[last.rfind("的") :]
    measure = measure_of(last, lexicon)
    if measure and last[: -len(measure)].endswith(first[-1]):
        return measure  # 农业、服务业增加值
    longest = max(len(part) for part in parts[:-1])
    alike = any(measure_of(part, lexicon) or part[-1] == last[-1] for part in parts[:-1])
    if measure and longest > 1 and len(last) == longest + 1 + len(measure) and not alike:
        return measure  # 水电和新能源装机
    if longest <= 4 and len(last) > longest + 1 and not alike:
        return last[longest:]
    return measure if len(measure) < len(last) else ""
