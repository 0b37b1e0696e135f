// The search engine behind Material's dialog: a worker, or, where pages are opened from a folder, a part of the page.
(() => {
  "use strict";

  /**
   * What the dialog and the engine say to one another: `{ type, data }`.
   *
   * 0, set up: `data` is search/search_index.json; the answer is 1, ready.
   * 2, a query: `data` is the words, or a {@link Question}; the answer is 3 with a {@link Result}.
   *
   * @typedef {{ query: string, kinds?: string[], categories?: string[] }} Question  no kinds, or an empty list: all of them
   * @typedef {{ items: Row[][], handbook: Summary }} Result  a list of rows a page, as Material's dialog shows them, the best first
   * @typedef {{ location: string, title: string, text: string, terms: Record<string, boolean>, score: number, tags?: string[],
   *   kind: string, category: string, through: string }} Row  title and text are HTML; kind is one of KINDS; category is an id or
   *   empty; through is the word of this edition by which the row was found where it does not hold the query itself, else empty
   * @typedef {{ total: number, kinds: Count[], categories: Count[], through: { word: string, n: number }[], near: string[], say: string }} Summary
   *   total: the entries found, under the filter; kinds: how many there would be of each kind, under the categories asked for;
   *   categories: of each category, under the kinds asked for (both in the order of the book, zeros left out, those asked for
   *   never); through: see Row; near: what there is instead where nothing is found, and say
   *   the words before it
   * @typedef {{ id: string, name: string, n: number }} Count
   */

  /** The kinds of entries a reader may ask for; headings and clauses are of their regime, items of their checklist. */
  const KINDS = ["regime", "penalty", "limit", "checklist", "law", "term", "rule", "page"];

  /** What opens and closes a number in a text made comparable: two signs no text holds. */
  const OPEN = "\ue000", CLOSE = "\ue001";
  const HAN = /[\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]/u;
  const NUMERAL = /[0-9〇零一二三四五六七八九两十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟](?:[0-9〇零一二三四五六七八九两十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]|,(?=[0-9]{3}(?![0-9]))|\.(?=[0-9]))*/gu;
  const DIGIT = { 〇: 0, 零: 0, 一: 1, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9, 两: 2, 壹: 1, 贰: 2, 叁: 3, 肆: 4, 伍: 5, 陆: 6, 柒: 7, 捌: 8, 玖: 9 };
  const SMALL = { 十: 10, 拾: 10, 百: 100, 佰: 100, 千: 1000, 仟: 1000 };
  const LARGE = { 万: 1e4, 亿: 1e8 };
  const WORDS = { one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11, twelve: 12, thirteen: 13, fourteen: 14, fifteen: 15, sixteen: 16, seventeen: 17, eighteen: 18, nineteen: 19, twenty: 20, thirty: 30, forty: 40, fifty: 50, sixty: 60, seventy: 70, eighty: 80, ninety: 90 };
  /** Units that are written in two ways, within a language and across the two. */
  const UNITS = [["个工作日", "working day"], ["工作日", "working day"], ["元", "yuan"], ["个月", "month"], ["月", "month"], ["日", "day"], ["天", "day"], ["年", "year"]];
  const SHOWN_PAGES = 100, SHOWN_ENTRIES = 30, AT_ONCE = 3, SNIPPET = 180;

  /** The number a numeral stands for, or null. @param {string} text @returns {number | null} */
  function numberOf(text) {
    const plain = text.replaceAll(",", "");
    if (/^[0-9]+(\.[0-9]+)?$/.test(plain)) return Number(plain);
    if (/^[〇零一二三四五六七八九]{2,}$/.test(plain)) return Number([...plain].map((c) => DIGIT[c]).join(""));
    let total = 0, section = 0, digits = "", spelled = false;
    for (const c of plain) {
      if (/[0-9.]/.test(c)) {
        if (spelled) return null;
        digits += c;
      } else if (c in DIGIT) {
        if (digits !== "" && digits !== "0") return null;
        digits = String(DIGIT[c]);
        spelled = DIGIT[c] > 0;
      } else if (c in SMALL) {
        section += Number(digits || "1") * SMALL[c];
        digits = "";
        spelled = false;
      } else {
        if (!total && !section && digits === "") return null;
        total = c === "亿" ? (total + section + Number(digits || "0")) * LARGE[c] : total + (section + Number(digits || "0")) * LARGE[c];
        section = 0;
        digits = "";
        spelled = false;
      }
    }
    const value = Math.round((total + section + Number(digits || "0")) * 1e6) / 1e6;
    return Number.isFinite(value) ? value : null;
  }

  /** Traditional signs and the simplified ones the texts use. @type {Map<string, string>} */
  let simplified = new Map();

  /** One sign in its plain form: half width, small, simplified. @param {string} char @returns {string} */
  function plain(char) {
    if (char >= " " && char < "\x7f") return char.toLowerCase();
    const folded = char.normalize("NFKC").toLowerCase();
    return simplified.get(folded) ?? folded;
  }

  /** A text in its plain form and, for every sign of it, where it stood. @param {string} text @returns {{ s: string, at: number[] }} */
  function fold(text) {
    let s = "";
    const at = [];
    let place = 0;
    for (const char of text) {
      const folded = plain(char);
      for (let i = 0; i < folded.length; i++) at.push(place);
      s += folded;
      place += char.length;
    }
    at.push(place);
    return { s, at };
  }

  /**
   * A text made comparable: plain, without punctuation and spaces; with ``numbers`` every numeral is its value between
   * two marks, so that it equals its other forms and no part of a longer one.
   * @param {string} text @param {boolean} numbers @param {boolean} [places] @returns {{ s: string, at: number[] }}
   */
  function comparable(text, numbers, places = true) {
    const folded = fold(text);
    let s = "";
    /** @type {number[]} */
    const at = [];
    const keep = (/** @type {string} */ piece, /** @type {number} */ start) => {
      const kept = piece.replace(/[^\p{L}\p{N}%‰℃]+/gu, "");
      if (!places) s += kept;
      else for (let i = 0; i < piece.length; i++) if (/[\p{L}\p{N}%‰℃\ud800-\udfff]/u.test(piece[i])) {
        s += piece[i];
        at.push(folded.at[start + i]);
      }
    };
    let last = 0;
    if (numbers) for (const match of folded.s.matchAll(NUMERAL)) {
      const value = numberOf(match[0]);
      if (value === null) continue;
      keep(folded.s.slice(last, match.index), last);
      const written = `${OPEN}${value}${CLOSE}`;
      s += written;
      if (places) for (let i = 0; i < written.length; i++) at.push(folded.at[match.index]);
      last = match.index + match[0].length;
    }
    keep(folded.s.slice(last), last);
    if (numbers) {
      const before = s;
      s = s.replaceAll(`${CLOSE}个工作日`, `${CLOSE}工作日`);
      if (places && s !== before) for (let i = 0, j = 0; i < before.length; i++) {
        if (before.startsWith(`${CLOSE}个工作日`, i - 1) && before[i] === "个") at.splice(j, 1);
        else j++;
      }
    }
    at.push(text.length);
    return { s, at };
  }

  /** A simple stem: plural and the endings of verbs. @param {string} word @returns {string} */
  function stem(word) {
    if (word.length < 4 || /[0-9]/.test(word)) return word;
    let w = word.replace(/'s$|s'$/, "");
    if (/ies$/.test(w) && w.length > 4) w = w.slice(0, -3) + "y";
    else if (/(ss|x|ch|sh|z)es$/.test(w)) w = w.slice(0, -2);
    else if (/s$/.test(w) && !/(ss|us|is)$/.test(w)) w = w.slice(0, -1);
    if (/ied$/.test(w) && w.length > 4) w = w.slice(0, -3) + "y";
    else if (/ing$/.test(w) && /[aeiouy].*ing$/.test(w) && w.length > 5) w = undouble(w.slice(0, -3));
    else if (/ed$/.test(w) && /[aeiouy].*ed$/.test(w) && !/eed$/.test(w) && w.length > 4) w = undouble(w.slice(0, -2));
    return w.length > 3 && w.endsWith("e") ? w.slice(0, -1) : w;
  }

  /** @param {string} w @returns {string} */
  function undouble(w) {
    return /([bdfgmnprt])\1$/.test(w) ? w.slice(0, -1) : w;
  }

  /**
   * The words of a text: plain, numerals by value, an amount with its currency after it.
   * @param {string} text @returns {{ word: string, start: number, end: number }[]}
   */
  function wordsOf(text) {
    const { s, at } = fold(text);
    const words = [];
    for (const match of s.matchAll(/[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?(?![\p{L}\p{N}])|[\p{L}\p{N}]+(?:['’][\p{L}]+)?/gu)) {
      let word = match[0].replace("’", "'");
      if (/^[0-9]/.test(word) && /^[0-9,.]+$/.test(word)) word = String(Number(word.replaceAll(",", "")));
      else if (Object.hasOwn(WORDS, word)) word = String(WORDS[word]);
      words.push({ word: word === "rmb" || word === "renminbi" ? "yuan" : word, start: at[match.index], end: at[match.index + match[0].length] });
    }
    for (let i = 0; i + 1 < words.length; i++) {
      if (words[i].word !== "yuan" || !/^[0-9]/.test(words[i + 1].word) || words[i + 2]?.word === "yuan" && !/^[0-9]/.test(words[i + 3]?.word ?? "")) continue;
      words.splice(i, 2, { ...words[i + 1], start: words[i].start }, { ...words[i], end: words[i + 1].end });
      i++;
    }
    return words;
  }

  /**
   * @typedef {{ page: number, anchor: string, title: string, text: string, kind: string, category: string, keywords: string[],
   *   folded?: string, valued?: string, titled?: string, ids?: Int32Array }} Entry
   */

  class Engine {
    /** @param {{ config: any, docs: any[] }} data */
    constructor({ config, docs }) {
      simplified = this.simplified = new Map(Object.entries(config.simplified ?? {}));
      this.chinese = config.lang[0] === "zh";
      this.config = config;
      /** @type {Entry[]} */
      this.entries = [];
      /** @type {{ location: string, title: string, entry: number }[]} */
      this.pages = [];
      for (const [location, title, kind, category, keywords, entries, text = ""] of docs) {
        const page = this.pages.length;
        this.pages.push({ location, title, entry: this.entries.length });
        this.entries.push({ page, anchor: "", title, text, kind, category, keywords });
        let last = "", where = category;
        for (const [anchor, name, words, type = last, group = where] of entries) {
          this.entries.push({ page, anchor, title: name, text: words, kind: type, category: group, keywords: [] });
          last = type;
          where = group;
        }
      }
      /** Titles by their pinyin. @type {{ entry: number, syllables: string[] }[]} */
      this.spelled = [];
      const named = this.entries.flatMap((entry, i) => ["regime", "law", "term"].includes(entry.kind) ? [i] : []);
      (config.pinyin ?? []).forEach((/** @type {string} */ syllables, /** @type {number} */ i) => {
        this.spelled.push({ entry: named[i], syllables: syllables.split(" ") });
      });
      if (this.chinese) this.prepareText();
      else this.prepareWords();
      /** @type {{ own: string, other: string, key: string }[]} */
      this.pairs = [];
      for (const [own, ...others] of config.pairs ?? []) for (const other of others) {
        this.pairs.push({ own, other, key: this.key(other) });
      }
    }

    /** What two writings of the same words share. @param {string} text */
    key(text) {
      return HAN.test(text) ? comparable(text, true, false).s : wordsOf(text).map((w) => stem(w.word)).join(" ");
    }

    prepareText() {
      for (const entry of this.entries) {
        entry.folded = comparable(`${entry.title} ${entry.text}`, false, false).s;
        entry.valued = comparable(`${entry.title} ${entry.text}`, true, false).s;
        entry.titled = comparable(entry.title, false, false).s;
      }
    }

    prepareWords() {
      /** @type {Map<string, number>} */
      const ids = new Map();
      this.vocabulary = /** @type {string[]} */ ([]);
      this.postings = /** @type {number[][]} */ ([]);
      this.entries.forEach((entry, place) => {
        const found = wordsOf(`${entry.title} \n ${entry.text}`);
        entry.ids = new Int32Array(found.length);
        found.forEach(({ word }, i) => {
          let id = ids.get(word);
          if (id === undefined) {
            id = ids.size;
            ids.set(word, id);
            this.vocabulary.push(word);
            this.postings.push([]);
          }
          entry.ids[i] = id;
          const list = this.postings[id];
          if (list[list.length - 1] !== place) list.push(place);
        });
        entry.titled = wordsOf(entry.title).map((w) => w.word).join(" ");
      });
      this.ids = ids;
      this.stems = this.vocabulary.map(stem);
    }

    /**
     * The parts of a query: quoted ones exact, the others by spaces.
     * @param {string} query @returns {{ text: string, exact: boolean }[]}
     */
    parts(query) {
      const parts = [];
      for (const match of query.matchAll(/["“”„「『]([^"“”「」『』]*)["“”」』]|([^\s\u3000"“”「」『』]+)/gu)) {
        if (match[1] !== undefined && match[1].trim()) parts.push({ text: match[1].trim(), exact: true });
        else if (match[2]) parts.push({ text: match[2], exact: false });
      }
      return this.amounts(parts);
    }

    /** An amount is one part: 30,000 yuan, RMB 30,000, 5 working days. @param {{ text: string, exact: boolean }[]} parts */
    amounts(parts) {
      const joined = [];
      for (let i = 0; i < parts.length; i++) {
        const { text, exact } = parts[i];
        const next = (/** @type {number} */ n) => parts[i + n] && !parts[i + n].exact ? parts[i + n].text.toLowerCase() : "";
        const number = (/** @type {string} */ word) => /^[0-9][0-9,.]*$/.test(word) || Object.hasOwn(WORDS, word.toLowerCase());
        if (!exact && number(text) && next(1) === "working" && /^days?$/.test(next(2))) {
          joined.push({ text: `${text} working days`, exact });
          i += 2;
        } else if (!exact && number(text) && /^(yuan|rmb|days?|months?|years?)$/.test(next(1))) {
          joined.push({ text: `${text} ${next(1)}`, exact });
          i += 1;
        } else if (!exact && /^(rmb|¥|￥)$/i.test(text) && number(next(1))) {
          joined.push({ text: `${next(1)} yuan`, exact });
          i += 1;
        } else joined.push({ text: text.replace(/^(?:rmb|¥|￥)(?=[0-9])(.*)$/i, "$1 yuan"), exact });
      }
      return joined;
    }

    /** An amount with its unit in this edition's language. @param {string} text @returns {string} */
    unit(text) {
      if (this.chinese) {
        const match = /^([0-9,.]+|[a-z]+)\s*(working days?|yuan|rmb|days?|months?|years?)$/i.exec(text);
        if (!match) return text;
        const value = WORDS[match[1].toLowerCase()] ?? match[1];
        const name = match[2].toLowerCase().replace(/s$/, "").replace("rmb", "yuan");
        return `${value}${UNITS.find(([, en]) => en === name)?.[0] ?? ""}`;
      }
      const folded = fold(text).s;
      const match = /^([0-9〇零一二三四五六七八九两十百千万亿,.]+)(个工作日|工作日|元|个月|月|日|天|年)$/u.exec(folded);
      const value = match ? numberOf(match[1]) : null;
      return match && value !== null ? `${value} ${UNITS.find(([zh]) => zh === match[2])?.[1] ?? ""}` : text;
    }

    /**
     * The entries that hold one part, and how well: 1 as a whole word or exactly, less for the rest.
     * @param {{ text: string, exact: boolean }} part @returns {Map<number, number>}
     */
    holding(part) {
      return this.chinese ? this.holdingText(part) : this.holdingWords(part);
    }

    /** @param {{ text: string, exact: boolean }} part @returns {Map<number, number>} */
    holdingText({ text, exact }) {
      const found = new Map();
      const own = exact ? text : this.unit(text);
      const letters = comparable(own, false, false).s;
      const values = comparable(own, true, false).s;
      if (!letters) return found;
      if (exact) {
        const wanted = fold(text).s.replace(/\s+/g, "");
        this.entries.forEach((entry, i) => {
          if (entry.folded?.includes(letters) && fold(`${entry.title}\n${entry.text}`).s.replace(/[^\S\n]+/g, "").includes(wanted)) found.set(i, 1);
        });
        return found;
      }
      this.entries.forEach((entry, i) => {
        if (entry.valued?.includes(values) ? standsIn(entry.valued, values) : values !== letters && whole(entry.folded ?? "", letters)) found.set(i, 1);
        else if (values === letters && whole(entry.folded ?? "", letters)) found.set(i, 1);
      });
      return found;
    }

    /** @param {{ text: string, exact: boolean }} part @returns {Map<number, number>} */
    holdingWords({ text, exact }) {
      const found = new Map();
      const words = wordsOf(exact ? text : this.unit(text)).map((w) => w.word);
      if (!words.length) return found;
      const sets = words.map((word) => exact ? this.same(word) : this.alike(word));
      if (sets.some((set) => !set.size)) return found;
      if (sets.length === 1) {
        for (const [id, how] of sets[0]) for (const place of this.postings[id]) found.set(place, Math.max(found.get(place) ?? 0, how));
        return found;
      }
      const rarest = sets.reduce((best, set) => this.size(set) < this.size(best) ? set : best);
      const places = new Set();
      for (const id of rarest.keys()) for (const place of this.postings[id]) places.add(place);
      for (const place of places) {
        const ids = this.entries[place].ids ?? new Int32Array();
        for (let i = 0; i + sets.length <= ids.length; i++) {
          if (sets.every((set, n) => set.has(ids[i + n]))) {
            found.set(place, 1);
            break;
          }
        }
      }
      return found;
    }

    /** @param {Map<number, number>} set */
    size(set) {
      let n = 0;
      for (const id of set.keys()) n += this.postings[id].length;
      return n;
    }

    /** The words of the texts that are exactly this one. @param {string} word @returns {Map<number, number>} */
    same(word) {
      const id = this.ids.get(word);
      return new Map(id === undefined ? [] : [[id, 1]]);
    }

    /** The words that are this one, begin with it or bend it. @param {string} word @returns {Map<number, number>} */
    alike(word) {
      const found = this.same(word), root = stem(word);
      if (/^[0-9]/.test(word)) return found;
      this.vocabulary.forEach((other, id) => {
        if (found.has(id)) return;
        if (this.stems[id] === root) found.set(id, 0.95);
        else if (word.length > 2 && other.startsWith(word)) found.set(id, 0.7);
      });
      return found;
    }

    /** The words of this edition for what a reader typed otherwise. @param {string} query @returns {{ own: string, other: string }[]} */
    others(query) {
      const key = this.key(query);
      if (!key) return [];
      const exact = this.pairs.filter((pair) => pair.key === key);
      if (exact.length) return unique(exact);
      const han = HAN.test(query);
      if (key.length < (han ? 2 : 4)) return [];
      return unique(this.pairs.filter((pair) => han === HAN.test(pair.other) && (han ? pair.key.includes(key) : ` ${pair.key}`.includes(` ${key}`))));
    }

    /**
     * Everything that holds all parts of a query, the best first.
     * @param {string} query
     * @returns {{ entry: number, score: number, by: string[], same: string }[]}
     */
    find(query) {
      const parts = this.parts(query.slice(0, 200));
      if (!parts.length) return [];
      let hits = this.together(parts, query);
      const known = new Set(hits.map((hit) => hit.entry));
      for (const pair of this.others(query.replace(/["“”]/g, "").trim()).slice(0, 12)) {
        for (const hit of this.together([{ text: pair.own, exact: false }], pair.own)) {
          if (known.has(hit.entry)) continue;
          known.add(hit.entry);
          hits.push({ ...hit, score: hit.score / 100, same: pair.own });
        }
      }
      if (!hits.length && parts.length > 1) hits = this.mixed(parts);
      if (!hits.length) hits = this.spelling(query);
      return hits.sort((a, b) => b.score - a.score || a.entry - b.entry);
    }

    /** @param {{ text: string, exact: boolean }[]} parts @param {string} query */
    together(parts, query) {
      const sets = parts.map((part) => this.holding(part)).sort((a, b) => a.size - b.size);
      if (!sets[0]?.size) return this.keywords(query);
      const by = parts.map((part) => part.text);
      const wanted = this.chinese ? comparable(by.join(""), false, false).s : wordsOf(by.join(" ")).map((w) => w.word).join(" ");
      /** @type {{ entry: number, score: number, by: string[], same: string }[]} */
      const hits = [];
      for (const place of sets[0].keys()) {
        if (!sets.every((set) => set.has(place))) continue;
        const quality = sets.reduce((sum, set) => sum + (set.get(place) ?? 0), 0) / sets.length;
        hits.push({ entry: place, score: this.score(place, parts, wanted, quality), by, same: "" });
      }
      const rare = Math.log(1 + this.entries.length / (hits.length + 1));
      for (const hit of hits) hit.score += rare / 100;
      const known = new Set(hits.map((hit) => hit.entry));
      return hits.concat(this.keywords(query).filter((hit) => !known.has(hit.entry)));
    }

    /** Pages whose keywords hold the query. @param {string} query */
    keywords(query) {
      const key = this.key(query);
      const hits = [];
      if (key.length > 1) for (const page of this.pages) {
        const word = this.entries[page.entry].keywords.find((k) => this.chinese ? this.key(k).includes(key) : ` ${this.key(k)}`.includes(` ${key}`));
        if (word) hits.push({ entry: page.entry, score: this.key(word) === key ? 9 : 5, by: [query], same: word });
      }
      return hits;
    }

    /**
     * Title before heading before text; the more of it the query is, the better; whole words before beginnings.
     * @param {number} place @param {{ text: string, exact: boolean }[]} parts @param {string} wanted @param {number} quality
     */
    score(place, parts, wanted, quality) {
      const entry = this.entries[place], title = entry.titled ?? "";
      const named = !["clause", "penalty", "item"].includes(entry.kind);
      const inTitle = parts.every(({ text }) => title.includes(this.chinese ? comparable(text, false, false).s : wordsOf(text).map((w) => w.word).join(" ")));
      const length = entry.text.length + entry.title.length;
      let score = 10 + 10 * quality + 4 * Math.min(1, wanted.length / Math.max(1, length));
      if (named && inTitle) score += { regime: 60, checklist: 40, heading: 30, law: 45, term: 50, page: 42 }[entry.kind] ?? 30;
      if (named && title === wanted) score += 40;
      else if (named && inTitle) score += 10 * (wanted.length / Math.max(1, title.length));
      return score + ({ clause: 3, term: 1, law: 1, penalty: 1 }[entry.kind] ?? 0);
    }

    /** Where no entry holds all parts: entries that hold some, on a page whose title or heading holds the others. @param {{ text: string, exact: boolean }[]} parts */
    mixed(parts) {
      const sets = parts.map((part) => this.holding(part));
      if (sets.some((set) => !set.size)) return [];
      const hits = [];
      const places = new Set(sets.flatMap((set) => [...set.keys()]));
      for (const place of places) {
        const title = this.pages[this.entries[place].page].entry;
        if (place !== title && sets.every((set) => set.has(place) || set.has(title)) && sets.some((set) => set.has(title))) {
          hits.push({ entry: place, score: 5, by: parts.map((part) => part.text), same: "" });
        }
      }
      return hits;
    }

    /** Titles whose pinyin, or its initials, the query is. @param {string} query */
    spelling(query) {
      const typed = query.toLowerCase().replace(/[\s']+/g, "");
      if (!/^[a-zü]{2,}$/.test(typed)) return [];
      const hits = [];
      for (const { entry, syllables } of this.spelled) {
        for (let i = 0; i < syllables.length; i++) {
          const rest = syllables.slice(i);
          if (!rest.join("").startsWith(typed) && !rest.map((s) => s[0]).join("").startsWith(typed)) continue;
          const title = this.entries[entry].title;
          hits.push({ entry, score: (i ? 1 : 2) + 1 / title.length, by: [], same: title });
          break;
        }
      }
      return hits;
    }

    /** What the dialog shows. @param {Question} question @returns {Result} */
    show({ query, kinds = [], categories = [] }) {
      const all = this.find(query);
      const ofKind = (/** @type {{ entry: number }} */ hit) => !kinds.length || kinds.includes(family(this.entries[hit.entry].kind));
      const ofCategory = (/** @type {{ entry: number }} */ hit) => !categories.length || categories.includes(this.entries[hit.entry].category);
      const hits = all.filter((hit) => ofKind(hit) && ofCategory(hit));
      /** @type {Map<number, { entry: number, score: number, by: string[], same: string }[]>} */
      const pages = new Map();
      /** @type {Map<string, number>} */
      const through = new Map();
      for (const hit of hits) {
        const page = this.entries[hit.entry].page;
        const list = pages.get(page);
        if (list) list.push(hit);
        else if (pages.size < SHOWN_PAGES) pages.set(page, [hit]);
        if (hit.same) through.set(hit.same, (through.get(hit.same) ?? 0) + 1);
      }
      const names = this.config.names ?? {};
      return {
        items: [...pages].map(([page, list]) => this.item(page, list)),
        handbook: {
          total: hits.length,
          kinds: counts(all.filter(ofCategory).map((hit) => family(this.entries[hit.entry].kind)), KINDS, names.kinds, kinds),
          categories: counts(all.filter(ofKind).map((hit) => this.entries[hit.entry].category), Object.keys(names.categories ?? {}), names.categories, categories),
          through: [...through].map(([word, n]) => ({ word, n })),
          near: all.length || !query.trim() ? [] : this.near(query),
          say: this.config.words?.search_near ?? "",
        },
      };
    }

    /** @param {number} number @param {{ entry: number, score: number, by: string[], same: string }[]} hits */
    item(number, hits) {
      const page = this.pages[number], best = hits[0].score;
      const rows = hits.filter((hit) => hit.entry !== page.entry).slice(0, SHOWN_ENTRIES).map((hit, i) => this.row(hit, i < AT_ONCE ? best : hit.score / 2));
      const own = hits.find((hit) => hit.entry === page.entry);
      const head = own ? this.row(own, best) : { ...this.row({ entry: page.entry, by: [], same: "" }, 0), text: "" };
      return own ? [head, ...rows] : [...rows, head];
    }

    /** @param {{ entry: number, by: string[], same: string }} hit @param {number} score */
    row(hit, score) {
      const entry = this.entries[hit.entry];
      const location = this.pages[entry.page].location + (entry.anchor ? `#${entry.anchor}` : "");
      const terms = /** @type {Record<string, boolean>} */ ({});
      const title = this.mark(entry.title, hit.by, terms, Infinity);
      const text = this.mark(entry.text, hit.by, terms, SNIPPET);
      const row = { location, title, text, terms, score, kind: family(entry.kind), category: entry.category, through: hit.same };
      return hit.same ? { ...row, tags: [this.config.words?.search_same?.replace("#", hit.same) ?? hit.same].map(escape) } : row;
    }

    /** The text as HTML with what was found marked, cut to a stretch around it. @param {string} text @param {string[]} by @param {Record<string, boolean>} terms @param {number} room */
    mark(text, by, terms, room) {
      const places = by.flatMap((part) => this.places(text, part)).sort((a, b) => a[0] - b[0] || b[1] - a[1]);
      let from = 0, to = text.length;
      if (text.length > room) {
        from = Math.max(0, (places[0]?.[0] ?? 0) - Math.floor(room / 4));
        to = Math.min(text.length, from + room);
        if (!this.chinese && from) from = text.indexOf(" ", from - 12) + 1;
        if (!this.chinese && to < text.length) to = text.lastIndexOf(" ", to);
      }
      let html = from ? "…" : "", last = from;
      for (const [start, end] of places) {
        if (Object.keys(terms).length < 12) terms[text.slice(start, end)] = true;
        if (start < last || end > to) continue;
        html += `${escape(text.slice(last, start))}<mark data-md-highlight>${escape(text.slice(start, end))}</mark>`;
        last = end;
      }
      return html + escape(text.slice(last, to)) + (to < text.length ? "…" : "");
    }

    /** Where a part of a query stands in a text. @param {string} text @param {string} part @returns {[number, number][]} */
    places(text, part) {
      const own = this.unit(part);
      /** @type {[number, number][]} */
      const found = [];
      if (!this.chinese) {
        const wanted = wordsOf(own).map((w) => w.word), words = wordsOf(text);
        const like = (/** @type {string} */ a, /** @type {string} */ b) => a === b || !/^[0-9]/.test(b) && (stem(a) === stem(b) || b.length > 2 && a.startsWith(b));
        for (let i = 0; wanted.length && i + wanted.length <= words.length; i++) {
          if (wanted.every((w, n) => like(words[i + n].word, w))) {
            const run = words.slice(i, i + wanted.length);
            found.push([Math.min(...run.map((w) => w.start)), Math.max(...run.map((w) => w.end))]);
          }
        }
        return found;
      }
      for (const numbers of [false, true]) {
        const needle = comparable(own, numbers, false).s, { s, at } = comparable(text, numbers);
        for (let i = needle ? s.indexOf(needle) : -1; i >= 0; i = s.indexOf(needle, i + needle.length)) {
          let end = at[i + needle.length] ?? text.length;
          while (end > at[i] + 1 && /[^\p{L}\p{N}%‰℃]/u.test(text[end - 1])) end--;
          if (numbers ? standsIn(s, needle, i) : wholeAt(s, needle, i)) found.push([at[i], end]);
        }
        if (found.length) break;
      }
      return found;
    }

    /** Titles and terms near a query that finds nothing. @param {string} query @returns {string[]} */
    near(query) {
      const key = this.chinese ? comparable(query, false, false).s : wordsOf(query).map((w) => w.word).join(" ");
      const grams = pairsOf(key);
      if (!grams.size) return [];
      const scored = [];
      for (const entry of this.entries) {
        if (!["regime", "term", "law"].includes(entry.kind)) continue;
        const own = pairsOf(entry.titled ?? "");
        let shared = 0;
        for (const gram of grams) if (own.has(gram)) shared++;
        const likeness = 2 * shared / (grams.size + own.size);
        if (likeness > 0.25) scored.push({ title: entry.title, likeness });
      }
      return [...new Set(scored.sort((a, b) => b.likeness - a.likeness).map((s) => s.title))].slice(0, 4);
    }
  }

  /** @param {string} text @returns {Set<string>} */
  function pairsOf(text) {
    const found = new Set();
    for (let i = 0; i + 1 < text.length; i++) found.add(text.slice(i, i + 2));
    return found;
  }

  /** Letters are found from the beginning of a word only, never inside one. @param {string} s @param {string} needle @param {number} [from] */
  function standsIn(s, needle, from = s.indexOf(needle)) {
    if (!/^[a-z]/.test(needle)) return from >= 0;
    for (let i = from; i >= 0; i = s.indexOf(needle, i + 1)) if (!/[a-z]/.test(s[i - 1] ?? "")) return true;
    return false;
  }

  /** Whether the letters stand in a text and cut no numeral: 五个工作日 is not in 十五个工作日. @param {string} s @param {string} needle */
  function whole(s, needle) {
    for (let i = s.indexOf(needle); i >= 0; i = s.indexOf(needle, i + 1)) if (wholeAt(s, needle, i)) return true;
    return false;
  }

  const ONE = /[0-9〇零一二三四五六七八九两十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]/u;

  /** @param {string} s @param {string} needle @param {number} i */
  function wholeAt(s, needle, i) {
    const before = s[i - 1] ?? "", after = s[i + needle.length] ?? "";
    if (/^[a-z]/.test(needle) && /[a-z]/.test(before)) return false;
    if (/^[0-9〇零一二三四五六七八九两十]/u.test(needle) && ONE.test(before)) return false;
    const last = needle[needle.length - 1];
    return !(/[0-9]/.test(last) && /[0-9]/.test(after)) && !(ONE.test(after) && ONE.test(last) && [...needle].every((c) => ONE.test(c)));
  }

  /**
   * How often each id is there, in a given order.
   * @param {string[]} found @param {string[]} order @param {Record<string, string>} [names] @param {string[]} asked @returns {Count[]}
   */
  function counts(found, order, names = {}, asked) {
    const n = new Map(order.map((id) => [id, 0]));
    for (const id of found) if (n.has(id)) n.set(id, (n.get(id) ?? 0) + 1);
    return [...n].filter(([id, many]) => many || asked.includes(id)).map(([id, many]) => ({ id, name: names[id] ?? id, n: many }));
  }

  /** The kind a reader knows an entry by. @param {string} kind */
  function family(kind) {
    return { heading: "regime", clause: "regime", item: "checklist" }[kind] ?? kind;
  }

  /** @template {{ own: string }} T @param {T[]} pairs @returns {T[]} */
  function unique(pairs) {
    const seen = new Set();
    return pairs.filter(({ own }) => !seen.has(own) && seen.add(own));
  }

  /** @param {string} text */
  function escape(text) {
    return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
  }

  /**
   * An engine that answers the messages of a dialog; each has its own index.
   * @returns {(message: { type: number, data: any }) => { type: number, data?: any }}
   */
  function create() {
    /** @type {Engine | null} */
    let engine = null;
    return (message) => {
      if (message.type === 0) {
        engine = new Engine(message.data);
        return { type: 1 };
      }
      if (!engine) throw new Error("asked before it was set up");
      simplified = engine.simplified;
      return { type: 3, data: engine.show(typeof message.data === "string" ? { query: message.data } : message.data) };
    };
  }

  const answer = create();
  if (typeof document === "undefined") addEventListener("message", (event) => postMessage(answer(event.data)));
  else Object.assign(globalThis, { handbookSearch: { answer, create, Engine } });
})();
