"""Blocks: rows made ready for every file, which can be put together in any number of pieces."""

from __future__ import annotations

import csv
import errno
import io
import tempfile
import zipfile
import zlib
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pipeline.block
import pipeline.table_files
from pipeline.arrow import unstreamed
from pipeline.block import make_block, make_piece, packed, unpacked
from pipeline.table_files import TableFiles
from pipeline.tables import TableError
from pipeline.workbook import joined_crc
from pipeline.write import OutputError

Row = dict[str, Any]


def turn(number: int, **columns: Any) -> Row:
    """A row of ``speakers``."""
    row: Row = {"doc_id": "talk", "start": number, "quote": f"发言人{number}", "speaker": "甲", "post": "", "outlet": ""}
    return row | {"role": "official"} | columns


def written(pieces: list[list[Row]], folder: Path) -> Path:
    """The files of ``speakers``, put together out of pieces."""
    with tempfile.TemporaryDirectory() as work, TableFiles(folder, ["speakers"], Path(work)) as files:
        for rows in pieces:
            files.add(make_block({"speakers": rows}))
        files.finish()
    return folder


def sheet(folder: Path, name: str = "speakers") -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(folder / "zhibiao.xlsx")
    return list(book[name].iter_rows(values_only=True))


def test_in_how_many_pieces_rows_come_is_not_seen_in_the_tables(tmp_path: Path) -> None:
    rows = [turn(number, speaker=f"乙{number}") for number in range(20)]
    (tmp_path / "one").mkdir()
    (tmp_path / "many").mkdir()
    one, many = written([rows], tmp_path / "one"), written([rows[:3], [], rows[3:4], rows[4:]], tmp_path / "many")
    for name in ("speakers.csv", "speakers.parquet"):
        assert (one / name).read_bytes() == (many / name).read_bytes()
    assert sheet(one) == sheet(many)
    assert len(sheet(one)) == 21


def test_the_workbook_is_whole_by_its_own_checksums(tmp_path: Path) -> None:
    written([[turn(number)] for number in range(5)], tmp_path)
    with zipfile.ZipFile(tmp_path / "zhibiao.xlsx") as book:
        assert book.testzip() is None
        assert b'<dimension ref="A1:G6"/>' in book.read("xl/worksheets/sheet1.xml")


def test_a_workbook_without_rows_opens(tmp_path: Path) -> None:
    assert len(sheet(written([], tmp_path))) == 1


@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30))
@settings(max_examples=50, deadline=None)
def test_any_text_survives_the_way_through_the_workbook(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        _, row = sheet(written([[turn(1, quote=text)]], Path(folder)))
    from openpyxl.utils.escape import unescape

    assert unescape(row[2]) == text


@pytest.mark.parametrize("text", [" 前后空格 ", "<a>&amp;", "_x0041_", "\x01\x0b", "行\n行", "\r", "\uffff"])
def test_an_awkward_text_survives_the_way_through_the_workbook(text: str, tmp_path: Path) -> None:
    from openpyxl.utils.escape import unescape

    _, row = sheet(written([[turn(1, quote=text)]], tmp_path))
    assert unescape(row[2]) == text


def test_more_rows_than_a_sheet_holds_go_on_in_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline.table_files, "SHEET_ROWS", 4)
    monkeypatch.setattr(pipeline.block, "_PART_ROWS", 2)
    written([[turn(number) for number in range(7)]], tmp_path)
    assert [len(sheet(tmp_path, name)) for name in ("speakers", "speakers 2")] == [5, 4]
    assert [row[1] for row in sheet(tmp_path, "speakers 2")[1:]] == [4, 5, 6]


def test_a_long_table_has_row_groups_of_some_thousand_rows(tmp_path: Path) -> None:
    written([[turn(number) for number in range(9_000)]] * 4, tmp_path)
    with pyarrow.parquet.ParquetFile(tmp_path / "speakers.parquet") as file:
        assert (file.num_row_groups, file.metadata.num_rows) == (2, 36_000)


def test_a_row_group_that_cannot_be_written_is_said_of_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr(pipeline.table_files, "_write_group", full)
    with pytest.raises(OutputError, match=r"speakers\.parquet: cannot be written \(no space left\)"):
        written([[turn(0)]], tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_block_comes_out_of_its_bytes_as_it_went_in() -> None:
    block = make_block({"speakers": [turn(1), turn(2)], "residue": []})
    raw = packed(block)
    assert unpacked(raw) == block
    assert unstreamed([block["speakers"].arrow]).column("start").to_pylist() == [1, 2]
    assert list(csv.reader(io.StringIO(block["speakers"].csv.decode())))[1][:3] == ["talk", "2", "发言人2"]


@pytest.mark.parametrize("at", [0, 70, 200, -1])
def test_a_damaged_block_is_found_out(at: int) -> None:
    raw = bytearray(packed(make_block({"speakers": [turn(1)]})))
    raw[at] ^= 1
    assert unpacked(bytes(raw)) is None
    assert unpacked(bytes(raw[:-1])) is None
    assert unpacked(b"") is None


def test_rows_that_break_the_schema_make_no_piece() -> None:
    with pytest.raises(TableError, match="role"):
        make_piece("speakers", [turn(1), turn(2, role="cook")])


@given(one=st.binary(max_size=300), other=st.binary(max_size=3000))
def test_checksums_of_pieces_join_to_that_of_the_whole(one: bytes, other: bytes) -> None:
    assert joined_crc(zlib.crc32(one), zlib.crc32(other), len(other)) == zlib.crc32(one + other)
