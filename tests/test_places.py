"""Documents on other file systems: what can be listed and read there is read as if it lay here."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest

from pipeline.ingest import IngestError
from pipeline.ingest.places import place
from pipeline.run import extract_folder

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def folder() -> Iterator[str]:
    """A folder in memory, with an index beside two documents and one that is empty."""
    files = fsspec.filesystem("memory")
    files.pipe(
        {
            "/docs/plan.txt": "到2025年，企业达到3家。".encode(),
            "/docs/news.md": "到2026年，企业达到5家。".encode("gb18030"),
            "/docs/empty.txt": b"",
            "/docs/table.xlsx": b"PK",
            "/docs/documents.csv": "doc_id,title,issuer,date,url\nplan,规划,,2023-01-05,\n".encode(),
        }
    )
    yield "memory://docs"
    files.rm("/docs", recursive=True)


def rows(output: Path, table: str) -> list[dict[str, str]]:
    with (output / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("cache", [False, True])
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_folder_of_another_file_system_is_read_with_its_index(folder: str, jobs: int, cache: bool, tmp_path: Path) -> None:
    for _ in range(2):
        report = extract_folder(place(folder), tmp_path, ROOT / "rules", jobs=jobs, cache=cache)
        assert (report.documents, report.failed, report.left_out) == (3, 1, ("table.xlsx",))
        assert [(row["doc_id"], row["path"], row["date"]) for row in rows(tmp_path, "documents")] == [
            ("empty", "memory://docs/empty.txt", ""),
            ("news", "memory://docs/news.md", ""),
            ("plan", "memory://docs/plan.txt", "2023-01-05"),
        ]
        assert "memory://docs/empty.txt: the file is empty" in report.problems[0]
        assert [row["quote"] for row in rows(tmp_path, "targets")] == ["5家", "3家"]


def test_one_document_of_another_file_system_can_be_read_alone(folder: str, tmp_path: Path) -> None:
    assert extract_folder(place(f"{folder}/plan.txt"), tmp_path, ROOT / "rules").documents == 1
    assert rows(tmp_path, "documents")[0]["date"] == "2023-01-05"


def test_a_url_of_this_machine_is_a_path(tmp_path: Path) -> None:
    assert place(tmp_path.as_uri()) == tmp_path
    assert place("corpus") == Path("corpus")


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("memory://nowhere", "no such file or folder"),
        ("nofs://docs", "nofs://docs: cannot be reached (Unsupported filesystem: 'nofs')"),
        ("s3://bucket/docs", "s3://bucket/docs: cannot be reached (Install s3fs to access S3)"),
    ],
)
def test_a_url_that_leads_nowhere_is_said_in_one_line(url: str, says: str, tmp_path: Path) -> None:
    if url.startswith("s3") and _installed("s3fs"):
        pytest.skip("s3fs is installed")
    with pytest.raises(IngestError) as caught:
        extract_folder(place(url), tmp_path, ROOT / "rules")
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def _installed(name: str) -> bool:
    from importlib.util import find_spec

    return find_spec(name) is not None


def test_without_the_library_the_command_says_how_to_install_it(tmp_path: Path) -> None:
    code = "import sys; sys.modules['upath'] = None; from pipeline.cli import main; main()"
    arguments = ["extract", "memory://docs", "--output", str(tmp_path)]
    done = subprocess.run([sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (
        2,
        "zhibiao: error: memory://docs: other file systems are not installed; install them with: "
        "pip install 'zhibiao[cluster]'\n",
    )
