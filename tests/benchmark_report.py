"""How quick the report is at 200 documents and 10,000 rows: ``python tests/benchmark_report.py`` prints the figures.

Not a test: what it measures depends on the machine. Each figure is the median of five, and the worst of them.
"""

from __future__ import annotations

import random
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from browser import SWITCHES, browser_path
from playwright.sync_api import Page, sync_playwright
from projects import Row, write_project

from pipeline.check.evaluate import evaluate
from pipeline.check.gold import GOLD_COLUMNS, open_gold
from pipeline.check.report import write_report

DOCUMENTS, ROWS = 200, 50
TIMES = 5
_KINDS = ("target", "actual", "provision", "qualifier")
_NAMES = ("高新技术企业", "省级以上创新平台", "规模以上工业增加值", "社会消费品零售总额", "新增停车位", "森林覆盖率")
_PADDING = "各有关单位要加强统筹，细化任务，压实责任，确保各项工作落到实处，见到实效。"
_READY = "performance.getEntriesByName('ready')[0].startTime"
_PAINT = "(performance.getEntriesByName('first-contentful-paint')[0] || {}).startTime"
_UNTIL_PAINTED = """(act) => new Promise((done) => {
    const begin = performance.now();
    eval(act);
    requestAnimationFrame(() => { setTimeout(() => done(performance.now() - begin), 0); });
})"""


def write_corpus(folder: Path) -> dict[str, list[Row]]:
    """Documents with a number a sentence, and gold that differs from the tables in every fifth row; returns the tables."""
    numbers = random.Random(7)
    tables: dict[str, list[Row]] = {}
    (folder / "corpus").mkdir(parents=True)
    for document in range(DOCUMENTS):
        doc_id, text = f"document-{document:03}", f"第{document}号行动方案\n\n"
        gold = open_gold(folder / "corpus" / "gold", "targets", doc_id)
        tables[doc_id] = []
        for row in range(ROWS):
            indicator, value = numbers.choice(_NAMES), numbers.randint(2, 9999)
            text += f"{_PADDING}到{2020 + row % 15}年，{indicator}达到"
            found: Row = {
                "start": len(text),
                "quote": f"{value}家",
                "kind": _KINDS[row % 4],
                "indicator": indicator,
                "value": value,
            }
            found |= {"unit": "家", "year_to": 2020 + row % 15, "rule": f"unit.any;time.year;indicator.{row % 9}"}
            text += f"{value}家。\n"
            tables[doc_id].append(found)
            read = {"comparator": "eq", "measure": "level"} | found | ({"indicator": "另一个指标"} if row % 5 == 0 else {})
            cells = {name: str(read.get(name, "")) for name in GOLD_COLUMNS["targets"]}
            gold = gold.with_row(cells | {"doc_id": doc_id, "start": found["start"]})
        (folder / "corpus" / f"{doc_id}.txt").write_text(text, encoding="utf-8")
        gold.write()
    return tables


def show(name: str, figures: list[float], unit: str = "ms") -> None:
    """Prints one line: the median and the worst."""
    print(f"{name}: median {statistics.median(figures):.0f} {unit}, worst {max(figures):.0f} {unit}")


def measure(page: Page, address: str) -> None:
    """Opens the report and does what a reviewer does, five times each."""
    opened: dict[str, list[float]] = {"open: rows ready": [], "open: first paint": []}
    for _ in range(TIMES):
        page.goto(address)
        page.wait_for_function(f"{_PAINT} > 0")
        opened["open: rows ready"].append(page.evaluate(_READY))
        opened["open: first paint"].append(page.evaluate(_PAINT))
    for name, figures in opened.items():
        show(name, figures)
    page.goto(f"{address}#?")
    page.wait_for_function(f"{_PAINT} > 0")
    actions: dict[str, Callable[[int], str]] = {
        "filter by kind": lambda n: "toggleKind('target')",
        "filter by state": lambda n: f"setFilter({{state: '{'wrong' if n % 2 else 'attention'}'}})",
        "filter by field": lambda n: f"setFilter({{field: '{'indicator' if n % 2 else ''}'}})",
        "search": lambda n: f"setFilter({{search: '创新平台 {n}'}})",
        "clear": lambda n: "setFilter({...NONE, kinds: new Set()})",
        "next error": lambda n: "moveToError(1)",
        "another document": lambda n: f"select(items[{1000 * n + 500}])",
        "language": lambda n: "switchLanguage()",
        "summary": lambda n: "show('summary')",
    }
    for name, action in actions.items():
        show(name, [page.evaluate(_UNTIL_PAINTED, action(n)) for n in range(TIMES)])


def main() -> None:
    """Builds the report and measures it."""
    path = browser_path()
    if path is None:
        sys.exit("no chromium on this machine: install one (apt-get install chromium)")
    folder = Path(tempfile.mkdtemp(prefix="zhibiao-benchmark-"))
    try:
        output = write_project(folder, write_corpus(folder))
        begin = perf_counter()
        evaluation = evaluate(output, folder / "corpus")
        scored = perf_counter()
        report = output / "report.html"
        write_report(evaluation, report)
        written = perf_counter()
        print(f"{DOCUMENTS} documents, {DOCUMENTS * ROWS} rows; report of {report.stat().st_size / 1e6:.1f} MB")
        print(f"score with intervals: {scored - begin:.1f} s; write the report: {written - scored:.1f} s")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=list(SWITCHES))
            measure(browser.new_page(viewport={"width": 1440, "height": 900}), report.as_uri())
            browser.close()
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
