"""Tables: one schema for all rows, and files that a spreadsheet, a program and a reader in between all can trust."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from projects import write_tables

from pipeline.tables import NUMBER, TABLES, WHOLE, TableError, frame
from pipeline.write import OutputError, make_folder, plain_number, replacing, write_run

GUIDE = (
    "doc_id", "start", "quote", "kind", "indicator", "value", "value_high", "unit", "comparator", "measure",
    "year_from", "year_to", "owner", "note",
)  # fmt: skip
"""The columns of the labelling guide, in its order."""


def target(**columns: Any) -> dict[str, Any]:
    """A row of ``targets``."""
    row: dict[str, Any] = {column.name: "" for column in TABLES["targets"]}
    row |= {"doc_id": "notice", "start": 12, "quote": "300家", "kind": "target", "comparator": "ge", "measure": "level"}
    row |= {"indicator": "企业", "unit": "家", "value": 300.0, "value_high": None, "value_si": None}
    return row | {"year_from": None, "year_to": 2025} | columns


def residue(**columns: Any) -> dict[str, Any]:
    """A row of ``residue``."""
    return {"doc_id": "notice", "start": 1, "quote": "2025年", "reason": "日期", "sentence": "到2025年。"} | columns


def tables(*targets: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """All tables, with the given rows of ``targets``."""
    filled = {"targets": list(targets), "residue": [residue()]}
    return {table: filled.get(table, []) for table in TABLES}


def cells(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


# The schema


def test_targets_begin_with_the_columns_of_the_labelling_guide() -> None:
    assert tuple(column.name for column in TABLES["targets"])[: len(GUIDE)] == GUIDE


def test_every_column_says_what_it_means() -> None:
    assert all(column.meaning for columns in TABLES.values() for column in columns)


@pytest.mark.parametrize("table", TABLES)
def test_a_table_without_rows_still_has_its_columns(table: str) -> None:
    empty = frame(table, [])
    assert list(empty.columns) == [column.name for column in TABLES[table]]
    assert len(empty) == 0


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"kind": "wish"}, "kind"),
        ({"comparator": "gt"}, "comparator"),
        ({"measure": "change"}, "measure"),
        ({"start": -1}, "start"),
        ({"start": None}, "start"),
        ({"start": "twelve"}, "start"),
        ({"value": float("inf")}, "value"),
        ({"value": None}, "value"),
        ({"value": "many"}, "value"),
        ({"year_to": 2025.5}, ""),
        ({"quote": None}, "quote"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_row_that_breaks_the_schema_is_refused_with_one_line(wrong: dict[str, Any], says: str) -> None:
    with pytest.raises(TableError) as caught:
        frame("targets", [target(), target(**wrong)])
    message = str(caught.value)
    assert message.startswith("table targets: ")
    assert says in message
    assert "\n" not in message


def test_a_row_that_lacks_a_column_is_refused() -> None:
    row = target()
    del row["unit"]
    with pytest.raises(TableError, match="unit"):
        frame("targets", [row])


def test_years_stay_whole_numbers_beside_empty_ones() -> None:
    years = frame("targets", [target(year_from=2021), target()])["year_from"]
    assert years.dtype == "Int64"
    assert years[0] == 2021
    assert years[1] is pd.NA


# CSV


def test_a_csv_file_begins_with_a_byte_order_mark_for_spreadsheets(tmp_path: Path) -> None:
    write_tables(tables(target()), tmp_path)
    assert (tmp_path / "targets.csv").read_bytes().startswith(b"\xef\xbb\xbfdoc_id,start,quote,")


def test_a_csv_file_reads_back_as_it_was_written(tmp_path: Path) -> None:
    sentence = '他说：“增长, "5%"”。\n第二行\r\n'
    write_tables(tables(target(sentence=sentence, year_from=2021, value=86.5)), tmp_path)
    [row] = cells(tmp_path / "targets.csv")
    assert row["sentence"] == sentence
    assert (row["start"], row["value"], row["value_high"], row["year_from"], row["year_to"]) == (
        "12",
        "86.5",
        "",
        "2021",
        "2025",
    )


@given(texts=st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20), max_size=20))
@settings(max_examples=20)
def test_any_text_survives_the_way_through_csv(texts: list[str], tmp_path: Path) -> None:
    write_tables(tables(*(target(quote=text) for text in texts)), tmp_path)
    assert [row["quote"] for row in cells(tmp_path / "targets.csv")] == texts


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_text_that_a_spreadsheet_would_run_is_made_harmless_but_a_quote_is_kept(text: str, tmp_path: Path) -> None:
    write_tables(tables(target(quote=text, indicator=text)), tmp_path)
    [row] = cells(tmp_path / "targets.csv")
    assert row["indicator"] == f"'{text}"
    assert row["quote"] == text


@pytest.mark.parametrize(
    ("value", "written"),
    [(300.0, "300"), (86.5, "86.5"), (0.1, "0.1"), (1e16, "10000000000000000"), (-0.5, "-0.5"), (0.0, "0")],
)
def test_a_number_is_written_in_the_shortest_way_that_means_the_same(value: float, written: str) -> None:
    assert plain_number(value) == written


@given(value=st.floats(allow_nan=False, allow_infinity=False))
def test_any_number_reads_back_as_it_was(value: float) -> None:
    assert float(plain_number(value)) == value


# The workbook


@pytest.fixture
def workbook(tmp_path: Path) -> Iterator[Any]:
    """The workbook of a few rows, one of them hostile."""
    write_tables(
        tables(target(), target(quote="=1+1", indicator="=cmd|' /C calc'!A0", sentence="https://example.org"), target()),
        tmp_path,
    )
    book = openpyxl.load_workbook(tmp_path / "zhibiao.xlsx")
    yield book
    book.close()


def test_the_workbook_has_a_sheet_for_each_table(workbook: Any) -> None:
    assert workbook.sheetnames == list(TABLES)
    for table in workbook.sheetnames:
        assert [cell.value for cell in workbook[table][1]] == [column.name for column in TABLES[table]]
    assert workbook["targets"].max_row == 4


def test_every_sheet_has_a_frozen_header_filters_and_widths(workbook: Any) -> None:
    for sheet in workbook:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet.column_dimensions["A"].width > 8


def test_every_header_cell_explains_its_column(workbook: Any) -> None:
    for table in TABLES:
        notes = [cell.comment.text for cell in workbook[table][1]]
        assert notes == [column.meaning for column in TABLES[table]]


def test_a_text_cell_never_becomes_a_formula_or_a_link(workbook: Any) -> None:
    sheet = workbook["targets"]
    names = [column.name for column in TABLES["targets"]]
    for name, text in {"quote": "=1+1", "indicator": "=cmd|' /C calc'!A0", "sentence": "https://example.org"}.items():
        cell = sheet.cell(3, names.index(name) + 1)
        assert cell.value == text
        assert cell.data_type == "s"
        assert cell.hyperlink is None


def test_numbers_are_numbers_and_empty_cells_are_empty(workbook: Any) -> None:
    names = [column.name for column in TABLES["targets"]]
    row = {name: cell.value for name, cell in zip(names, workbook["targets"][2], strict=True)}
    assert (row["start"], row["value"], row["year_to"]) == (12, 300, 2025)
    assert (row["value_high"], row["year_from"], row["note"]) == (None, None, None)


def test_a_text_longer_than_a_cell_can_be_is_cut(tmp_path: Path) -> None:
    write_tables(tables(target(sentence="长" * 40_000)), tmp_path)
    sheet = openpyxl.load_workbook(tmp_path / "zhibiao.xlsx")["targets"]
    text = sheet.cell(2, [column.name for column in TABLES["targets"]].index("sentence") + 1).value
    assert isinstance(text, str)
    assert len(text) == 32_767
    assert text.endswith("…")


# Parquet


def test_parquet_holds_what_the_csv_file_holds(tmp_path: Path) -> None:
    write_tables(tables(target(year_from=2021), target(value=0.3, value_high=0.5, sentence="一，二\n"), target()), tmp_path)
    for table, columns in TABLES.items():
        parquet = pd.read_parquet(tmp_path / f"{table}.parquet")
        assert list(parquet.columns) == [column.name for column in columns]
        kept = {column.name: column.dtype for column in columns}
        read = pd.read_csv(tmp_path / f"{table}.csv", dtype=kept, keep_default_na=False, na_values=_empty(table))
        pd.testing.assert_frame_equal(parquet.astype(kept), read)


def _empty(table: str) -> dict[str, list[str]]:
    return {column.name: [""] for column in TABLES[table] if column.dtype in (WHOLE, NUMBER)}


# Files


def test_the_files_written_are_named(tmp_path: Path) -> None:
    written = write_tables(tables(target()), tmp_path)
    assert sorted(path.name for path in written) == sorted(path.name for path in tmp_path.iterdir())
    assert {path.suffix for path in written} == {".csv", ".parquet", ".xlsx"}


def test_an_account_of_the_run_is_readable_json(tmp_path: Path) -> None:
    path = write_run({"说": "好", "n": 1}, tmp_path)
    assert path.name == "run.json"
    assert json.loads(path.read_text(encoding="utf-8")) == {"说": "好", "n": 1}
    assert "好" in path.read_text(encoding="utf-8")


def test_a_file_takes_its_place_only_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "targets.csv"
    path.write_text("old", encoding="utf-8")
    with replacing(path) as beside:
        beside.write_text("new", encoding="utf-8")
        assert path.read_text(encoding="utf-8") == "old"
    assert path.read_text(encoding="utf-8") == "new"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), RuntimeError("bug"), KeyboardInterrupt()])
def test_when_writing_fails_midway_the_old_file_stays_and_nothing_half_written_does(
    error: BaseException, tmp_path: Path
) -> None:
    path = tmp_path / "targets.csv"
    path.write_text("old", encoding="utf-8")
    with pytest.raises((OutputError, RuntimeError, KeyboardInterrupt)), replacing(path) as beside:
        beside.write_text("ne", encoding="utf-8")
        raise error
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_disk_that_is_full_is_said_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(OutputError) as caught, replacing(tmp_path / "targets.csv"):
        raise OSError(28, "No space left on device")
    assert str(caught.value).startswith(f"{tmp_path / 'targets.csv'}: cannot be written (No space left on device)")
    assert "\n" not in str(caught.value)


def test_a_place_taken_by_a_folder_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "residue.csv").mkdir()
    with pytest.raises(OutputError, match="residue.csv: cannot be written"):
        write_tables(tables(target()), tmp_path)
    assert not [path for path in tmp_path.iterdir() if path.name.endswith(".tmp")]


def test_an_output_folder_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError, match="no folder can be made there"):
        make_folder(tmp_path / "file" / "outputs")
