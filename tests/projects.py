"""A small project to check: its documents and gold lie in ``data/project``, its tables are written down here.

The tables do not come out of the extractor, so that what is tested here does not change with the rules.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pipeline.block import make_block
from pipeline.ingest import find_documents, load_index, read_document
from pipeline.table_files import TableFiles
from pipeline.tables import NUMBER, TABLES, WHOLE
from pipeline.write import write_run

Row = dict[str, Any]

PLAN: list[Row] = [
    {
        "start": 39, "quote": "300家", "kind": "target", "indicator": "省级以上创新平台", "value": 300, "unit": "家",
        "year_to": 2025,
    },
    # Gold says approx.
    {
        "start": 55, "quote": "400家", "kind": "target", "indicator": "省级以上创新平台", "value": 400, "unit": "家",
        "year_to": 2027,
    },
    # Gold has 245家 at 80 besides; here it is missed.
    {
        "start": 91, "quote": "86.5亿元", "kind": "actual", "indicator": "营业收入", "value": 86.5, "unit": "亿元",
        "year_to": 2023,
    },
    {
        "start": 102, "quote": "8.3%", "kind": "actual", "indicator": "全市营业收入", "value": 8.3, "unit": "%",
        "year_to": 2023, "measure": "increase",
    },
    # Gold has no row here.
    {"start": 110, "quote": "支持", "kind": "qualifier", "indicator": "措施", "value": 1, "unit": "家"},
    {
        "start": 131, "quote": "50万元", "kind": "provision", "indicator": "高新技术企业奖励", "value": 50, "unit": "万元",
        "comparator": "le", "owner": "市科技局;市财政局",
    },
]  # fmt: skip
ODD: list[Row] = [
    {
        "start": 54, "quote": "12万人", "kind": "actual", "indicator": "<script>window.harmed = true</script>游客",
        "value": 12, "unit": "万人", "year_to": 2023, "note": '=HYPERLINK("http://example.invalid")',
    },
    {
        "start": 164, "quote": "300万元", "kind": "actual", "indicator": "=投入资金", "value": 300, "unit": "万元",
        "year_to": 2024,
    },
]  # fmt: skip
RESIDUE = {
    "park-plan": [{"start": 22, "quote": "到2025年", "reason": "日期"}],
    "odd": [{"start": 113, "quote": "15%", "reason": "unexplained"}],
}
_USUAL = {"comparator": "eq", "measure": "level", "rule": "unit.any;indicator.any"}


def rows_of(table: str, doc_id: str, rows: Iterable[Row]) -> list[Row]:
    """Rows with every column of their table."""
    empty = {column.name: None if column.nullable or column.dtype in (WHOLE, NUMBER) else "" for column in TABLES[table]}
    usual = {name: value for name, value in _USUAL.items() if name in empty}
    return [{**empty, **usual, "doc_id": doc_id, **row} for row in rows]


def write_project(folder: Path, targets: dict[str, list[Row]] | None = None, output: str = "outputs") -> Path:
    """Writes the tables of a project whose documents lie in ``corpus/``, as a run would; returns their folder."""
    found = targets if targets is not None else {"park-plan": PLAN, "odd": ODD}
    index = load_index(folder / "corpus" / "documents.csv")
    documents = []
    for path in find_documents(folder / "corpus"):
        source = read_document(path, index)
        about = {
            "path": path.as_posix(), "sha256": source.sha256, "format": source.format, "encoding": source.encoding,
            "title": source.metadata.title, "issuer": source.metadata.issuer, "characters": len(source.text),
            "kind": "briefing" if source.doc_id == "odd" else "plan", "date": str(source.metadata.date or ""),
            "statements": len(found.get(source.doc_id, [])), "residue": len(RESIDUE.get(source.doc_id, [])),
        }  # fmt: skip
        documents += rows_of("documents", source.doc_id, [about])
    tables = {
        "targets": [row for doc_id, rows in found.items() for row in rows_of("targets", doc_id, rows)],
        "documents": documents,
        "residue": [row for doc_id in found for row in rows_of("residue", doc_id, RESIDUE.get(doc_id, []))],
    }
    (folder / output).mkdir(exist_ok=True)
    write_tables(tables, folder / output)
    write_run({"zhibiao": "0", "rules_sha256": "0123456789abcdef", "problems": []}, folder / output)
    return folder / output


def write_tables(tables: Mapping[str, list[Row]], folder: Path) -> list[Path]:
    """Writes whole tables at once; returns the files."""
    with tempfile.TemporaryDirectory() as work, TableFiles(folder, list(tables), Path(work)) as files:
        files.add(make_block(tables))
        return files.finish()
