"""Stage 6: the tables. This is the one place that says which columns they have, and every row is checked against it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pandera.pandas as pa

TEXT, WHOLE, NUMBER = "str", "Int64", "float64"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, what it holds, and what it means (the comment on the workbook's header cell)."""

    name: str
    dtype: str
    meaning: str
    nullable: bool = False
    allowed: tuple[str, ...] = ()


_DOC_ID = Column("doc_id", TEXT, "文档编号：文件名去掉扩展名")
_START = Column("start", WHOLE, "quote 在原文中的位置，按字符（Unicode 码位）从 0 数起")
_SENTENCE = Column("sentence", TEXT, "所在的句子，照抄原文；过长的只留前后一段")

TABLES: dict[str, tuple[Column, ...]] = {
    "targets": (
        _DOC_ID,
        _START,
        Column("quote", TEXT, "数字连同单位，照抄原文"),
        Column(
            "kind",
            TEXT,
            "种类：target 目标，actual 结果，provision 规定，qualifier 限定",
            allowed=("target", "actual", "provision", "qualifier"),
        ),
        Column("indicator", TEXT, "指标：量的是什么"),
        Column("value", NUMBER, "数值，以所写的单位计；范围取下限"),
        Column("value_high", NUMBER, "范围的上限，不是范围则空", nullable=True),
        Column("unit", TEXT, "所写的单位，含万、亿"),
        Column("comparator", TEXT, "比较：eq 等于，ge 不低于，le 不高于，approx 左右", allowed=("eq", "ge", "le", "approx")),
        Column("measure", TEXT, "量法：level 水平，increase 增长，decrease 下降", allowed=("level", "increase", "decrease")),
        Column("year_from", WHOLE, "起始年；时点或期限则空", nullable=True),
        Column("year_to", WHOLE, "所指年份、期限或终止年；没说则空", nullable=True),
        Column("owner", TEXT, "责任单位，用分号隔开"),
        Column("note", TEXT, "备注"),
        Column("indicator_id", TEXT, "指标库（rules/indicators.yaml）中的编号，库里没有则空"),
        Column("region", TEXT, "地区"),
        Column("modality", TEXT, "目标的口气：力争、确保、预期性……"),
        Column("value_si", NUMBER, "折算到基本单位的数值，不能折算则空", nullable=True),
        Column("unit_si", TEXT, "基本单位"),
        Column("section", TEXT, "所在的各级小标题，由外到内"),
        Column("speaker", TEXT, "发言人"),
        _SENTENCE,
        Column("rule", TEXT, "得出这一行的规则，用分号隔开"),
    ),
    "owners": (
        _DOC_ID,
        _START,
        Column("quote", TEXT, "责任单位，照抄原文"),
        Column("role", TEXT, "角色：lead 牵头，support 配合，joint 共同负责", allowed=("lead", "support", "joint")),
        Column("body", TEXT, "单位全称"),
        Column("task_start", WHOLE, "所负责的文字在原文中的起点"),
        Column("task_end", WHOLE, "所负责的文字在原文中的终点"),
        Column(
            "basis",
            TEXT,
            "依据：inline 句中或句后的注明，section 管整条整段的注明，subject 单位是义务的主语",
            allowed=("inline", "section", "subject"),
        ),
        Column("level", TEXT, "层级：国家、省、市、县、乡，看不出则空"),
        Column("rule", TEXT, "得出这一行的规则"),
    ),
    "tasks": (
        _DOC_ID,
        Column("start", WHOLE, "text 在原文中的位置，按字符（Unicode 码位）从 0 数起"),
        Column("end", WHOLE, "text 在原文中的终点"),
        Column("text", TEXT, "要做的事，照抄原文"),
        Column("section", TEXT, "所在的各级小标题，由外到内"),
        Column("deadline_year", WHOLE, "期限的年份；没说则空", nullable=True),
        Column("rule", TEXT, "得出这一行的规则"),
        Column("owner", TEXT, "责任单位，用分号隔开"),
        Column("targets", WHOLE, "其中 targets 表的行数"),
    ),
    "citations": (
        _DOC_ID,
        _START,
        Column("quote", TEXT, "引用的文件，连同文号和简称，照抄原文"),
        Column("title", TEXT, "文件名；只写了文号而前文没有文件名则空"),
        Column("number", TEXT, "文号，括号统一为〔〕"),
        Column("issuer", TEXT, "发文单位，用分号隔开；看不出则空"),
        Column("year", WHOLE, "年份；看不出则空", nullable=True),
        Column("cited_doc_id", TEXT, "所引文件就在这批文件中时，它的文档编号"),
        Column("rule", TEXT, "得出这一行的规则"),
    ),
    "speakers": (
        _DOC_ID,
        _START,
        Column("quote", TEXT, "发言人的名字，照抄原文"),
        Column("speaker", TEXT, "发言人"),
        Column("post", TEXT, "职务，连同单位；文中没有介绍则空"),
        Column("outlet", TEXT, "记者所在的媒体"),
        Column(
            "role",
            TEXT,
            "身份：host 主持人，official 官员，journalist 记者，speaker 看不出",
            allowed=("host", "official", "journalist", "speaker"),
        ),
    ),
    "residue": (
        _DOC_ID,
        _START,
        Column("quote", TEXT, "不构成陈述的数字，照抄原文"),
        Column("reason", TEXT, "为什么不是陈述；unexplained 表示还没有规则能解释"),
        _SENTENCE,
    ),
    "documents": (
        _DOC_ID,
        Column("path", TEXT, "文件"),
        Column("sha256", TEXT, "文件内容的散列值，读不出则空"),
        Column("format", TEXT, "格式"),
        Column("encoding", TEXT, "编码，读不出、没有则空"),
        Column("extractor", TEXT, "读出文字的程序和版本"),
        Column("pages", WHOLE, "页数，PDF 才有", nullable=True),
        Column("title", TEXT, "标题"),
        Column("issuer", TEXT, "发布单位，用分号隔开"),
        Column("number", TEXT, "文号"),
        Column("index_number", TEXT, "政府信息索引号"),
        Column("date", TEXT, "日期"),
        Column("kind", TEXT, "文种"),
        Column("region", TEXT, "地区：发文单位或标题所说的地区，全国性的文件为全国"),
        Column("characters", WHOLE, "字符数，读不出则空", nullable=True),
        Column("statements", WHOLE, "targets 表中的行数"),
        Column("residue", WHOLE, "residue 表中的行数"),
        Column("error", TEXT, "出了什么错，一切正常则空"),
    ),
}


class TableError(Exception):
    """Rows that do not keep to the declared columns. The message is one line."""


@cache
def _schema(table: str) -> pa.DataFrameSchema:
    return pa.DataFrameSchema({c.name: _checked(c) for c in TABLES[table]}, name=table, strict=True, ordered=True)


def _checked(column: Column) -> pa.Column:
    checks = [pa.Check.isin(column.allowed)] if column.allowed else []
    if column.dtype == NUMBER:
        checks.append(pa.Check(np.isfinite, error="a finite number"))
    if column.name == "start":
        checks.append(pa.Check.ge(0))
    return pa.Column(column.dtype, checks, nullable=column.nullable)


def frame(table: str, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """The rows as a data frame of the declared columns.

    Args:
        table: a key of :data:`TABLES`.
        rows: mappings with exactly the columns of the table; ``None`` stands for an empty cell.

    Raises:
        TableError: a row lacks a column, has another one, or holds a value that is not allowed.
    """
    listed = list(rows)
    try:
        columns = {c.name: pd.Series([row[c.name] for row in listed], dtype=c.dtype) for c in TABLES[table]}
        extra = {name: [row.get(name) for row in listed] for row in listed for name in row.keys() - columns.keys()}
        return _schema(table).validate(pd.DataFrame(columns | extra))
    except (KeyError, TypeError, ValueError, pa.errors.SchemaError, pa.errors.SchemaErrors) as error:
        raise TableError(f"table {table}: {' '.join(str(error).split())}") from None
