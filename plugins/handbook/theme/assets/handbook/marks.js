// Marks on a page reached from the search what was found there: the words its address brings along as ``h``.
(() => {
  "use strict";

  /** A stretch of a text node. @typedef {{ node: Text, from: number, to: number }} Piece */

  const BLOCKS = "p,li,td,th,dt,dd,h1,h2,h3,h4,h5,h6,caption,summary,legend,figcaption,blockquote,div,section,article";
  const UNMARKED = "script,style,template,select,textarea,button,svg,[hidden],.headerlink,.hb-visually-hidden,.hb-clause__margin";
  const NUMERAL = /[0-9〇零一二三四五六七八九两十百千万亿]/;
  const LETTER = /[\p{Script=Latin}\p{N}]/u;
  const MOST = 1000;

  /** Takes the words out of the address, so that it is clean to copy. @returns {string[]} */
  function takeWords() {
    const params = new URLSearchParams(location.search);
    const words = params.getAll("h");
    if (!words.length) return [];
    params.delete("h");
    const rest = String(params);
    try {
      history.replaceState(history.state, "", location.pathname + (rest && `?${rest}`) + location.hash);
    } catch { /* a browser that forbids it in a folder keeps the address */ }
    return [...new Set(words.map((word) => plain(word).trim()).filter(Boolean))].slice(0, 24).sort((a, b) => b.length - a.length);
  }

  /** Small letters and single spaces, sign for sign. @param {string} text */
  function plain(text) {
    return [...text].map(small).join("").replace(/\s+/g, " ");
  }

  /** @param {string} sign */
  function small(sign) {
    const lower = sign.toLowerCase();
    return lower.length === sign.length ? lower : sign;
  }

  /** The texts of each block with every sign's place: words run on over links and other tags within one. @param {Element} root */
  function* textsIn(root) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    let block = /** @type {Element | null} */ (null), text = "";
    /** @type {{ node: Text, at: number }[]} */
    let places = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!(node instanceof Text) || !parent || parent.closest(UNMARKED)) continue;
      const own = parent.closest(BLOCKS);
      if (own !== block) {
        if (text) yield { text, places };
        block = own;
        text = "";
        places = [];
      }
      for (let at = 0; at < node.data.length; at++) {
        const sign = /\s/.test(node.data[at]) ? " " : small(node.data[at]);
        if (sign === " " && text.endsWith(" ")) continue;
        text += sign;
        places.push({ node, at });
      }
    }
    if (text) yield { text, places };
  }

  /** Whether a word stands there and is no part of a longer word or number. @param {string} text @param {number} from @param {number} to */
  function stands(text, from, to) {
    const before = text[from - 1] ?? "", first = text[from], last = text[to - 1], after = text[to] ?? "";
    if (LETTER.test(first) && LETTER.test(before) || NUMERAL.test(first) && NUMERAL.test(before)) return false;
    const whole = !document.documentElement.lang.startsWith("zh");
    return !(/[0-9]/.test(last) && /[0-9]/.test(after)) && !(whole && LETTER.test(last) && LETTER.test(after));
  }

  /** @param {string[]} words @param {Element} root @returns {Piece[][]} */
  function find(words, root) {
    /** @type {Piece[][]} */
    const found = [];
    for (const { text, places } of textsIn(root)) {
      const taken = new Uint8Array(text.length);
      /** @type {[number, number][]} */
      const here = [];
      for (const word of words) for (let i = text.indexOf(word); i >= 0; i = text.indexOf(word, i + 1)) {
        const end = i + word.length;
        if (taken[i] || taken[end - 1] || !stands(text, i, end)) continue;
        taken.fill(1, i, end);
        here.push([i, end]);
      }
      here.sort((a, b) => a[0] - b[0]);
      for (const [from, to] of here) {
        /** @type {Piece[]} */
        const pieces = [];
        for (const { node, at } of places.slice(from, to)) {
          const last = pieces[pieces.length - 1];
          if (last?.node === node) last.to = at + 1;
          else pieces.push({ node, from: at, to: at + 1 });
        }
        found.push(pieces);
        if (found.length >= MOST) return found;
      }
    }
    return found;
  }

  /** Wraps what was found, from the end on, so that places before stay true. @param {Piece[][]} found @returns {HTMLElement[][]} */
  function wrap(found) {
    return [...found].reverse().map((pieces) => [...pieces].reverse().map(({ node, from, to }) => {
      const middle = node.splitText(from);
      middle.splitText(to - from);
      const mark = document.createElement("mark");
      mark.className = "hb-mark";
      middle.replaceWith(mark);
      mark.append(middle);
      return mark;
    }).reverse()).reverse();
  }

  /** The bar that counts the marks, goes from one to the next and takes them away. @param {HTMLElement[][]} marks @param {Record<string, string>} words */
  function bar(marks, words) {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1))); // no :target yet while the page loads
    let place = target ? marks.findIndex(([mark]) => target.contains(mark)) : 0;
    const element = document.createElement("div"), count = document.createElement("span");
    element.className = "hb-marks";
    element.setAttribute("role", "group");
    element.setAttribute("aria-label", (words.count ?? "#").replace("#", String(marks.length)));
    count.setAttribute("aria-live", "polite");

    const show = () => {
      for (const [i, pieces] of marks.entries()) for (const mark of pieces) mark.classList.toggle("hb-mark--here", i === place);
      count.textContent = place < 0 ? String(marks.length) : `${place + 1} / ${marks.length}`;
    };
    const go = (/** @type {number} */ step) => {
      place = place < 0 ? (step > 0 ? 0 : marks.length - 1) : (place + step + marks.length) % marks.length;
      show();
      for (let box = marks[place][0].closest("details"); box; box = box.parentElement?.closest("details") ?? null) box.open = true;
      marks[place][0].scrollIntoView({ block: "center" });
    };
    const button = (/** @type {string} */ sign, /** @type {string} */ name, /** @type {() => void} */ act) => {
      const made = document.createElement("button");
      made.type = "button";
      made.textContent = sign;
      made.title = name;
      made.setAttribute("aria-label", name);
      made.addEventListener("click", act);
      return made;
    };
    const clear = () => {
      const focused = element.contains(document.activeElement);
      for (const mark of marks.flat()) {
        const parent = mark.parentNode;
        mark.replaceWith(...mark.childNodes);
        parent?.normalize();
      }
      element.remove();
      document.documentElement.classList.remove("hb-marked");
      removeEventListener("keydown", onKey);
      const back = focused ? target ?? document.querySelector("h1") : null;
      if (back instanceof HTMLElement) {
        back.tabIndex = -1;
        back.focus({ preventScroll: true });
      }
    };
    const onKey = (/** @type {KeyboardEvent} */ event) => {
      const toggle = document.querySelector("[data-md-toggle=search]");
      const busy = event.target instanceof Element && event.target.closest("input,select,textarea,dialog,details[open]");
      if (event.key === "Escape" && !event.defaultPrevented && !busy && !(toggle instanceof HTMLInputElement && toggle.checked)) clear();
    };

    const label = document.createElement("span");
    label.className = "hb-marks__label";
    label.textContent = (words.count ?? "#").replace("#", String(marks.length));
    element.append(label);
    if (marks.length > 1) element.append(button("↑", words.previous ?? "", () => go(-1)), count, button("↓", words.next ?? "", () => go(1)));
    const remove = button(words.clear ?? "×", words.clear ?? "", clear);
    remove.className = "hb-marks__clear";
    element.append(remove);
    show();
    document.body.append(element);
    document.documentElement.classList.add("hb-marked");
    addEventListener("keydown", onKey);
  }

  function mark() {
    const words = takeWords(), root = document.querySelector("article.md-content__inner");
    if (!words.length || !root) return;
    const marks = wrap(find(words, root));
    const say = document.querySelector("[data-hb-marks]");
    if (marks.length) bar(marks, JSON.parse(say instanceof HTMLElement && say.dataset.hbMarks || "{}"));
  }

  mark();
})();
