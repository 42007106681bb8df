// Work on gold. Each decision goes to the server at once, with the version of the gold that this page has seen.
const page = Math.random().toString(36).slice(2);
let editing = null;

const who = () => $("#reviewer").value.trim();

async function post(doc, path, body) {
  let response;
  try {
    response = await fetch(`/api/documents/${encodeURIComponent(doc.id)}/${path}`, { method: "POST", headers: { "Content-Type": "application/json", "X-Zhibiao-Token": data.token }, body: JSON.stringify(body) });
  } catch {
    return { status: 0, error: t("offline") };
  }
  return { status: response.status, ...(await response.json().catch(() => ({ error: response.statusText }))) };
}

// Takes in a document as the server has it now, and stays at the same place of it.
function takeIn(answer, at) {
  const doc = answer.document;
  data.versions[doc.id] = answer.version;
  data.reviewed[doc.id] = answer.reviewed;
  data.documents[data.documents.findIndex((one) => one.id === doc.id)] = doc;
  prepare(doc);
  gather();
  const top = $("#paper").scrollTop;
  open = null;
  here = null;
  openDocument(doc);
  $("#paper").scrollTop = top;
  refilter();
  const item = at === undefined ? null : doc.items.find((one) => one.at === at.at && one.table === at.table) || doc.items.find((one) => one.at === at.at) || doc.items.find((one) => one.from >= at.from);
  select(item || null);
  refreshScores();
}

let scoresTimer = 0;
function refreshScores() {
  clearTimeout(scoresTimer);
  scoresTimer = setTimeout(async () => {
    const answer = await fetch("/api/scores").then((response) => response.json()).catch(() => null);
    if (!answer?.scores) return;
    data.scores = answer.scores;
    if (answer.kappa) data.kappa = answer.kappa;
    if (!$("#summary").hidden) showSummary();
  }, 300);
}

async function send(doc, path, body, at) {
  if (!who()) { toast(t("nameYourself"), true); $("#reviewer").focus(); return false; }
  const answer = await post(doc, path, { ...body, who: who(), version: data.versions[doc.id] });
  if (answer.status === 200) {
    stopEditing();
    takeIn(answer, at);
    const file = answer.entry.table === "targets" ? `corpus/gold/${doc.id}.csv` : `corpus/gold/${answer.entry.table}/${doc.id}.csv`;
    const writes = ["write", "remove"].includes(answer.entry.action);
    toast(answer.entry.action === "undo" ? `${t("undone")}：${answer.entry.quote}` : writes ? `${t("saved")} ${file}` : t("noted"));
    return true;
  }
  if (answer.status === 409) {
    stopEditing();
    takeIn(answer, at);
    warn(`${t("changed")} ${answer.last ? `（${answer.last.who}）` : ""}`, true);
  } else {
    const fault = $("#fault");
    if (fault) fault.textContent = answer.error; else toast(answer.error, true);
  }
  return false;
}

function warn(text, bad) {
  const notice = $("#notice");
  notice.hidden = !text;
  notice.classList.toggle("bad", Boolean(bad));
  notice.replaceChildren(make("span", {}, text), bad ? make("button", { type: "button", class: "plain", onclick: () => warn("") }, t("close")) : "");
  notice.dataset.stays = bad ? "yes" : "";
  const height = notice.hidden ? 0 : notice.offsetHeight;
  $("#work").style.setProperty("--notice", `${height}px`);
  $("#work").classList.toggle("with-notice", !notice.hidden);
}

// Decisions

const goldCells = (item) => data.tables[item.table].gold.filter((name) => !["doc_id", "start", "end", "quote", "text"].includes(name));
const decide = (item, action, row, start, quote) => send(item.document, "decisions", { action, table: goldTable(item), start: start ?? item.at, quote: quote ?? quoteOf(item), row: row || {} }, item);

const can = {
  accept: (item) => item.table !== "residue" && item.found && item.state !== "right" || (item.state === "right" && item.wrong),
  keep: (item) => Boolean(item.gold),
  correct: () => true,
  reject: () => true,
};

function accept() {
  if (!here || !can.accept(here)) return;
  const cells = goldCells(here).filter((name) => name !== "note");
  decide(here, "write", Object.fromEntries(cells.map((name) => [name, `${here.found[name] ?? ""}`])));
}

function keep() {
  if (here && can.keep(here)) decide(here, "keep", {}, here.goldAt, here.goldQuote);
}

function reject() {
  if (!here || !can.reject(here)) return;
  if (here.gold) decide(here, "remove", {}, here.goldAt, here.goldQuote); else decide(here, "dismiss");
}

function undo() {
  const doc = here?.document || open;
  if (doc) send(doc, "undo", {}, here || undefined);
}

function correct() {
  if (!here) return;
  const item = here;
  const table = goldTable(item);
  const cells = item.table === "residue" ? guess(quoteOf(item)) : { ...(item.gold || item.found) };
  edit({ document: item.document, table, start: item.goldAt ?? item.at, quote: item.goldQuote ?? quoteOf(item), cells, first: (item.wrong || [])[0] });
}

function guess(quote) {
  const number = /-?\d+(?:\.\d+)?/.exec(quote);
  return { kind: "actual", comparator: "eq", measure: "level", value: number ? number[0] : "", unit: number ? quote.slice(number.index + number[0].length) : "" };
}

function drawActions(item) {
  const second = data.mode === "adjudicate";
  if (item.table === "residue") return make("div", {}, make("div", { class: "actions", id: "actions" }, make("button", { type: "button", class: "plain", id: "do-correct", onclick: correct }, t("addRow"), make("kbd", { "aria-hidden": "true" }, "e")), make("button", { type: "button", class: "plain danger", id: "do-reject", onclick: reject }, t("reject"), make("kbd", { "aria-hidden": "true" }, "x"))), make("div", { id: "editor" }));
  const button = (action, act, label, key, kind) => make("button", { type: "button", class: `plain ${kind || ""}`, id: `do-${action}`, onclick: act, disabled: !can[action](item) }, t(label), make("kbd", { "aria-hidden": "true" }, key));
  return make("div", {}, make("div", { class: "actions", id: "actions" },
    button("accept", accept, second ? "acceptSecond" : "accept", "a", "main-action"), button("keep", keep, "keep", "y"),
    button("correct", correct, "correct", "e"), button("reject", reject, isStatement(item) ? "reject" : "rejectOther", "x", "danger")), make("div", { id: "editor" }));
}

// The form

function edit(target) {
  editing = target;
  const names = data.tables[target.table].gold.filter((name) => !["doc_id", "start", "end", "quote", "text"].includes(name));
  const input = (name) => {
    const words = data.tables[target.table].words[name];
    const value = `${target.cells[name] ?? ""}`;
    const box = words ? make("select", { name }, words.map((word) => make("option", { value: word, selected: word === value }, own(name, word)))) : make("input", { name, value, autocomplete: "off" });
    return make("label", { class: ["indicator", "owner", "note", "title", "body"].includes(name) ? "full" : "" }, column(name), box);
  };
  const form = make("form", { class: "form", id: "form", onsubmit: (event) => { event.preventDefault(); save(form); } },
    names.map(input), make("p", { class: "fault", id: "fault", role: "alert" }),
    make("div", { class: "ends" }, make("button", { class: "plain main-action" }, t("save")), make("button", { type: "button", class: "plain", onclick: () => { stopEditing(); drawDetail(); } }, t("cancel"))));
  form.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.stopPropagation(); stopEditing(); drawDetail(); $("#rows").focus(); } });
  if (target.fresh) {
    here = null;
    $("#detail").replaceChildren(make("h2", {}, target.quote), make("div", { class: "tags" }, make("span", { class: "tag" }, t("addRow"))), form);
  } else {
    $("#actions").hidden = true;
    $("#editor").replaceChildren(form);
  }
  (form.elements[target.first] || form.elements.indicator || form.elements[0]).focus();
}

function save(form) {
  const { document: doc, table, start, quote } = editing;
  const row = Object.fromEntries(new FormData(form));
  send(doc, "decisions", { action: "write", table, start, quote, row }, { at: start, table, from: 0 });
}

function stopEditing() {
  editing = null;
  $("#add")?.remove();
}

// A missing row: select its number in the text.

function offerToAdd() {
  $("#add")?.remove();
  const selection = getSelection();
  if (!open || selection.isCollapsed || selection.rangeCount !== 1) return;
  const range = selection.getRangeAt(0);
  const paragraph = (range.startContainer.nodeType === 1 ? range.startContainer : range.startContainer.parentElement).closest("#text p");
  if (!paragraph || !paragraph.contains(range.endContainer)) return;
  const before = document.createRange();
  before.setStart(paragraph, 0);
  before.setEnd(range.startContainer, range.startOffset);
  let from = Number(paragraph.dataset.start) + before.toString().length;
  let quote = range.toString();
  from += quote.length - quote.trimStart().length;
  quote = quote.trim();
  if (!quote || open.text.slice(from, from + quote.length) !== quote) return;
  const doc = open;
  const start = Array.from(doc.text.slice(0, from)).length;
  const place = range.getBoundingClientRect();
  const paper = $("#paper");
  const button = make("button", { type: "button", class: "plain main-action add", id: "add", onclick: () => { selection.removeAllRanges(); edit({ document: doc, table: "targets", start, quote, cells: guess(quote), fresh: true }); button.remove(); } }, `＋ ${t("addRow")}`);
  button.style.left = `${Math.min(place.left, paper.getBoundingClientRect().right - 130) - paper.getBoundingClientRect().left}px`;
  button.style.top = `${place.bottom - paper.getBoundingClientRect().top + paper.scrollTop + 6}px`;
  button.addEventListener("mousedown", (event) => event.preventDefault());
  paper.append(button);
}

const REVIEW_KEYS = { a: accept, y: keep, e: correct, x: reject, u: undo, i: () => $("#add")?.click() };

document.addEventListener("mouseup", (event) => { if (!(event.target instanceof Element && event.target.closest("#add"))) setTimeout(offerToAdd, 0); });
$("#undo").addEventListener("click", undo);
$("#reviewer").value = data.reviewer;
try { $("#reviewer").value = localStorage.getItem("zhibiao-reviewer") || data.reviewer; } catch { /* no storage: the name is asked for again */ }
$("#reviewer").addEventListener("change", () => { try { localStorage.setItem("zhibiao-reviewer", who()); } catch { /* as above */ } });

// Who else is at this document, and whether its gold has changed meanwhile.
async function lookAround() {
  if (!open || document.hidden) return;
  const doc = open;
  const answer = await post(doc, "presence", { who: who(), page });
  if (answer.status !== 200 || open !== doc) return;
  if (answer.version !== data.versions[doc.id] && !editing) {
    const fresh = await fetch(`/api/documents/${encodeURIComponent(doc.id)}`).then((response) => response.json()).catch(() => null);
    if (fresh?.document && open === doc && !editing) { takeIn(fresh, here || undefined); warn(`${t("changed")} ${answer.last ? `（${answer.last.who}）` : ""}`, true); return; }
  }
  if ($("#notice").dataset.stays !== "yes") warn(answer.others.length ? t("also") + answer.others.join("、") : "");
}
setInterval(lookAround, 5000);
window.addEventListener("hashchange", () => setTimeout(lookAround, 50));
setTimeout(lookAround, 300);
