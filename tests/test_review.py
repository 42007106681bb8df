"""``zhibiao review``: gold is written at once, one line a change; nothing else may write it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import serving
from click.testing import CliRunner
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, expect
from projects import PLAN
from werkzeug.test import TestResponse

from pipeline.check.desk import Decision, Desk, DeskError, StaleError
from pipeline.check.errors import CheckError
from pipeline.check.review import Bench, create_app, serve
from pipeline.cli import main

TOKEN = "a-token-of-this-test"
HOST = "127.0.0.1:8421"

Post = Callable[..., TestResponse]


@pytest.fixture
def gold(project: Path) -> Path:
    return project / "corpus" / "gold" / "park-plan.csv"


def changes(before: bytes, after: bytes) -> tuple[list[str], list[str]]:
    """The lines that went and the lines that came, as version control shows them."""
    old, new = (content.decode("utf-8").splitlines() for content in (before, after))
    return [line for line in old if line not in new], [line for line in new if line not in old]


# Without a browser: what is asked of the server


@pytest.fixture
def client(project: Path) -> FlaskClient:
    return create_app(Bench(Path("outputs"), Path("corpus")), "李明", TOKEN).test_client()


@pytest.fixture
def post(client: FlaskClient) -> Post:
    """Sends a request as the page does, but for what a test changes in it."""

    def post(path: str, body: Any, headers: dict[str, str] | None = None, host: str = HOST) -> TestResponse:
        sent = {"Origin": f"http://{host}", "X-Zhibiao-Token": TOKEN} | (headers or {})
        return client.post(path, json=body, headers={k: v for k, v in sent.items() if v}, base_url=f"http://{host}")

    return post


def decision(client: FlaskClient, **changed: Any) -> dict[str, Any]:
    """The request that accepts 400家 as it was extracted."""
    version = client.get("/api/documents/park-plan", base_url=f"http://{HOST}").json["version"]
    row = {
        "kind": "target",
        "indicator": "省级以上创新平台",
        "value": "400",
        "unit": "家",
        "comparator": "eq",
        "measure": "level",
    }
    asked = {"action": "write", "table": "targets", "start": 55, "quote": "400家", "row": row | {"year_to": "2027"}}
    return asked | {"who": "李明", "version": version} | changed


DECISIONS = "/api/documents/park-plan/decisions"


def test_a_decision_changes_one_line(client: FlaskClient, post: Post, gold: Path) -> None:
    before = gold.read_bytes()
    answer = post(DECISIONS, decision(client))
    assert answer.status_code == 200
    went, came = changes(before, gold.read_bytes())
    assert went == ['park-plan,55,400家,target,省级以上创新平台,400,,家,approx,level,,2027,,"力争, 左右"']
    assert came == ['park-plan,55,400家,target,省级以上创新平台,400,,家,eq,level,,2027,,"力争, 左右"']
    states = {item["at"]: item["state"] for item in answer.json["document"]["items"]}
    assert states[55] == "right"
    assert answer.json["reviewed"]["targets/55"]["who"] == "李明"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://example.invalid"},
        {"Origin": "http://127.0.0.1:9"},
        {"Origin": "null"},
        {"Origin": ""},
        {"X-Zhibiao-Token": "guessed"},
        {"X-Zhibiao-Token": ""},
    ],
)
@pytest.mark.parametrize("path", [DECISIONS, "/api/documents/park-plan/undo", "/api/documents/park-plan/presence"])
def test_a_change_from_anywhere_but_the_page_is_refused(
    headers: dict[str, str], path: str, client: FlaskClient, post: Post, gold: Path
) -> None:
    before = gold.read_bytes()
    assert post(path, decision(client), headers).status_code == 403
    assert gold.read_bytes() == before


@pytest.mark.parametrize(
    "host", ["example.invalid:8421", "example.invalid", "127.0.0.1.example.invalid:8421", "10.0.0.1:8421"]
)
def test_a_request_that_is_not_addressed_to_loopback_is_refused(host: str, client: FlaskClient, post: Post) -> None:
    assert client.get("/", base_url=f"http://{host}").status_code == 403
    assert post(DECISIONS, decision(client), host=host).status_code == 403


@pytest.mark.parametrize(
    "doc_id",
    ["..%2f..%2foutputs%2ftargets", "%2e%2e/%2e%2e/outputs/targets", "../odd", "%2fetc%2fpasswd", "..\\odd", "gone"],
)
def test_a_path_outside_of_the_project_is_refused(doc_id: str, client: FlaskClient, post: Post, project: Path) -> None:
    before = sorted(project.rglob("*"))
    assert client.get(f"/api/documents/{doc_id}", base_url=f"http://{HOST}").status_code == 404
    assert post(f"/api/documents/{doc_id}/decisions", decision(client)).status_code == 404
    assert [path for path in sorted(project.rglob("*")) if path not in before] == []


def test_a_document_that_lies_outside_of_the_project_is_refused(project: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    shutil.move("corpus/odd.txt", secret)
    Path("corpus/odd.txt").symlink_to(secret)
    with pytest.raises(CheckError, match=r"odd\.txt: lies outside of .*; only documents of the project are shown"):
        Bench(Path("outputs"), Path("corpus"))
    with pytest.raises(CheckError, match="lies outside of"):
        Bench(tmp_path, Path("corpus"))


@pytest.mark.parametrize(
    ("changed", "status", "message"),
    [
        ({"start": 56}, 422, "'400家' does not stand at 56"),
        ({"start": -1}, 422, "does not stand at -1"),
        ({"quote": ""}, 422, "does not stand at 55"),
        ({"row": {"kind": "aim"}}, 422, "kind must be one of target, actual, provision, qualifier"),
        ({"row": {"value": "many"}}, 422, "value must be a number"),
        ({"row": {"value": "400", "value_high": "300"}}, 422, "value_high must be a number above value"),
        ({"row": {"indicator": " "}}, 422, "indicator must say what is measured"),
        ({"row": {"note": "two\nlines"}}, 422, "note must be one line"),
        ({"row": {"year_to": "soon"}}, 422, "year_to must be a year"),
        ({"row": {"year_from": "2028", "year_to": "2027"}}, 422, "year_from must not lie behind year_to"),
        ({"action": "burn"}, 422, "'burn' is none of write, remove, keep, dismiss"),
        ({"action": "remove", "quote": "400"}, 422, "no row of gold '400' at 55"),
        ({"table": "../odd"}, 400, "no table ../odd"),
        ({"table": "residue"}, 400, "no table residue"),
        ({"who": " "}, 400, "who must be the name of the reviewer"),
        ({"row": "all"}, 400, "row must be of type dict"),
        ({"start": "55"}, 400, "start must be of type int"),
        ({"version": None}, 400, "version must be of type str"),
    ],
)
def test_what_gold_cannot_hold_is_refused(
    changed: dict[str, Any], status: int, message: str, client: FlaskClient, post: Post, gold: Path
) -> None:
    before = gold.read_bytes()
    asked = decision(client)
    row = asked["row"] | changed["row"] if isinstance(changed.get("row"), dict) else changed.get("row", asked["row"])
    answer = post(DECISIONS, asked | changed | {"row": row})
    assert answer.status_code == status
    assert message in answer.json["error"]
    assert gold.read_bytes() == before


def test_what_is_no_json_is_refused(client: FlaskClient, post: Post) -> None:
    assert post(DECISIONS, ["a list"]).status_code == 400
    assert post(DECISIONS, {"row": {"note": "x" * 200_000}}).status_code == 413
    assert (
        client.post(
            DECISIONS,
            data="action=write",
            headers={"Origin": f"http://{HOST}", "X-Zhibiao-Token": TOKEN},
            base_url=f"http://{HOST}",
        ).status_code
        == 415
    )


def test_a_formula_is_written_so_that_no_spreadsheet_runs_it(client: FlaskClient, post: Post, gold: Path) -> None:
    asked = decision(client)
    answer = post(DECISIONS, asked | {"row": asked["row"] | {"indicator": '=HYPERLINK("http://example.invalid","x")'}})
    assert answer.status_code == 200
    assert '''"'=HYPERLINK(""http://example.invalid"",""x"")"''' in gold.read_text(encoding="utf-8")
    [item] = [item for item in answer.json["document"]["items"] if item["at"] == 55]
    assert item["gold"]["indicator"] == '=HYPERLINK("http://example.invalid","x")'


def test_the_second_of_two_reviewers_is_told_instead_of_overwriting(client: FlaskClient, post: Post, gold: Path) -> None:
    first, second = decision(client), decision(client, who="王芳")
    assert post(DECISIONS, first).status_code == 200
    written = gold.read_bytes()
    answer = post(DECISIONS, second)
    assert answer.status_code == 409
    assert answer.json["last"]["who"] == "李明"
    assert gold.read_bytes() == written
    assert post(DECISIONS, second | {"version": answer.json["version"]}).status_code == 200


def test_an_edit_by_hand_is_not_overwritten_either(client: FlaskClient, post: Post, gold: Path) -> None:
    asked = decision(client)
    gold.write_text(gold.read_text(encoding="utf-8").replace("力争, 左右", "手改"), encoding="utf-8")
    assert post(DECISIONS, asked).status_code == 409
    assert "手改" in gold.read_text(encoding="utf-8")


def test_reviewers_at_one_document_see_each_other(post: Post) -> None:
    path = "/api/documents/park-plan/presence"
    assert post(path, {"who": "李明", "page": "one"}).json["others"] == []
    assert post(path, {"who": "王芳", "page": "two"}).json["others"] == ["李明"]
    assert post(path, {"who": "李明", "page": "one"}).json["others"] == ["王芳"]


def test_the_answers_may_not_be_framed_sniffed_or_kept(client: FlaskClient) -> None:
    headers = client.get("/", base_url=f"http://{HOST}").headers
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


# The desk


@pytest.fixture
def desk(project: Path) -> Desk:
    return Desk(Path("corpus/gold"))


TEXT = (Path(__file__).parent / "data" / "project" / "corpus" / "park-plan.txt").read_text(encoding="utf-8")


def decide(desk: Desk, action: str, start: int, quote: str, who: str = "李明", **row: str) -> dict[str, Any]:
    usual = {"kind": "actual", "indicator": "企业", "value": "1", "comparator": "eq", "measure": "level"}
    wanted = Decision(action, "targets", start, quote, usual | row)
    return desk.decide("park-plan", TEXT, wanted, who, desk.version("park-plan"))


def test_undo_leads_back_step_by_step_to_the_very_bytes(desk: Desk, gold: Path) -> None:
    states = [gold.read_bytes()]
    for action, start, quote in (
        ("write", 110, "支持"),
        ("remove", 39, "300家"),
        ("keep", 80, "245家"),
        ("write", 55, "400家"),
    ):
        decide(desk, action, start, quote)
        states.append(gold.read_bytes())
    for state in reversed(states[:-1]):
        desk.undo("park-plan", "李明", desk.version("park-plan"))
        assert gold.read_bytes() == state
    with pytest.raises(DeskError, match="李明 has nothing to take back here"):
        desk.undo("park-plan", "李明", desk.version("park-plan"))


def test_undo_takes_back_ones_own_decisions_alone(desk: Desk, gold: Path) -> None:
    decide(desk, "write", 55, "400家", who="李明", value="400")
    decide(desk, "write", 55, "400家", who="王芳", value="401")
    with pytest.raises(StaleError, match="was changed after you"):
        desk.undo("park-plan", "李明", desk.version("park-plan"))
    desk.undo("park-plan", "王芳", desk.version("park-plan"))
    desk.undo("park-plan", "李明", desk.version("park-plan"))
    assert b"approx" in gold.read_bytes()


def test_rows_stand_in_the_order_of_the_text(desk: Desk, gold: Path) -> None:
    decide(desk, "write", 110, "支持")
    starts = [int(line.split(",")[1]) for line in gold.read_text(encoding="utf-8").splitlines()[1:]]
    assert starts == [39, 55, 80, 91, 102, 110, 131]


def test_a_longer_quote_takes_the_place_of_the_one_it_covers(desk: Desk, gold: Path) -> None:
    before = gold.read_bytes()
    decide(desk, "write", 55, "400家左右", kind="target")
    went, came = changes(before, gold.read_bytes())
    assert (len(went), len(came)) == (1, 1)
    desk.undo("park-plan", "李明", desk.version("park-plan"))
    assert gold.read_bytes() == before
    with pytest.raises(DeskError, match="overlaps 86.5亿元 .91., 8.3% .102.; reject these first"):
        decide(desk, "write", 91, TEXT[91:106])


def test_who_and_when_are_in_a_log_beside_the_gold(desk: Desk, project: Path) -> None:
    decide(desk, "write", 55, "400家")
    decide(desk, "dismiss", 110, "支持", who="王芳")
    entries = [
        json.loads(line) for line in (project / "corpus/gold/log/park-plan.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert [(entry["n"], entry["who"], entry["action"], entry["start"]) for entry in entries] == [
        (1, "李明", "write", 55),
        (2, "王芳", "dismiss", 110),
    ]
    assert entries[0]["before"]["comparator"] == "approx"
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", entry["when"]) for entry in entries)
    assert set(desk.reviewed("park-plan")) == {"targets/55", "targets/110"}


def test_a_document_without_gold_gets_a_file(desk: Desk, project: Path) -> None:
    text = (project / "corpus/odd.txt").read_bytes().decode("utf-8-sig")
    wanted = Decision(
        "write",
        "targets",
        54,
        "12万人",
        {"kind": "actual", "indicator": "游客", "value": "12", "comparator": "eq", "measure": "level"},
    )
    desk.decide("odd", text, wanted, "李明", desk.version("odd"))
    assert (project / "corpus/gold/odd.csv").read_bytes().startswith(b"\xef\xbb\xbfdoc_id,start,quote,kind,")
    desk.undo("odd", "李明", desk.version("odd"))
    assert (project / "corpus/gold/odd.csv").read_text(encoding="utf-8").count("\n") == 1


def test_many_hands_at_once_lose_nothing(desk: Desk, gold: Path) -> None:
    """Eight threads write until each has written three rows; whoever is told to look again looks again."""
    places = [(n, TEXT[n]) for n in range(24)]
    gold.unlink()

    def work(mine: list[tuple[int, str]], who: str) -> None:
        for start, quote in mine:
            while True:
                try:
                    decide(desk, "write", start, quote, who)
                    break
                except StaleError:
                    continue

    texts = [(start, quote) for start, quote in places if quote.strip()]
    threads = [threading.Thread(target=work, args=(texts[n::8], f"r{n}")) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rows = gold.read_text(encoding="utf-8-sig").splitlines()[1:]
    assert [int(row.split(",")[1]) for row in rows] == [start for start, _ in texts]
    assert [entry["n"] for entry in desk.log("park-plan")] == list(range(1, len(texts) + 1))


# In a browser


Start = Callable[..., str]


@pytest.fixture
def start(project: Path) -> Iterator[Start]:
    """Serves the project, as the command does; gives the address of its page."""
    with ExitStack() as running:

        def start(against: Path | None = None) -> str:
            bench = Bench(Path("outputs"), Path("corpus"), against=against)
            return running.enter_context(serving(create_app(bench, "李明")))

        yield start


def test_an_error_is_found_corrected_and_undone_by_keyboard(start: Start, page: Page, gold: Path) -> None:
    before = gold.read_bytes()
    page.goto(start())
    page.keyboard.press("n")
    page.get_by_label("文件", exact=True).select_option("park-plan")
    page.locator("#by-document").blur()
    page.keyboard.press("n")
    expect(page.locator("#detail h2")).to_have_text("400家")
    expect(page.locator("#detail .tag.wrong")).to_have_text("有误")
    page.keyboard.press("e")
    expect(page.locator("#form [name=comparator]")).to_be_focused()
    page.locator("#form [name=comparator]").select_option("ge")
    page.locator("#form [name=comparator]").press("Tab")
    page.keyboard.press("Enter") if page.evaluate("document.activeElement.tagName") == "INPUT" else page.get_by_role(
        "button", name="保存"
    ).press("Enter")
    expect(page.locator("#toast")).to_have_text("已写入 corpus/gold/park-plan.csv")
    went, came = changes(before, gold.read_bytes())
    assert went == ['park-plan,55,400家,target,省级以上创新平台,400,,家,approx,level,,2027,,"力争, 左右"']
    assert came == ['park-plan,55,400家,target,省级以上创新平台,400,,家,ge,level,,2027,,"力争, 左右"']
    expect(page.locator("#detail .tag", has_text="李明")).to_be_visible()
    page.keyboard.press("u")
    expect(page.locator("#toast")).to_have_text("已撤销：400家")
    assert gold.read_bytes() == before


def test_rows_are_accepted_kept_and_rejected(start: Start, page: Page, gold: Path) -> None:
    before = gold.read_bytes()
    page.goto(f"{start()}#park-plan/110")
    page.keyboard.press("a")
    expect(page.locator("#detail .tag.right").first).to_have_text("一致")
    assert changes(before, gold.read_bytes()) == ([], ["park-plan,110,支持,qualifier,措施,1,,家,eq,level,,,,"])
    page.keyboard.press("x")
    expect(page.locator("#detail .tag.extra")).to_have_text("多提")
    assert gold.read_bytes() == before
    page.goto(f"{page.url.split('#')[0]}#park-plan/80")
    page.keyboard.press("y")
    expect(page.locator("#toast")).to_have_text("已记下")
    assert gold.read_bytes() == before
    # What was looked at is no longer to be looked at.
    page.get_by_label("核对结果").select_option("attention")
    assert page.locator("#rows .row b").all_inner_texts() == ["15%", "400家"]
    page.locator("#rows .row", has_text="15%").click()
    page.keyboard.press("x")
    expect(page.locator("#rows .row b")).to_have_text(["400家"])
    assert not gold.with_name("odd.csv").exists()


def test_a_missing_row_is_added_by_selecting_its_number(start: Start, page: Page, project: Path) -> None:
    page.goto(f"{start()}#odd/164")
    box = page.locator("#text .m.unexplained").bounding_box()
    assert box
    page.mouse.move(box["x"] + 1, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 1, box["y"] + box["height"] / 2, steps=5)
    page.mouse.up()
    page.get_by_role("button", name="补一条").click()
    expect(page.locator("#detail h2")).to_have_text("15%")
    assert page.locator("#form [name=value]").input_value() == "15"
    assert page.locator("#form [name=unit]").input_value() == "%"
    page.get_by_role("button", name="保存").click()
    expect(page.locator("#fault")).to_have_text(re.compile("indicator must say what is measured"))
    page.locator("#form [name=indicator]").fill("接待游客")
    page.locator("#form [name=measure]").select_option("increase")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("#toast")).to_have_text("已写入 corpus/gold/odd.csv")
    assert (project / "corpus/gold/odd.csv").read_text(encoding="utf-8-sig").splitlines()[1:] == [
        "odd,113,15%,actual,接待游客,15,,%,eq,increase,,,,"
    ]
    expect(page.locator("#detail .tag.missed")).to_have_text("漏提")


def test_two_reviewers_are_warned_of_each_other(start: Start, page: Page, chromium: Browser, gold: Path) -> None:
    url = f"{start()}#park-plan/55"
    page.goto(url)
    context = chromium.new_context(locale="zh-CN")
    other = context.new_page()
    other.goto(url)
    other.get_by_label("复核人").fill("王芳")
    other.get_by_label("复核人").blur()
    other.keyboard.press("x")
    expect(other.locator("#toast")).to_have_text("已写入 corpus/gold/park-plan.csv")
    written = gold.read_bytes()
    page.keyboard.press("a")
    expect(page.locator("#notice")).to_contain_text("刚被别人改过")
    expect(page.locator("#notice")).to_contain_text("王芳")
    assert gold.read_bytes() == written
    expect(page.locator("#detail .tag.extra")).to_have_text("多提")
    context.close()


def test_a_hostile_document_does_no_harm_here_either(start: Start, page: Page) -> None:
    page.goto(f"{start()}#odd/54")
    page.keyboard.press("a")
    expect(page.locator("#toast")).to_have_text("已写入 corpus/gold/odd.csv")
    assert "<script>window.harmed = true</script>游客" in page.locator("#detail").inner_text()
    assert page.evaluate("window.harmed") is None
    assert page.locator("#text img, #text script, #detail script").count() == 0


def test_a_page_of_another_origin_can_change_nothing(start: Start, chromium: Browser, gold: Path, tmp_path: Path) -> None:
    before = gold.read_bytes()
    url = start()
    foreign = tmp_path / "foreign.html"
    foreign.write_text("<!doctype html><title>foreign</title>", encoding="utf-8")
    context = chromium.new_context()
    page = context.new_page()
    page.goto(foreign.as_uri())
    sent = page.evaluate(
        """async (url) => {
            const row = { table: 'targets', start: 55, quote: '400家', row: {} };
            const body = JSON.stringify({ action: 'remove', who: 'x', version: '', ...row });
            const address = `${url}api/documents/park-plan/decisions`;
            const headers = { 'X-Zhibiao-Token': 'x', 'Content-Type': 'application/json' };
            const attempt = (options) => fetch(address, { method: 'POST', body, ...options })
                .then((answer) => answer.status || answer.type, String);
            const read = await fetch(url).then((answer) => answer.text(), String);
            return [await attempt({ mode: 'no-cors' }), await attempt({ headers }), read];
        }""",
        url,
    )  # fmt: skip
    assert sent[0] in ("opaque", "TypeError: Failed to fetch")
    assert sent[1:] == ["TypeError: Failed to fetch"] * 2
    assert gold.read_bytes() == before
    context.close()


def test_two_readings_are_settled_side_by_side(start: Start, page: Page, project: Path, gold: Path) -> None:
    shutil.copytree("corpus/gold", "second")
    second = Path("second/park-plan.csv")
    second.write_text(
        second.read_text(encoding="utf-8").replace("target,省级以上创新平台,300", "actual,省级以上创新平台,300"),
        encoding="utf-8",
    )
    page.goto(start(Path("second")))
    expect(page.locator("h1")).to_have_text("分歧裁定")
    expect(page.locator(".panel", has_text="两人一致程度")).to_contain_text("种类")
    page.keyboard.press("n")
    expect(page.locator("#detail h2")).to_have_text("300家")
    assert page.locator("#detail .sides thead th").all_inner_texts()[1:] == ["第二人标注", "人工标注"]
    assert page.locator("#detail .sides tr.wrong").inner_text().split() == ["种类", "现状值", "目标值"]
    page.keyboard.press("a")
    expect(page.locator("#toast")).to_have_text("已写入 corpus/gold/park-plan.csv")
    assert "park-plan,39,300家,actual" in gold.read_text(encoding="utf-8")
    assert "park-plan,39,300家,actual" in second.read_text(encoding="utf-8")


def test_the_review_page_has_contrast_and_labels(start: Start, page: Page) -> None:
    page.goto(f"{start()}#park-plan/55")
    page.keyboard.press("e")
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "best-practice"]})
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found.response["violations"]] == []


# The command


def test_the_command_serves_on_loopback_until_it_is_stopped(project: Path) -> None:
    command = [sys.executable, "-m", "pipeline", "review", "--port", "0", "--reviewer", "李明"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stdout
        line = process.stdout.readline()
        found = re.fullmatch(r"(http://127\.0\.0\.1:\d+/) \(Ctrl-C ends it\)\n", line)
        assert found, line
        with urllib.request.urlopen(found[1], timeout=10) as answer:
            assert "人工复核" in answer.read().decode("utf-8")
        process.terminate()


def test_a_port_that_is_taken_is_one_line(project: Path) -> None:
    taken = serve(create_app(Bench(Path("outputs"), Path("corpus")), "x"), 0)
    result = CliRunner().invoke(main, ["review", "--port", str(taken.effective_port)])
    taken.close()
    assert result.exit_code == 2
    assert re.fullmatch(
        r"zhibiao: error: port \d+: cannot be used \(.+\); name another --port, or 0 for any free one\n", result.stderr
    )


def test_the_extracted_rows_are_those_that_are_served(client: FlaskClient) -> None:
    items = client.get("/api/documents/park-plan", base_url=f"http://{HOST}").json["document"]["items"]
    assert [item["at"] for item in items if item["table"] == "targets" and "found" in item] == [row["start"] for row in PLAN]
