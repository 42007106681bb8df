"""What extraction costs, side by side with others and as it grows: ``make bench`` writes ``outputs/bench/``.

Not a test: what it measures depends on the machine. Times are the best of some rounds in which all take turns, so that
what else the machine does falls on all alike.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import cycle
from math import log
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
COMMAND = Path(sys.executable).with_name("zhibiao")
SENTENCE = "到2025年，全市培育高新技术企业300家。"
SIZES = (1, 10, 100, 370, 1_000, 3_700)
PASSAGE = 1_500
"""Characters of a short document, about a news item or a notice."""

ALONE = """import sys, time
begin = time.perf_counter()
for name in sys.argv[1].split():
    try: __import__(name)
    except Exception: pass
import jieba, logging
jieba.setLogLevel(logging.WARNING)
jieba.initialize()
"""
LOADED = """import sys
before = set(sys.modules)
from click.testing import CliRunner
from pipeline.cli import main
CliRunner().invoke(main, ["explain", sys.argv[1]], catch_exceptions=False)
own = ("pipeline", "__", "click.testing")
print(" ".join(name for name in sys.modules if name not in before and not name.startswith(own)))
"""


@dataclass(frozen=True)
class Cost:
    """What one run of a command took."""

    wall: float
    processor: float
    peak_mb: float


@dataclass(frozen=True)
class Bar:
    """A figure and what it must be."""

    what: str
    measured: float
    bar: float
    at_least: bool = False

    @property
    def met(self) -> bool:
        """Whether the figure is what it must be."""
        return self.measured >= self.bar if self.at_least else self.measured <= self.bar


def run(*command: object) -> Cost:
    """Runs a command to its end; its processes count together.

    Raises:
        RuntimeError: it ends with another exit code than 0.
    """
    with tempfile.TemporaryFile() as said:
        begin = time.perf_counter()
        process = subprocess.Popen([str(part) for part in command], stdout=said, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise RuntimeError(f"{' '.join(map(str, command))}: {said.read().decode()[-500:]}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def best(rounds: int, *commands: Callable[[], Cost]) -> list[Cost]:
    """The quickest run of each command, all taking turns."""
    runs = [[command() for command in commands] for _ in range(rounds)]
    return [min(costs, key=lambda cost: cost.wall) for costs in zip(*runs, strict=True)]


def side_by_side(texts: Path, peers: Path, rounds: int) -> dict[str, dict[str, float]]:
    """Each contender over the same texts on one core: processor seconds, MB and characters a second, peak of memory."""
    files = sorted(texts.glob("*.txt"))
    megabytes = sum(file.stat().st_size for file in files) / 1e6
    characters = sum(len(file.read_text(encoding="utf-8-sig")) for file in files)
    found: dict[str, dict[str, float]] = {}
    for _ in range(rounds):
        for name in ("zhibiao", "jieba", "spacy", "jionlp"):
            python = peers if name == "jionlp" else Path(sys.executable)
            said = subprocess.run(
                [python, HERE / "contender.py", name, texts], check=True, capture_output=True, text=True
            ).stdout.splitlines()[-1]
            measured = json.loads(said)
            if name not in found or measured["seconds"] < found[name]["seconds"]:
                found[name] = measured
    return {
        name: measured
        | {"mb_a_second": megabytes / measured["seconds"], "characters_a_second": characters / measured["seconds"]}
        for name, measured in found.items()
    }


def passages(texts: Path) -> Iterator[str]:
    """The texts cut into short documents at their paragraphs, over and over."""
    cut, held = [], ""
    for file in sorted(texts.glob("*.txt")):
        for paragraph in file.read_text(encoding="utf-8-sig").splitlines():
            held += paragraph + "\n"
            if len(held) >= PASSAGE:
                cut.append(held)
                held = ""
    cut += [held] if held else []
    while True:
        yield from cut


def write_documents(folder: Path, count: int, texts: Path) -> Path:
    """So many short documents in a folder."""
    folder.mkdir(parents=True)
    for place, passage in zip(range(count), passages(texts), strict=False):
        (folder / f"document-{place:04}.txt").write_text(passage, encoding="utf-8")
    return folder


def copy_documents(folder: Path, count: int, texts: Path) -> Path:
    """So many documents in a folder: the texts as they are, over and over."""
    folder.mkdir(parents=True)
    for place, file in zip(range(count), cycle(sorted(texts.glob("*.txt"))), strict=False):
        shutil.copyfile(file, folder / f"{file.stem}-{place:04}.txt")
    return folder


def extract(input: Path, output: Path, *more: object) -> Cost:
    """``zhibiao extract`` into an empty folder, unless ``output`` is there already."""
    return run(COMMAND, "extract", input, "--output", output, *more)


def anew(input: Path, output: Path, *more: object) -> Cost:
    """``zhibiao extract`` of all documents, nothing known of them."""
    shutil.rmtree(output, ignore_errors=True)
    return extract(input, output, "--no-cache", *more)


def growth(texts: Path, work: Path) -> dict[int, Cost]:
    """What so many documents cost on one core."""
    found = {}
    for count in SIZES:
        folder = write_documents(work / str(count), count, texts)
        found[count] = anew(folder, work / "out", "--jobs", 1)
        shutil.rmtree(folder)
    return found


def exponent(costs: dict[int, Cost]) -> float:
    """How processor time grows with the number of documents, the start of the program taken off: 1 is in proportion."""
    start = costs[1].processor
    points = [(log(count), log(cost.processor - start)) for count, cost in costs.items() if count > 1]
    x, y = (sum(values) / len(points) for values in zip(*points, strict=True))
    return sum((a - x) * (b - y) for a, b in points) / sum((a - x) ** 2 for a, _ in points)


def cores(folder: Path, work: Path, rounds: int) -> float:
    """How many times as quick two processes are as one."""
    one, two = best(
        rounds,
        lambda: anew(folder, work / "out", "--jobs", 1),
        lambda: anew(folder, work / "out", "--jobs", 2),
    )
    return one.wall / two.wall


def second_run(folder: Path, work: Path) -> float:
    """What a run after the change of one document costs, as a share of the first."""
    output = work / "kept"
    first = extract(folder, output)
    files = sorted(folder.glob("*.txt"))
    changed = files[len(files) // 2]
    changed.write_text(changed.read_text(encoding="utf-8-sig") + SENTENCE + "\n", encoding="utf-8")
    return extract(folder, output).wall / first.wall


def start_up(rounds: int, tables: Path) -> dict[str, float]:
    """Seconds until a command is done, and what its libraries and the dictionary alone take.

    ``tables`` is a folder that ``zhibiao extract`` has written.
    """
    python = sys.executable
    loaded = subprocess.run([python, "-c", LOADED, SENTENCE], check=True, capture_output=True, text=True).stdout.splitlines()
    commands: dict[str, Sequence[object]] = {
        "explain": (COMMAND, "explain", SENTENCE),
        "its libraries and dictionary": (python, "-c", ALONE, loaded[-1]),
        "--help": (COMMAND, "--help"),
        "rules list": (COMMAND, "rules", "list"),
        "diff": (COMMAND, "diff", tables, tables),
        "python alone": (python, "-c", "pass"),
    }
    costs = best(rounds, *(lambda command=command: run(*command) for command in commands.values()))
    return {name: cost.wall for name, cost in zip(commands, costs, strict=True)}


def stages(output: Path) -> dict[str, float]:
    """Seconds by stage of the run that lies in a folder."""
    seconds: dict[str, float] = json.loads((output / "run.json").read_text(encoding="utf-8"))["seconds"]
    return seconds


def machine() -> str:
    """The processor, its cores and the Python."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        processor = next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        processor = platform.processor() or platform.machine()
    return f"{processor}, {os.cpu_count()} cores, Python {platform.python_version()}"


def report(found: dict[str, Any], bars: list[Bar]) -> str:
    """The figures as a page of Markdown."""
    lines = [f"# What extraction costs\n\n{found['date']}, {found['machine']}; {found['texts']}.\n"]
    lines.append("| | measured | must be | |\n|---|---:|---:|---|")
    for bar in bars:
        sign = "≥" if bar.at_least else "≤"
        lines.append(f"| {bar.what} | {bar.measured:.3g} | {sign} {bar.bar:g} | {'met' if bar.met else 'not met'} |")
    lines.append("\n| one core | seconds | MB/s | characters/s | peak MB |\n|---|---:|---:|---:|---:|")
    for name, row in found["side_by_side"].items():
        lines.append(
            f"| {name} | {row['seconds']:.2f} | {row['mb_a_second']:.2f} | {row['characters_a_second']:,.0f} |"
            f" {row['peak_mb']:.0f} |"
        )
    lines.append("\n| documents | seconds | processor seconds | peak MB |\n|---:|---:|---:|---:|")
    for count, cost in found["growth"].items():
        lines.append(f"| {count:,} | {cost['wall']:.1f} | {cost['processor']:.1f} | {cost['peak_mb']:.0f} |")
    lines.append("\n| stage | seconds |\n|---|---:|")
    lines += [f"| {stage} | {seconds:.2f} |" for stage, seconds in found["stages"].items()]
    lines.append("\n| start-up | seconds |\n|---|---:|")
    lines += [f"| {name} | {seconds:.2f} |" for name, seconds in found["start_up"].items()]
    return "\n".join(lines) + "\n"


def measure(texts: Path, peers: Path, rounds: int, work: Path) -> tuple[dict[str, Any], list[Bar]]:
    """All figures, and those that must be something."""
    files = list(texts.glob("*.txt"))
    print("side by side ...", flush=True)
    beside = side_by_side(texts, peers, rounds)
    print("documents by the thousand ...", flush=True)
    costs = growth(texts, work)
    print("two cores ...", flush=True)
    twice = cores(copy_documents(work / "cores", 185, texts), work, rounds)
    anew(texts, work / "out", "--jobs", 1)
    by_stage = stages(work / "out")
    print("a second run ...", flush=True)
    again = second_run(copy_documents(work / "again", 1_000, texts), work)
    print("start-up ...", flush=True)
    starts = start_up(max(rounds, 3), work / "out")
    bars = [
        Bar(
            "seconds of zhibiao to those of jieba, one core", beside["zhibiao"]["seconds"] / beside["jieba"]["seconds"], 0.6
        ),
        Bar("two cores to one: times as quick", twice, 1.8, at_least=True),
        Bar("exponent of time over documents", exponent(costs), 1.05),
        Bar("peak of memory, 3,700 documents to 370", costs[3_700].peak_mb / costs[370].peak_mb, 1.1),
        Bar("second run, one of 1,000 documents changed, to the first", again, 0.03),
        Bar(
            "`explain` to its libraries and the dictionary", starts["explain"] / starts["its libraries and dictionary"], 1.3
        ),
    ]
    found = {
        "date": date.today().isoformat(),
        "machine": machine(),
        "texts": f"{len(files)} texts, {sum(file.stat().st_size for file in files) / 1e6:.1f} MB",
        "side_by_side": beside,
        "growth": {count: asdict(cost) for count, cost in costs.items()},
        "stages": by_stage,
        "start_up": starts,
        "bars": [asdict(bar) | {"met": bar.met} for bar in bars],
    }
    return found, bars


def main() -> None:
    """Measures, and writes ``bench.json``, ``bench.md`` and ``bench.svg``."""
    parser = argparse.ArgumentParser(description="What extraction costs, side by side with others and as it grows.")
    parser.add_argument("texts", type=Path, help="a folder of UTF-8 .txt files")
    parser.add_argument("--output", type=Path, default=Path("outputs/bench"))
    parser.add_argument("--peers", type=Path, default=Path(sys.executable), help="the Python that has jionlp and matplotlib")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    if not list(given.texts.glob("*.txt")):
        parser.error(f"{given.texts}: holds no .txt file; name a folder of texts")
    given.output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        found, bars = measure(given.texts, given.peers, given.rounds, Path(work))
    figures = given.output / "bench.json"
    figures.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    page = report(found, bars)
    (given.output / "bench.md").write_text(page, encoding="utf-8")
    subprocess.run([given.peers, HERE / "plot.py", figures, given.output / "bench.svg"], check=True)
    print(page)


if __name__ == "__main__":
    main()
