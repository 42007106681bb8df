"""The same text gives the same rows in every process: sets of words, which Python orders anew in each, decide nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEXT = (
    "个人购买2级及以上能效标准的冰箱、洗衣机，按剔除所有折扣后成交价格的15%给予补贴。全市完成投资300亿元，其中工业120亿元。"
)


CODE = """
import sys
from pathlib import Path
from pipeline import Extractor
print(Extractor(Path("rules")).extract_text(sys.argv[1]).statements)
"""


def _read(seed: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", CODE, TEXT],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    ).stdout


def test_the_order_of_sets_changes_no_statement() -> None:
    assert "value=15.0" in _read("1")
    assert _read("1") == _read("2") == _read("3")
