// The documents: a list of rows that is drawn only where it is seen, the text with its marks, and the row in full.
const HEIGHT = 60;
const NONE = { search: "", kinds: new Set(), state: "", field: "", document: "", table: "", confused: "" };
let filter = { ...NONE, kinds: new Set() };
let listed = [];
let here = null;
let open = null;

// Filtering

function passes(item, wanted) {
  if (wanted.document && item.document.id !== wanted.document) return false;
  if (wanted.table ? item.table !== wanted.table : item.state === "no-statement" && !wanted.state && !wanted.search) return false;
  if (wanted.kinds.size && !(isStatement(item) && wanted.kinds.has(kindOf(item)))) return false;
  if (wanted.state === "attention") { if (!needsLook(item)) return false; }
  else if (wanted.state === "reviewed") { if (!item.reviewed) return false; }
  else if (wanted.state && item.state !== wanted.state) return false;
  if (wanted.field && !(item.wrong || []).includes(wanted.field)) return false;
  if (wanted.confused && confusedAs(item) !== wanted.confused) return false;
  return !wanted.search || wanted.search.toLowerCase().split(/\s+/).every((word) => hay(item).includes(word));
}

function confusedAs(item) {
  const [table, name] = filter.confused.split(".");
  if (item.table !== table || item.state === "optional" || item.state === "unlabelled") return "";
  return `${table}.${name}.${item.gold?.[name] || ""}.${item.found?.[name] || ""}`;
}

function refilter() {
  listed = items.filter((item) => passes(item, filter));
  listed.forEach((item, place) => { item.listed = place; });
  drawTally();
  drawRows(true);
  dimMarks();
}

function setFilter(change) {
  filter = { ...filter, ...change };
  syncFilters();
  refilter();
}

function syncFilters() {
  $("#search").value = filter.search;
  for (const name of ["state", "field", "document", "table"]) $(`#by-${name}`).value = filter[name];
  for (const chip of document.querySelectorAll(".chip")) chip.setAttribute("aria-pressed", filter.kinds.has(chip.dataset.kind));
  $("#clear").hidden = !isFiltered();
}

const isFiltered = () => Boolean(filter.search || filter.kinds.size || filter.state || filter.field || filter.document || filter.table || filter.confused);

function drawFilters() {
  const option = (value, label) => make("option", { value }, label);
  const select = (name, label, options) => make("select", { id: `by-${name}`, "aria-label": t(label), onchange: (event) => setFilter({ [name]: event.target.value }) }, options);
  const states = ["attention", "wrong", "missed", "extra", "unexplained", "right", "optional", "unlabelled", "no-statement"].filter((state) => state === "attention" || items.some((item) => item.state === state));
  if (data.mode !== "report") states.push("reviewed");
  const fieldNames = [...new Set(Object.values(data.tables).flatMap((table) => table.fields))].filter((name) => items.some((item) => item.wrong?.includes(name)));
  const tables = Object.keys(data.tables).filter((table) => items.some((item) => item.table === table));
  $("#filters").replaceChildren(
    make("input", { type: "search", id: "search", placeholder: t("search"), "aria-label": t("search"), autocomplete: "off", spellcheck: "false", oninput: (event) => setFilter({ search: event.target.value.trim() }) }),
    make("div", { class: "chips", role: "group", "aria-label": t("kind") }, ["target", "actual", "provision", "qualifier"].map((kind) => make("button", { type: "button", class: `chip ${kind}`, "data-kind": kind, "aria-pressed": "false", onclick: () => toggleKind(kind) }, t(kind)))),
    make("div", { class: "two" },
      select("state", "state", [option("", `${t("state")}：${t("all")}`), ...states.map((state) => option(state, t(state)))]),
      select("field", "field", [option("", t("field")), ...fieldNames.map((name) => option(name, column(name)))])),
    make("div", { class: "two" },
      select("document", "document", [option("", t("allDocuments")), ...data.documents.map((doc) => option(doc.id, doc.title || doc.id))]),
      select("table", "table", [option("", t("allTables")), ...tables.map((table) => option(table, t(table)))])),
    make("div", { class: "tally" }, make("span", { id: "tally", role: "status", "aria-live": "polite" }), make("button", { type: "button", class: "plain", id: "clear", hidden: true, onclick: () => setFilter({ ...NONE, kinds: new Set() }) }, t("clear"))),
  );
  syncFilters();
}

function toggleKind(kind) {
  const chosen = new Set(filter.kinds);
  if (!chosen.delete(kind)) chosen.add(kind);
  setFilter({ kinds: chosen });
}

function drawTally() {
  const total = filter.table || filter.state || filter.search ? items.length : items.filter((item) => item.state !== "no-statement").length;
  $("#tally").textContent = `${listed.length.toLocaleString()} ${t("of")} ${total.toLocaleString()} ${t("rows")}`;
}

// The list

let drawn = [-1, -1];

function drawRows(anew) {
  const box = $("#rows");
  const first = Math.max(0, Math.floor(box.scrollTop / HEIGHT) - 6);
  const last = Math.min(listed.length, Math.ceil((box.scrollTop + box.clientHeight) / HEIGHT) + 6);
  if (!anew && drawn[0] === first && drawn[1] === last) return;
  drawn = [first, last];
  const inner = box.firstElementChild;
  inner.style.height = `${listed.length * HEIGHT}px`;
  inner.replaceChildren(...(listed.length ? listed.slice(first, last).map(drawRow) : [make("p", { class: "nothing" }, t("nothing"))]));
  markRow();
}

function drawRow(item, offset) {
  const place = drawn[0] + offset;
  const row = shown(item);
  const wrong = item.state === "wrong" ? item.wrong.map(column).join("、") : "";
  const about = isStatement(item) ? row.indicator : row.body || row.title || row.number || (row.reason ? t(row.reason) : "");
  const under = [isStatement(item) ? year(row) : t(item.table), filter.document ? around(item) : item.document.title || item.document.id].filter(Boolean).join(" · ");
  const element = make("div", { class: `row ${kindOf(item)}`, role: "option", id: `row-${item.place}`, "aria-selected": "false", "aria-posinset": place + 1, "aria-setsize": listed.length, onclick: () => { select(item); } },
    make("p", {}, make("span", {}, make("b", {}, quoteOf(item)), about), make("span", { class: `state ${item.state}` }, item.reviewed ? `✓ ${t("reviewed")}` : wrong || (["right", "unlabelled", "no-statement"].includes(item.state) ? "" : t(item.state)))),
    make("p", { class: "under" }, make("span", {}, under)));
  element.style.top = `${place * HEIGHT}px`;
  return element;
}

// The words around a row, where all rows are of one document.
function around(item) {
  const { text } = item.document;
  const line = Math.max(text.lastIndexOf("\n", item.from - 1) + 1, item.from - 14);
  return `…${text.slice(line, item.from).trim()}${text.slice(item.from, item.to + 12).split("\n")[0]}…`;
}

function markRow() {
  for (const row of document.querySelectorAll('.row[aria-selected="true"]')) row.setAttribute("aria-selected", "false");
  const row = here && document.getElementById(`row-${here.place}`);
  if (row) row.setAttribute("aria-selected", "true");
  if (row) $("#rows").setAttribute("aria-activedescendant", row.id); else $("#rows").removeAttribute("aria-activedescendant");
}

function revealRow() {
  const box = $("#rows");
  const top = here && listed[here.listed] === here ? here.listed * HEIGHT : -1;
  if (top < 0) return;
  if (top < box.scrollTop) box.scrollTop = top - HEIGHT;
  else if (top + HEIGHT > box.scrollTop + box.clientHeight) box.scrollTop = top - box.clientHeight + 2 * HEIGHT;
}

// The text

function openDocument(doc) {
  if (open === doc) return;
  open = doc;
  const about = [doc.issuer, doc.number, doc.date, genre(doc.kind), `${Array.from(doc.text).length.toLocaleString()} ${t("chars")}`].filter(Boolean).join(" · ");
  const legend = ["target", "actual", "provision", "qualifier", "wrong", "missed", "extra", "unexplained"].map((name) => make("span", { class: `m ${name}` }, t(name)));
  $("#paper").replaceChildren(
    make("header", {}, make("h1", {}, doc.title || doc.id), make("p", {}, about), doc.error ? make("p", { class: "danger" }, doc.error) : "", make("div", { class: "legend", "aria-hidden": "true" }, legend)),
    drawText(doc));
  $("#paper").scrollTop = 0;
  dimMarks();
}

// Paragraphs of links and plain text. Where rows overlap, each piece belongs to the shortest row over it.
function drawText(doc) {
  const box = make("div", { class: "text", id: "text", lang: "zh" });
  const cuts = new Set();
  for (const item of doc.items) { cuts.add(item.from); cuts.add(item.to); }
  const places = [...cuts].sort((a, b) => a - b);
  let cut = 0;
  let next = 0;
  let active = [];
  let start = 0;
  while (start < doc.text.length) {
    let end = doc.text.indexOf("\n", start);
    end = end < 0 ? doc.text.length : end + 1;
    const paragraph = make("p", { "data-start": start, class: doc.text.slice(start, end).trim() ? false : "blank" });
    let at = start;
    while (at < end) {
      while (cut < places.length && places[cut] <= at) cut += 1;
      const to = Math.min(end, cut < places.length ? places[cut] : end);
      while (next < doc.items.length && doc.items[next].from <= at) { active.push(doc.items[next]); next += 1; }
      active = active.filter((item) => item.to > at);
      const piece = doc.text.slice(at, to);
      const top = active.reduce((best, item) => (!best || item.to - item.from <= best.to - best.from ? item : best), null);
      paragraph.append(top && piece.trim() ? drawMark(top, piece, at) : piece);
      at = to;
    }
    box.append(paragraph);
    start = end;
  }
  return box;
}

function drawMark(item, piece, at) {
  const label = [piece, t(item.table === "targets" ? kindOf(item) : item.table), item.state === "right" || item.state === "unlabelled" ? "" : t(item.state), item.state === "wrong" ? item.wrong.map(column).join("、") : ""].filter(Boolean).join("，");
  // No <a>: a browser lets nobody select words that begin within one.
  const mark = make("span", { class: `m ${isStatement(item) ? kindOf(item) : item.table} ${item.state}`, role: "link", tabindex: "-1", "aria-label": label, "data-place": item.place }, piece);
  if (at === item.from) mark.id = `mark-${item.place}`;
  return mark;
}

function dimMarks() {
  if (!open) return;
  const only = filter.kinds.size || filter.state || filter.field || filter.search || filter.table || filter.confused;
  const kept = only ? new Set(listed) : null;
  for (const mark of document.querySelectorAll("#text .m")) mark.classList.toggle("dim", Boolean(kept) && !kept.has(items[mark.dataset.place]));
}

// Pointing at a mark shows its row, its gold and its rules beside it.

function showPeek(mark) {
  hidePeek();
  const item = items[mark.dataset.place];
  if (!item || item === here) return;
  const row = shown(item);
  const wrong = new Set(item.wrong || []);
  const about = isStatement(item) ? [row.indicator, year(row)] : [row.body, row.title, row.number, row.reason && t(row.reason)];
  const line = (name) => make("tr", { class: "wrong" }, make("th", { scope: "row" }, column(name)), make("td", {}, display(name, item.found[name])), make("td", {}, display(name, item.gold[name])));
  const card = make("div", { class: "peek", role: "tooltip", id: "peek" },
    make("div", { class: "tags" }, make("span", { class: `tag ${kindOf(item)}` }, t(isStatement(item) ? kindOf(item) : item.table)), item.state === "unlabelled" ? "" : make("span", { class: `tag ${item.state}` }, t(item.state))),
    make("div", {}, make("b", {}, quoteOf(item)), ` ${about.filter(Boolean).join(" · ")}`),
    wrong.size && item.gold && item.found ? make("table", { class: "sides" }, make("colgroup", {}, make("col"), make("col"), make("col")), make("thead", {}, make("tr", {}, make("td", {}), make("th", { scope: "col" }, t(data.mode === "adjudicate" ? "second" : "found")), make("th", { scope: "col" }, t("gold")))), make("tbody", {}, [...wrong].map(line))) : "",
    row.rule ? make("code", {}, row.rule.split(";").join(" · ")) : "");
  const paper = $("#paper");
  const place = mark.getBoundingClientRect();
  const frame = paper.getBoundingClientRect();
  paper.append(card);
  const below = place.bottom + card.offsetHeight + 12 < window.innerHeight;
  card.style.left = `${Math.max(8, Math.min(place.left - frame.left, frame.width - card.offsetWidth - 16))}px`;
  card.style.top = `${(below ? place.bottom + 8 : place.top - card.offsetHeight - 8) - frame.top + paper.scrollTop}px`;
}

function hidePeek() {
  document.getElementById("peek")?.remove();
}

// The row in full

function select(item, { focus = false, link = true } = {}) {
  if (data.mode !== "report") stopEditing();
  here = item;
  hidePeek();
  if (item) openDocument(item.document);
  markRow();
  revealRow();
  drawRows();
  for (const mark of document.querySelectorAll(".m.here")) mark.classList.remove("here");
  const mark = item && document.getElementById(`mark-${item.place}`);
  if (mark) {
    for (const part of document.querySelectorAll(`#text [data-place="${item.place}"]`)) part.classList.add("here");
    mark.scrollIntoView({ block: "nearest" });
    if (focus) mark.focus({ preventScroll: true });
  }
  if (item && link) history.replaceState(null, "", linkTo(item));
  drawDetail();
}

const display = (name, value) => (WORDS[value] && ["kind", "comparator", "measure", "role", "basis"].includes(name) ? own(name, value) : value ?? "");

function drawDetail() {
  const box = $("#detail");
  if (!here) { box.replaceChildren(make("p", { class: "quiet" }, t("pick"))); return; }
  const item = here;
  const row = shown(item);
  const step = (label, move, key) => make("button", { type: "button", class: "plain", onclick: move, title: key }, label);
  const parts = [
    make("div", { class: "step" }, step(`← ${t("previous")}`, () => moveToError(-1), "p"), step(`${t("next")} →`, () => moveToError(1), "n")),
    make("h2", {}, quoteOf(item)),
    make("div", { class: "tags" }, make("span", { class: `tag ${kindOf(item)}` }, isStatement(item) ? t(kindOf(item)) : t(item.table)), isStatement(item) && item.state === "unlabelled" ? "" : make("span", { class: `tag ${item.state}` }, t(item.state)), item.reviewed ? make("span", { class: "tag right" }, `✓ ${item.reviewed.who} ${item.reviewed.when.slice(0, 16).replace("T", " ")}`) : ""),
    data.mode === "report" ? "" : drawActions(item),
    drawSides(item),
  ];
  if (row.rule) parts.push(make("h3", {}, t("rules")), make("div", { class: "rules" }, row.rule.split(";").map((rule) => make("button", { type: "button", title: t("rulesNote"), onclick: () => setFilter({ ...NONE, kinds: new Set(), search: rule }) }, rule))));
  if (row.section) parts.push(make("h3", {}, t("section")), make("p", {}, row.section));
  if (row.speaker) parts.push(make("h3", {}, t("speaker")), make("p", {}, row.speaker));
  parts.push(make("h3", {}, t("where")), make("p", {}, `${item.document.id} · ${item.at} `), make("p", {}, make("button", { type: "button", class: "plain", onclick: copyLink }, t("link"))));
  box.replaceChildren(...parts);
  box.scrollTop = 0;
}

function drawSides(item) {
  if (item.table === "residue") return make("table", { class: "sides" }, make("colgroup", {}, make("col"), make("col")), make("tbody", {}, make("tr", {}, make("th", { scope: "row" }, t("reason")), make("td", {}, t(item.found.reason)))));
  const both = item.found && item.gold;
  const names = [...new Set([...data.tables[item.table].gold, ...data.tables[item.table].columns])].filter((name) => !["doc_id", "start", "end", "quote", "text", "rule", "section", "speaker"].includes(name) && ((item.found?.[name] ?? "") !== "" || (item.gold?.[name] ?? "") !== ""));
  const wrong = new Set(item.wrong || []);
  const row = (name) => {
    const isWrong = wrong.has(name) || (wrong.has("value") && (name === "unit" || name === "value_high")) || (wrong.has("task") && name.startsWith("task_"));
    const differs = both && data.tables[item.table].gold.includes(name) && (item.found[name] ?? "") !== (item.gold[name] ?? "") && name !== "note";
    return make("tr", { class: isWrong ? "wrong" : differs ? "minor" : "" }, make("th", { scope: "row" }, column(name)), item.found ? make("td", {}, display(name, item.found[name])) : "", item.gold ? make("td", {}, display(name, item.gold[name])) : "");
  };
  const head = make("thead", {}, make("tr", {}, make("th", {}, make("span", { class: "unseen" }, t("field"))), item.found ? make("th", { scope: "col" }, t(data.mode === "adjudicate" ? "second" : "found")) : "", item.gold ? make("th", { scope: "col" }, t("gold")) : ""));
  const quotes = item.goldQuote ? make("tr", { class: "minor" }, make("th", { scope: "row" }, t("quote")), make("td", {}, quoteOf(item)), make("td", {}, item.goldQuote)) : "";
  return make("table", { class: "sides" }, make("colgroup", {}, make("col"), item.found ? make("col") : "", item.gold ? make("col") : ""), head, make("tbody", {}, quotes, names.map(row)));
}

async function copyLink() {
  try { await navigator.clipboard.writeText(location.href); toast(t("copied")); }
  catch { window.prompt(t("link"), location.href); }
}

// Moving

function moveBy(step) {
  if (!listed.length) return;
  const inList = here && listed[here.listed] === here;
  const at = inList ? here.listed + step : step > 0 ? listed.findIndex((item) => !here || item.place > here.place) : listed.findLastIndex((item) => !here || item.place < here.place);
  const to = listed[Math.max(0, Math.min(listed.length - 1, at))];
  if (to) select(to, { focus: false });
}

function moveToError(step) {
  const from = here ? here.place : step > 0 ? -1 : items.length;
  const candidates = listed.filter(needsLook);
  const to = step > 0 ? candidates.find((item) => item.place > from) || candidates[0] : candidates.findLast((item) => item.place < from) || candidates.at(-1);
  if (to) select(to, { focus: false }); else toast(t("nothing"));
}
