"""Makes the pictures of the READMEs anew: ``make screenshots``. Chromium and a Chinese font are needed."""

from __future__ import annotations

import shutil
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from browser import SWITCHES, browser_path, serving
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from pipeline.check.evaluate import evaluate
from pipeline.check.payload import payload
from pipeline.check.report import render
from pipeline.check.review import Bench, create_app
from pipeline.run import extract_folder

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs"
_DOCUMENT = "manufacturing-action-plan-2024"
_MADE = "2024-06-30 09:00+08:00"
"""When the report says that it was made, so that a picture changes only with what it shows."""

_SIZE = {"width": 1440, "height": 900}
_COLOURS = 128
"""What the pages need: flat colours and the edges of letters. It keeps the pictures small in the history."""


def picture(page: Page, name: str) -> None:
    """Writes what the page shows now."""
    page.evaluate("document.fonts.ready")
    shot = Image.open(BytesIO(page.screenshot(animations="disabled", caret="hide")))
    path = PICTURES / f"{name}.png"
    shot.convert("RGB").quantize(_COLOURS, Image.Quantize.MAXCOVERAGE, 8, dither=Image.Dither.NONE).save(path, optimize=True)
    print(path)


def main() -> None:
    """Reads a copy of the corpus, so that nothing of it changes, and pictures its pages."""
    path = browser_path()
    if path is None:
        sys.exit("no chromium on this machine: install one (apt-get install chromium fonts-noto-cjk)")
    folder = Path(tempfile.mkdtemp(prefix="zhibiao-pictures-"))
    PICTURES.mkdir(exist_ok=True)
    try:
        shutil.copytree(ROOT / "corpus", folder / "corpus")
        extract_folder(folder / "corpus", folder / "outputs", ROOT / "rules")
        report = folder / "outputs" / "report.html"
        values = payload(evaluate(folder / "outputs", folder / "corpus"), generated=_MADE)
        report.write_text(render(values), encoding="utf-8")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=list(SWITCHES))
            page = browser.new_page(viewport=_SIZE, locale="zh-CN", reduced_motion="reduce")
            page.goto(report.as_uri())
            picture(page, "report-summary")
            page.goto(f"{report.as_uri()}#{_DOCUMENT}")
            page.keyboard.press("n")
            picture(page, "report-document")
            bench = Bench(folder / "outputs", folder / "corpus")
            with serving(create_app(bench, "李明")) as address:
                page.goto(f"{address}#?document={_DOCUMENT}&state=attention")
                page.keyboard.press("n")
                picture(page, "review")
                page.goto("about:blank")
            browser.close()
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
