// The overview: figures, charts and tables. Each number that counts errors leads to its rows.
let sorted = { column: "errors", falling: true };

function showSummary() {
  const statements = items.filter((item) => isStatement(item) && item.found);
  const others = items.filter((item) => item.table === "residue");
  const unexplained = others.filter((item) => item.state === "unexplained");
  const score = data.scores.targets;
  const labelled = data.documents.filter((doc) => doc.gold.length).length;
  const looks = items.filter((item) => ERRORS.has(item.state) && item.state !== "unexplained" && !item.reviewed).length;
  const interval = (name) => (score?.intervals[name] ? `${score.intervals[name].map(percent).join("–")}` : "");
  const targets = statements.filter((item) => item.found.kind === "target").length;
  const card = (label, figure, note, href, alarm) => make("div", { class: "card" }, make("dt", {}, label), make("dd", { class: alarm && "alarm" }, href ? make("a", { href }, figure) : figure, note ? make("small", {}, note) : null));
  const meta = [`${t("made")} ${data.generated}`, `zhibiao ${data.version}`, data.run.rules_sha256 ? `${t("rulesHash")} ${data.run.rules_sha256.slice(0, 8)}` : ""].filter(Boolean).join(" · ");
  $("#summary").replaceChildren(
    make("header", {}, make("div", {}, make("h1", {}, data.mode === "adjudicate" ? t("adjudicating") : t("title")), make("p", { class: "quiet" }, meta)), make("button", { class: "plain", type: "button", onclick: () => window.print() }, t("print"))),
    data.shortfalls.length ? make("div", { class: "panel", role: "status" }, make("h2", {}, t("below")), make("ul", { class: "danger" }, data.shortfalls.map(([table, name, split, figure, least]) => make("li", {}, `${t(table)} · ${own(table, name)}${split === "all" ? "" : ` · ${split}`}：F1 ${figure === null ? "—" : percent(figure)} < ${least}`)))) : "",
    make("dl", { class: "cards" },
      card(t("nDocuments"), data.documents.length.toLocaleString(), `${labelled} ${t("nLabelled")}`),
      card(t("nStatements"), statements.length.toLocaleString(), `${targets.toLocaleString()} ${t("ofTargets")}`),
      score ? card(t("rowF1"), percent(score.measures.row[2]), interval("row") && `95%：${interval("row")}`) : "",
      score ? card(t("spanF1"), percent(score.measures.span[2]), interval("span") && `95%：${interval("span")}`) : "",
      card(t("toLook"), looks.toLocaleString(), t("toLookNote"), "#?state=attention"),
      card(t("nUnexplained"), unexplained.length.toLocaleString(), english ? `of ${others.length.toLocaleString()} ${t("ofOthers")}` : `${others.length.toLocaleString()} ${t("ofOthers")}`, "#?state=unexplained", unexplained.length > 0)),
    make("div", { class: "panels" }, kinds(statements), years(statements), score ? fields(score) : "", Object.keys(data.scores).length ? measures() : "", groups("genre", "byGenre", genre), groups("split", "bySplit", (name) => name || t("none")), kappas(), score ? confusions() : "", documents(), problems()),
  );
}

function panel(size, heading, note, ...content) {
  return make("section", { class: `panel ${size}` }, make("h2", {}, t(heading)), make("p", {}, note ? t(note) : ""), ...content);
}

function barRow(label, share, figure, name, interval) {
  const bar = make("i", { class: name || "" });
  bar.style.width = `${100 * share}%`;
  const whisker = interval ? make("u") : "";
  if (interval) { whisker.style.left = `${100 * interval[0]}%`; whisker.style.width = `${Math.max(0.6, 100 * (interval[1] - interval[0]))}%`; }
  return make("tr", {}, make("th", { scope: "row" }, label), make("td", { "aria-hidden": "true" }, make("span", { class: "bar" }, bar, whisker)), make("td", { class: "figure" }, figure));
}

function kinds(statements) {
  const counts = ["target", "actual", "provision", "qualifier"].map((kind) => [kind, statements.filter((item) => item.found.kind === kind).length]);
  const most = Math.max(1, ...counts.map(([, count]) => count));
  return panel("third", "byKind", "", make("table", { class: "bars" }, make("caption", { class: "unseen" }, t("byKind")), make("tbody", {}, counts.map(([kind, count]) => barRow(t(kind), count / most, make("a", { href: `#?kind=${kind}` }, count.toLocaleString()), kind)))));
}

function years(statements) {
  const counts = new Map();
  for (const item of statements) if (item.found.kind === "target") counts.set(item.found.year_to || "", (counts.get(item.found.year_to || "") || 0) + 1);
  const named = [...counts.keys()].filter(Boolean).map(Number).filter((number) => number > 1900 && number < 2200);
  if (!counts.size) return "";
  // The years that hold most; what lies before and behind shares a column on either side.
  const inside = (from, to) => named.filter((number) => number >= from && number <= to).reduce((sum, number) => sum + counts.get(`${number}`), 0);
  const starts = named.filter((from) => inside(from, from + 14) === Math.max(...named.map((start) => inside(start, start + 14))));
  const first = Math.max(...starts);
  const last = Math.max(...named.filter((number) => number <= first + 14));
  const bins = [];
  if (inside(0, first - 1)) bins.push([`<${first}`, inside(0, first - 1)]);
  for (let number = first; number <= last; number += 1) bins.push([`${number}`, counts.get(`${number}`) || 0]);
  if (inside(last + 1, 9999)) bins.push([`>${last}`, inside(last + 1, 9999)]);
  if (counts.get("")) bins.push([t("noYear"), counts.get("")]);
  const most = Math.max(...bins.map(([, count]) => count));
  const columns = bins.map(([label, count]) => {
    const bar = make("i");
    bar.style.height = `${Math.round((120 * count) / most)}px`;
    return make("div", {}, make("b", {}, count || ""), bar, label);
  });
  const summary = bins.filter(([, count]) => count).map(([label, count]) => `${label}: ${count}`).join(", ");
  return panel("most", "byYear", "byYearNote", make("div", { class: "columns", role: "img", "aria-label": `${t("byYear")}: ${summary}` }, columns));
}

function fields(score) {
  const rows = Object.entries(score.fields).map(([name, counts]) => barRow(column(name), counts[2], [make("a", { href: `#?field=${name}` }, percent(counts[2])), ` (${percent(counts[5])})`], ""));
  return panel("third", "byField", "byFieldNote", make("table", { class: "bars" }, make("caption", { class: "unseen" }, t("byField")), make("tbody", {}, rows)));
}

function measures() {
  const rows = [];
  for (const [table, score] of Object.entries(data.scores)) {
    rows.push(make("tr", {}, make("th", { scope: "rowgroup", colspan: 5 }, make("b", {}, t(table)))));
    for (const [name, [precision, recall, f1]] of Object.entries(score.measures)) {
      const bar = barRow("", f1, "", "", score.intervals[name]).children[1];
      rows.push(make("tr", {}, make("th", { scope: "row" }, own(table, name)), make("td", { class: "figure" }, percent(precision)), make("td", { class: "figure" }, percent(recall)), make("td", { class: "figure" }, make("b", {}, percent(f1))), bar));
    }
  }
  const head = make("thead", {}, make("tr", {}, make("td", {}), ...["precision", "recall", "f1"].map((name) => make("th", { class: "figure", scope: "col" }, t(name))), make("td", { "aria-hidden": "true", style: null })));
  head.lastChild.lastChild.style.width = "30%";
  return panel("third", "measures", "measuresNote", make("table", { class: "grid tight" }, head, make("tbody", {}, rows)));
}

function kappas() {
  if (!data.kappa) return "";
  const rows = Object.entries(data.kappa).map(([name, value]) => barRow(column(name), Math.max(0, value), percent(value)));
  return panel("half", "agreement", "agreementNote", make("table", { class: "bars" }, make("caption", { class: "unseen" }, t("kappa")), make("tbody", {}, rows)));
}

function confusions() {
  const tables = [];
  for (const [table, score] of Object.entries(data.scores)) {
    for (const [name, cells] of Object.entries(score.confusion)) {
      const words = [...(data.tables[table].words[name] || []), ""].filter((word) => cells.some(([gold, found]) => gold === word || found === word));
      const count = (gold, found) => (cells.find((cell) => cell[0] === gold && cell[1] === found) || [0, 0, 0])[2];
      const label = (word) => (word ? t(word) : t("noRow"));
      const cell = (gold, found) => {
        const number = count(gold, found);
        if (gold === found) return make("td", { class: number && "same" }, number || "");
        return make("td", { class: number && "off" }, number ? make("a", { href: `#?confused=${table}.${name}.${gold}.${found}` }, number) : "");
      };
      tables.push(make("div", {}, make("h3", {}, table === "targets" ? column(name) : `${t(table)} · ${column(name)}`), make("table", { class: "confusion" }, make("thead", {}, make("tr", {}, make("td", {}), words.map((word) => make("th", { scope: "col" }, label(word))))), make("tbody", {}, words.map((gold) => make("tr", {}, make("th", { scope: "row" }, label(gold)), words.map((found) => cell(gold, found))))))));
    }
  }
  return panel("wide", "confusion", "confusionNote", make("div", { class: "pairs" }, tables));
}

function groups(by, heading, label) {
  const tables = Object.keys(data.scores).filter((table) => data.scores[table].groups[by]);
  const names = [...new Set(tables.flatMap((table) => Object.keys(data.scores[table].groups[by])))];
  if (!names.length) return "";
  const cell = (counts) => make("td", { class: "figure" }, counts && (counts[3] || counts[4]) ? [make("b", {}, percent(counts[2])), make("small", {}, `${counts[0].toFixed(2)} / ${counts[1].toFixed(2)}`)] : "—");
  const rows = names.map((name) => make("tr", {}, make("th", { scope: "row" }, label(name)), tables.map((table) => cell(data.scores[table].groups[by][name]?.row))));
  return panel("third", heading, "groupsNote", make("table", { class: "grid tight" }, make("thead", {}, make("tr", {}, make("th", { scope: "col" }, t(by)), tables.map((table) => make("th", { class: "figure", scope: "col" }, t(table))))), make("tbody", {}, rows)));
}

function documents() {
  const value = {
    document: (doc) => doc.title || doc.id, genre: (doc) => doc.kind, rowsCount: (doc) => doc.items.filter((item) => item.found && item.table !== "residue").length,
    gold: (doc) => doc.items.filter((item) => item.gold).length, spanF1: (doc) => doc.scores.targets?.span[2] ?? -1, rowPrecision: (doc) => doc.scores.targets?.row[0] ?? -1, rowRecall: (doc) => doc.scores.targets?.row[1] ?? -1, rowF1: (doc) => doc.scores.targets?.row[2] ?? -1,
    errors: (doc) => doc.items.filter(needsLook).length,
  };
  const listed = data.documents.map((doc) => ({ doc, ...Object.fromEntries(Object.entries(value).map(([name, get]) => [name, get(doc)])) }));
  const compare = (a, b) => (typeof a === "string" ? a.localeCompare(b, "zh") : a - b);
  listed.sort((a, b) => (sorted.falling ? -1 : 1) * compare(a[sorted.column], b[sorted.column]));
  const sort = (name) => { sorted = { column: name, falling: sorted.column === name ? !sorted.falling : name !== "document" && name !== "genre" }; showSummary(); $(`#sort-${name}`).focus(); };
  const head = Object.keys(value).map((name) => make("th", { scope: "col", class: ["document", "genre"].includes(name) ? "" : "figure", "aria-sort": sorted.column === name ? (sorted.falling ? "descending" : "ascending") : "none" }, make("button", { type: "button", id: `sort-${name}`, onclick: () => sort(name) }, t(name))));
  const figure = (number) => make("td", { class: "figure" }, number < 0 ? "—" : Number.isInteger(number) && number > 1 ? number.toLocaleString() : percent(number));
  const count = (number) => make("td", { class: "figure" }, number.toLocaleString());
  const rows = listed.map((row) => make("tr", {}, make("th", { scope: "row" }, make("a", { href: `#${encodeURIComponent(row.doc.id)}` }, row.document), row.doc.error ? make("span", { class: "danger" }, ` ${t("failed")}`) : ""), make("td", { class: "genre" }, genre(row.genre)), count(row.rowsCount), count(row.gold), figure(row.spanF1), figure(row.rowPrecision), figure(row.rowRecall), figure(row.rowF1), make("td", { class: "figure" }, row.errors ? make("a", { href: `#?document=${encodeURIComponent(row.doc.id)}&state=attention` }, row.errors) : "0")));
  return panel("wide", "byDocument", "", make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t("byDocument") }, make("table", { class: "grid" }, make("thead", {}, make("tr", {}, head)), make("tbody", {}, rows))));
}

function problems() {
  const lines = data.run.problems || [];
  return lines.length ? panel("wide", "problems", "", make("ul", {}, lines.map((line) => make("li", {}, line)))) : "";
}
