"""Hostile and damaged files: refused or read safely, in one line, while the rest goes on; and no parser has a network."""

from __future__ import annotations

import io
import os
import signal
import socket
import subprocess
import sys
import zipfile
from itertools import pairwise
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from formats import BRIEF, as_docx, as_html
from fuzz import run as run_fuzz
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from pipeline.ingest import Index, IngestError, limits, read_document
from pipeline.ingest.worker import Worker
from pipeline.pipeline import Extractor
from pipeline.values import Source

ROOT = Path(__file__).resolve().parent.parent


def read(path: Path) -> Source:
    return read_document(path, Index())


def refused(path: Path, raw: bytes) -> str:
    """The one line that says why a file is not read."""
    path.write_bytes(raw)
    with pytest.raises(IngestError) as caught:
        read(path)
    message = str(caught.value)
    assert message.startswith(str(path))
    assert "\n" not in message
    return message


def archive(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


def word(document: bytes) -> bytes:
    """A Word document with another main part."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(as_docx(BRIEF))) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(name, document if name == "word/document.xml" else before.read(name))
    return out.getvalue()


# Bombs


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    assert "unpacks" in refused(tmp_path / "bomb.docx", word(b" " * (limits.MAX_PART_BYTES + 1)))


def test_a_part_that_unpacks_to_very_much_more_than_its_size_is_refused(tmp_path: Path) -> None:
    assert "times its size" in refused(tmp_path / "bomb.docx", word(b" " * (8 * 2**20)))


def test_an_archive_of_very_many_parts_is_refused(tmp_path: Path) -> None:
    parts = {f"word__{i}.xml": b"" for i in range(limits.MAX_PARTS)} | {"word__document.xml": b""}
    assert "parts" in refused(tmp_path / "bomb.docx", archive(**parts))


def test_an_xml_entity_bomb_does_not_go_off(tmp_path: Path) -> None:
    names = "abcdefghij"
    entities = '<!ENTITY a "lol">' + "".join(f'<!ENTITY {b} "{f"&{a};" * 20}">' for a, b in pairwise(names))
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "<w:body><w:p><w:r><w:t>&j;</w:t></w:r></w:p></w:body>"
    bomb = f'<!DOCTYPE d [{entities}]><w:document xmlns:w="{space}">{body}</w:document>'
    refused(tmp_path / "bomb.docx", word(bomb.encode()))


def test_an_entity_of_another_file_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("机密300家", encoding="utf-8")
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    raw = (
        f'<!DOCTYPE d [<!ENTITY x SYSTEM "{secret.as_uri()}">]><w:document xmlns:w="{space}"><w:body>'
        "<w:p><w:r><w:t>公开500家&x;</w:t></w:r></w:p></w:body></w:document>"
    )
    path = tmp_path / "leak.docx"
    path.write_bytes(word(raw.encode()))
    try:
        assert "机密" not in read(path).text
    except IngestError as error:
        assert "机密" not in str(error)


def test_a_page_that_is_nested_too_deeply_is_refused(tmp_path: Path) -> None:
    raw = "<html><body>" + "<div>" * (limits.MAX_NESTING + 10) + "到2025年，企业达到300家。"
    assert "nested" in refused(tmp_path / "deep.html", raw.encode())


def test_a_table_of_very_many_spanned_cells_is_refused(tmp_path: Path) -> None:
    row = "<tr>" + "<td rowspan='1000' colspan='1000'>300</td>" * 2 + "</tr>"
    raw = f"<html><body><p>到2025年，企业达到300家，各项目标如下表。</p><table>{row * 900}</table></body></html>"
    assert "cells" in refused(tmp_path / "wide.html", raw.encode())


def test_a_pdf_of_a_million_objects_is_refused_or_read_in_time(tmp_path: Path) -> None:
    objects = b"".join(b"%d 0 obj<</Type/Page/Parent 2 0 R>>endobj\n" % i for i in range(3, 1_000_003))
    kids = b" ".join(b"%d 0 R" % i for i in range(3, 1_000_003))
    raw = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1000000/Kids["
        + kids
        + b"]>>endobj\n"
    )
    refused(tmp_path / "million.pdf", raw + objects + b"trailer<</Root 1 0 R>>\n%%EOF")


def test_a_reader_that_takes_too_long_is_ended_and_the_next_document_is_read(tmp_path: Path) -> None:
    path = tmp_path / "sound.html"
    path.write_text(as_html(BRIEF), encoding="utf-8")
    assert "300家" in read(path).text
    (worker,) = Worker.running()
    os.kill(worker.pid, signal.SIGSTOP)  # now it takes as long as it likes
    with pytest.raises(IngestError, match="takes more than"):
        Worker.read("html", path.read_bytes(), seconds=0.2)
    assert "300家" in read(path).text


def test_a_reader_that_dies_takes_only_its_document_with_it(tmp_path: Path) -> None:
    path = tmp_path / "sound.html"
    path.write_text(as_html(BRIEF), encoding="utf-8")
    read(path)
    (worker,) = Worker.running()
    os.kill(worker.pid, 9)
    with pytest.raises(IngestError, match="broke"):
        read(path)
    assert "300家" in read(path).text


# Pages


def test_a_script_in_a_page_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    body = "<script>document.write('新增企业999家。')</script><p onclick='x(888)'>到2025年，全市高新技术企业达到300家。</p>"
    path.write_text(f"<html><body>{body}<style>p{{width:777px}}</style></body></html>", encoding="utf-8")
    assert read(path).text == "到2025年，全市高新技术企业达到300家。\n"


def test_a_parser_has_no_network(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    raw = b"<!DOCTYPE html SYSTEM 'http://127.0.0.1:9/x.dtd'><html><body><iframe src='http://127.0.0.1:9/'></iframe>"
    path.write_bytes(raw + "<p>到2025年，全市高新技术企业达到300家。</p></body></html>".encode())
    assert "300家" in read(path).text


def test_the_process_of_the_parsers_has_no_network() -> None:
    reads = "import socket\nfrom pipeline.ingest import readers, worker\n"
    reads += "def call(raw):\n    socket.create_connection(('127.0.0.1', 9))\n"
    reads += "readers.READERS['network'] = call\nworker.main()"
    ours, theirs = socket.socketpair()
    process = subprocess.Popen([sys.executable, "-c", reads, str(theirs.fileno())], pass_fds=[theirs.fileno()], cwd=ROOT)
    theirs.close()
    with Connection(ours.detach()) as connection:
        connection.send(("network", b""))
        assert connection.poll(60)
        assert "PermissionError" in connection.recv()
    process.wait(60)


# Names that lie


def test_a_page_that_calls_itself_word_is_read_as_the_page_it_is(tmp_path: Path) -> None:
    path = tmp_path / "plan.doc"
    path.write_text(as_html(BRIEF), encoding="utf-8")
    source = read(path)
    assert (source.format, "300家" in source.text) == ("html", True)


def test_a_word_document_that_calls_itself_pdf_is_read_as_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "plan.pdf"
    path.write_bytes(as_docx(BRIEF))
    assert read(path).format == "docx"


@pytest.mark.parametrize(
    ("name", "raw", "says"),
    [
        ("a.docx", archive(**{"plan.txt": b"300"}), "archive"),
        ("a.doc", b"Rar!\x1a\x07\x00" + bytes(40), "archive"),
        ("a.txt", archive(**{"xl__workbook.xml": b""}), "spreadsheet"),
        ("a.docx", archive(**{"ppt__presentation.xml": b""}), "presentation"),
        ("a.pdf", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "picture"),
        ("a.pdf", "到2025年，企业达到300家。".encode(), "no pdf file"),
        ("a.docx", b"PK\x03\x04" + bytes(200), "damaged archive"),
        ("a.pdf", b"%PDF-1.7\n" + bytes(2000), "no readable PDF"),
        ("a.docx", word(b"<w:document"), "no readable Word document"),
        ("a.html", b"<html><body></body></html>", "no text"),
    ],
    ids=["zip", "rar", "xlsx", "pptx", "png", "text", "cut zip", "empty pdf", "broken xml", "empty page"],
)
def test_what_is_no_document_is_refused_with_a_remedy(name: str, raw: bytes, says: str, tmp_path: Path) -> None:
    assert says in refused(tmp_path / name, raw)


def test_a_locked_pdf_is_told_apart(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption("secret", ownerPassword="owner"))
    canvas.drawString(100, 700, "300")
    canvas.save()
    assert "password" in refused(tmp_path / "locked.pdf", buffer.getvalue())


# Chance


def test_a_short_run_of_damaged_files_breaks_nothing(tmp_path: Path, extractor: Extractor) -> None:
    outcome = run_fuzz(150, seed=3, folder=tmp_path, extractor=extractor, office=False)
    assert outcome.failures == []
    assert outcome.peak <= limits.MEMORY_BYTES
