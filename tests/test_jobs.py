"""Documents shared out among processes: the tables do not depend on how many, and a process that dies costs one document."""

from __future__ import annotations

import csv
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import pipeline.document
from pipeline.jobs import Died, usable_jobs, work_off
from pipeline.pipeline import Extractor
from pipeline.rows import citation_rows
from pipeline.run import extract_folder
from pipeline.write import OutputError

ROOT = Path(__file__).resolve().parent.parent
FORKS = pytest.mark.skipif(sys.platform != "linux", reason="a test's own function reaches only processes that are forked")


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """Six short documents of different lengths."""
    folder = tmp_path / "documents"
    folder.mkdir()
    for number in range(6):
        text = f"到2025年，全市高新技术企业达到{number + 3}00家。\n" * (number % 3 + 1)
        (folder / f"plan{number}.txt").write_text(text, encoding="utf-8")
    return folder


def rows(output: Path, table: str) -> list[dict[str, str]]:
    with (output / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def halved(number: int) -> float:
    return number / 2


def dying_at_three(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def failing(number: int) -> int:
    raise OutputError(f"{number}: disk full")


@pytest.mark.parametrize("jobs", [1, 2, 5, 20])
def test_every_piece_of_work_is_done_once(jobs: int) -> None:
    assert sorted(work_off(range(10), halved, jobs)) == [(number, number / 2) for number in range(10)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_no_work_is_done_at_once(jobs: int) -> None:
    assert list(work_off([], halved, jobs)) == []


def test_a_process_that_dies_costs_the_piece_that_it_had() -> None:
    done = dict(work_off(range(8), dying_at_three, 2))
    assert done.pop(3) == Died(-signal.SIGKILL)
    assert done == {number: number for number in range(8) if number != 3}
    assert str(Died(-signal.SIGKILL)) == "SIGKILL"


def test_what_goes_wrong_in_a_process_is_raised_where_the_work_was_given_out() -> None:
    with pytest.raises(OutputError, match="disk full"):
        list(work_off(range(4), failing, 2))


def test_who_stops_asking_leaves_no_process_behind() -> None:
    import multiprocessing

    work = work_off(range(100), halved, 2)
    next(work)
    work.close()  # type: ignore[attr-defined]
    assert multiprocessing.active_children() == []


def test_no_more_processes_are_started_than_there_are_documents() -> None:
    assert usable_jobs(1) == 1
    assert 1 <= usable_jobs(10_000) <= (os.cpu_count() or 1)


def test_the_tables_are_the_same_whatever_the_number_of_processes(documents: Path, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    extract_folder(documents, tmp_path / "one", ROOT / "rules", jobs=1)
    extract_folder(documents, tmp_path / "three", ROOT / "rules", lambda done, total, _: told.append((done, total)), jobs=3)
    assert told == [(done, 6) for done in range(1, 7)]
    for path in (tmp_path / "one").rglob("*"):
        if path.suffix in (".csv", ".parquet", ".txt", ".xlsx"):
            assert (tmp_path / "three" / path.relative_to(tmp_path / "one")).read_bytes() == path.read_bytes(), path.name


def test_a_document_is_not_cut_at_its_sections_because_one_may_need_what_another_says(extractor: Extractor) -> None:
    first = "一、总则\n落实《江州市养老服务规划》（江政发〔2021〕3号，以下简称《规划》）。\n"
    second = "二、保障\n对照《规划》，建成养老机构8家。\n"
    whole = [row["title"] for row in citation_rows(extractor.extract_text(first + second))]
    parts = [row["title"] for part in (first, second) for row in citation_rows(extractor.extract_text(part))]
    assert whole == ["江州市养老服务规划", "江州市养老服务规划"]
    assert parts == ["江州市养老服务规划", "规划"]


@FORKS
def test_the_longest_document_is_begun_first_so_that_none_waits_for_it(
    documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, log = pipeline.document.read_rows, tmp_path / "log"

    def noted(path: Path, *rest: object) -> object:
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{path.stem}\n")
        return read(path, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline.document, "read_rows", noted)
    (documents / "zz.txt").write_text("到2025年，企业达到3家。\n" * 2_000, encoding="utf-8")
    extract_folder(documents, tmp_path / "out", ROOT / "rules", jobs=2)
    assert "zz" in log.read_text(encoding="utf-8").split()[:2]
    assert [row["doc_id"] for row in rows(tmp_path / "out", "documents")][-1] == "zz"


@FORKS
def test_a_process_that_dies_costs_its_document_one_row_with_an_error(
    documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = pipeline.document.read_rows

    def dying(path: Path, *rest: object) -> object:
        if path.stem == "plan4":
            os.kill(os.getpid(), signal.SIGKILL)
        return read(path, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline.document, "read_rows", dying)
    report = extract_folder(documents, tmp_path / "out", ROOT / "rules", jobs=2)
    [problem] = report.problems
    assert "plan4.txt: the process that read it died (SIGKILL)" in problem
    assert [row["error"] for row in rows(tmp_path / "out", "documents")] == ["", "", "", "", problem, ""]
    assert {row["doc_id"] for row in rows(tmp_path / "out", "targets")} == {f"plan{n}" for n in (0, 1, 2, 3, 5)}


def test_ctrl_c_ends_the_command_with_one_line_and_leaves_nothing_behind(documents: Path, tmp_path: Path) -> None:
    for number in range(300):
        shutil.copy(ROOT / "corpus" / "energy-five-year-plan-2021.txt", documents / f"copy{number}.txt")
    output = tmp_path / "out"
    command = [sys.executable, "-m", "pipeline", "extract", str(documents), "--output", str(output), "--jobs", "2"]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, start_new_session=True)
    deadline = time.monotonic() + 120
    while not list(output.glob(".cache/*")) and time.monotonic() < deadline:
        time.sleep(0.1)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert said == "zhibiao: error: interrupted; the tables of the run before stay as they were; run again to go on\n"
    assert process.returncode == 2
    assert [path.name for path in output.iterdir()] == [".cache"]
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)
