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

import pipeline.document
import pipeline.local
from pipeline.run import extract_folder
from pipeline.write import OutputError

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits and signals are set as Linux has them")

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
    kept = {name: path for name, path in found.items() if not name.startswith(".cache/")}
    return {name: b"" if name == "run.json" else path.read_bytes() for name, path in kept.items()}


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


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_disk_that_is_full_is_said_in_one_line_and_the_old_tables_stay(jobs: str, tmp_path: Path) -> None:
    folder, output = tmp_path / "documents", tmp_path / "out"
    folder.mkdir()
    for name in ("one.txt", "other.txt"):
        (folder / name).write_text("到2025年，企业达到3家。", encoding="utf-8")
    complete(folder, output)
    before = files(output)
    for name in ("one.txt", "other.txt"):
        (folder / name).write_text("到2025年，企业达到3家，新增企业5家。" * 1_000, encoding="utf-8")
    process = subprocess.run(
        [sys.executable, "-m", "pipeline", "extract", str(folder), "--output", str(output), "--jobs", jobs],
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


def test_a_document_that_is_too_large_for_memory_fails_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read_rows, folder = pipeline.document.read_rows, tmp_path / "documents"
    folder.mkdir()
    (folder / "plan.txt").write_text("到2025年，企业达到3家。", encoding="utf-8")
    (folder / "huge.txt").write_text("坚持稳中求进工作总基调。" * 1_000_000, encoding="utf-8")

    def limited(path: Path, *rest: object) -> object:
        if path.stem == "huge":
            used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
            resource.setrlimit(resource.RLIMIT_AS, (used + 2**20, resource.RLIM_INFINITY))
        try:
            return read_rows(path, *rest)  # type: ignore[arg-type]
        finally:
            resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))

    monkeypatch.setattr(pipeline.document, "read_rows", limited)
    report = extract_folder(folder, tmp_path / "out", ROOT / "rules", jobs=2)
    assert report.statements == {"target": 1}
    [problem] = report.problems
    assert problem.startswith(f"{folder / 'huge.txt'}: too little memory to read it")


def test_a_process_that_dies_in_making_tables_leaves_the_old_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, output = tmp_path / "documents", tmp_path / "out"
    folder.mkdir()
    for number in range(4):
        text = f"到2025年，企业达到{number}家。\n" * 2_000
        (folder / f"plan{number}.txt").write_text(text, encoding="utf-8")
    extract_folder(folder, output, ROOT / "rules", cache=True)
    before = files(output)
    (folder / "plan0.txt").unlink()
    shutil.rmtree(output / ".cache" / "blocks")

    def dying(*rest: object, **more: object) -> object:
        os.kill(os.getpid(), signal.SIGKILL)
        return None

    monkeypatch.setattr(pipeline.local, "make", dying)
    with pytest.raises(OutputError, match=r"the process that made tables died \(SIGKILL\), perhaps for want of memory"):
        extract_folder(folder, output, ROOT / "rules", cache=True, jobs=2)
    assert files(output) == before


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
