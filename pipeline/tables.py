"""Stage 6: the tables. This is the one place that says which columns they have, and every row is checked against it."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

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


_JSON = json.JSONEncoder(allow_nan=False)


class TableError(Exception):
    """Rows that do not keep to the declared columns. The message is one line."""


def arrow_table(table: str, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """The rows as an Arrow table of the declared columns, every cell checked.

    Args:
        table: a key of :data:`TABLES`.
        rows: mappings with exactly the columns of the table; ``None`` stands for an empty cell.

    Raises:
        TableError: a row lacks a column, has another one, or holds a value that is not allowed.
    """
    from pipeline.arrow import pj

    schema = arrow_schema(table)
    names = set(schema.names)
    try:
        # Through JSON and not pyarrow.Table.from_pylist, which imports pandas and so costs a run a quarter of a second.
        lines = "\n".join(_JSON.encode(row) for row in rows if _has(names, row)).encode("ascii")
        if not lines:
            return schema.empty_table()
        made = pj.read_json(
            io.BytesIO(lines),
            pj.ReadOptions(use_threads=False, block_size=len(lines) + 1),
            pj.ParseOptions(explicit_schema=schema),
        )
    except (TypeError, ValueError) as error:
        raise TableError(f"table {table}: {' '.join(str(error).split())}") from None
    for column in TABLES[table]:
        if wrong := _wrong(column, made[column.name]):
            raise TableError(f"table {table}: column {column.name}: {wrong}")
    return made.replace_schema_metadata(schema.metadata)


def _has(columns: set[str], row: Mapping[str, Any]) -> bool:
    if different := columns ^ row.keys():
        raise ValueError(f"column {', '.join(sorted(different))} is missing or not declared")
    return True


def _wrong(column: Column, values: pa.ChunkedArray) -> str:
    """What is wrong with the values of a column, apart from their type; empty where nothing is."""
    from pipeline.arrow import pc

    if values.null_count and not column.nullable:
        return "a row has no value"
    if column.allowed and (other := set(pc.unique(values).to_pylist()) - set(column.allowed)):
        return f"{min(other)} is none of {', '.join(column.allowed)}"
    if column.name == "start" and len(values) and pc.min(values).as_py() < 0:
        return "a start before the text"
    return ""


@cache
def arrow_schema(table: str) -> pa.Schema:
    """The columns of a table as Arrow and Parquet have them; pandas reads them back as the types of :data:`TABLES`."""
    from pipeline.arrow import pa

    types = {TEXT: pa.string(), WHOLE: pa.int64(), NUMBER: pa.float64()}
    names = {TEXT: "unicode", WHOLE: "int64", NUMBER: "float64"}
    told = [
        {"name": c.name, "field_name": c.name, "pandas_type": names[c.dtype], "numpy_type": c.dtype, "metadata": None}
        for c in TABLES[table]
    ]
    metadata = {"index_columns": [], "column_indexes": [], "columns": told, "pandas_version": "3"}
    return pa.schema([(c.name, types[c.dtype]) for c in TABLES[table]], {"pandas": json.dumps(metadata)})


def frame(table: str, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """The rows as a data frame of the declared columns, checked as :func:`arrow_table` does.

    Raises:
        TableError: a row lacks a column, has another one, or holds a value that is not allowed.
    """
    made: pd.DataFrame = arrow_table(table, rows).to_pandas()
    return made
