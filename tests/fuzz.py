"""Feeds damaged files of every format to ingestion and to the stages after it.

``python tests/fuzz.py --count 5000`` is the long run; a short one is among the tests. Whatever a file holds, it is read or
refused with one line, within the bounds on time and memory, and every quote stands where its row says. A file that breaks
this is kept, and named at the end.
"""

from __future__ import annotations

import argparse
import io
import random
import resource
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from formats import FORMATS as MAKERS
from formats import Document

from pipeline.ingest import FORMATS, Index, IngestError, read_document
from pipeline.ingest.limits import MEMORY_BYTES, OFFICE_SECONDS, SECONDS
from pipeline.ingest.office import find_office
from pipeline.ingest.worker import Worker
from pipeline.pipeline import Extractor
from pipeline.rows import residue_rows, target_rows

ROOT = Path(__file__).resolve().parent.parent
SEED = Document(
    "江州市“十四五”时期社会事业发展规划",
    [
        "到2025年，全市公办幼儿园在园幼儿占比提高到55%以上，每千人口拥有3岁以下婴幼儿托位数达到4.5个。",
        [
            ["指标", "单位", "2020年", "2025年", "属性"],
            ["城镇新增就业", "万人", "3.6", "[18]", "预期性"],
            ["养老机构床位", "张", "5200", "8000左右", "预期性"],
            ["劳动年龄人口平均受教育年限", "年", "10.8", "11.3", "约束性"],
        ],
        "对新建的托育机构，每个托位给予一次性补助1万元，最高不超过100万元。",
    ],
    issuer="江州市人民政府",
    date="2021-05-20",
)
SLACK = 10.0
"""Seconds beside those of the limits: starting a process, and the stages after ingestion."""

_OFFICE_SUFFIXES = (".doc", ".wps", ".rtf", ".odt")
_OFFICE_SHARE = 0.004
"""Each of these takes LibreOffice a second or more."""

_MEAN = (
    b"\0",
    b"\xff",
    b"<",
    b">",
    b"&",
    b"%",
    b"(",
    b"[",
    b"{",
    b"9" * 400,
    b"<div>" * 3000,
    b"<table><tr><td>" * 300,
    b"obj\n",
    b"PK\x03\x04",
)


def rtf(document: Document) -> bytes:
    """Rich text, its characters written as numbers."""
    lines = [document.title, *(item for item in document.body if isinstance(item, str))]
    text = "\\par ".join("".join(f"\\u{ord(c) if ord(c) < 32768 else ord(c) - 65536}?" for c in line) for line in lines)
    return b"{\\rtf1\\ansi " + text.encode("ascii") + b"}"


def mhtml(document: Document) -> bytes:
    """A page as browsers save it in one file."""
    head = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
    head += b'Content-Type: text/html; charset="utf-8"\r\n\r\n'
    return head + MAKERS[".html"](document) + b"\r\n--b--\r\n"


def seeds() -> dict[str, bytes]:
    """A sound file of each format."""
    made = {suffix: make(SEED) for suffix, make in MAKERS.items()}
    made[".txt-gb18030"] = made[".txt"].decode().encode("gb18030")
    made[".txt-utf-16"] = made[".txt"].decode().encode("utf-16")
    return made | {".rtf": rtf(SEED), ".mht": mhtml(SEED), ".doc": rtf(SEED)}


# Damage


def flip(raw: bytearray, chance: random.Random) -> None:
    for _ in range(chance.choice((1, 2, 5, 40))):
        raw[chance.randrange(len(raw))] = chance.randrange(256)


def cut(raw: bytearray, chance: random.Random) -> None:
    del raw[chance.randrange(len(raw)) :]


def leave_out(raw: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(raw))
    del raw[start : start + chance.randint(1, 400)]


def repeat(raw: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(raw))
    piece = raw[start : start + chance.randint(1, 400)]
    raw[start:start] = piece * chance.randint(1, 30)


def put_in(raw: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(raw))
    raw[at:at] = chance.choice(_MEAN) * chance.randint(1, 5)


def noise(raw: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(raw))
    raw[at : at + 64] = chance.randbytes(64)


DAMAGES: tuple[Callable[[bytearray, random.Random], None], ...] = (flip, cut, leave_out, repeat, put_in, noise)


def damaged(raw: bytes, chance: random.Random) -> bytes:
    """``raw`` with some damage; half the time, of an archive, in one of its parts."""
    if raw.startswith(b"PK") and chance.random() < 0.6:
        return _damaged_inside(raw, chance)
    broken = bytearray(raw)
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        if broken:
            chance.choice(DAMAGES)(broken, chance)
    return bytes(broken)


def _damaged_inside(raw: bytes, chance: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        names = before.namelist()
        chosen = "word/document.xml" if chance.random() < 0.6 else chance.choice(names)
        for name in names:
            part = bytearray(before.read(name))
            if name == chosen and part:
                chance.choice(DAMAGES)(part, chance)
            after.writestr(name, bytes(part))
    return out.getvalue()


# Running


@dataclass
class Outcome:
    """What came of a run."""

    read: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    slowest: float = 0.0
    slowest_file: str = ""
    peak: int = 0
    """The most memory that a worker held, in bytes, where the system tells."""


def run(count: int, seed: int, folder: Path, extractor: Extractor, office: bool = True) -> Outcome:
    """Damages ``count`` files, and reads each."""
    chance = random.Random(seed)
    sound = seeds()
    plain = [name for name in sound if name not in _OFFICE_SUFFIXES]
    outcome = Outcome()
    for number in range(count):
        wants_office = office and find_office() is not None and chance.random() < _OFFICE_SHARE
        name = chance.choice([".rtf", ".doc"] if wants_office else plain)
        raw = damaged(sound[name], chance)
        suffix = name.partition("-")[0]
        if chance.random() < 0.1:
            suffix = chance.choice([s for s in FORMATS if wants_office or s not in _OFFICE_SUFFIXES])
        path = folder / f"{seed}-{number}{suffix}"
        path.write_bytes(raw)
        begin = time.perf_counter()
        problem = _read(path, extractor, outcome)
        spent = time.perf_counter() - begin
        if spent > outcome.slowest:
            outcome.slowest, outcome.slowest_file = spent, path.name
        bound = SLACK + (OFFICE_SECONDS if suffix in _OFFICE_SUFFIXES else SECONDS)
        if spent > bound:
            problem = f"took {spent:.0f} s"
        outcome.peak = max(outcome.peak, _memory_of_worker())
        if problem:
            outcome.failures.append(f"{path}: {problem}")
        else:
            path.unlink()
    return outcome


def _read(path: Path, extractor: Extractor, outcome: Outcome) -> str:
    """Reads one file; what is wrong with how that went, or nothing."""
    try:
        source = read_document(path, Index())
    except IngestError as error:
        outcome.refused[path.suffix] += 1
        line = str(error)
        return "" if line.startswith(str(path)) and "\n" not in line else f"a bad line: {line!r}"
    except Exception:
        return traceback.format_exc()
    try:
        extraction = extractor.extract(source)
        for row in (*target_rows(extraction, extractor.lexicon, extractor.units), *residue_rows(extraction)):
            if source.text[row["start"] : row["start"] + len(row["quote"])] != row["quote"]:
                return f"{row['quote']!r} does not stand at {row['start']}"
    except Exception:
        return traceback.format_exc()
    outcome.read[source.format] += 1
    return ""


def _memory_of_worker() -> int:
    """The most memory the worker has held, in bytes; 0 where the system does not tell."""
    for worker in Worker.running():
        status = Path(f"/proc/{worker.pid}/status")
        if status.exists():
            for line in status.read_text().splitlines():
                if line.startswith("VmHWM"):
                    return int(line.split()[1]) * 1024
    return 0


def main() -> int:
    """The long run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where files that break something are kept")
    wanted = parser.parse_args()
    folder = wanted.folder or Path(tempfile.mkdtemp(prefix="zhibiao-fuzz-"))
    folder.mkdir(parents=True, exist_ok=True)
    begin = time.perf_counter()
    outcome = run(wanted.count, wanted.seed, folder, Extractor(ROOT / "rules"))
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(f"files: {wanted.count}, seconds: {time.perf_counter() - begin:.0f}")
    print(f"read: {sum(outcome.read.values())} {dict(outcome.read)}")
    print(f"refused: {sum(outcome.refused.values())} {dict(outcome.refused)}")
    print(f"slowest: {outcome.slowest:.1f} s ({outcome.slowest_file}); bounds {SECONDS} s, LibreOffice {OFFICE_SECONDS} s")
    print(f"memory: worker {outcome.peak / 2**20:.0f} MiB of {MEMORY_BYTES / 2**20:.0f}, this process {own / 2**20:.0f} MiB")
    print(f"failures: {len(outcome.failures)}")
    for failure in outcome.failures:
        print(failure)
    return 1 if outcome.failures else 0


if __name__ == "__main__":
    sys.exit(main())
