"""Deadlines: how long something may take, has lasted, or holds."""

from __future__ import annotations

from pipeline import regex
from pipeline.relate.following import Right
from pipeline.relate.lexicon import Lexicon
from pipeline.relate.phrases import is_mark, is_noun, strip_left
from pipeline.relate.provision.cases import Case, case_before
from pipeline.relate.provision.limits import counted
from pipeline.relate.reading import Reading, Slot, Word

_OPENING = regex.compile("^(?:应当?|须|需|或者?|持有|实际(?=.{4,})|年)+")
_AND = regex.compile("^.*(?:且|但|并|或者?)(?=.{2,})")
_WITHIN = regex.compile(
    r"^(?:之内|以内|内|前)(?:（[^）]*）)?，?(?:持[^，。；]{2,12}?(?=向))?(?P<what>(?!的)[^，。；（）]{2,40})"
)
_AFTER_CASE = regex.compile(r"，(?:可以|可|应当|应|须|必须)?(?P<what>[^，。；（）]{2,40})")
_REACHED = regex.compile("(?:[^达直]至|[^达直]到|为|控制在|保持在)$")
"""A length of time that something reaches is its level, no limit for what follows: 压缩至1个工作日以内，…."""
_LOOKING_BACK = regex.compile("(?:之前|[日月年]前|以前|最近|近)$")
_IN_A_ROW = regex.compile("(?:连续|累计)(?:不少于|满|超过)?$")
_DUTY = regex.compile(r"(?:应当?|须|必须|要)(?:及时|尽快|立即|按时)?(?P<deed>\p{Han}{2,16})$")
_DONE = regex.compile(
    r"(?<=^|[，、；：（及和或中指])(?P<what>(?!自|在|从|于|以|按|每|一)\p{Han}{1,3}[^后起时在的内前后过满\P{Han}])$"
)
_AGO = regex.compile(
    r"以?内(?:的|未?\p{Han}{2,12}?[生者人员户工民](?=[，。；：、（(指可按]|$)|[）)]|，|[^，。；]{2,8}的(?=[，。；]))"
)
_OF_NOUN = regex.compile(
    r"以?内(?:的(?P<noun>[^，。；：、]{2,16})|(?P<person>\p{Han}{2,12}?[生者人员户工民]))(?=[，。；：、（(指可按]|$)"
)
_LASTING = regex.compile(r"(?P<what>(?:(?![并且的未对在])\p{Han}){2,20}?)(?P<time>时间|期限)?(?:已)?(?:连续)?满$")
_ALREADY = regex.compile("(?:年限|期限|时间)(?!$)|期$")
_PERIOD = regex.compile(r"的(?P<name>\p{Han}{1,4}期)(?=[，。；、]|$)")
_NO_OBJECT = regex.compile("的|[，。；：、（(且并或]|$")
_FROM_THEN = regex.compile("起$")
_PERSONS = regex.compile(r"^[^，的]{2,}的(?=.{4,})")
_LONGEST_NAME = 16
_SHORT = 2
_OWN_CASE = regex.compile("^(?:属于?|对于?|因|若|如|凡)")
_NO_CASE = regex.compile("^(?:需|无|有|不|经|确)|符合|齐[全备]")
_NO_NAME_END = ("的", "后", "前", "起", "时", "满", "和", "及", "、")


def length_of_time(reading: Reading, slot: Slot, right: Right, grant: str, lexicon: Lexicon) -> str:
    """What a length of time is the limit of; empty where its clause says that with a noun before it.

    Args:
        grant: the grant spoken of last, which 分3年拨付 is said of.
    """
    unit = str(slot.quantity.data["unit"])
    before = reading.text[slot.left : slot.quantity.start]
    if period := _PERIOD.match(reading.text, slot.quantity.end):
        return str(period["name"])
    if verb := lexicon.waits.search(before):
        return f"{_nominal_text(reading, slot.left, slot.left + verb.start(), lexicon)}{verb['deed']}时间"
    if contract := lexicon.contract.match(reading.text, slot.quantity.end):
        return f"{contract['what']}期限"
    if not unit.endswith("岁") and (lasting := _LASTING.search(before)) and not _ALREADY.search(lasting["what"]):
        what = _AND.sub("", _OPENING.sub("", lasting["what"].removeprefix("其中"))).rstrip("不未")
        if _ALREADY.search(what + "，"):  # 累计缴费年限满15年
            return what
        who = counted(right, lexicon) if right.linked and len(what) <= 4 else ""
        who = who if len(who) > 2 else ""
        return f"{who}{what}时间"
    if _IN_A_ROW.search(before) and (kept := _kept_up(reading, slot, lexicon)):
        return f"{kept}时间"
    if before.endswith("提前") and (notice := _deed(_clause_rest(reading, slot), lexicon)):
        return f"{_case_of_notice(reading, slot, lexicon)}提前{notice}"
    if before.endswith("分") and (deed := lexicon.instalment.match(reading.text, slot.quantity.end)):
        return f"{grant}{deed['deed']}期限"
    done = _DONE.search(before) if unit.endswith(("年", "月")) else None
    if done and _AGO.match(reading.text, slot.quantity.end):
        return (counted(right, lexicon) or _named_after(reading, slot)) + done["what"] + "时间"
    return time_limit(reading, slot, lexicon) or _limit_of_deed(reading, slot, lexicon) or _gone_on(reading, slot, lexicon)


def _gone_on(reading: Reading, slot: Slot, lexicon: Lexicon) -> str:
    """``自领取执照之日起正常经营6个月以上`` → 正常经营时间: the verb that a bounded length of time stands right behind."""
    bound = lexicon.after_pattern.match(reading.text, slot.quantity.end)
    if not bound or not _NO_OBJECT.match(reading.text, bound.end()):
        return ""
    found = strip_left(reading.words_in(slot.left, slot.quantity.start, slot.clause.depth), lexicon)
    begun = max((i + 1 for i, word in enumerate(found) if word.tag == "c" or _FROM_THEN.search(word.text)), default=0)
    found = found[begun:]
    if not found or found[-1].text in lexicon.predicate_words or found[-1].text in lexicon.giving:
        return ""
    what = "".join(word.text for word in found)
    if what.endswith("期满"):
        return what.removesuffix("满")
    if found[-1].text in lexicon.nouns | lexicon.bare_heads:
        return ""
    verbal = found[-1].tag[:1] == "v" or any(word.tag[:1] in "adp" for word in found[:-1])
    return f"{what}时间" if verbal and len(found) > 1 and len(what) <= _LONGEST_NAME and "的" not in what else ""


def _limit_of_deed(reading: Reading, slot: Slot, lexicon: Lexicon) -> str:
    """``应当及时答复，最长不超过15日``: a length of time with nothing but a bound is the limit of the deed before."""
    before = reading.text[slot.left : slot.quantity.start].lstrip("，；且并")
    if not before or slot.left != slot.clause.start or lexicon.edge_end.sub("", before.removeprefix("原则上")):
        return ""
    index = slot.clause_index - 1
    clause = reading.sentence.clauses[index] if index >= 0 else None
    if clause is None or clause.depth or any(s.clause is clause for s in reading.slots):
        return ""
    duty = _DUTY.search(reading.text, clause.start, clause.end)
    return _deed(duty["deed"], lexicon) + "时限" if duty else ""


def time_limit(reading: Reading, slot: Slot, lexicon: Lexicon) -> str:
    """``在3个工作日内完成审核`` → 审核时限; ``15日内将补贴拨付至单位`` → 补贴拨付时限; ``5年内不得转让`` → 不得转让期限.

    What is done without an object is done to what the clause begins with: ``投诉件24小时内办结`` → 投诉件办结时限. Looking
    back from a day a length of time is no limit: ``申请之日前12个月内带动就业`` → 带动就业时间.
    """
    match = _WITHIN.match(reading.text[slot.quantity.end : reading.sentence.end])
    if not match or _REACHED.search(reading.text, slot.left, slot.quantity.start):
        return ""
    start, end = (slot.quantity.end + at for at in match.span("what"))
    if (
        reading.text[start - 1] == "，"
        and reading.text[end - 1] == "的"
        and (then := _AFTER_CASE.match(reading.text, end, reading.sentence.end))
    ):
        start, end = then.span("what")
    deed = _deed(_without_numbers(reading, slot, start, end), lexicon)
    if _LOOKING_BACK.search(reading.text, slot.left, slot.quantity.start):
        return deed.split("的")[0] + "时间"
    whose = _whose(reading, slot, lexicon) if len(deed) <= _SHORT or _no_object(deed, lexicon) else ""
    long = regex.search("[年月]$", str(slot.quantity.data["unit"])) or deed.startswith("不") or lexicon.applies.match(deed)
    return whose + deed + ("期限" if long else "时限")


def _kept_up(reading: Reading, slot: Slot, lexicon: Lexicon) -> str:
    """``连续3个月有员工正常缴纳社会保险费``, ``连续两年未发生拖欠的``: what goes on for so long, said behind the number."""
    bound = lexicon.after_pattern.match(reading.text, slot.quantity.end)
    start = bound.end() if bound else slot.quantity.end
    behind = [c for c in reading.sentence.clauses[slot.clause_index + 1 :] if c.depth == slot.clause.depth]
    bracketed = (
        behind and reading.text[slot.clause.end : slot.clause.end + 1] in ("（", "(") and slot.right == slot.clause.end
    )
    found = reading.words_in(start, behind[0].end if bracketed else slot.right, slot.clause.depth)
    if len(found) < 2 or not (found[0].tag[:1] in "vd" or found[0].text in ("为", "未", "有")):
        return ""
    text = "".join(w.text for w in found).removesuffix("的").removeprefix("有")
    return text if 4 <= len(text) <= 24 and "的" not in text[-3:] else ""


def _clause_rest(reading: Reading, slot: Slot) -> str:
    """What follows a number in its clause, without who it is done to: ``向服务对象进行公示`` → 公示."""
    text = reading.text[slot.quantity.end : slot.right].rstrip("，。；")
    return str(regex.sub("^(?:向|对)[^，]*?(?:进行|予以|作出)", "", text)).split("并")[0]


def _case_of_notice(reading: Reading, slot: Slot, lexicon: Lexicon) -> str:
    """What is given notice of: 收费标准变更 of ``收费标准变更的，应提前15日公示``."""
    before = reading.text[slot.left : slot.quantity.start]
    own = before.partition("的")[0].lstrip("，；") if "的" in before else ""
    case = own or case_before(reading, slot, lexicon, Case(), granted=False).text
    return case if len(case) <= _LONGEST_NAME else ""


def _without_numbers(reading: Reading, slot: Slot, start: int, end: int) -> str:
    """What is done, up to the next limit in a row (``30分钟内响应、24小时内办结``), without what it counts."""
    text, at = "", start
    for other in reading.slots:
        if not start <= other.quantity.start < end:
            continue
        text += reading.text[at : other.quantity.start]
        if reading.text[other.quantity.start - 1] in "、和及":
            return text.rstrip("、和及")
        bound = regex.compile("以[上下内]|左右").match(reading.text, other.quantity.end)
        at = bound.end() if bound else other.quantity.end
    return (text + reading.text[at:end]).rstrip("的")


def _deed(what: str, lexicon: Lexicon) -> str:
    """What is done in time, as a noun: ``将补贴拨付至单位`` → 补贴拨付, ``对材料进行审核`` → 材料审核."""
    whole = lexicon.moved.match(what) or lexicon.done_to.match(what)
    if whole:
        text = _PERSONS.sub("", whole["what"] or "") + whole["deed"]
    else:
        text = lexicon.done_towards.sub("", lexicon.doing.sub("", what))
        text = moved["deed"] if (moved := lexicon.moved.match(text)) else text
    text = lexicon.doing.sub("", text)
    return regex.split(r"并(?=[\p{Han}]{2})", text)[0] if len(text) > 20 else text


def _no_object(deed: str, lexicon: Lexicon) -> bool:
    """Whether a deed of four characters is all verb: 联系核实, 拨付到位."""
    return len(deed) == 4 and all(lexicon.is_verb(part) for part in (deed[:2], deed[2:]))


def _whose(reading: Reading, slot: Slot, lexicon: Lexicon) -> str:
    """What a limit without a name of its own is of: the thing, stage or class that its clause or sentence begins with.

    ``规划许可阶段，由发展改革局牵头，15个工作日内完成``: 规划许可阶段; ``热线工单，咨询类2个工作日内答复``: 咨询类热线工单;
    ``属外地户籍申请的，3个工作日内推送``: 外地户籍申请.
    """
    first = reading.sentence.clauses[0]
    numbers = [s for s in reading.slots if s.clause is first]
    opening = "" if numbers or first is slot.clause else _nominal_text(reading, first.start, first.end, lexicon)
    own = _nominal_text(reading, slot.left, slot.quantity.start, lexicon)
    begun = next(s for s in reading.slots if s.clause is slot.clause)
    own = own or (_nominal_text(reading, begun.left, begun.quantity.start, lexicon) if begun is not slot else "")
    if own.endswith(("类", "级")):
        return own + opening
    if own or opening:
        return own or opening
    case = case_before(reading, slot, lexicon, Case(), granted=False).text
    plain = _OWN_CASE.sub("", case)
    return plain if plain != case or (4 < len(case) <= _LONGEST_NAME and not _NO_CASE.search(case)) else ""


def _nominal_text(reading: Reading, start: int, end: int, lexicon: Lexicon) -> str:
    """The words of a stretch where they name a thing, and nobody who acts; else an empty string."""
    found = strip_left(reading.words_in(start, end), lexicon)
    predicate = next((i for i, w in enumerate(found) if i and _begins_predicate(w, lexicon)), 0)
    found = found[:predicate] or found
    while found and (
        found[-1].text in lexicon.predicate_words
        or found[-1].text in lexicon.modals
        or found[-1].tag[:1] in "dp"
        or is_mark(found[-1].text)
    ):
        found = found[:-1]
    text = "".join(w.text for w in found)
    named = bool(found) and (
        is_noun(found[-1], lexicon)
        or text.endswith(("类", "级"))
        or (found[-1].tag[:1] == "v" and (predicate == 1 or (len(found) > 1 and is_noun(found[0], lexicon))))
    )
    acts = lexicon.acting_end.search(text) or lexicon.bare_head_end.search(text) or text.startswith("每")
    acts = acts or (text if predicate else reading.text[start:end].rstrip("，；")).endswith(_NO_NAME_END)
    return text if named and not acts and 2 <= len(text) <= _LONGEST_NAME else ""


def _begins_predicate(word: Word, lexicon: Lexicon) -> bool:
    agent = word.tag == "x" and word.text[0] in lexicon.subject_stops  # 由市 of 由市财政局
    return agent or word.tag == "p" or word.text in lexicon.modals


def step_of(reading: Reading, slot: Slot, lexicon: Lexicon) -> str:
    """``施工图联合审查10个工作日``, ``抵押登记1个工作日办结``: the step that a length of time right behind it is for."""
    if not str(slot.quantity.data["unit"]).endswith(("工作日", "自然日", "日", "天", "小时", "分钟")):
        return ""
    found = strip_left(reading.words_in(slot.left, slot.quantity.start), lexicon)
    text = "".join(w.text for w in found)
    step = (
        len(found) > 1 and (found[-1].tag[:1] == "v" or found[-1].text in lexicon.noun_verbs) and is_noun(found[0], lexicon)
    )
    changed = any(w.text in lexicon.predicate_words or w.tag[:1] in "dp" or w.text in lexicon.change for w in found)
    changed = changed or lexicon.leave_end.search(text) is not None
    ended = lexicon.limit_end.match(reading.text, slot.quantity.end)
    return text if step and ended and not changed and 3 <= len(text) <= _LONGEST_NAME else ""


def _named_after(reading: Reading, slot: Slot) -> str:
    """``毕业5年内的回国（境）人员``: the noun after 内的, brackets and all."""
    match = _OF_NOUN.match(reading.text, slot.quantity.end)
    return match["noun"] or match["person"] if match else ""


def lasting_deed(reading: Reading, slot: Slot, right: Right, lexicon: Lexicon) -> str:
    """How long something is done, by a bound.

    ``在本市持续经营2年以上`` → 持续经营时间, ``补贴发放不超过24个月`` → 补贴发放期限.
    """
    if not str(slot.quantity.data["unit"]).endswith(("年", "月", "天", "周")):
        return ""
    bound = lexicon.before_pattern.search(reading.text, slot.left, slot.quantity.start)
    over = lexicon.after_pattern.match(reading.text, slot.quantity.end)
    if not bound and not over:
        return ""
    found = reading.words_in(slot.left, bound.start() if bound else slot.quantity.start)
    joint = max((i for i, w in enumerate(found) if w.text in ("且", "但", "或", "或者")), default=-1)
    found = strip_left(found[joint + 1 :], lexicon)
    while found and (
        found[-1].text in lexicon.modals or found[-1].text in lexicon.bound_before or found[-1].tag[:1] in "da"
    ):
        found = found[:-1]
    going_on = _GOING_ON.search(reading.text, slot.left, found[0].start) if found else None
    text = (going_on[0] if going_on else "") + "".join(w.text for w in found)
    text += counted(right, lexicon) if found and found[-1].tag[:1] == "v" and not right.linked else ""
    done = [w for w in found if w.tag[:1] == "v" or w.text in lexicon.noun_verbs]
    if not done or not 4 <= len(text) <= _LONGEST_NAME or found[-1].text in _NO_DEEDS:
        return ""
    if any(lexicon.head_end.search(w.text) for w in found[-2:]) or lexicon.head_end.search(text):
        return ""
    return text + ("期限" if bound and lexicon.bound_before[bound[0]][0] == "le" else "时间")


_GOING_ON = regex.compile("(?:持续|连续)$")
_NO_DEEDS = ("满", "达", "达到", "到", "为", "是", "有", "具有", "存满", "超过")
