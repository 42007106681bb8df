// The data, one flat list of items over all documents, and small helpers. An item: a row, its gold, or both.
const data = JSON.parse(document.getElementById("data").textContent);
const ERRORS = new Set(["wrong", "missed", "extra", "unexplained"]);
const byId = new Map();
let items = [];

const $ = (selector) => document.querySelector(selector);

// An element; strings become text, never markup, so that nothing in a document can run.
function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === false || value === null || value === undefined) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

// Some names of columns, words and measures say another thing elsewhere on the page.
const own = (prefix, name) => t(WORDS[`${prefix}.${name}`] ? `${prefix}.${name}` : name);
const column = (name) => own("column", name);
const genre = (kind) => (kind ? own("genre", kind) : t("none"));
const isStatement = (item) => item.table === "targets";
// The table of gold that an item belongs to: a number that states nothing could only have been a statement.
const goldTable = (item) => (item.table === "residue" ? "targets" : item.table);
const kindOf = (item) => (isStatement(item) ? (item.found || item.gold).kind : item.state === "unexplained" ? "unexplained" : "");
const shown = (item) => item.found || item.gold;
const quoteOf = (item) => item.document.text.slice(item.from, item.to);
const needsLook = (item) => ERRORS.has(item.state) && !item.reviewed;
const percent = (value) => value.toFixed(3);
const year = (row) => (row.year_from ? `${row.year_from}–${row.year_to || ""}` : row.year_to || "");

// The name of an item in a link: its place among the code points of the text, with the table where that is not plain.
const nameOf = (item) => (item.table === "targets" || item.table === "residue" ? `${item.at}` : `${item.table}.${item.at}`);
const linkTo = (item) => `#${encodeURIComponent(item.document.id)}/${nameOf(item)}`;

function prepare(doc) {
  byId.set(doc.id, doc);
  for (const item of doc.items) {
    item.document = doc;
    item.reviewed = (data.reviewed?.[doc.id] || {})[`${goldTable(item)}/${item.at}`] || null;
    item.hay = null;
  }
}

function gather() {
  items = [];
  for (const doc of data.documents) for (const item of doc.items) items.push(item);
  items.forEach((item, place) => { item.place = place; });
}

function hay(item) {
  if (item.hay === null) {
    const cells = [quoteOf(item), item.document.id, item.document.title];
    for (const side of [item.found, item.gold]) if (side) cells.push(...Object.values(side));
    item.hay = cells.join("\u0001").toLowerCase();
  }
  return item.hay;
}

let toastTimer = 0;
function toast(text, bad) {
  const box = $("#toast");
  box.textContent = text;
  box.classList.toggle("bad", Boolean(bad));
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { box.textContent = ""; }, bad ? 9000 : 3500);
}

data.documents.forEach(prepare);
gather();
