// The penalty look-up: narrows, sorts and sums up rows that are complete without it. State lives in the address alone.

/**
 * @typedef {{k: Record<string, string[]>, y: [number|null, number|null]|null, p: [number|null, number|null]|null, t: string, r: string}} RowData
 * @typedef {{body: HTMLTableSectionElement, data: RowData, text: string, order: number}} Row
 * @typedef {{q: string, min: number|null, gains: number|null, sort: string, choices: Map<string, Set<string>>}} Query
 */

(() => {
  const root = document.querySelector("[data-hb-lookup]");
  if (!(root instanceof HTMLElement)) return;
  const table = /** @type {HTMLTableElement} */ (root.querySelector(".hb-table--penalties"));
  const words = JSON.parse(root.dataset.words || "{}");
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (root.querySelector(`[data-hb-${name}]`));
  const facetBox = /** @type {HTMLDetailsElement} */ (part("facets"));
  const fields = /** @type {HTMLFormElement} */ (part("fields"));
  const boxes = [...facetBox.querySelectorAll("input")];
  const facetNames = [...new Set(boxes.map((box) => box.name))];
  const PAGE = 100;
  const SCREEN = 20;
  let painted = 0;
  let shown = PAGE;
  /** @type {Row[]} */
  let matches = [];

  /** Words of the interface with their values filled in. */
  const say = (/** @type {string} */ key, /** @type {Record<string, unknown>} */ values = {}) =>
    String(words[key]).replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  const plain = (/** @type {string} */ text) => text.normalize("NFKC").toLowerCase();
  const money = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 });

  /** @type {Row[]} */
  const rows = [...table.tBodies].map((body, order) => {
    const data = JSON.parse(body.dataset.row || "{}");
    body.removeAttribute("data-row");
    return { body, data, text: plain(data.t), order };
  });

  /** A number typed into a field; null where there is none. */
  function amount(/** @type {string|null} */ text) {
    const value = Number(String(text ?? "").replace(/[,，\s]/g, ""));
    return text && Number.isFinite(value) && value >= 0 ? value : null;
  }

  /** @returns {Query} what the address asks for. (Material opens its own search where the address has a `q`, so ours is `text`.) */
  function readAddress() {
    const params = new URLSearchParams(location.search);
    const choices = new Map(facetNames.map((name) => [name, new Set(
      params.getAll(name).filter((word) => boxes.some((box) => box.name === name && box.value === word)))]));
    return { q: params.get("text") || "", min: amount(params.get("min")), gains: amount(params.get("gains")),
      sort: params.get("sort") || "", choices };
  }

  function writeAddress(/** @type {Query} */ query) {
    const params = new URLSearchParams();
    if (query.q.trim()) params.set("text", query.q.trim());
    for (const [name, set] of query.choices) for (const word of set) params.append(name, word);
    if (query.min !== null) params.set("min", String(query.min));
    if (query.gains !== null) params.set("gains", String(query.gains));
    if (query.sort) params.set("sort", query.sort);
    const text = params.toString();
    history.replaceState(history.state, "", location.pathname + (text ? `?${text}` : "") + location.hash);
  }

  let query = readAddress();

  /** The bounds of a row's fine in yuan; a percentage counts once the gains are known. Null where there is no figure. */
  function bounds(/** @type {Row} */ row) {
    if (row.data.y) return row.data.y;
    if (!row.data.p || query.gains === null) return null;
    const gains = query.gains;
    return row.data.p.map((percent) => (percent === null ? null : (gains * percent) / 100));
  }

  /** How high a fine can reach: its upper bound, without end where it has a lower bound only, -1 without a figure. */
  function reach(/** @type {Row} */ row) {
    const found = bounds(row);
    return found ? found[1] ?? Infinity : -1;
  }

  /** Whether a row meets everything but the choices of one facet. */
  function meets(/** @type {Row} */ row, /** @type {string[]} */ terms, /** @type {string} */ except) {
    for (const term of terms) if (!row.text.includes(term)) return false;
    for (const [name, set] of query.choices) {
      if (name !== except && set.size && !row.data.k[name].some((word) => set.has(word))) return false;
    }
    return query.min === null || reach(row) >= query.min;
  }

  const collator = new Intl.Collator(document.documentElement.lang || "zh", { numeric: true });
  const columns = ["conduct", "condition", "measures", "fine", "authority", "clause"];
  /** Texts of a column, read once. @type {Map<string, string[]>} */
  const texts = new Map();
  function text(/** @type {Row} */ row, /** @type {number} */ column) {
    const key = columns[column];
    let column_texts = texts.get(key);
    if (!column_texts) {
      column_texts = rows.map((each) => each.body.rows[0].cells[column].textContent?.trim() || "");
      texts.set(key, column_texts);
    }
    return column_texts[row.order];
  }

  function sorted(/** @type {Row[]} */ list) {
    const key = query.sort.replace(/^-/, "");
    const column = columns.indexOf(key);
    if (column < 0) return list;
    const sign = query.sort.startsWith("-") ? -1 : 1;
    const compare = key === "fine" ? (/** @type {Row} */ a, /** @type {Row} */ b) => reach(a) - reach(b)
      : key === "clause" ? (/** @type {Row} */ a, /** @type {Row} */ b) => a.order - b.order
      : (/** @type {Row} */ a, /** @type {Row} */ b) => {
        const [x, y] = [text(a, column), text(b, column)];
        return (x === "—" ? 1 : 0) - (y === "—" ? 1 : 0) || collator.compare(x, y);
      };
    return [...list].sort((a, b) => sign * compare(a, b) || a.order - b.order);
  }

  /** Rows up to a count. Those below the first screen follow a frame later, so that typing never waits for them. */
  function paintRows(/** @type {number} */ count, soon = false) {
    const turn = ++painted;
    const bodies = matches.slice(0, count).map((row) => row.body);
    const first = soon ? bodies.slice(0, SCREEN) : bodies;
    table.replaceChildren(/** @type {HTMLElement} */ (table.tHead), ...first);
    if (first.length < bodies.length) {
      const follow = () => { if (turn === painted) table.append(...bodies.slice(SCREEN)); };
      requestAnimationFrame(() => setTimeout(follow, 30));
    }
    const rest = matches.length - bodies.length;
    part("more-place").hidden = rest <= 0;
    part("more").textContent = say("lookup_more", { n: Math.min(rest, PAGE) });
  }

  /** The amounts of percentages in yuan, while the gains are known. */
  function paintGains() {
    for (const row of rows) {
      if (!row.data.p) continue;
      const cell = /** @type {HTMLElement} */ (row.body.querySelector("[data-percent]"));
      cell.parentElement?.querySelector(".hb-converted")?.remove();
      const found = query.gains === null ? null : bounds(row);
      if (!found) continue;
      const [low, high] = found.map((value) => (value === null ? null : money.format(value)));
      const key = low === null ? "amount_most" : high === null ? "amount_least" : low === high ? "amount_exact" : "amount_range";
      const span = document.createElement("span");
      span.className = "hb-converted hb-amount";
      span.textContent = `= ${say(key, { low, high })}`;
      cell.after(" ", span);
    }
  }

  const chart = /** @type {HTMLElement|null} */ (root.querySelector("[data-hb-chart]"));
  const orders = new Map(rows.map((row) => [row.body.id, row.order]));
  /** What stands for rows in the picture, with their places. */
  const drawn = (/** @type {string} */ name) => [...(chart?.querySelectorAll(name) || [])].map((found) => {
    const element = /** @type {HTMLElement|SVGElement} */ (found);
    return { element, rows: (element.dataset.rows || "").trim().split(" ").map((id) => orders.get(id) ?? -1) };
  });
  const bars = drawn(".hb-chart__bar");
  const percents = drawn(".hb-chart__percent");

  /** The bars of what matches move together; the rest leaves the picture. */
  function paintChart() {
    if (!chart) return;
    const hits = new Uint8Array(rows.length);
    for (const row of matches) hits[row.order] = 1;
    let at = 0;
    for (const bar of bars) {
      const hit = bar.rows.some((order) => hits[order]);
      bar.element.style.display = hit ? "" : "none";
      if (hit) bar.element.setAttribute("transform", `translate(0 ${20 * at++})`);
    }
    let beside = 0;
    for (const percent of percents) {
      const hit = percent.rows.some((order) => hits[order]);
      percent.element.style.display = hit ? "" : "none";
      if (hit) beside++;
    }
    const line = /** @type {HTMLElement|null} */ (chart.querySelector(".hb-chart__percents"));
    if (line) line.hidden = beside === 0;
    chart.querySelector(".hb-chart__picture")?.setAttribute("height", String(20 * at + 30));
    chart.hidden = at + beside === 0;
  }

  function paintCounts(/** @type {string[]} */ terms) {
    /** @type {Map<string, Map<string, number>>} */
    const counts = new Map();
    for (const name of facetNames) {
      const count = new Map();
      counts.set(name, count);
      const own = query.choices.get(name);
      const list = own && own.size ? rows.filter((row) => meets(row, terms, name)) : matches;
      for (const row of list) for (const word of row.data.k[name]) count.set(word, (count.get(word) || 0) + 1);
    }
    for (const box of boxes) {
      const count = counts.get(box.name)?.get(box.value) || 0;
      const label = /** @type {HTMLElement} */ (box.parentElement);
      const mark = /** @type {HTMLElement} */ (label.querySelector(".hb-facet__count"));
      if (mark.textContent !== String(count)) mark.textContent = String(count);
      box.checked = query.choices.get(box.name)?.has(box.value) || false;
      label.classList.toggle("hb-facet--none", count === 0 && !box.checked);
    }
  }

  /** @type {[string, string, () => void][]} */
  let active = [];
  function paintChips() {
    active = [];
    if (query.q.trim()) active.push([query.q.trim(), "text", () => { query.q = ""; }]);
    for (const [name, set] of query.choices) for (const word of set) {
      const box = boxes.find((each) => each.name === name && each.value === word);
      active.push([box?.parentElement?.querySelector(".hb-facet__name")?.textContent || word, `${name}=${word}`, () => { set.delete(word); }]);
    }
    if (query.min !== null) active.push([`${say("lookup_reach")} ≥ ${money.format(query.min)}`, "min", () => { query.min = null; }]);
    if (query.gains !== null) active.push([`${say("lookup_gains")} ${money.format(query.gains)}`, "gains", () => { query.gains = null; }]);
    const chips = active.map(([label, key, remove]) => {
      const chip = document.createElement("button");
      chip.type = "button";
      chip.className = "hb-active";
      chip.dataset.key = key;
      chip.append(label, " ×");
      chip.setAttribute("aria-label", say("lookup_remove", { name: label }));
      chip.addEventListener("click", () => { remove(); fillFields(); update(); (/** @type {HTMLElement} */ (fields.elements.namedItem("text"))).focus(); });
      return chip;
    });
    if (active.length > 1) {
      const clear = document.createElement("button");
      clear.type = "button";
      clear.className = "hb-clear";
      clear.textContent = say("lookup_clear");
      clear.addEventListener("click", clearAll);
      chips.push(clear);
    }
    part("chips").replaceChildren(...chips);
  }

  function clearAll() {
    query = { q: "", min: null, gains: null, sort: query.sort, choices: new Map(facetNames.map((name) => [name, new Set()])) };
    fillFields();
    update();
  }

  function fillFields() {
    const field = (/** @type {string} */ name) => /** @type {HTMLInputElement} */ (fields.elements.namedItem(name));
    field("text").value = query.q;
    field("min").value = query.min === null ? "" : String(query.min);
    field("gains").value = query.gains === null ? "" : String(query.gains);
  }

  let gainsPainted = /** @type {number|null} */ (null);
  /** Shows what the query asks for. While somebody types, counts and picture follow a frame after the rows. */
  function update(typing = false) {
    const terms = plain(query.q).split(/[\s、，]+/).filter(Boolean);
    const least = query.min;
    matches = sorted(rows.filter((row) => meets(row, terms, "")));
    shown = PAGE;
    if (gainsPainted !== query.gains) { paintGains(); gainsPainted = query.gains; texts.delete("fine"); }
    paintRows(shown, true);
    const turn = painted;
    const rest = () => { if (turn === painted) { paintCounts(terms); paintChips(); paintChart(); } };
    if (typing) requestAnimationFrame(() => setTimeout(rest)); else rest();
    part("count").textContent = say("lookup_count", { n: matches.length, all: rows.length });
    part("empty").hidden = matches.length > 0;
    table.hidden = matches.length === 0;
    const left = least === null || query.gains !== null ? 0 : countLeftOut(terms);
    part("left-out").hidden = left === 0;
    part("left-out").textContent = say("lookup_percent_out", { n: left });
    for (const head of /** @type {NodeListOf<HTMLElement>} */ (table.tHead?.querySelectorAll("[data-sort]"))) {
      const now = query.sort.replace(/^-/, "") === head.dataset.sort;
      if (now) head.setAttribute("aria-sort", query.sort.startsWith("-") ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
    writeAddress(query);
  }

  /** Rows that fine a percentage and meet all the rest: whether they reach the amount is not known. */
  function countLeftOut(/** @type {string[]} */ terms) {
    const least = query.min;
    query.min = null;
    const left = rows.filter((row) => row.data.p && meets(row, terms, "")).length;
    query.min = least;
    return left;
  }

  table.classList.add("hb-table--sorted");
  for (const head of /** @type {NodeListOf<HTMLElement>} */ (table.tHead?.querySelectorAll("[data-sort]"))) {
    const key = head.dataset.sort || "";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "hb-sort";
    button.textContent = head.textContent;
    button.title = say("lookup_sort", { name: head.textContent });
    button.addEventListener("click", () => {
      const first = key === "fine" ? `-${key}` : key;
      const second = key === "fine" ? key : `-${key}`;
      query.sort = query.sort === first ? second : query.sort === second ? "" : first;
      update();
    });
    head.replaceChildren(button);
  }

  facetBox.addEventListener("change", (event) => {
    if (!(event.target instanceof HTMLInputElement)) return;
    const set = query.choices.get(event.target.name);
    if (event.target.checked) set?.add(event.target.value); else set?.delete(event.target.value);
    update();
  });
  fields.addEventListener("input", (event) => {
    if (!(event.target instanceof HTMLInputElement)) return;
    const { name, value } = event.target;
    if (name === "text") query.q = value;
    if (name === "min") query.min = amount(value);
    if (name === "gains") query.gains = amount(value);
    update(true);
  });
  for (const form of [fields, facetBox.querySelector("form")]) form?.addEventListener("submit", (event) => event.preventDefault());
  part("more").addEventListener("click", () => { shown += PAGE; paintRows(shown); });
  part("print").addEventListener("click", () => window.print());
  addEventListener("beforeprint", () => paintRows(matches.length));
  addEventListener("afterprint", () => paintRows(shown));
  addEventListener("popstate", () => { query = readAddress(); fillFields(); update(); });
  addEventListener("hashchange", openRow);

  /** The row the address points to is shown, whatever the page. */
  function openRow() {
    const id = decodeURIComponent(location.hash.slice(1));
    const index = matches.findIndex((row) => row.body.id === id);
    if (index < 0) return;
    if (index >= shown || !matches[index].body.isConnected) { shown = Math.max(shown, index + 1); paintRows(shown); }
    const details = matches[index].body.querySelector("details");
    if (details) details.open = true;
    matches[index].body.scrollIntoView({ block: "center" });
  }

  part("copy").addEventListener("click", async () => {
    const button = part("copy");
    const label = button.textContent;
    try {
      await navigator.clipboard.writeText(location.href);
    } catch {
      const area = document.createElement("textarea");
      area.value = location.href;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
      button.focus();
    }
    button.textContent = say("lookup_copied");
    setTimeout(() => { button.textContent = label; }, 1500);
  });

  /** What is narrowed to, in the order shown, as a file a spreadsheet opens: UTF-8 with its mark, no formula. */
  part("csv").addEventListener("click", () => {
    const safe = (/** @type {unknown} */ value) => {
      const cell = String(value ?? "");
      const harmless = /^\s*[=+\-@＝＋－＠]/.test(cell) && !/^[+-]?\d+(\.\d+)?$/.test(cell) ? `'${cell}` : cell;
      return /[",\r\n]/.test(harmless) ? `"${harmless.replace(/"/g, '""')}"` : harmless;
    };
    const head = ["id", say("regimes"), ...columns.map((key) => say(key)), "min (RMB)", "max (RMB)", "min %", "max %", say("basis"), say("status")];
    const name = (/** @type {string} */ facet, /** @type {string} */ word) =>
      boxes.find((box) => box.name === facet && box.value === word)?.parentElement?.querySelector(".hb-facet__name")?.textContent || word;
    const lines = matches.map((row) => {
      const { k, y, p } = row.data;
      const cells = [...row.body.rows[0].cells];
      const measures = [...cells[2].querySelectorAll(".hb-measure")].map((each) => each.textContent?.trim()).join(" | ");
      const shown_texts = columns.map((key, i) => (key === "measures" ? measures : key === "clause" ? cells[i].querySelector("a")?.textContent : cells[i].textContent?.trim().replace(/\s+/g, " ").replace(/^—$/, "")));
      return [row.body.id, name("regime", k.regime[0]), ...shown_texts, y?.[0], y?.[1], p?.[0], p?.[1],
        k.law.map((law) => name("law", law)).join(" | "), k.status.filter((s) => s !== "none").map((s) => name("status", s)).join(" | ")];
    });
    const content = "\uFEFF" + [head, ...lines].map((line) => line.map(safe).join(",")).join("\r\n") + "\r\n";
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([content], { type: "text/csv;charset=utf-8" }));
    link.download = "penalties.csv";
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  });

  facetBox.hidden = fields.hidden = part("bar").hidden = false;
  if (matchMedia("(max-width: 59.9em)").matches) facetBox.open = false;
  for (const name of facetNames) {
    if (query.choices.get(name)?.size) facetBox.querySelector(`#facet-${name}`)?.parentElement?.setAttribute("open", "");
  }
  fillFields();
  update();
  openRow();
})();
