// The checklist: filling, keeping, exporting and printing. What is filled in stays in this browser; nothing is sent anywhere.
// Both editions share one state a regime, and so do several tabs: what is kept is read again before every write.

/**
 * @typedef {"yes"|"no"|"na"|null} Answer
 * @typedef {{answer: Answer, remark: string, version: string, seen?: boolean}} Entry  seen: the notice of a gone item was dismissed
 * @typedef {{schema: 1, regime: string, began: string, changed: string, version: string, fingerprint: string,
 *   fields: Record<string, string>, items: Record<string, Entry>, gone: Record<string, Entry>, known: string[]}} State
 *   known: the items there were when the sheet was begun or last reviewed; gone: entries of items the data no longer has
 */

(() => {
  const ANSWERS = ["yes", "no", "na"];
  const PREFIX = "handbook.checklist.";
  const VIEW_KEY = `${PREFIX}view`;

  const isObject = (/** @type {unknown} */ value) => typeof value === "object" && value !== null && !Array.isArray(value);
  const isText = (/** @type {unknown} */ value, /** @type {number} */ most) => typeof value === "string" && value.length <= most;
  const isOneOf = (/** @type {unknown} */ value, /** @type {string[]} */ choices) => typeof value === "string" && choices.includes(value);

  /** What is kept under a key; null where there is nothing or the browser forbids it. */
  function kept(/** @type {string} */ key) {
    try { return JSON.parse(localStorage.getItem(key) || "null"); } catch { return null; }
  }

  /** @returns {(key: string, values?: Record<string, unknown>) => string} the words of the interface with their values filled in */
  function speaker(/** @type {HTMLElement} */ root) {
    const words = JSON.parse(root.dataset.words || "{}");
    return (key, values = {}) => String(words[key]).replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  }

  const index = document.querySelector('[data-hb-page="checklists"]');
  if (index instanceof HTMLElement) markBegun(index);
  const sheet = document.querySelector('[data-hb-page="checklist"]');
  if (sheet instanceof HTMLElement) openSheet(sheet);

  /** On the list of checklists: which are begun, and how far they are. */
  function markBegun(/** @type {HTMLElement} */ list) {
    const say = speaker(list);
    const show = () => list.querySelectorAll("[data-regime]").forEach((row) => {
      const chip = row.querySelector("[data-hb-begun]");
      if (!(row instanceof HTMLElement && chip instanceof HTMLElement)) return;
      const names = [row.dataset.regime, ...(row.dataset.former || "").split(" ")];
      const state = names.map((name) => kept(PREFIX + name)).find(isObject);
      chip.hidden = !(isObject(state) && state.schema === 1 && isObject(state.items));
      if (chip.hidden) return;
      const answered = Object.values(state.items).filter((entry) => isObject(entry) && isOneOf(entry.answer, ANSWERS)).length;
      chip.textContent = say("sheet_begun", { done: Math.min(answered, Number(row.dataset.items)), all: row.dataset.items });
    });
    show();
    addEventListener("pageshow", (event) => { if (event.persisted) show(); });
    addEventListener("storage", show);
  }

  function openSheet(/** @type {HTMLElement} */ root) {
    const MOST_BYTES = 1024 * 1024, DELAY = 200;
    const regime = String(root.dataset.regime), key = PREFIX + regime;
    const former = (root.dataset.former || "").split(" ").filter(Boolean); // the names the regime had before
    const isOurs = (/** @type {unknown} */ name) => name === regime || isOneOf(name, former);
    const isItem = (/** @type {string} */ id) => isOurs(id.split(".")[0]);
    const say = speaker(root);
    const chinese = document.documentElement.lang.startsWith("zh");
    const locale = chinese ? "zh-CN" : "en-GB";
    const moved = /** @type {Record<string, string|null>} */ (JSON.parse(root.dataset.moved || "{}"));
    const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (root.querySelector(`[data-hb-${name}]`));
    const form = /** @type {HTMLFormElement} */ (part("form"));
    const picker = /** @type {HTMLInputElement} */ (part("import-file"));
    const inputs = new Map([...form.querySelectorAll("[data-hb-field]")].map((input) =>
      [String(/** @type {HTMLElement} */ (input).dataset.hbField), /** @type {HTMLInputElement} */ (input)]));
    const rows = new Map([...form.querySelectorAll("[data-item]")].map((row) =>
      [String(/** @type {HTMLElement} */ (row).dataset.item), /** @type {HTMLElement} */ (row)]));

    let state = /** @type {State|null} */ (null);
    /** What this tab has changed and not yet written, to be applied to whatever is kept by then. */
    const pending = /** @type {Map<string, (state: State) => void>} */ (new Map());
    let detached = false; // the browser has refused a write: the page alone holds the state
    let exported = true; // nothing would be lost with the page
    let timer = 0;
    let printing = "";

    // ---- State

    const now = () => new Date().toISOString();
    const versionOf = (/** @type {string} */ id) => String(rows.get(id)?.dataset.itemVersion);
    const remarkOf = (/** @type {HTMLElement} */ row) => /** @type {HTMLTextAreaElement} */ (row.querySelector("[data-hb-remark]"));
    const choicesOf = (/** @type {HTMLElement} */ row) => /** @type {HTMLInputElement[]} */ ([...row.querySelectorAll('input[type="radio"]')]);

    /** @returns {State} */
    function fresh() {
      return { schema: 1, regime, began: now(), changed: now(), version: String(root.dataset.version),
        fingerprint: String(root.dataset.fingerprint), fields: {}, items: {}, gone: {}, known: [...rows.keys()] };
    }

    const isBlank = (/** @type {State} */ { fields, items, gone }) =>
      !Object.values(fields).some(Boolean) && !Object.keys(items).length && !Object.keys(gone).length;

    /** Whether an item is to be checked again: its question has changed since it was answered, or it is new. */
    function isChanged(/** @type {string} */ id) {
      if (!state) return false;
      return !state.known.includes(id) || (id in state.items && state.items[id].version !== versionOf(id));
    }

    const goneUnseen = () => Object.entries(state?.gone ?? {}).filter(([, entry]) => !entry.seen);

    /** Brings a state to the data of this page: moved items move, items that are gone are set apart, returned ones return. */
    function reconciled(/** @type {State} */ given) {
      const place = (/** @type {string} */ id) => !rows.has(id) && Object.hasOwn(moved, id) ? moved[id] ?? id : id;
      const result = { ...given, items: {}, gone: {}, known: [...new Set(given.known.map(place))] };
      const found = Object.entries({ ...given.gone, ...given.items });
      for (const [id, entry] of found.sort(([a], [b]) => Number(rows.has(b)) - Number(rows.has(a)))) {
        const { seen, ...rest } = entry;
        if (rows.has(place(id)) && !(place(id) in result.items)) result.items[place(id)] = rest;
        else result.gone[id] = entry;
      }
      return result;
    }

    function readEntries(/** @type {unknown} */ value) {
      const isEntry = ([/** @type {string} */ id, /** @type {unknown} */ e]) => isItem(id) && id.length <= 200
        && isObject(e) && (e.answer === null || isOneOf(e.answer, ANSWERS)) && isText(e.remark, 2000) && isText(e.version, 64)
        && ["undefined", "boolean"].includes(typeof e.seen)
        && Object.keys(e).every((name) => ["answer", "remark", "version", "seen"].includes(name));
      return isObject(value) && Object.entries(value).every(isEntry);
    }

    /** A state from outside, taken over member by member after a strict look; null where anything is amiss. @returns {State|null} */
    function readState(/** @type {any} */ value) {
      const isTime = (/** @type {unknown} */ time) => isText(time, 40)
        && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(String(time)) && !Number.isNaN(Date.parse(String(time)));
      const isField = ([/** @type {string} */ name, /** @type {unknown} */ text]) => {
        const input = inputs.get(name);
        return input && isText(text, input.maxLength > 0 ? input.maxLength : 10) && (input.type !== "date" || /^(\d{4}-\d\d-\d\d)?$/.test(String(text)));
      };
      if (!isObject(value) || value.schema !== 1 || !isOurs(value.regime)) return null;
      const { began, changed, version, fingerprint, fields, items, gone = {}, known = [...rows.keys()] } = value;
      const isSound = isTime(began) && isTime(changed) && isText(version, 64) && isText(fingerprint, 64)
        && isObject(fields) && Object.entries(fields).every(isField) && readEntries(items) && readEntries(gone)
        && Array.isArray(known) && known.every((id) => isText(id, 200) && isItem(id));
      return isSound ? reconciled({ schema: 1, regime, began, changed, version, fingerprint, fields: { ...fields }, items, gone, known }) : null;
    }

    // ---- Keeping

    /** Notes a change and writes it soon. */
    function change(/** @type {string} */ name, /** @type {(state: State) => void} */ apply) {
      state ??= fresh();
      apply(state);
      pending.set(name, apply);
      exported = false;
      tell("done");
      clearTimeout(timer);
      timer = setTimeout(save, DELAY);
    }

    function save() {
      clearTimeout(timer);
      if (!pending.size) return;
      const disk = detached ? null : readState(kept(key));
      if (disk) {
        pending.forEach((apply) => apply(disk));
        state = disk;
      }
      state ??= fresh();
      state.changed = now();
      if (![...rows.keys()].some(isChanged)) {
        state.version = String(root.dataset.version);
        state.fingerprint = String(root.dataset.fingerprint);
      }
      write();
    }

    /** Writes the state as it is; a blank one leaves no trace. Says once where the browser refuses. */
    function write() {
      try {
        if (!state || isBlank(state)) localStorage.removeItem(key);
        else localStorage.setItem(key, JSON.stringify(state));
        if (detached) tell("unsaved");
        part("saved").hidden = detached = false;
        pending.clear();
      } catch {
        refuse();
      }
    }

    /** Takes up what was kept under a name the regime had before, unless something is kept under the name of today. */
    function adopt(/** @type {string} */ name) {
      try {
        const old = localStorage.getItem(PREFIX + name);
        if (old === null || localStorage.getItem(key) !== null) return;
        localStorage.setItem(key, old);
        localStorage.removeItem(PREFIX + name);
      } catch { /* storage forbidden: there is nothing to take up */ }
    }

    function refuse() {
      if (!detached) tell("unsaved", say("sheet_unsaved"));
      part("saved").hidden = detached = true;
    }

    /** Puts another state, or none, in the place of this one. */
    function replace(/** @type {State|null} */ next) {
      clearTimeout(timer);
      pending.clear();
      state = next;
      part("restored").textContent = "";
      write();
      render();
    }

    /** Takes up what another tab has written; what is being typed here goes on top of it. */
    function takeUp() {
      if (detached) return;
      state = readState(kept(key));
      if (pending.size) {
        state ??= fresh();
        pending.forEach((apply) => apply(/** @type {State} */ (state)));
      }
      tell("done");
      render();
    }

    // ---- Answers

    function put(/** @type {State} */ into, /** @type {string} */ id, /** @type {Partial<Entry>} */ values) {
      const entry = { ...(into.items[id] ?? { answer: null, remark: "", version: versionOf(id) }), ...values };
      if ("answer" in values || entry.answer === null) entry.version = versionOf(id);
      if ("answer" in values && !into.known.includes(id)) into.known.push(id);
      if (entry.answer || entry.remark) into.items[id] = entry;
      else delete into.items[id];
    }

    function answer(/** @type {string} */ id, /** @type {Answer} */ value) {
      change(`answer ${id}`, (into) => put(into, id, { answer: value }));
      save();
      render();
    }

    /** An answer chosen again is taken back, unless its question has changed: then it is confirmed. */
    function choose(/** @type {HTMLInputElement} */ { name, value }) {
      const again = state?.items[name]?.answer === value && !isChanged(name);
      answer(name, again ? null : /** @type {Answer} */ (value));
    }

    function onClick(/** @type {Event} */ event) {
      if (event.target instanceof HTMLInputElement && event.target.type === "radio") choose(event.target);
    }

    function onInput(/** @type {Event} */ event) {
      const field = event.target;
      if (field instanceof HTMLTextAreaElement) {
        const row = /** @type {HTMLElement} */ (field.closest("[data-item]")), id = String(row.dataset.item), text = field.value;
        change(`remark ${id}`, (into) => put(into, id, { remark: text }));
        showText(field, text);
      } else if (field instanceof HTMLInputElement && field.dataset.hbField) {
        const name = field.dataset.hbField, text = field.value;
        change(`field ${name}`, (into) => { into.fields[name] = text; });
        showText(field, text);
      }
    }

    /** On an answer: 1 2 3 choose, Delete takes back, j k or Alt with an arrow go to the next or the previous item. */
    function onKey(/** @type {KeyboardEvent} */ event) {
      const choice = event.target;
      if (!(choice instanceof HTMLInputElement) || choice.type !== "radio" || event.ctrlKey || event.metaKey || event.isComposing) return;
      const row = /** @type {HTMLElement} */ (choice.closest("[data-item]"));
      const step = /** @type {Record<string, number>} */ (event.altKey ? { ArrowDown: 1, ArrowUp: -1 } : { j: 1, k: -1 })[event.key];
      const chosen = event.altKey ? -1 : ["1", "2", "3"].indexOf(event.key);
      if (step) {
        const all = [...rows.values()], next = all[all.indexOf(row) + step];
        if (next) focusAnswer(next, choice.value);
      } else if (chosen >= 0) {
        answer(choice.name, /** @type {Answer} */ (ANSWERS[chosen]));
        choicesOf(row)[chosen].focus();
      } else if (!event.altKey && (event.key === "Delete" || event.key === "Backspace")) answer(choice.name, null);
      else if (event.key === " " && choice.checked) { // browsers differ in whether they click here
        choose(choice);
        form.addEventListener("keyup", (release) => release.preventDefault(), { once: true });
      }
      else return;
      event.preventDefault();
    }

    function focusAnswer(/** @type {HTMLElement} */ row, /** @type {string} */ value) {
      const choices = choicesOf(row);
      (choices.find((c) => c.checked) ?? choices.find((c) => c.value === value) ?? choices[0]).focus();
    }

    // ---- What the reader sees

    /** @returns {HTMLElement} an element with a class and children or words */
    function make(/** @type {string} */ tag, /** @type {string} */ name, /** @type {(Node|string)[]} */ ...children) {
      const element = document.createElement(tag);
      if (name) element.className = name;
      element.append(...children);
      return element;
    }

    function makeButton(/** @type {string} */ words, /** @type {() => void} */ act) {
      const button = make("button", "hb-button", words);
      button.setAttribute("type", "button");
      button.addEventListener("click", act);
      return button;
    }

    /** Shows a message of its kind in the place of the last one; without children takes it away. */
    function tell(/** @type {string} */ kind, /** @type {(Node|string)[]} */ ...children) {
      const area = part("notice"), before = area.querySelector(`[data-kind="${kind}"]`);
      if (!children.length) before?.remove();
      else {
        const message = make("div", "hb-sheet__message", ...children);
        message.dataset.kind = kind;
        if (before) before.replaceWith(message);
        else area.append(message);
      }
      area.hidden = !area.childElementCount;
    }

    /** Shows a text in its field, and beside it for paper; the field in use keeps its caret. */
    function showText(/** @type {HTMLInputElement|HTMLTextAreaElement} */ field, /** @type {string} */ text) {
      if (field.value !== text) {
        const { selectionStart, selectionEnd } = field;
        field.value = text;
        if (field === document.activeElement && selectionStart !== null) field.setSelectionRange(selectionStart, selectionEnd);
      }
      const written = /** @type {HTMLElement} */ (field.parentElement?.querySelector(".hb-sheet__written"));
      written.textContent = field.type === "date" ? longDate(field.value) : text;
      if (field.type === "date") field.toggleAttribute("data-filled", Boolean(field.value));
      if (field instanceof HTMLTextAreaElement) grow(field);
    }

    function longDate(/** @type {string} */ day) {
      return day && new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(Date.parse(day));
    }

    const grows = CSS.supports("field-sizing", "content");

    function grow(/** @type {HTMLTextAreaElement} */ area) {
      if (grows) return;
      area.style.blockSize = "auto";
      area.style.blockSize = `${area.scrollHeight}px`;
    }

    function render() {
      inputs.forEach((input, name) => showText(input, state?.fields[name] ?? ""));
      rows.forEach((row, id) => {
        const entry = state?.items[id], value = entry?.answer ?? null;
        for (const choice of choicesOf(row)) choice.checked = choice.value === value;
        if (value) row.dataset.answer = value;
        else delete row.dataset.answer;
        row.toggleAttribute("data-changed", isChanged(id));
        showText(remarkOf(row), entry?.remark ?? "");
      });
      showCount();
      showChanges();
    }

    function showCount() {
      const answered = [...rows.values()].filter((row) => row.dataset.answer);
      const unmet = answered.filter((row) => row.dataset.answer === "no" && !row.closest('[data-part="classification"]')).length;
      const words = [say("sheet_count", { done: answered.length, all: rows.size }), ...(unmet ? [say("sheet_unmet", { n: unmet })] : [])];
      const text = words.join(" · ");
      if (part("count").textContent !== text) part("count").textContent = text; // said aloud only when it is another
      /** @type {HTMLProgressElement} */ (part("progress")).value = answered.length;
    }

    /** Says what has changed in the data since the sheet was begun, as long as something is left to look at. */
    function showChanges() {
      const changed = [...rows].filter(([id]) => isChanged(id)), gone = goneUnseen();
      const signature = JSON.stringify([changed.length, gone]);
      if (!changed.length && !gone.length) return tell("changed");
      if (part("notice").querySelector('[data-kind="changed"]')?.getAttribute("data-signature") === signature) return;
      const children = [];
      if (changed.length) children.push(make("span", "", say("sheet_changed", { n: changed.length })), makeButton(say("sheet_changed_show"), () => {
        const first = [...rows].find(([id]) => isChanged(id));
        if (!first) return;
        first[1].scrollIntoView({ block: "center" });
        focusAnswer(first[1], "yes");
      }));
      if (gone.length) children.push(make("div", "hb-sheet__gone", say("sheet_import_gone", { n: gone.length }), make("ul", "", ...gone.map(goneLine))));
      tell("changed", ...children, makeButton(say("sheet_dismiss"), dismiss));
      part("notice").querySelector('[data-kind="changed"]')?.setAttribute("data-signature", signature);
    }

    function goneLine([/** @type {string} */ id, /** @type {Entry} */ entry]) {
      const filled = [entry.answer ? say(`answer_${entry.answer}`) : "", entry.remark].filter(Boolean).join(chinese ? "；" : "; ");
      return make("li", "", `${id.slice(regime.length + 1)}${chinese ? "：" : ": "}${filled}`);
    }

    function dismiss() {
      change("dismiss", (into) => {
        into.known = [...rows.keys()];
        for (const [id, entry] of Object.entries(into.items)) entry.version = versionOf(id);
        for (const entry of Object.values(into.gone)) entry.seen = true;
      });
      save();
      render();
      part("tools").focus({ preventScroll: true });
    }

    // ---- Clearing, export and import

    /** Says what was done, and how to take it back; the reader is at the way back. */
    function offerUndo(/** @type {string} */ words, /** @type {State|null} */ before, /** @type {HTMLElement} */ back) {
      const undo = makeButton(say("sheet_undo"), () => {
        replace(before);
        tell("done");
        back.focus();
      });
      tell("done", make("span", "", words), undo);
      undo.focus();
    }

    function clear() {
      save();
      const before = state;
      replace(null);
      exported = true;
      if (before) offerUndo(say("sheet_cleared"), before, part("clear"));
      else tell("done", say("sheet_cleared"));
    }

    /** A name every file system takes: of the party, else of the day. */
    function fileName(/** @type {State} */ { fields }) {
      const clean = (/** @type {string} */ text) => [...text.replace(/[\p{Cc}\p{Cf}\p{Cs}\\/:*?"<>|.\s]+/gu, "-")].slice(0, 60).join("").replace(/^-+|-+$/g, "");
      return `${regime}-${clean(fields.party ?? "") || clean(fields.date ?? "") || now().slice(0, 10)}.json`;
    }

    function download() {
      save();
      const filled = state ?? fresh(), { handbook, title } = root.dataset;
      const text = `${JSON.stringify({ handbook, title, exported: now(), ...filled }, null, 2)}\n`;
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
      link.download = fileName(filled);
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
      exported = true;
    }

    /** Reads an exported file; changes nothing unless all of it is sound. */
    async function take(/** @type {File|undefined} */ file) {
      if (!file) return;
      const found = await content(file);
      if (isObject(found) && found.schema === 1 && isText(found.regime, 200) && !isOurs(found.regime))
        return tell("done", say("sheet_import_other", { regime: isText(found.title, 300) && found.title ? found.title : found.regime }));
      const { handbook = "", title = "", exported: day = "", ...rest } = isObject(found) ? found : {};
      const names = ["schema", "regime", "began", "changed", "version", "fingerprint", "fields", "items", "gone", "known"];
      const isSound = [handbook, title, day].every((text) => isText(text, 500)) && Object.keys(rest).every((name) => names.includes(name));
      const next = isSound ? readState(rest) : null;
      if (!next) return tell("done", say("sheet_import_bad"));
      save();
      const before = state;
      replace(next);
      exported = true;
      offerUndo(say("sheet_imported", { n: Object.keys(next.items).length }), before, part("import"));
    }

    /** The JSON of a file in UTF-8; undefined where it is too large or something else. */
    async function content(/** @type {File} */ file) {
      if (file.size > MOST_BYTES) return undefined;
      try {
        return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer()));
      } catch {
        return undefined;
      }
    }

    // ---- What is shown, and on paper

    /** Language and layout: as chosen last on any checklist, unless the address says otherwise. */
    function setView(/** @type {Record<string, unknown>} */ view) {
      for (const [name, choices] of Object.entries({ show: ["own", "both"], variant: ["field", "trainer"] })) {
        const wanted = view[name];
        if (!isOneOf(wanted, choices)) continue;
        root.dataset[name] = String(wanted);
        const choice = root.querySelector(`input[name="hb-${name}"][value="${wanted}"]`);
        if (choice instanceof HTMLInputElement) choice.checked = true;
      }
    }

    function onView(/** @type {Event} */ event) {
      const choice = event.target;
      if (!(choice instanceof HTMLInputElement) || choice.type !== "radio") return;
      setView({ [choice.name.replace("hb-", "")]: choice.value });
      const params = new URLSearchParams(location.search);
      params.delete("show");
      params.delete("variant");
      try {
        localStorage.setItem(VIEW_KEY, JSON.stringify({ show: root.dataset.show, variant: root.dataset.variant }));
        history.replaceState(history.state, "", `${location.pathname}${String(params) && `?${params}`}${location.hash}`);
      } catch { /* the choice holds for this page then */ }
      keepPlace();
    }

    /** The other edition opens at the same item and in the same view. */
    function keepPlace() {
      const link = part("other-edition");
      if (link instanceof HTMLAnchorElement) link.href = link.href.split(/[?#]/)[0] + location.search + location.hash;
    }

    function print(/** @type {string} */ kind) {
      save();
      printing = root.dataset.print = kind;
      window.print();
    }

    // ---- Beginning

    form.addEventListener("click", onClick);
    form.addEventListener("input", onInput);
    form.addEventListener("keydown", onKey);
    form.addEventListener("submit", (event) => event.preventDefault());
    part("tools").addEventListener("change", onView);
    part("clear").addEventListener("click", clear);
    part("export").addEventListener("click", download);
    part("import").addEventListener("click", () => picker.click());
    picker.addEventListener("change", async () => {
      await take(picker.files?.[0]);
      picker.value = ""; // the same file may be chosen again
    });
    root.querySelectorAll("button[data-hb-print]").forEach((button) => {
      if (button instanceof HTMLElement) button.addEventListener("click", () => print(String(button.dataset.hbPrint)));
    });

    const holdsFile = (/** @type {DragEvent} */ event) => Boolean(event.dataTransfer?.types.includes("Files"));
    root.addEventListener("dragover", (event) => {
      if (!holdsFile(event)) return;
      event.preventDefault();
      root.dataset.drop = "";
    });
    root.addEventListener("dragleave", (event) => {
      if (!(event.relatedTarget instanceof Node && root.contains(event.relatedTarget))) delete root.dataset.drop;
    });
    root.addEventListener("drop", (event) => {
      delete root.dataset.drop;
      if (!holdsFile(event)) return;
      event.preventDefault();
      take(event.dataTransfer?.files[0]);
    });

    addEventListener("beforeprint", () => { root.dataset.print = printing || "filled"; });
    addEventListener("afterprint", () => {
      printing = "";
      delete root.dataset.print;
    });
    addEventListener("keydown", () => { printing = ""; }, true); // where a browser has no afterprint

    addEventListener("storage", (event) => { if (event.key === key || event.key === null) takeUp(); });
    addEventListener("pagehide", save);
    document.addEventListener("visibilitychange", () => { if (document.hidden) save(); });
    addEventListener("pageshow", (event) => { if (event.persisted) takeUp(); });
    addEventListener("beforeunload", (event) => { if (detached && !exported) event.preventDefault(); });
    addEventListener("hashchange", keepPlace);
    part("other-edition")?.addEventListener("click", keepPlace);

    root.dataset.script = "";
    part("tools").hidden = false;
    setView(kept(VIEW_KEY) ?? {});
    setView(Object.fromEntries(new URLSearchParams(location.search)));
    keepPlace();
    try {
      localStorage.getItem(key);
    } catch {
      refuse();
    }
    former.forEach(adopt);
    state = readState(kept(key));
    render();
    if (state) {
      const date = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "short" }).format(Date.parse(state.changed));
      part("restored").textContent = say("sheet_restored", { date });
    }
  }
})();
