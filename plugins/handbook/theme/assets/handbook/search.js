// The search dialog: Material's, with our engine, what each hit is, filters, near words and the other edition's hits.
(() => {
  "use strict";

  /** What our engine and Material's dialog say to one another. @typedef {{ type: number, data?: any }} Message */
  /** @typedef {{ id: string, name: string, n: number }} Count */
  /** @typedef {{ total: number, kinds: Count[], categories: Count[], near: string[] }} Summary */
  /**
   * @typedef {{ location: string, title: string, text: string, terms: Record<string, boolean>, score: number, tags?: string[],
   *   kind: string, category: string, through: string, of: string }} Row
   */
  /** @typedef {{ postMessage: (message: Message) => void, addEventListener: (type: string, listener: (event: any) => void) => void }} Engine */

  const WORKER = "assets/handbook/search-worker.js";
  const FROM_FOLDER = location.protocol === "file:";
  const HAN = /[\u3400-\u9fff\uf900-\ufaff]/;
  /** What the marks of a page reached take along in its address: so many words, so many signs. */
  const MARKS = 12, MARKED = 240;
  /** Milliseconds without a key before the other edition is asked, and before a number of hits is read aloud. */
  const PAUSE = 700;

  const Real = window.Worker;

  /** An engine for pages opened from a folder, where browsers refuse workers: the same one, in the page. */
  class Near extends EventTarget {
    /** @param {string | URL} address */
    constructor(address) {
      super();
      this.answer = globalThis["handbookSearch"] ? Promise.resolve() : run(address);
      this.answer = this.answer.then(() => globalThis["handbookSearch"].create());
    }

    /** @param {Message} message */
    async postMessage(message) {
      const answer = await this.answer;
      this.dispatchEvent(new MessageEvent("message", { data: answer(message) }));
    }

    terminate() { /* it goes with the page */ }
  }

  /** Runs a script of this site. @param {string | URL} address @returns {Promise<any>} */
  function run(address) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.addEventListener("load", resolve);
      script.addEventListener("error", reject);
      script.src = String(address);
      document.head.append(script);
    });
  }

  /** @type {string | URL} */
  let worker = "";
  /** @type {Engine | null} */
  let engine = null;

  /** @param {string | URL} address @param {WorkerOptions} [options] */
  function start(address, options) {
    if (!String(address).split(/[?#]/)[0].endsWith(WORKER)) return new Real(address, options);
    worker = address;
    const made = /** @type {any} */ (FROM_FOLDER ? new Near(address) : new Real(address, options));
    const post = made.postMessage.bind(made);
    made.postMessage = (/** @type {Message} */ message) => post(asked(message));
    made.addEventListener("message", (/** @type {MessageEvent<Message>} */ { data }) => {
      if (data.type === 1) ready();
      if (data.type === 3) {
        waiting--;
        data.data.items.forEach(dress); // before Material's dialog, which listens after us, shows them
        setTimeout(() => show(data.data.handbook));
      }
    });
    engine = { postMessage: made.postMessage, addEventListener: made.addEventListener.bind(made) };
    return made;
  }

  window.Worker = /** @type {any} */ (new Proxy(Real, { construct: (_, [address, options]) => start(address, options) }));

  // ---- The question

  let query = "";
  /** Questions without an answer yet, and whether Enter was pressed meanwhile. */
  let waiting = 0, entered = false;
  const asks = { kinds: /** @type {Set<string>} */ (new Set()), categories: /** @type {Set<string>} */ (new Set()) };
  const narrowed = () => asks.kinds.size + asks.categories.size > 0;
  const question = () => ({ query, kinds: [...asks.kinds], categories: [...asks.categories] });

  /** Learns from what passes to the engine, and adds the filters to a query. @param {Message} message @returns {Message} */
  function asked(message) {
    if (message.type === 0) learn(message.data);
    if (message.type !== 2) return message;
    waiting++;
    query = message.data;
    return { type: 2, data: question() };
  }

  function askAgain() {
    engine?.postMessage({ type: 2, data: query });
  }

  // ---- What a hit is

  /** @type {Record<string, string>} */
  let words = {};
  /** @type {{ kinds: Record<string, string>, categories: Record<string, string> }} */
  let names = { kinds: {}, categories: {} };
  let chinese = true;

  /** @param {{ config: any }} index */
  function learn({ config }) {
    words = config.words ?? {};
    names = config.names ?? names;
    chinese = config.lang[0] === "zh";
  }

  /** Gives the rows of a page their labels and addresses, before Material shows them. @param {Row[]} rows */
  function dress(rows) {
    const head = rows.find((row) => !row.location.includes("#")) ?? rows[0];
    const marks = [...new Set(rows.flatMap((row) => Object.keys(row.terms)))].sort((a, b) => b.length - a.length);
    const kind = head.kind === "page" && rows.length > 1 ? rows.find((row) => row !== head)?.kind ?? "page" : head.kind;
    const found = rows.filter((row) => row !== head || row.through || row.score > 0).map(throughOf);
    const through = found[0] && found.every((said) => said === found[0]) ? found[0] : ""; // one word for all: said once
    for (const row of rows) {
      const said = row === head ? through || throughOf(row) : through ? "" : throughOf(row);
      row.title = (row === head ? titleOf(row, kind) : placeOf(row)) + said;
      row.text = row.text && `<p class="hb-hit__text${row.kind === "regime" && row !== head && chinese ? " hb-source" : ""}">${row.text}</p>`;
      row.location = marked(row.location, marks);
      row.terms = {};
      delete row.tags;
    }
  }

  /** @param {Row} row @param {string} kind @returns {string} */
  function titleOf(row, kind) {
    const category = names.categories[row.category];
    return label("kind", words[`search_is_${kind}`] ?? "") + `<span class="hb-hit__title">${row.title}</span>` + (category ? label("category", category) : "");
  }

  /** What a row below the title of its page is, where it stands and of which regime. @param {Row} row @returns {string} */
  function placeOf(row) {
    const part = row.kind === "regime" ? (row.text ? words.clause : words.search_heading) : row.kind === "checklist" ? words.search_item : "";
    const cited = /^\d+, /.test(row.title) ? words.search_cited?.replace("#", row.title) ?? row.title : row.title;
    return (part ? label("part", part) : "") + `<span class="hb-hit__place">${cited}</span>` + (row.of ? label("of", row.of) : "");
  }

  /** Says how a row was found that does not hold what was typed. @param {Row} row @returns {string} */
  function throughOf(row) {
    if (!row.through) return "";
    const typed = query.trim().toLowerCase();
    let say = words.search_same;
    if (row.through.toLowerCase().includes(typed)) say = words.search_keyword;
    else if (HAN.test(typed) !== chinese) say = chinese && row.title === escape(row.through) ? words.search_spelled : words.search_translated;
    return label("through", (say ?? "#").replace("#", row.through));
  }

  /** @param {string} text @returns {string} */
  function escape(text) {
    return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
  }

  /** @param {string} name @param {string} text @returns {string} */
  function label(name, text) {
    return `<span class="hb-hit__${name}">${escape(text)}</span> `;
  }

  /** An address that takes along what to mark on its page. @param {string} address @param {string[]} marks @returns {string} */
  function marked(address, marks) {
    const [page, anchor] = address.split("#");
    const taken = [];
    let room = MARKED;
    for (const mark of marks.slice(0, MARKS)) if ((room -= mark.length) >= 0) taken.push(`h=${encodeURIComponent(mark)}`);
    return page + (taken.length ? `?${taken.join("&")}` : "") + (anchor ? `#${anchor}` : "");
  }

  // ---- What stands above the hits

  const panel = make("div", "hb-search");
  const line = make("p", "hb-search__line");
  const count = make("span", "hb-search__count");
  const clear = button("hb-search__clear", () => narrow(null));
  const elsewhere = document.createElement("a");
  const help = make("div", "hb-search__help");
  const groups = { kinds: make("div", "hb-search__chips"), categories: make("div", "hb-search__chips") };
  const status = make("p", "hb-visually-hidden");
  elsewhere.href = location.href; // a link that leads nowhere is no link
  elsewhere.className = "hb-search__elsewhere";
  elsewhere.hidden = clear.hidden = true;
  status.setAttribute("role", "status");
  line.append(count, clear, elsewhere);
  panel.append(line, groups.kinds, groups.categories, help, status);

  /** @param {string} tag @param {string} name @param {string} [text] */
  function make(tag, name, text = "") {
    const element = document.createElement(tag);
    element.className = name;
    element.textContent = text;
    return element;
  }

  /** @param {string} name @param {() => void} act @param {string} [text] */
  function button(name, act, text = "") {
    const element = /** @type {HTMLButtonElement} */ (make("button", name, text));
    element.type = "button";
    element.addEventListener("click", act);
    return element;
  }

  const field = () => /** @type {HTMLInputElement | null} */ (document.querySelector("input.md-search__input"));
  const toggle = () => /** @type {HTMLInputElement | null} */ (document.querySelector("[data-md-toggle=search]"));

  function ready() {
    const list = document.querySelector(".md-search__scrollwrap");
    if (!list || panel.isConnected) return;
    groups.kinds.setAttribute("role", "group");
    groups.categories.setAttribute("role", "group");
    groups.kinds.setAttribute("aria-label", words.search_by_kind ?? "");
    groups.categories.setAttribute("aria-label", words.search_by_category ?? "");
    clear.textContent = words.search_clear ?? "";
    list.before(panel);
    show({ total: 0, kinds: [], categories: [], near: [] });
  }

  /** Shows what the engine says beside the hits. @param {Summary} summary */
  function show(summary) {
    const typed = query.trim() !== "", none = typed && !summary.total;
    count.textContent = !typed ? words.search_type ?? "" : none ? words[narrowed() ? "search_none_narrowed" : "search_none"] ?? "" : plural("search_hits", summary.total);
    clear.hidden = !typed || !narrowed();
    chips("kinds", typed ? summary.kinds : []);
    chips("categories", typed ? summary.categories : []);
    help.textContent = "";
    if (none && summary.near.length) help.append(nearTo(summary.near));
    if (!typed || none && !narrowed()) help.append(make("p", "hb-search__hint", words[typed ? "search_hint_none" : "search_hint"]));
    panel.classList.toggle("hb-search--none", none);
    announce();
    lookElsewhere(none);
    if (entered && !waiting) {
      entered = false;
      field()?.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
    }
  }

  /** @param {string} key @param {number} n */
  function plural(key, n) {
    return (words[n === 1 ? `${key}_one` : key] ?? "#").replace("#", String(n));
  }

  /** @param {string[]} near @returns {HTMLElement} */
  function nearTo(near) {
    const offer = make("p", "hb-near", words.search_near);
    for (const word of near) offer.append(" ", button("hb-near__word", () => ask(word), word));
    return offer;
  }

  /** @param {string} text */
  function ask(text) {
    const input = field();
    if (!input) return;
    narrow(null, false);
    input.value = text;
    input.focus();
    input.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
  }

  /** One button a kind or category, kept where it is there already so that the focus stays. @param {"kinds" | "categories"} group @param {Count[]} counts */
  function chips(group, counts) {
    const box = groups[group];
    const old = new Map([...box.children].map((chip) => [/** @type {HTMLElement} */ (chip).dataset.id, /** @type {HTMLButtonElement} */ (chip)]));
    const focused = document.activeElement instanceof Element && box.contains(document.activeElement);
    counts.forEach(({ id, name, n }, place) => {
      const chip = old.get(id) ?? button("hb-search__chip", () => narrow(group, true, id));
      old.delete(id);
      chip.dataset.id = id;
      chip.textContent = name + " ";
      chip.append(make("span", "hb-search__n", String(n)));
      chip.setAttribute("aria-pressed", String(asks[group].has(id)));
      if (box.children[place] !== chip) box.insertBefore(chip, box.children[place] ?? null);
    });
    for (const chip of old.values()) chip.remove();
    box.hidden = !counts.length;
    if (focused && !box.contains(document.activeElement)) field()?.focus();
  }

  /**
   * Turns one filter, or with ``null`` takes all away.
   * @param {"kinds" | "categories" | null} group @param {boolean} [again] whether to ask at once @param {string} [id]
   */
  function narrow(group, again = true, id = "") {
    if (!group) {
      if (document.activeElement === clear) field()?.focus();
      asks.kinds.clear();
      asks.categories.clear();
    } else if (!asks[group].delete(id)) asks[group].add(id);
    if (again) askAgain();
    const list = document.querySelector(".md-search__scrollwrap");
    if (list) list.scrollTop = 0;
  }

  let soon = 0;

  /** Says the number of hits once the reader pauses. */
  function announce() {
    clearTimeout(soon);
    soon = window.setTimeout(() => {
      const on = [...panel.querySelectorAll("[aria-pressed=true]")].map((chip) => chip.firstChild?.textContent?.trim());
      const text = query.trim() ? [count.textContent, ...on].join(" · ") : "";
      if (status.textContent !== text) status.textContent = text;
    }, PAUSE);
  }

  // ---- The other edition, whose index is read only when a reader pauses over a query

  /** @type {Promise<Engine> | null} */
  let other = null;
  let later = 0, asking = "";

  const language = () => /** @type {HTMLAnchorElement | null} */ (document.querySelector("a[data-hb-root]"));

  /** @param {boolean} none whether nothing was found here */
  function lookElsewhere(none) {
    const key = JSON.stringify(question());
    if (key === asking) return;
    asking = key;
    elsewhere.hidden = true;
    clearTimeout(later);
    if (!query.trim() || !language()) return;
    const saving = Boolean(/** @type {any} */ (navigator).connection?.saveData);
    if (saving && !none && !other) offer(key, null);
    else later = window.setTimeout(countElsewhere, other || none ? PAUSE / 5 : PAUSE, key);
  }

  /** @param {string} key */
  async function countElsewhere(key) {
    try {
      other ??= open();
      const there = await other;
      if (key === asking) there.postMessage({ type: 2, data: JSON.parse(key) });
    } catch {
      other = null;
      offer(key, null);
    }
  }

  /** Sets an engine up with the other edition's index. @returns {Promise<Engine>} */
  async function open() {
    const root = new URL(language()?.dataset.hbRoot ?? "", base());
    const made = /** @type {Engine} */ (FROM_FOLDER ? new Near(worker) : new Real(worker));
    /** @type {any} */
    let index;
    if (FROM_FOLDER) {
      const own = globalThis["__index"];
      await run(new URL("search/search_index.js", root));
      index = globalThis["__index"];
      globalThis["__index"] = own;
    } else index = await (await fetch(new URL("search/search_index.json", root))).json();
    made.addEventListener("message", ({ data }) => {
      if (data.type === 3) offer(asking, data.data.handbook.total);
    });
    made.postMessage({ type: 0, data: index });
    return made;
  }

  /** The root of this edition. @returns {string} */
  function base() {
    const config = JSON.parse(document.getElementById("__config")?.textContent ?? "{}");
    return new URL(config.base ?? ".", location.href).href;
  }

  /** Offers the other edition's hits; without a number where nobody counted. @param {string} key @param {number | null} n */
  function offer(key, n) {
    const link = language();
    if (key !== asking || !link) return;
    elsewhere.hidden = n === 0;
    elsewhere.textContent = `${n === null ? words.search_elsewhere_any ?? "" : plural("search_elsewhere", n)} →`;
    const address = new URL(link.href.split(/[?#]/)[0]);
    address.searchParams.set("q", query.trim());
    elsewhere.href = address.href;
    elsewhere.hreflang = link.hreflang;
  }

  // ---- Keys

  /** Where Tab stops in the dialog, in order; the hits are one stop, within which the arrows move. @returns {HTMLElement[]} */
  function stops() {
    const shown = (/** @type {Element | null} */ e) => e instanceof HTMLElement && e.getClientRects().length > 0;
    const reset = field()?.value ? document.querySelector(".md-search__options [type=reset]") : null;
    const all = [field(), reset, ...panel.querySelectorAll("button, a[href]"), document.querySelector(".md-search-result__link")];
    return /** @type {HTMLElement[]} */ (all.filter(shown));
  }

  let opener = /** @type {Element | null} */ (null);

  /** Keys within the dialog, before Material reads them: it would close at Tab and take every other key to the field. @param {KeyboardEvent} event */
  function onKey(event) {
    const target = event.target;
    if (!(target instanceof HTMLElement) || !toggle()?.checked || !target.closest(".md-search")) return;
    if (event.isComposing || event.keyCode === 229) return event.stopPropagation(); // the key belongs to an input method
    entered = event.key === "Enter" && target === field() && (waiting > 0 || query !== field()?.value);
    if (entered) { // opens the best hit of what was typed, not of what was typed before
      event.preventDefault();
      return event.stopPropagation();
    }
    if (event.key === "Escape") return giveBack();
    if (event.key === "Tab" && !event.altKey && !event.ctrlKey) return onTab(event, target);
    const box = target.closest(".hb-search__chips");
    if (box && ["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) {
      const all = [...box.querySelectorAll("button")], last = all.length - 1, place = all.indexOf(/** @type {any} */ (target));
      const next = { ArrowLeft: place - 1, ArrowRight: place + 1, Home: 0, End: last }[event.key] ?? 0;
      all[Math.min(last, Math.max(0, next))].focus();
      event.preventDefault();
      event.stopPropagation();
    } else if (["Shift", "Control", "Alt", "Meta", "CapsLock"].includes(event.key)) event.stopPropagation();
    else if (target !== field() && (event.key === "Enter" || event.key === " ")) event.stopPropagation();
  }

  /** @param {KeyboardEvent} event @param {HTMLElement} target */
  function onTab(event, target) {
    const all = stops();
    const place = target.closest(".md-search-result") ? all.length - 1 : all.indexOf(target);
    const next = all[place + (event.shiftKey ? -1 : 1)];
    if (place < 0 || !next) return; // beyond either end Material closes the dialog and the focus moves on
    next.focus();
    event.preventDefault();
    event.stopPropagation();
  }

  /** After Escape the focus is where it was before the dialog opened. */
  function giveBack() {
    const back = opener;
    setTimeout(() => {
      if (back instanceof HTMLElement && back.isConnected && !toggle()?.checked) back.focus();
    });
  }

  /** @param {FocusEvent} event */
  function onFocus(event) {
    const from = event.relatedTarget;
    if (event.target === field() && !(from instanceof Element && from.closest(".md-search"))) opener = from instanceof Element && from !== toggle() ? from : null;
  }

  function onToggle() {
    const open = Boolean(toggle()?.checked), active = document.activeElement;
    if (!open && narrowed()) narrow(null);
    if (open && active && !active.closest(".md-search")) {
      opener = active === document.body || active === toggle() ? null : active;
      field()?.focus();
    }
  }

  document.addEventListener("keydown", onKey, true);
  document.addEventListener("focusin", onFocus);
  toggle()?.addEventListener("change", onToggle);
  // Pasting, dictating and choosing a word of an input method press no key, and keys are all that Material listens for.
  field()?.addEventListener("input", () => field()?.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true })));
  field()?.form?.addEventListener("reset", () => setTimeout(() => field()?.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }))));
})();
