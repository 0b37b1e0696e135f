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
   *   kind: string, category: string, through: string, of: string }} Row  title and text are HTML; kind is one of KINDS; category is
   *   an id or empty; of is the title of the regime a row of a look-up belongs to, or empty; through is the word of this edition by which the row was found where it does not hold the query itself, else empty
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
  const SIGN = "0-9〇零一二三四五六七八九两十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟";
  const ONE = new RegExp(`[${SIGN}]`, "u");
  const NUMERAL = `[${SIGN}](?:[${SIGN}]|,(?=[0-9]{3}(?![0-9]))|\\.(?=[0-9]))*`;
  /** A numeral of a Chinese text, with what makes it a percentage before it or is left out after it. */
  const FIGURE = new RegExp(`百分之(${NUMERAL})|(${NUMERAL})(?:个(?=工作日))?`, "gu");
  const KEPT = /[\p{L}\p{N}%‰℃]/u;
  const DIGIT = { 〇: 0, 零: 0, 一: 1, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9, 两: 2, 壹: 1, 贰: 2, 叁: 3, 肆: 4, 伍: 5, 陆: 6, 柒: 7, 捌: 8, 玖: 9 };
  const SMALL = { 十: 10, 拾: 10, 百: 100, 佰: 100, 千: 1000, 仟: 1000 };
  const LARGE = { 万: 1e4, 亿: 1e8 };
  const WORDS = new Map(Object.entries({ one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11, twelve: 12, thirteen: 13, fourteen: 14, fifteen: 15, sixteen: 16, seventeen: 17, eighteen: 18, nineteen: 19, twenty: 20, thirty: 30, forty: 40, fifty: 50, sixty: 60, seventy: 70, eighty: 80, ninety: 90 }));
  /** Units that are written in two ways, within a language and across the two. */
  const UNITS = [["个工作日", "working day"], ["工作日", "working day"], ["元", "yuan"], ["%", "percent"], ["个月", "month"], ["月", "month"], ["日", "day"], ["天", "day"], ["年", "year"]];
/** What is shown at most: pages, rows in all, rows of a page; of these, at once; signs of a text. */
  const PAGES = 100, ROWS = 600, OF_PAGE = 300, AT_ONCE = 3, SNIPPET = 180;
  /** How many words of this edition a query may be searched by besides itself, and how many near words are offered. */
  const THROUGH = 6, NEAR = 5;

  /** The number a numeral stands for, or null. @param {string} text @returns {number | null} */
  function numberOf(text) {
    const plain = text.replace(/,/g, "");
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

  /** Traditional signs and the simplified ones the texts use, and signs already made plain; those of the engine at work. */
  let script = scriptOf({});

  /** @param {Record<string, string>} simplified */
  function scriptOf(simplified) {
    const signs = Object.keys(simplified).join("");
    return { simplified: new Map(Object.entries(simplified)), any: signs ? new RegExp(`[${signs}]`, "gu") : null, known: /** @type {Map<string, string>} */ (new Map()) };
  }

  /** One sign in its plain form: half width, small, simplified. @param {string} char @returns {string} */
  function plain(char) {
    let found = script.known.get(char);
    if (found === undefined) {
      const folded = char.normalize("NFKC").toLowerCase();
      found = script.simplified.get(folded) ?? folded;
      script.known.set(char, found);
    }
    return found;
  }

  /** Signs and whether they are kept where texts are compared. @type {Map<string, boolean>} */
  const kept = new Map();

  /** @param {string} char */
  function isKept(char) {
    let found = kept.get(char);
    if (found === undefined) kept.set(char, found = KEPT.test(char));
    return found;
  }

  /** Every sign where it is. @type {number[]} */
  const SAME = [];

  /** A text in its plain form and, for every sign of it, where it stood. @param {string} text @returns {{ s: string, at: number[] }} */
  function fold(text) {
    if (/^[\x20-\x7e\n]*$/.test(text)) {
      for (let i = SAME.length; i <= text.length; i++) SAME.push(i);
      return { s: text.toLowerCase(), at: SAME };
    }
    let s = "", place = 0;
    const at = [];
    for (const char of text) {
      const folded = plain(char);
      for (let i = 0; i < folded.length; i++) at.push(place);
      s += folded;
      place += char.length;
    }
    at.push(place);
    return { s, at };
  }

  /** A whole text in its plain form. @param {string} text @returns {string} */
  function plainText(text) {
    const folded = text.normalize("NFKC").toLowerCase();
    return script.any ? folded.replace(script.any, (sign) => script.simplified.get(sign) ?? sign) : folded;
  }

  /** A text in its plain form, without punctuation and spaces. @param {string} text @returns {string} */
  function letters(text) {
    return plainText(text).replace(/[^\p{L}\p{N}%‰℃]+/gu, "");
  }

  /** Likewise, and every numeral is its value between two marks, so that it equals its other forms and no part of a longer one. @param {string} text */
  function values(text) {
    return plainText(text).replace(FIGURE, (all, percent, figure) => {
      const value = numberOf(percent ?? figure);
      return value === null ? all : `${OPEN}${value}${CLOSE}${percent ? "%" : ""}`;
    }).replace(/[^\p{L}\p{N}%‰℃\ue000\ue001]+/gu, "");
  }

  /**
   * What {@link letters} makes of a text, or with `numbers` {@link values}, and where each sign of it stood.
   * @param {string} text @param {boolean} numbers @returns {{ s: string, at: number[] }}
   */
  function comparable(text, numbers) {
    const folded = fold(text);
    let s = "", last = 0;
    /** @type {number[]} */
    const at = [];
    const put = (/** @type {string} */ written, /** @type {number} */ place) => {
      s += written;
      for (let i = 0; i < written.length; i++) at.push(place);
    };
    const keep = (/** @type {number} */ to) => {
      let i = last;
      for (const char of folded.s.slice(last, to)) {
        if (isKept(char)) put(char, folded.at[i]);
        i += char.length;
      }
    };
    if (numbers) for (const match of folded.s.matchAll(FIGURE)) {
      const value = numberOf(match[1] ?? match[2]), start = match.index ?? 0;
      if (value === null) continue;
      keep(start);
      put(`${OPEN}${value}${CLOSE}${match[1] ? "%" : ""}`, folded.at[start]);
      last = start + match[0].length;
    }
    keep(folded.s.length);
    at.push(text.length);
    return { s, at };
  }

  /** Words whose stems are no matter of rules, and words that merely look like others bent. */
  const ODD = new Map(Object.entries({ skis: "ski", skies: "sky", idly: "idl", gently: "gentl", ugly: "ugli", early: "earli", only: "onli", singly: "singl" }));
  for (const word of ["andes", "atlas", "bias", "cosmos", "howe", "news", "sky"]) ODD.set(word, word);
  /** Endings and what becomes of them after a first syllable; the longest that fits decides. */
  const SECOND = /** @type {const} */ ([["ational", "ate"], ["ization", "ize"], ["iveness", "ive"], ["fulness", "ful"], ["ousness", "ous"], ["tional", "tion"], ["biliti", "ble"], ["lessli", "less"], ["fulli", "ful"], ["ousli", "ous"], ["entli", "ent"], ["aliti", "al"], ["iviti", "ive"], ["alism", "al"], ["ation", "ate"], ["ogist", "og"], ["abli", "able"], ["alli", "al"], ["anci", "ance"], ["enci", "ence"], ["izer", "ize"], ["ator", "ate"], ["bli", "ble"], ["ogi", "og"], ["li", ""]]);
  const THIRD = /** @type {const} */ ([["ational", "ate"], ["tional", "tion"], ["icate", "ic"], ["ative", ""], ["alize", "al"], ["iciti", "ic"], ["ical", "ic"], ["ness", ""], ["ful", ""]]);
  const FOURTH = ["ement", "ance", "ence", "able", "ible", "ment", "ate", "ive", "ize", "iti", "ism", "ion", "ous", "ant", "ent", "al", "ic", "er"];
  const SHORT = /[^aeiouy][aeiouy][^aeiouywxY]$|^[aeiouy][^aeiouy]$|past$/;

  /** The stem of an English word in small letters, by the rules of Snowball's English stemmer. @param {string} word @returns {string} */
  function stem(word) {
    const odd = ODD.get(word);
    if (odd !== undefined) return odd;
    if (word.length < 3 || !/[a-z]/.test(word)) return word;
    let w = word.replace(/^'/, "").replace(/^y/, "Y").replace(/([aeiouy])y/g, "$1Y");
    const known = /^(?:arsen|commun|emerg|gener|inter|later|organ|past|univers)/.exec(w);
    const after = (/** @type {number} */ from) => {
      const syllable = /^[^aeiouy]*[aeiouy]+[^aeiouy]/.exec(w.slice(from));
      return syllable ? from + syllable[0].length : w.length;
    };
    const first = known ? known[0].length : after(0), second = after(first);
    const cut = (/** @type {number} */ n, put = "") => { w = w.slice(0, w.length - n) + put; };

    w = w.replace(/(?:'s'|'s|')$/, "");
    if (/sses$/.test(w)) cut(2);
    else if (/(?:ied|ies)$/.test(w)) cut(w.length > 4 ? 2 : 1);
    else if (/[aeiouy].+s$/.test(w) && !/[us]s$/.test(w)) cut(1);

    const bent = /(?:eedly|ingly|edly|eed|ing|ed)$/.exec(w);
    if (bent && bent[0].startsWith("eed")) {
      if (bent.index >= first && !/^(?:succ|proc|exc)$/.test(w.slice(0, bent.index))) cut(bent[0].length, "ee");
    } else if (bent) {
      const rest = w.slice(0, bent.index);
      if (bent[0] === "ing" && /^[^aeiouy]y$/.test(rest)) w = `${rest[0]}ie`;
      else if (/[aeiouy]/.test(rest) && !(bent[0] === "ing" && /^(?:even|cann|inn|earr|herr|out)$/.test(rest))) {
        w = rest;
        if (/(?:at|bl|iz)$/.test(w)) w += "e";
        else if (/(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(w)) { if (!/^[aeo]..$/.test(w)) cut(1); }
        else if (w.length === first && SHORT.test(w)) w += "e";
      }
    }
    w = w.replace(/(.[^aeiouy])[yY]$/, "$1i");

    const two = SECOND.find(([ending]) => w.endsWith(ending));
    if (two && w.length - two[0].length >= first) {
      const before = w[w.length - two[0].length - 1] ?? "";
      if (two[0] === "li" ? /[cdeghkmnrt]/.test(before) : two[0] !== "ogi" || before === "l") cut(two[0].length, two[1]);
    }
    const three = THIRD.find(([ending]) => w.endsWith(ending));
    if (three && w.length - three[0].length >= (three[0] === "ative" ? Math.max(first, second) : first)) cut(three[0].length, three[1]);
    const four = FOURTH.find((ending) => w.endsWith(ending));
    if (four && w.length - four.length >= second && (four !== "ion" || /[st]ion$/.test(w))) cut(four.length);
    if (w.endsWith("e") && (w.length > second || w.length > first && !SHORT.test(w.slice(0, -1)))) cut(1);
    else if (w.endsWith("ll") && w.length > second) cut(1);
    return w.replace(/Y/g, "y");
  }

  /**
   * The words of a text: plain, numerals by value, an amount with its currency after it.
   * @param {string} text @param {boolean} [values] @returns {{ word: string, start: number, end: number }[]}
   */
  function wordsOf(text, values = true) {
    const { s, at } = fold(text);
    const words = [];
    for (const match of s.matchAll(/[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?(?![\p{L}\p{N}])|[\p{L}\p{N}]+(?:['’][\p{L}]+)?|%/gu)) {
      let word = match[0].replace("’", "'");
      if (word === "%") word = "percent";
      else if (!values) word = word.replace(/,/g, "");
      else if (/^[0-9]/.test(word) && /^[0-9,.]+$/.test(word)) word = String(Number(word.replace(/,/g, "")));
      else if (WORDS.has(word)) word = String(WORDS.get(word));
      words.push({ word: values && (word === "rmb" || word === "renminbi") ? "yuan" : word, start: at[match.index], end: at[match.index + match[0].length] });
    }
    if (!values) return words;
    for (let i = 0; i + 1 < words.length; i++) {
      if (words[i].word !== "yuan" || !/^[0-9]/.test(words[i + 1].word) || words[i + 2]?.word === "yuan" && !/^[0-9]/.test(words[i + 3]?.word ?? "")) continue;
      words.splice(i, 2, { ...words[i + 1], start: words[i].start }, { ...words[i], end: words[i + 1].end });
      i++;
    }
    return words;
  }

  /**
   * @typedef {{ page: number, anchor: string, title: string, text: string, kind: string, category: string, keywords: string[],
   *   titled: string }} Entry  titled: the title made comparable
   * @typedef {{ text: string, exact: boolean }} Part  of a query; exact where it is quoted
   * @typedef {Float32Array} Found  for every entry how well it holds a part: 1 as it stands, less bent or begun, 0 not at all
   * @typedef {{ entry: number, score: number, by: string[], same: string }} Hit  by: the parts to mark; same: the word it was found through
   */

  /** Titles that are looked for by their beginnings, corrected and spelled in pinyin. */
  const NAMED = ["regime", "law", "term"];
  /** What the words in the title are worth. @type {Record<string, number>} */
  const TITLED = { regime: 60, term: 50, law: 45, page: 42, checklist: 40, limit: 0, heading: 30, rule: 20 };
  /** What an entry of a kind is worth among those that hold the words in their text. @type {Record<string, number>} */
  const WORTH = { clause: 3, term: 1, law: 1, penalty: 1, limit: 1 };

  class Engine {
    /** @param {{ config: any, docs: any[] }} data */
    constructor({ config, docs }) {
      this.script = script = scriptOf(config.simplified ?? {});
      this.chinese = config.lang[0] === "zh";
      this.config = config;
      /** @type {Entry[]} */
      this.entries = [];
      /** @type {{ location: string, entry: number }[]} */
      this.pages = [];
      /** The titles of pages by their address. @type {Map<string, string>} */
      this.names = new Map();
      const said = /** @type {string[]} */ ([]);
      /** A text, the one of this number among those written out before, or a row of them. @param {string | number | any[]} text @returns {string} */
      const once = (text) => {
        if (Array.isArray(text)) return text.map(once).join(config.join);
        return typeof text === "number" ? said[text] : said[said.push(text) - 1];
      };
      for (const [location, title, kind, category, keywords, entries, text] of docs) {
        const page = this.pages.length;
        this.pages.push({ location, entry: this.entries.length });
        this.entries.push({ page, anchor: "", title: once(title), text: text === undefined ? "" : once(text), kind, category, keywords, titled: "" });
        this.names.set(location, this.entries[this.entries.length - 1].title);
        let last = "", where = category;
        for (const [anchor, name, words, type = last, group = where] of entries) {
          this.entries.push({ page, anchor, title: once(name), text: once(words), kind: type, category: group, keywords: [], titled: "" });
          last = type;
          where = group;
        }
      }
      /** Of each entry: its page, how long it is, what its kind is worth in the title and in the text, its family and category. */
      this.page = Int32Array.from(this.entries, (entry) => entry.page);
      this.length = Int32Array.from(this.entries, (entry) => Math.max(1, entry.title.length + entry.text.length));
      this.titleWorth = Int16Array.from(this.entries, (entry) => TITLED[entry.kind] ?? -1);
      this.worth = Int8Array.from(this.entries, (entry) => WORTH[entry.kind] ?? 0);
      this.kinds = Uint8Array.from(this.entries, (entry) => KINDS.indexOf(family(entry.kind)));
      this.categoryIds = Object.keys(config.names?.categories ?? {});
      const places = new Map(this.categoryIds.map((id, i) => [id, i]));
      this.categories = Int16Array.from(this.entries, (entry) => places.get(entry.category) ?? -1);
      /** The words each part of the query at hand may stand for, and the pattern that marks it. @type {Map<string, any>} */
      this.marks = new Map();
      /** The text whose words were read last. @type {{ text: string, words: ReturnType<typeof wordsOf> } | null} */
      this.last = null;
      /** The entries looked for by their titles. */
      this.named = this.entries.flatMap((entry, i) => NAMED.includes(entry.kind) ? [i] : []);
      /** Titles by their pinyin. @type {{ entry: number, syllables: string[] }[]} */
      this.spelled = (config.pinyin ?? []).map((/** @type {string} */ syllables, /** @type {number} */ i) => ({ entry: this.named[i], syllables: syllables.split(" ") }));
      if (this.chinese) this.prepareText();
      else this.prepareWords();
      /** @type {{ entry: number, word: string, key: string }[]} */
      this.keyed = [];
      const keys = new Map();
      for (const { entry } of this.pages) for (const word of this.entries[entry].keywords) {
        if (!keys.has(word)) keys.set(word, this.key(word));
        this.keyed.push({ entry, word, key: keys.get(word) });
      }
      /** @type {{ own: string, other: string, key: string }[]} */
      this.pairs = [];
      for (const [word, ...others] of config.pairs ?? []) {
        const own = once(word);
        for (const other of others) this.pairs.push({ own, other, key: this.key(other) });
      }
    }

    /** What two writings of the same words share. @param {string} text */
    key(text) {
      return HAN.test(text) ? values(text) : wordsOf(text).map((w) => stem(w.word)).join(" ");
    }

    /** A query or title as titles are compared. @param {string} text */
    titled(text) {
      return this.chinese ? letters(text) : wordsOf(text).map((w) => w.word).join(" ");
    }

    /** One string for all texts: to look through it once is many times faster than through each of them. */
    prepareText() {
      const written = /** @type {string[]} */ ([]), valued = /** @type {string[]} */ ([]);
      const starts = new Int32Array(this.entries.length + 1);
      const owners = /** @type {number[]} */ ([]), valueStarts = [0];
      this.entries.forEach((entry, i) => {
        entry.titled = letters(entry.title);
        const one = `${entry.titled}\n${letters(entry.text)}\n`;
        written.push(one);
        starts[i + 1] = starts[i] + one.length;
        if (!ONE.test(one)) return;
        const other = `${values(entry.title)}\n${values(entry.text)}\n`;
        valued.push(other);
        owners.push(i);
        valueStarts.push(valueStarts[owners.length - 1] + other.length);
      });
      /** Every text without numerals made equal; where each begins. */
      this.letters = { text: written.join(""), starts, owner: (/** @type {number} */ i) => i };
      /** The texts that hold numerals, each numeral its value. */
      this.values = { text: valued.join(""), starts: Int32Array.from(valueStarts), owner: (/** @type {number} */ i) => owners[i] };
    }

    /** Every text as the numbers of its words, and for each word the entries that hold it. */
    prepareWords() {
      /** @type {Map<string, number>} */
      this.ids = new Map();
      this.vocabulary = /** @type {string[]} */ ([]);
      this.postings = /** @type {number[][]} */ ([]);
      const stream = /** @type {number[]} */ ([]), starts = new Int32Array(this.entries.length + 1);
      this.entries.forEach((entry, place) => {
        const title = wordsOf(entry.title).map((w) => w.word);
        entry.titled = title.join(" ");
        for (const word of [...title, "", ...wordsOf(entry.text).map((w) => w.word)]) stream.push(word ? this.id(word, place) : -1);
        starts[place + 1] = stream.length;
      });
      this.stream = Int32Array.from(stream);
      this.starts = starts;
      this.stems = this.vocabulary.map(stem);
    }

    /** @param {string} word @param {number} place */
    id(word, place) {
      let id = this.ids.get(word);
      if (id === undefined) {
        this.ids.set(word, id = this.vocabulary.length);
        this.vocabulary.push(word);
        this.postings.push([]);
      }
      const list = this.postings[id];
      if (list[list.length - 1] !== place) list.push(place);
      return id;
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
        const number = (/** @type {string} */ word) => /^[0-9][0-9,.]*$/.test(word) || WORDS.has(word.toLowerCase());
        if (!exact && number(text) && next(1) === "working" && /^days?$/.test(next(2))) {
          joined.push({ text: `${text} working days`, exact });
          i += 2;
        } else if (!exact && number(text) && /^(yuan|rmb|percent|days?|months?|years?)$/.test(next(1))) {
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
        const match = /^([0-9,.]+|[a-z]+)\s*(working days?|yuan|rmb|percent|days?|months?|years?)$/i.exec(text);
        if (!match) return text;
        const value = WORDS.get(match[1].toLowerCase()) ?? match[1];
        const name = match[2].toLowerCase().replace(/s$/, "").replace("rmb", "yuan");
        return `${value}${UNITS.find(([, en]) => en === name)?.[0] ?? ""}`;
      }
      const folded = fold(text).s;
      const match = new RegExp(`^(百分之)?(${NUMERAL})(个工作日|工作日|元|个月|月|日|天|年)?$`, "u").exec(folded);
      const value = match && !match[1] !== !match[3] ? numberOf(match[2]) : null;
      return match && value !== null ? `${value} ${match[1] ? "percent" : UNITS.find(([zh]) => zh === match[3])?.[1] ?? ""}` : text;
    }

    /** The entries that hold one part. @param {Part} part @returns {Found} */
    holding(part) {
      return this.chinese ? this.holdingText(part) : this.holdingWords(part);
    }

    /** @param {Part} part @returns {Found} */
    holdingText({ text, exact }) {
      const own = exact ? text : this.unit(text), found = new Float32Array(this.entries.length);
      const plainly = letters(own), valued = values(own);
      if (!plainly) return found;
      if (exact) {
        const wanted = fold(text).s.replace(/\s+/g, "");
        this.look(found, this.letters, plainly, (_, __, place) => {
          const { title, text: words } = this.entries[place];
          return fold(`${title}\n${words}`).s.replace(/[^\S\n]+/g, "").includes(wanted);
        });
        return found;
      }
      this.look(found, this.letters, plainly, (all, i, place) => wholeAt(all, plainly, i) && this.beginsWord(all, i, place, plainly));
      if (valued !== plainly) this.look(found, this.values, valued, (all, i, place) => this.beginsWord(all, i, place, plainly));
      return found;
    }

    /**
     * Finds the entries whose text holds a string at a place that will do.
     * @param {Found} found @param {{ text: string, starts: Int32Array, owner: (i: number) => number }} where @param {string} wanted
     * @param {(text: string, i: number, place: number) => boolean} will
     */
    look(found, { text, starts, owner }, wanted, will) {
      for (let i = text.indexOf(wanted), entry = 0; i >= 0;) {
        while (starts[entry + 1] <= i) entry++;
        const place = owner(entry);
        if (will(text, i, place)) {
          found[place] = 1;
          i = text.indexOf(wanted, starts[entry + 1]);
        } else i = text.indexOf(wanted, i + 1);
      }
    }

    /** Latin letters are found from the beginning of a word only, never inside one: QR in 二维QR码, not in EQRS. @param {string} text @param {number} i @param {number} place @param {string} wanted */
    beginsWord(text, i, place, wanted) {
      if (!/^[a-z]/.test(wanted) || !/[a-z]/.test(text[i - 1] ?? "")) return true;
      const { title, text: words } = this.entries[place];
      return ` ${fold(`${title} ${words}`).s}`.split(/[^a-z]+/).some((word) => word && (word.startsWith(wanted) || wanted.startsWith(word)));
    }

    /** @param {Part} part @returns {Found} */
    holdingWords({ text, exact }) {
      const found = new Float32Array(this.entries.length);
      const words = wordsOf(exact ? text : this.unit(text)).map((w) => w.word);
      const sets = words.map((word) => exact ? this.same(word) : this.alike(word));
      if (!sets.length || sets.some((set) => !set.size)) return found;
      if (sets.length > 1) return this.inRow(found, sets, exact && words.some((word) => word === "yuan" || /^[0-9]/.test(word)) ? wordsOf(text, false).map((w) => w.word).join(" ") : "");
      for (const [id, how] of sets[0]) for (const place of this.postings[id]) if (found[place] < how) found[place] = how;
      return found;
    }

    /** The entries that hold a word of each set, one after the other. @param {Found} found @param {Map<number, number>[]} sets @param {string} literally @returns {Found} */
    inRow(found, sets, literally) {
      const fits = new Int32Array(this.vocabulary.length), size = Math.min(sets.length, 31);
      for (let n = 0; n < size; n++) for (const id of sets[n].keys()) fits[id] |= 1 << n;
      const rarest = sets.slice(0, size).reduce((best, set) => this.size(set) < this.size(best) ? set : best);
      const { stream, starts } = this;
      for (const id of rarest.keys()) for (const place of this.postings[id]) {
        if (found[place]) continue;
        for (let i = starts[place]; i + size <= starts[place + 1]; i++) {
          let n = 0;
          while (n < size && stream[i + n] >= 0 && fits[stream[i + n]] & 1 << n) n++;
          if (n < size) continue;
          if (!literally || this.says(this.entries[place], literally)) found[place] = 1;
          break;
        }
      }
      return found;
    }

    /** Whether the words of a quotation stand there as they are typed. @param {Entry} entry @param {string} words */
    says({ title, text }, words) {
      return [title, text].some((own) => ` ${wordsOf(own, false).map((w) => w.word).join(" ")} `.includes(` ${words} `));
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
        if (this.stems[id] === root) found.set(id, 0.9);
        else if (word.length > 2 && other.startsWith(word)) found.set(id, 0.7);
      });
      return found;
    }

    /**
     * The words of this edition for what a reader typed otherwise: a variant, or a word of the other language or part of it.
     * @param {string} query @returns {string[]}
     */
    others(query) {
      const key = this.key(query), han = HAN.test(query);
      if (!key) return [];
      let found = this.pairs.filter((pair) => pair.key === key);
      if (!found.length && han !== this.chinese && key.length > (han ? 1 : 3)) {
        found = this.pairs.filter((pair) => han === HAN.test(pair.other) && (han ? pair.key.includes(key) : ` ${pair.key}`.includes(` ${key}`)));
      }
      return [...new Set(found.map((pair) => pair.own))].slice(0, THROUGH);
    }

    /** Everything that holds all parts of a query, the best first. @param {string} query @returns {Hit[]} */
    find(query) {
      return this.found(query).sort((a, b) => b.score - a.score || a.entry - b.entry);
    }

    /** Everything that holds all parts of a query, in no order. @param {string} query @returns {Hit[]} */
    found(query) {
      const parts = this.parts(query.slice(0, 200));
      if (!parts.length) return [];
      const hits = this.together(parts);
      const quoted = parts.some((part) => part.exact);
      if (!quoted) {
        const known = new Set(hits.map((hit) => hit.entry));
        const more = [...this.keywords(query, !hits.length), ...this.others(query.trim()).flatMap((own) => this.together([{ text: own, exact: false }], own))];
        for (const hit of more) if (!known.has(hit.entry)) {
          known.add(hit.entry);
          hits.push({ ...hit, score: hit.score / 100 });
        }
      }
      if (hits.length) return hits;
      if (parts.length > 1) hits.push(...this.translated(parts));
      if (!hits.length && parts.length > 1) hits.push(...this.mixed(parts));
      return hits.length || quoted ? hits : this.spelling(query);
    }

    /** The entries that hold all parts. @param {Part[]} parts @param {string} [same] @returns {Hit[]} */
    together(parts, same = "") {
      return this.rank(parts, parts.map((part) => this.holding(part)), same);
    }

    /**
     * The entries in all sets, ranked: title before heading before text, the rarer part before the commoner, the parts as one
     * phrase before apart, whole words before bent ones, the more of the entry the query is the better.
     * @param {Part[]} parts @param {Found[]} sets @param {string} same @returns {Hit[]}
     */
    rank(parts, sets, same) {
      const sizes = sets.map((set) => set.reduce((n, how) => how ? n + 1 : n, 0));
      if (!parts.length || sizes.includes(0)) return [];
      const by = parts.map((part) => part.text), wanted = this.titled(by.join(" "));
      const needles = by.map((text) => this.titled(text));
      const rare = sizes.map((size) => Math.log(1 + this.entries.length / (1 + size)));
      const all = rare.reduce((sum, one) => sum + one, 0) || 1;
      const phrase = parts.length > 1 ? this.holding({ text: by.join(" "), exact: false }) : null;
      /** How much of the query, by rarity, a title holds: 0 to 1. */
      const held = (/** @type {string} */ title) => needles.reduce((sum, needle, i) => needle && title.includes(needle) ? sum + rare[i] : sum, 0) / all;
      const ofPage = new Map(), [only] = sets, single = sets.length === 1;
      const hits = [];
      for (let place = 0; place < this.entries.length; place++) {
        let quality = only[place];
        for (let i = 1; quality && i < sets.length; i++) quality = sets[i][place] ? quality + sets[i][place] : 0;
        if (!quality) continue;
        let score = 10 * quality / sets.length + 4 * Math.min(1, wanted.length / this.length[place]) + this.worth[place];
        if (this.titleWorth[place] >= 0) {
          const { titled } = this.entries[place], share = held(titled);
          if (share > 0.999) score += this.titleWorth[place] + 10 * wanted.length / titled.length;
          else score += 12 * share;
          if (titled === wanted) score += 40;
        }
        if (!single) {
          const page = this.page[place];
          if (phrase?.[place]) score += 8;
          if (!ofPage.has(page)) ofPage.set(page, held(this.entries[this.pages[page].entry].titled));
          score += 5 * ofPage.get(page);
        }
        if (this.length[place] < wanted.length + 24 && this.titled(this.entries[place].text) === wanted) score += 25;
        hits.push({ entry: place, score, by, same });
      }
      return hits;
    }

    /** Where a part stands nowhere: the entries that hold, in its place, the words it is a variant or translation of. @param {Part[]} parts @returns {Hit[]} */
    translated(parts) {
      const sets = parts.map((part) => this.holding(part));
      const holds = sets.map((set) => set.some(Boolean));
      const owns = parts.map((part, i) => holds[i] || part.exact ? [] : this.others(part.text));
      if (parts.some((_, i) => !holds[i] && !owns[i].length)) return [];
      const put = parts.map((part, i) => owns[i].length ? { text: owns[i][0], exact: false } : part);
      return this.together(put, owns.flatMap((own) => own.slice(0, 1)).join(" + "));
    }

    /** Pages with the query for a keyword; where nothing else is found, as a part of one too. @param {string} query @param {boolean} part @returns {Hit[]} */
    keywords(query, part) {
      const key = this.key(query), hits = new Map();
      if (key.length > 1) for (const { entry, word, key: own } of this.keyed) {
        if (hits.has(entry) || own !== key && !(part && (this.chinese ? own.includes(key) : ` ${own}`.includes(` ${key}`)))) continue;
        hits.set(entry, { entry, score: 90, by: [query], same: word });
      }
      return [...hits.values()];
    }

    /** Where no entry holds all parts: entries that hold some, on a page whose title or heading holds the others. @param {Part[]} parts @returns {Hit[]} */
    mixed(parts) {
      const sets = parts.map((part) => this.holding(part)), by = parts.map((part) => part.text);
      return this.entries.flatMap((entry, place) => {
        const title = this.pages[entry.page].entry;
        if (place === title || !sets.some((set) => set[place]) || !sets.every((set) => set[place] || set[title])) return [];
        return [{ entry: place, score: 5, by, same: "" }];
      });
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
      script = this.script;
      this.marks.clear();
      const all = this.found(query), names = this.config.names ?? {};
      const ofKinds = KINDS.map(() => 0), ofCategories = this.categoryIds.map(() => 0);
      const wantedKinds = KINDS.map((kind) => !kinds.length || kinds.includes(kind));
      const wantedCategories = this.categoryIds.map((id) => !categories.length || categories.includes(id));
      const through = new Map();
      /** @type {Map<number, Hit[]>} */
      const pages = new Map();
      let total = 0;
      for (const hit of all) {
        const kind = this.kinds[hit.entry], category = this.categories[hit.entry];
        const here = category < 0 ? !categories.length : wantedCategories[category];
        if (here) ofKinds[kind]++;
        if (!wantedKinds[kind]) continue;
        if (category >= 0) ofCategories[category]++;
        if (!here) continue;
        total++;
        if (hit.same) through.set(hit.same, (through.get(hit.same) ?? 0) + 1);
        const list = pages.get(this.page[hit.entry]);
        if (list) list.push(hit);
        else pages.set(this.page[hit.entry], [hit]);
      }
      const best = [...pages].map(([page, hits]) => ({ page, hits, score: hits.reduce((most, hit) => Math.max(most, hit.score), 0) }));
      best.sort((a, b) => b.score - a.score || a.page - b.page);
      let room = ROWS;
      const items = best.slice(0, PAGES).map(({ page, hits }) => {
        hits.sort((a, b) => b.score - a.score || a.entry - b.entry);
        const shown = hits.slice(0, Math.max(AT_ONCE, Math.min(OF_PAGE, room)));
        room -= shown.length;
        return this.item(page, shown);
      });
      const counted = (/** @type {string[]} */ ids, /** @type {number[]} */ n, /** @type {Record<string, string>} */ called = {}, /** @type {string[]} */ asked) =>
        ids.map((id, i) => ({ id, name: called[id] ?? id, n: n[i] })).filter(({ id, n }) => n || asked.includes(id));
      return {
        items,
        handbook: {
          total,
          kinds: counted(KINDS, ofKinds, names.kinds, kinds),
          categories: counted(this.categoryIds, ofCategories, names.categories, categories),
          through: [...through].map(([word, n]) => ({ word, n })),
          near: all.length || !query.trim() ? [] : this.near(query),
          say: this.config.words?.search_near ?? "",
        },
      };
    }

    /** @param {number} number @param {Hit[]} hits */
    item(number, hits) {
      const page = this.pages[number], best = hits[0].score;
      const rows = hits.filter((hit) => hit.entry !== page.entry).map((hit, i) => this.row(hit, i < AT_ONCE ? best : Math.min(hit.score, best * 0.99)));
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
      const row = { location, title, text, terms, score, kind: family(entry.kind), category: entry.category, through: hit.same, of: this.names.get(`regimes/${entry.anchor.split(".")[0]}/`) ?? "" };
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

    /** What marks a part in a text: in English, for each of its words those it may stand for; in Chinese, a pattern. @param {string} part */
    marking(part) {
      let found = this.marks.get(part);
      if (found) return found;
      const own = this.unit(part);
      found = this.chinese ? { own, pattern: pattern(letters(own)) } : { sets: wordsOf(own).map(({ word }) => this.alike(word)) };
      this.marks.set(part, found);
      return found;
    }

    /** The words of a text; the parts of a query are looked for in the same one after another. @param {string} text */
    read(text) {
      if (this.last?.text !== text) this.last = { text, words: wordsOf(text) };
      return this.last.words;
    }

    /** Where a part of a query stands in a text. @param {string} text @param {string} part @returns {[number, number][]} */
    places(text, part) {
      /** @type {[number, number][]} */
      const found = [];
      if (!text) return found;
      const { own, sets, pattern } = this.marking(part);
      if (!this.chinese) {
        const words = this.read(text);
        for (let i = 0; sets.length && i + sets.length <= words.length; i++) {
          if (!sets.every((/** @type {Map<number, number>} */ set, /** @type {number} */ n) => set.has(this.ids.get(words[i + n].word) ?? -1))) continue;
          const run = words.slice(i, i + sets.length);
          found.push([Math.min(...run.map((w) => w.start)), Math.max(...run.map((w) => w.end))]);
        }
        return found;
      }
      const needle = letters(own);
      if (!needle) return found;
      for (const match of text.matchAll(pattern)) {
        const start = match.index ?? 0;
        if (wholeAt(text, match[0], start)) found.push([start, start + match[0].length]);
      }
      for (const numbers of [true, false]) {
        const wanted = numbers ? values(own) : needle;
        if (found.length || numbers && wanted === needle) continue;
        const { s, at } = comparable(text, numbers);
        for (let i = s.indexOf(wanted); i >= 0; i = s.indexOf(wanted, i + wanted.length)) {
          let end = at[i + wanted.length] ?? text.length;
          while (end > at[i] + 1 && !isKept(text[end - 1])) end--;
          if (numbers || wholeAt(s, wanted, i)) found.push([at[i], end]);
        }
      }
      return found;
    }

    /**
     * What there is near a query that finds nothing: its parts alone, misspelt words put right, the longest stretch of it that
     * stands somewhere, titles and terms like it.
     * @param {string} query @returns {string[]}
     */
    near(query) {
      const parts = this.parts(query.slice(0, 60)), offered = new Set();
      const alone = parts.length > 1 ? parts.map((part) => part.text).filter((text) => this.found(text).length) : [];
      if (this.chinese) for (const { text } of parts) if (!alone.includes(text)) this.stretch(text).forEach((found) => offered.add(found));
      if (!this.chinese) {
        const mended = wordsOf(query).map(({ word }) => this.alike(word).size ? word : this.nearest(word));
        const whole = mended.every(Boolean) ? mended.join(" ") : "";
        if (whole && this.found(whole).length) offered.add(whole);
        else for (const word of mended) if (word && word.length > 3 && this.found(word).length) offered.add(word);
      }
      const key = this.titled(query), grams = new Set();
      for (let i = 0; i + 1 < key.length; i++) grams.add(key.slice(i, i + 2));
      const scored = [];
      for (const place of this.named) {
        const own = this.entries[place].titled;
        let shared = 0;
        for (let i = 0; i + 1 < own.length; i++) if (grams.has(own.slice(i, i + 2))) shared++;
        const likeness = 2 * Math.min(shared, grams.size) / (grams.size + Math.max(1, own.length - 1));
        if (likeness > (this.chinese ? 0.3 : 0.5)) scored.push({ title: this.entries[place].title, likeness });
      }
      scored.sort((a, b) => b.likeness - a.likeness || a.title.length - b.title.length);
      const close = scored.filter((one) => one.likeness > 0.6), far = scored.filter((one) => one.likeness <= 0.6);
      const all = [...close.slice(0, 3).map((one) => one.title), ...alone, ...offered, ...far.map((one) => one.title)];
      return all.filter((one, i) => !all.slice(0, i).some((other) => other.includes(one))).slice(0, NEAR);
    }

    /** The longest stretch of a Chinese query that stands somewhere, two signs or more. @param {string} text @returns {string[]} */
    stretch(text) {
      if (!HAN.test(text)) return [];
      const key = [...letters(text)].slice(0, 12);
      const stands = (/** @type {string} */ some) => this.letters.text.includes(some) && this.found(some).length > 0;
      const together = key.map((_, i) => i + 1 < key.length && this.letters.text.includes(key[i] + key[i + 1]));
      let best = "";
      for (let i = 0; i < key.length; i++) {
        let size = 1;
        while (together[i + size - 1]) size++;
        for (; size > Math.max(1, best.length); size--) {
          const some = key.slice(i, i + size).join("");
          if (stands(some)) best = some;
        }
      }
      return best ? [best] : [];
    }

    /** The word of the texts a misspelt one is most like, one or two letters away, or none. @param {string} word @returns {string} */
    nearest(word) {
      const far = word.length < 4 ? 0 : word.length < 7 ? 1 : 2;
      let best = "", least = far + 1, most = 0;
      this.vocabulary.forEach((other, id) => {
        if (Math.abs(other.length - word.length) >= least + 1 || !/^[a-z]/.test(other)) return;
        const apart = distance(word, other, far), often = this.postings[id].length;
        if (apart < least || apart === least && apart <= far && often > most) [best, least, most] = [other, apart, often];
      });
      return best;
    }
  }

  /** How many letters are to be changed, added, left out or exchanged with their neighbour between two words; beyond `far`, more than that. @param {string} a @param {string} b @param {number} far */
  function distance(a, b, far) {
    let before = /** @type {number[]} */ ([]), last = Array.from({ length: b.length + 1 }, (_, i) => i);
    for (let i = 1; i <= a.length; i++) {
      const row = [i];
      for (let j = 1; j <= b.length; j++) {
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      if (Math.min(...row) > far) return far + 1;
      [before, last] = [last, row];
    }
    return last[b.length];
  }

  /** Whether the letters found at a place cut no numeral: 五日 is not in 十五日. @param {string} s @param {string} needle @param {number} i */
  function wholeAt(s, needle, i) {
    const before = s[i - 1] ?? "", after = s[i + needle.length] ?? "", last = needle[needle.length - 1];
    if (/^[0-9〇零一二三四五六七八九两十]/u.test(needle) && ONE.test(before)) return false;
    return !(/[0-9]/.test(last) && /[0-9]/.test(after)) && !(ONE.test(after) && ONE.test(last) && [...needle].every((c) => ONE.test(c)));
  }

  /** Letters with anything between them that is not kept. @param {string} needle */
  function pattern(needle) {
    return new RegExp([...needle].join("[^\\p{L}\\p{N}%‰℃]*"), "giu");
  }

  /** The kind a reader knows an entry by. @param {string} kind */
  function family(kind) {
    return { heading: "regime", clause: "regime", item: "checklist" }[kind] ?? kind;
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
      return { type: 3, data: engine.show(typeof message.data === "string" ? { query: message.data } : message.data) };
    };
  }

  const answer = create();
  if (typeof document === "undefined") addEventListener("message", (event) => postMessage(answer(event.data)));
  else Object.assign(globalThis, { handbookSearch: { answer, create, Engine, stem } });
})();
