// Where the page stands follows the part of the address behind #, so that every place can be sent to a colleague.
function route() {
  const hash = location.hash.slice(1);
  if (!hash) { show("summary"); return; }
  show("documents");
  if (hash.startsWith("?")) {
    const wanted = new URLSearchParams(hash.slice(1));
    const kinds = wanted.get("kind");
    setFilter({ ...NONE, kinds: new Set(kinds ? [kinds] : []), ...Object.fromEntries(["search", "state", "field", "document", "table", "confused"].map((name) => [name, wanted.get(name) || ""])) });
    $("#rows").scrollTop = 0;
    if (listed.length) select(listed[0], { link: false }); else select(null);
    return;
  }
  const [id, name] = hash.split("/").map(safeDecode);
  const doc = byId.get(id);
  if (!doc) { toast(id, true); return; }
  if (name === undefined) { here = null; openDocument(doc); drawDetail(); setFilter({ ...NONE, kinds: new Set(), document: doc.id }); return; }
  const item = doc.items.find((one) => nameOf(one) === name) || doc.items.find((one) => `${one.goldAt ?? ""}` === name);
  if (item && !passes(item, filter)) setFilter({ ...NONE, kinds: new Set() });
  if (item) select(item, { link: false }); else openDocument(doc);
}

function safeDecode(text) {
  try { return decodeURIComponent(text); } catch { return text; }
}

function show(view) {
  $("#summary").hidden = view !== "summary";
  $("#work").hidden = view !== "documents";
  for (const tab of document.querySelectorAll(".tabs a")) {
    if (tab.dataset.view === view) tab.setAttribute("aria-current", "page"); else tab.removeAttribute("aria-current");
  }
  if (view === "summary") showSummary();
  else { drawRows(true); if (!open && data.documents.length) openDocument(data.documents[0]); }
}

function translate() {
  document.documentElement.lang = english ? "en" : "zh-CN";
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = t(element.dataset.word);
  for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", t(element.dataset.label));
  document.title = `zhibiao ${t(data.mode === "report" ? "report" : data.mode === "review" ? "reviewing" : "adjudicating")}`;
  drawFilters();
  const doc = open;
  open = null;
  if (doc) openDocument(doc);
  refilter();
  drawDetail();
  if (here) select(here, { link: false });
  if (!$("#summary").hidden) showSummary();
}

function switchLanguage() {
  english = !english;
  try { localStorage.setItem("zhibiao-language", english ? "en" : "zh"); } catch { /* a file opened from disk may have no storage */ }
  translate();
}

const KEYS = {
  j: () => moveBy(1), ArrowDown: () => moveBy(1), k: () => moveBy(-1), ArrowUp: () => moveBy(-1),
  n: () => moveToError(1), p: () => moveToError(-1),
  "/": () => { if ($("#work").hidden) location.hash = "#?"; $("#search").focus(); },
  s: () => { location.hash = ""; },
  "?": () => $("#keys").showModal(),
  Escape: () => { if (document.activeElement === $("#search")) $("#search").blur(); else if (isFiltered()) setFilter({ ...NONE, kinds: new Set() }); },
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || $("#keys").open) return;
  const target = event.target instanceof Element ? event.target : document.body;
  const typing = target.closest("input, select, textarea");
  if (typing && event.key !== "Escape") return;
  if ($("#work").hidden && ["n", "p", "j", "k"].includes(event.key)) { location.hash = "#?state=attention"; event.preventDefault(); return; }
  if (event.key.startsWith("Arrow") && !target.closest("#rows, body:not(:has(:focus))")) return;
  const action = KEYS[event.key] || (data.mode === "report" ? null : REVIEW_KEYS[event.key]);
  if (!action) return;
  event.preventDefault();
  action();
});

$("#rows").addEventListener("scroll", () => drawRows(), { passive: true });
new ResizeObserver(() => drawRows()).observe($("#rows"));
window.addEventListener("hashchange", route);
$("#paper").addEventListener("mouseover", (event) => {
  const mark = event.target.closest(".m[data-place]");
  if (mark && !event.buttons) showPeek(mark); else hidePeek();
});
$("#paper").addEventListener("mouseleave", hidePeek);
// Selecting the words of a mark, to copy them or to add a row, does not lead away.
$("#paper").addEventListener("click", (event) => {
  const mark = event.target.closest(".m[data-place]");
  if (mark && getSelection().isCollapsed) location.hash = linkTo(items[mark.dataset.place]);
});
$("#language").addEventListener("click", switchLanguage);
$("#help").addEventListener("click", () => $("#keys").showModal());
$("#keys button").addEventListener("click", () => $("#keys").close());
document.querySelector(".skip").addEventListener("click", (event) => { event.preventDefault(); ($("#work").hidden ? $("#summary") : $("#paper")).focus(); });

// On paper there is no list to scroll: the rows of the document that is printed follow its text as a table.
window.addEventListener("beforeprint", () => {
  const rows = $("#work").hidden || !open ? [] : listed.filter((item) => item.document === open);
  const head = ["quote", "kind", "indicator", "value", "unit", "year", "state"];
  const cells = (item) => { const row = shown(item); return [quoteOf(item), isStatement(item) ? t(kindOf(item)) : t(item.table), row.indicator || row.reason || "", row.value || "", row.unit || "", year(row), item.state === "wrong" ? `${t("wrong")}：${item.wrong.map(column).join("、")}` : t(item.state)]; };
  $("#printed").replaceChildren(rows.length ? make("table", {}, make("thead", {}, make("tr", {}, head.map((name) => make("th", { scope: "col" }, t(name))))), make("tbody", {}, rows.map((item) => make("tr", {}, cells(item).map((cell) => make("td", {}, cell)))))) : "");
});

try { english = localStorage.getItem("zhibiao-language") === "en"; } catch { /* as above */ }
translate();
route();
performance.mark("ready");
