"""``outputs/report.html`` in a real browser, opened from disk."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from projects import write_project

from pipeline.check.evaluate import evaluate
from pipeline.check.report import write_report

Open = Callable[..., Page]


@pytest.fixture
def report(project: Path) -> Path:
    write_report(evaluate(Path("outputs"), Path("corpus")), Path("outputs/report.html"))
    return project / "outputs" / "report.html"


@pytest.fixture
def opened(report: Path, page: Page) -> Open:
    def opened(place: str = "") -> Page:
        page.goto(f"{report.as_uri()}{place}")
        return page

    return opened


def rows(page: Page) -> list[str]:
    """The numbers of the rows in the list."""
    return page.locator("#rows .row b").all_inner_texts()


def test_the_summary_shows_figures_and_leads_to_rows(opened: Open) -> None:
    page = opened()
    expect(page.locator("h1")).to_have_text("核查概览")
    assert page.locator(".card").all_inner_texts()[1].split("\n")[:2] == ["指标行", "8"]
    assert "0.667" in page.locator(".card", has_text="整行 F1").inner_text()
    expect(page.get_by_role("img", name=re.compile("目标值的年份: 2025: 1, 2027: 1"))).to_be_visible()
    page.locator('.confusion a[href$="kind..qualifier"]').click()
    assert rows(page) == ["支持"]
    page.get_by_role("link", name="概览").click()
    page.locator(".panel", has_text="各列 F1").get_by_role("link", name="0.667").click()
    assert rows(page) == ["400家"]


def test_every_row_is_marked_in_place_by_kind_and_state(opened: Open) -> None:
    page = opened("#park-plan")
    marks = {mark.inner_text(): mark.get_attribute("class") for mark in page.locator("#text .m").all()}
    assert marks == {
        "到2025年": "m residue no-statement",
        "300家": "m target right",
        "400家": "m target wrong",
        "245家": "m actual missed",
        "86.5亿元": "m actual right",
        "8.3%": "m actual right",
        "支持": "m qualifier extra",
        "50万元": "m provision right",
    }
    assert page.locator("#text").inner_text().replace("\n", "") == Path("corpus/park-plan.txt").read_text(
        encoding="utf-8"
    ).replace("\n", "")


def test_pointing_at_a_mark_shows_row_gold_and_rule(opened: Open) -> None:
    page = opened("#park-plan")
    page.locator("#text .m", has_text="400家").click()
    detail = page.locator("#detail")
    expect(detail.locator("h2")).to_have_text("400家")
    assert detail.locator(".sides tr.wrong").inner_text().split() == ["比较", "等于", "左右"]
    assert detail.locator(".rules button").all_inner_texts() == ["unit.any", "indicator.any"]
    assert page.url.endswith("#park-plan/55")


def test_a_pointer_over_a_mark_shows_them_beside_it(opened: Open) -> None:
    page = opened("#park-plan")
    page.locator("#text .m", has_text="400家").hover()
    peek = page.get_by_role("tooltip")
    expect(peek).to_contain_text("省级以上创新平台 · 2027")
    assert peek.locator("tbody tr").inner_text().split() == ["比较", "等于", "左右"]
    expect(peek).to_contain_text("unit.any · indicator.any")
    page.locator("#paper h1").hover()
    expect(peek).to_have_count(0)


def test_a_link_leads_a_colleague_to_the_same_row(opened: Open) -> None:
    page = opened("#park-plan/80")
    expect(page.locator("#detail h2")).to_have_text("245家")
    expect(page.locator("#detail .tag.missed")).to_have_text("漏提")
    expect(page.locator("#text .m.here")).to_be_in_viewport()
    # The document of an astral character: the link counts code points, the browser code units.
    page = opened("#odd/54")
    expect(page.locator("#detail h2")).to_have_text("12万人")
    expect(page.locator("#text .m.here")).to_have_text("12万人")


def test_filters_and_search_narrow_the_list(opened: Open) -> None:
    page = opened("#?")
    everything = rows(page)
    assert len(everything) == 10
    page.get_by_role("button", name="目标值").click()
    assert rows(page) == ["300家", "400家"]
    expect(page.locator("#tally")).to_have_text("2 / 10 条")
    page.get_by_role("button", name="清除筛选").click()
    page.get_by_label("核对结果").select_option("unexplained")
    assert rows(page) == ["15%"]
    page.get_by_role("button", name="清除筛选").click()
    page.get_by_label("哪一列有误").select_option("comparator")
    assert rows(page) == ["400家"]
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.get_by_role("searchbox", name=re.compile("搜数字")).fill("营业收入 8.3")
    assert rows(page) == ["8.3%"]
    page.get_by_role("searchbox", name=re.compile("搜数字")).fill("没有这样的")
    expect(page.locator(".nothing")).to_have_text("没有符合条件的行")


def test_the_keyboard_leads_from_error_to_error(opened: Open) -> None:
    page = opened()
    page.keyboard.press("n")
    seen = [page.locator("#detail h2").inner_text()]
    for _ in range(4):
        page.keyboard.press("n")
        seen.append(page.locator("#detail h2").inner_text())
    assert seen == ["15%", "400家", "245家", "支持", "15%"]
    page.keyboard.press("p")
    expect(page.locator("#detail h2")).to_have_text("支持")
    expect(page.locator("#text .m.here")).to_be_in_viewport()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(page.locator("#detail h2")).to_have_text("50万元")
    page.keyboard.press("k")
    page.keyboard.press("k")
    expect(page.locator("#detail h2")).to_have_text("8.3%")
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    expect(page.locator("#summary h1")).to_be_visible()


def test_the_page_speaks_chinese_and_by_a_switch_english(opened: Open) -> None:
    page = opened("#park-plan/55")
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#detail .tag.wrong")).to_have_text("Wrong")
    assert page.locator("#detail .sides tr.wrong").inner_text().split("\t") == ["Comparator", "equal", "about"]
    page.reload()
    expect(page.get_by_role("button", name="中文")).to_be_visible()


def test_what_a_document_says_never_runs(opened: Open) -> None:
    page = opened("#odd/54")
    assert "<script>window.harmed = true</script>" in page.locator("#text").inner_text()
    assert "<script>window.harmed = true</script>游客" in page.locator("#detail").inner_text()
    expect(page.locator("#paper h1")).to_have_text("=1+1 <b>简报</b>")
    assert page.locator("#text img, #text script, #detail script, h1 b").count() == 0
    assert page.evaluate("window.harmed") is None
    assert page.locator("script").count() == 2
    page.get_by_role("link", name="概览").click()
    expect(page.locator("#summary .grid", has_text="简报").first).to_contain_text("=1+1 <b>简报</b>")
    assert page.evaluate("window.harmed") is None


def test_the_file_asks_nothing_of_the_network_and_runs_one_script(report: Path) -> None:
    html = report.read_text(encoding="utf-8")
    assert "default-src &#39;none&#39;; script-src &#39;sha256-" in html or "default-src 'none'; script-src 'sha256-" in html
    assert not re.search(r"""(?:src|href)\s*=\s*["']?(?:https?:)?//""", html)
    assert html.count("</script>") == 2


@pytest.mark.parametrize("place", ["", "#park-plan/55", "#?state=attention"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_is_readable_by_a_screen_reader_and_has_contrast(place: str, language: str, opened: Open) -> None:
    """The rules of axe-core for WCAG 2.1 AA, contrast of 4.5 among them."""
    page = opened(place)
    if language == "en":
        page.locator("#language").click()
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "best-practice"]})
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found.response["violations"]] == []


def test_on_paper_come_text_and_rows_without_the_tools(opened: Open) -> None:
    page = opened("#park-plan/55")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    for hidden in (".head", ".list", "#detail"):
        expect(page.locator(hidden)).to_be_hidden()
    expect(page.locator("#text")).to_be_visible()
    assert page.locator("#printed tbody tr").count() == 7
    expect(page.locator("#printed tbody tr", has_text="400家")).to_contain_text("有误：比较")
    assert page.pdf()[:5] == b"%PDF-"


def test_many_rows_are_drawn_only_where_they_are_seen(report: Path, opened: Open, page: Page) -> None:
    text = Path("corpus/park-plan.txt").read_text(encoding="utf-8")
    many = [
        {"start": n, "quote": text[n : n + 1], "kind": "actual", "indicator": f"指标{n}", "value": n, "unit": "家"}
        for n in range(100)
    ]
    write_project(Path(), targets={"park-plan": many})
    write_report(evaluate(Path("outputs"), Path("corpus")), report)
    opened("#?state=extra")
    drawn = page.locator("#rows .row").count()
    assert 0 < drawn < 40
    page.locator("#rows").evaluate("box => box.scrollTop = box.scrollHeight")
    expect(page.locator("#rows .row").last).to_have_attribute("aria-posinset", re.compile(r"^(8|9)\d$|^100$"))
