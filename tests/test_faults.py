"""A run that is killed leaves whole tables, and the next one completes what it began.

``KILLS=50`` kills fifty times instead of a few.
"""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
KILLS = int(os.environ.get("KILLS", "3"))
NAMES = ("city-work-report-2022.txt", "county-industry-briefing-2023.txt", "digital-economy-opinion-2023.txt")


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dozen documents, to be killed in the midst of."""
    folder = tmp_path_factory.mktemp("documents")
    for number in range(4):
        for name in NAMES:
            shutil.copy(ROOT / "corpus" / name, folder / f"{number}-{name}")
    return folder


def start(documents: Path, output: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "pipeline", "extract", str(documents), "--output", str(output), "--jobs", "2"]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def complete(documents: Path, output: Path) -> float:
    """Runs to the end and returns how long it took, in seconds."""
    begin = time.monotonic()
    process = start(documents, output)
    _, said = process.communicate(timeout=300)
    assert (process.returncode, said) == (0, "")
    return time.monotonic() - begin


def files(output: Path) -> dict[str, bytes]:
    """What a run wrote, but for the times: tables, texts, and the names of all else."""
    found = {path.relative_to(output).as_posix(): path for path in output.rglob("*") if path.is_file()}
    timed = ("run.json", "zhibiao.xlsx")
    kept = {name: path for name, path in found.items() if not name.startswith(".cache/")}
    return {name: b"" if name in timed else path.read_bytes() for name, path in kept.items()}


def test_after_being_killed_at_any_moment_the_next_run_gives_the_tables_of_an_undisturbed_one(
    documents: Path, tmp_path: Path
) -> None:
    seconds = complete(documents, tmp_path / "undisturbed")
    moments = random.Random(7)
    for number in range(KILLS):
        output = tmp_path / f"killed{number}"
        process = start(documents, output)
        time.sleep(moments.uniform(0.3, 1.0) * seconds)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        complete(documents, output)
        assert files(output) == files(tmp_path / "undisturbed")


def test_a_disk_that_is_full_is_said_in_one_line_and_the_old_tables_stay(tmp_path: Path) -> None:
    folder, output = tmp_path / "documents", tmp_path / "out"
    folder.mkdir()
    (folder / "plan.txt").write_text("到2025年，企业达到3家。", encoding="utf-8")
    complete(folder, output)
    before = files(output)
    (folder / "plan.txt").write_text("到2025年，企业达到3家，新增企业5家。" * 3_000, encoding="utf-8")
    process = subprocess.run(
        [sys.executable, "-m", "pipeline", "extract", str(folder), "--output", str(output)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        preexec_fn=lambda: _limited(20_000),
    )
    assert process.returncode == 2
    assert process.stderr.count("\n") == 1
    assert process.stderr.startswith(f"zhibiao: error: {output}")
    assert "cannot be written" in process.stderr
    assert files(output) == before


def _limited(size: int) -> None:
    """No file of this process may grow beyond so many bytes: as on a disk that is full, writing it fails."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def test_a_file_that_cannot_be_read_is_said_in_one_line_and_the_others_are_read(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "open.txt").write_text("到2025年，企业达到3家。", encoding="utf-8")
    (folder / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    process = start(folder, tmp_path / "out")
    _, said = process.communicate(timeout=300)
    assert process.returncode == 1
    assert said.count("\n") == 1
    assert "gone.txt" in said
