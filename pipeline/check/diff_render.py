"""A difference of two runs as text for a terminal, as Markdown for a pull request, and as a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from markupsafe import Markup, escape

from pipeline.check.diff import ADDED, CHANGED, LOST, Difference, RunDiff
from pipeline.check.report import page_part, page_template
from pipeline.check.rows import words

_SIGNS = {ADDED: "+", LOST: "-", CHANGED: "~"}
_SAID = (
    "kind",
    "comparator",
    "value",
    "value_high",
    "unit",
    "year_from",
    "year_to",
    "role",
    "deadline_year",
    "number",
    "reason",
)
_LONGEST = 60

# The page speaks the Chinese of the report.
_CHINESE = {
    "targets": "指标", "owners": "责任单位", "tasks": "任务", "citations": "引用文件", "residue": "其余数字",
    "documents": "文件",
    ADDED: "新增", LOST: "消失", CHANGED: "变动", "quote": "原文", "kind": "种类", "indicator": "指标", "value": "数值",
    "value_high": "上限", "unit": "单位", "comparator": "比较", "measure": "量法", "year_from": "起始年", "year_to": "年份",
    "owner": "责任单位", "note": "备注", "indicator_id": "指标编号", "modality": "口气", "value_si": "折算值",
    "unit_si": "基本单位", "section": "小标题", "speaker": "发言人", "sentence": "原句", "start": "起点", "reason": "原因",
    "title": "标题", "issuer": "发布单位", "number": "文号", "date": "日期", "error": "出错", "role": "角色", "body": "全称",
    "target": "目标值", "actual": "现状值", "provision": "规定", "qualifier": "限定", "eq": "等于", "ge": "不低于",
    "le": "不高于", "approx": "左右", "level": "水平", "increase": "增长", "decrease": "下降",
}  # fmt: skip


def render_text(diff: RunDiff, old: str, new: str) -> str:
    """One line a row: what happened to it, where it stands, what changed, and by which rules."""
    lines = [f"old: {old}{_about(diff.old.account)}", f"new: {new}{_about(diff.new.account)}", *_totals(diff)]
    if diff.rules_edited:
        lines.append(f"rules edited: {', '.join(diff.rules_edited)}")
    for rule, counts in diff.by_rule():
        lines.append(f"rule {rule}: {_counted(counts)}")
    for one in diff.differences:
        lines += ["", f"{_SIGNS[one.what]} {one.table} {_place(one)}  {_headline(one)}"]
        lines += [f"    {cell.column}: {_short(cell.old) or '∅'} → {_short(cell.new) or '∅'}" for cell in one.cells]
        lines += [f"    {line}" for line in (_elsewhere(one), _by_rules(one)) if line]
    return "\n".join(lines) + "\n"


def render_markdown(diff: RunDiff, old: str, new: str) -> str:
    """Tables of Markdown; what documents say is escaped."""
    lines = [f"### zhibiao diff: {_md(old)} → {_md(new)}", "", *(f"- {line}" for line in _totals(diff))]
    if diff.rules_edited:
        lines.append(f"- rules edited: {', '.join(f'`{_code(rule)}`' for rule in diff.rules_edited)}")
    if by_rule := diff.by_rule():
        lines += ["", "| rule | added | lost | changed |", "|---|---:|---:|---:|"]
        lines += [f"| `{_code(r)}` | {counts[ADDED]} | {counts[LOST]} | {counts[CHANGED]} |" for r, counts in by_rule]
    if diff.differences:
        lines += ["", "| | where | row | what changed | rules |", "|---|---|---|---|---|"]
    for one in diff.differences:
        cells = "<br>".join(
            f"{_md(c.column)}: ~~{_md(_short(c.old)) or '∅'}~~ **{_md(_short(c.new)) or '∅'}**" for c in one.cells
        )
        changed = "<br>".join(part for part in (cells, _md(_elsewhere(one))) if part) or one.what
        rules = "<br>".join(f"{sign}`{_code(rule)}`" for sign, rule in _signed_rules(one))
        lines.append(
            f"| {_SIGNS[one.what]} | {_md(one.table)} {_md(_place(one))} | {_md(_headline(one))} | {changed} | {rules} |"
        )
    return "\n".join(lines) + "\n"


def render_page(diff: RunDiff, old: str, new: str) -> str:
    """One HTML file that opens without a server."""
    rows = [
        {
            "what": one.what,
            "sign": _SIGNS[one.what],
            "table": one.table,
            "place": _place(one),
            "kind": one.row.get("kind", "") if one.table == "targets" else "",
            "headline": _headline(one),
            "sentence": _marked(one),
            "cells": one.cells,
            "elsewhere": _elsewhere(one),
            "rules": list(_signed_rules(one)),
        }
        for one in diff.differences
    ]
    return page_template("diff.html.jinja").render(
        style=Markup(page_part("page.css")), old=old + _about(diff.old.account), new=new + _about(diff.new.account),
        tables=[(table, {what: diff.count(table, what) for what in _SIGNS}) for table in diff.tables],
        by_rule=diff.by_rule(), edited=diff.rules_edited, rows=rows, chinese=lambda word: _CHINESE.get(word, word),
    )  # fmt: skip


def _about(account: dict[str, object]) -> str:
    rules = str(account.get("rules_sha256", ""))[:8]
    return f" (zhibiao {account['zhibiao']}, rules {rules})" if "zhibiao" in account else ""


def _totals(diff: RunDiff) -> list[str]:
    counted = {table: Counter({what: diff.count(table, what) for what in _SIGNS}) for table in diff.tables}
    lines = [f"{table}: {_counted(counts)}" for table, counts in counted.items() if counts.total()]
    return lines or ["no difference"]


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{counts[what]} {what}" for what in _SIGNS if counts[what])


def _place(one: Difference) -> str:
    if one.table == "documents":
        return one.doc_id
    if one.old and one.new and one.old["start"] != one.new["start"]:
        return f"{one.doc_id}:{one.old['start']}→{one.new['start']}"
    return f"{one.doc_id}:{one.row['start']}"


def _headline(one: Difference) -> str:
    if one.table == "documents":
        return str(one.row.get("title", ""))
    indicator = str(one.row.get("indicator", ""))
    said = [str(one.row[name]) for name in _SAID if one.row.get(name) and one.what != CHANGED]
    return " ".join(part for part in (_short(words(one.row)), indicator, *said) if part)


def _elsewhere(one: Difference) -> str:
    if not one.elsewhere:
        return ""
    return f"{'was' if one.what == ADDED else 'is now'} in residue: {one.elsewhere}"


def _signed_rules(one: Difference) -> Iterator[tuple[str, str]]:
    yield from (("-", rule) for rule in one.rules_old)
    yield from (("+", rule) for rule in one.rules_new)
    if not one.rules_old and not one.rules_new:
        yield from (("", rule) for rule in one.rules_both)


def _by_rules(one: Difference) -> str:
    signed = " ".join(f"{sign}{rule}" for sign, rule in _signed_rules(one))
    return f"rules: {signed}" if signed else ""


def _marked(one: Difference) -> Markup:
    """The sentence with the quote in it marked."""
    sentence, quote = str(one.row.get("sentence", "")), words(one.row) if one.table != "documents" else ""
    before, found, after = sentence.partition(quote) if quote else (sentence, "", "")
    return Markup("{}<mark>{}</mark>{}").format(before, found, after) if found else escape(sentence)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _md(text: str) -> str:
    """A text that Markdown shows as it stands."""
    escaped = str(escape(" ".join(text.split())))
    return "".join(f"\\{character}" if character in "\\`*_[]|~" else character for character in escaped)


def _code(text: str) -> str:
    return text.replace("`", "'").replace("|", "\\|")
