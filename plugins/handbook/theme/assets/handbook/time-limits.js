// The due-date calculator of the page of limits: counts from data written into the page. State lives in the address alone.
// Days are whole numbers, days since 1 January 1970; nothing here depends on the reader's time zone but "today".

/**
 * @typedef {{n: number, unit: string, way: number, from: number}} Count  what to count: way is 1 onwards, -1 backwards
 * @typedef {{off: Set<number>, worked: Set<number>, first: number, last: number}} Holidays
 * @typedef {{end: number|null, weekend: number[], off: number[], worked: number[]}} Result  end is null beyond the known days
 */

(() => {
  const root = document.querySelector("[data-hb-calculator]");
  if (!(root instanceof HTMLElement)) return;
  const words = JSON.parse(root.dataset.words || "{}");
  const units = JSON.parse(root.dataset.units || "{}");
  const holidays = readHolidays(JSON.parse(root.dataset.holidays || "{}"));
  const form = /** @type {HTMLFormElement} */ (root.querySelector("form"));
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (root.querySelector(`[data-hb-${name}]`));
  const rule = field("rule"), n = field("n"), unit = field("unit"), from = field("from");
  const locale = document.documentElement.lang.startsWith("zh") ? "zh-CN" : "en-US";
  const DRAWN_MONTHS = 4;

  /** Words of the interface with their values filled in. */
  function say(/** @type {string} */ key, /** @type {Record<string, unknown>} */ values = {}) {
    return String(words[`limits_${key}`]).replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  }

  /** @returns {HTMLSelectElement & HTMLInputElement} a field of the form */
  function field(/** @type {string} */ name) {
    return /** @type {HTMLSelectElement & HTMLInputElement} */ (form.elements.namedItem(name));
  }

  // ---- Days

  /** The day of an ISO date; null for anything else, 30 February included. */
  function parseDay(/** @type {string|null} */ text) {
    const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text || "");
    if (!match) return null;
    const day = dayOf(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
    return iso(day) === text ? day : null;
  }

  function dayOf(/** @type {number} */ year, /** @type {number} */ month, /** @type {number} */ date) {
    const value = new Date(0);
    value.setUTCFullYear(year, month, date);
    return Math.round(value.getTime() / 86400000);
  }

  function dateOf(/** @type {number} */ day) {
    return new Date(day * 86400000);
  }

  function iso(/** @type {number} */ day) {
    return dateOf(day).toISOString().slice(0, 10);
  }

  const weekday = (/** @type {number} */ day) => (dateOf(day).getUTCDay() + 6) % 7; // Monday is 0
  const monthOf = (/** @type {number} */ day) => dateOf(day).getUTCFullYear() * 12 + dateOf(day).getUTCMonth();
  const write = (/** @type {number} */ day, /** @type {Intl.DateTimeFormatOptions} */ style) =>
    new Intl.DateTimeFormat(locale, { ...style, timeZone: "UTC" }).format(dateOf(day));
  const plain = (/** @type {number} */ day) => write(day, { year: "numeric", month: "long", day: "numeric" });
  const short = (/** @type {number} */ day) => write(day, { month: "short", day: "numeric" });

  function today() {
    const now = new Date();
    return dayOf(now.getFullYear(), now.getMonth(), now.getDate());
  }

  // ---- Counting

  /** @returns {Holidays} */
  function readHolidays(/** @type {{off: string[], worked: string[], first: string, last: string}} */ data) {
    const day = (/** @type {string} */ text) => parseDay(text) ?? NaN;
    return { off: new Set(data.off.map(day)), worked: new Set(data.worked.map(day)), first: day(data.first), last: day(data.last) };
  }

  const known = (/** @type {number} */ day) => day >= holidays.first && day <= holidays.last;
  const worksOn = (/** @type {number} */ day) => weekday(day) > 4 ? holidays.worked.has(day) : !holidays.off.has(day);

  /** Counts without the start day. Working days are counted only where the arrangements are known. @returns {Result} */
  function count(/** @type {Count} */ { n, unit, way, from }) {
    const result = /** @type {Result} */ ({ end: null, weekend: [], off: [], worked: [] });
    if (unit === "day") return { ...result, end: from + way * n };
    if (unit !== "working_day") return { ...result, end: addMonths(from, way * n * (unit === "year" ? 12 : 1)) };
    let left = n, day = from;
    while (left > 0) {
      day += way;
      if (!known(day)) return result;
      if (worksOn(day)) {
        left -= 1;
        if (weekday(day) > 4) result.worked.push(day);
      } else (weekday(day) > 4 ? result.weekend : result.off).push(day);
    }
    return { ...result, end: day };
  }

  /** The same day of the month; its last day where there is none. */
  function addMonths(/** @type {number} */ day, /** @type {number} */ months) {
    const month = monthOf(day) + months;
    const last = dayOf(Math.floor(month / 12), (month % 12) + 1, 0);
    return Math.min(last, dayOf(Math.floor(month / 12), month % 12, dateOf(day).getUTCDate()));
  }

  /** The first working day after a day; null where it is not known. */
  function nextWorkingDay(/** @type {number} */ day) {
    do day += 1; while (known(day) && !worksOn(day));
    return known(day) ? day : null;
  }

  // ---- Form and address

  const option = () => rule.selectedOptions[0];

  /** @returns {Count|string} what is asked for, or the key of a message that says what is wrong */
  function asked() {
    const data = option()?.dataset ?? {};
    const own = !rule.value;
    const number = Number(own ? n.value : data.n);
    if (!Number.isInteger(number) || number < 1 || number > 9999) return "bad_number";
    const start = parseDay(from.value);
    if (start === null) return "bad_date";
    const query = { n: number, unit: own ? unit.value : String(data.unit), way: own ? 1 : Number(data.way), from: start };
    if (query.unit !== "working_day") {
      const year = dateOf((count(query).end ?? NaN) + 1).getUTCFullYear();
      if (!(year >= 1 && year <= 9999)) return "bad_number";
    }
    return query;
  }

  function readAddress() {
    const params = new URLSearchParams(location.search);
    const wanted = params.get("rule");
    const unknown = wanted !== null && ![...rule.options].some((o) => o.value && o.value === wanted);
    rule.value = [...rule.options].find((o) => o.dataset.way === "1")?.value ?? "";
    if (params.has("n") || unknown) rule.value = "";
    else if (wanted) rule.value = wanted;
    if (params.has("n")) n.value = params.get("n") || "";
    if ([...unit.options].some((o) => o.value === params.get("unit"))) unit.value = params.get("unit") || "";
    from.value = params.has("from") ? (parseDay(params.get("from")) === null ? "" : String(params.get("from"))) : iso(today());
    return unknown ? "unknown_rule" : "";
  }

  function writeAddress() {
    const params = new URLSearchParams();
    if (rule.value) params.set("rule", rule.value);
    else {
      params.set("n", n.value);
      params.set("unit", unit.value);
    }
    if (from.value) params.set("from", from.value);
    history.replaceState(history.state, "", `${location.pathname}?${params}${location.hash}`);
  }

  // ---- What the reader sees

  /** @returns {HTMLElement} an element with a class and children or words */
  function make(/** @type {string} */ tag, /** @type {string} */ name, /** @type {(Node|string)[]} */ ...children) {
    const element = document.createElement(tag);
    if (name) element.className = name;
    element.append(...children);
    return element;
  }

  const note = (/** @type {string} */ text) => make("p", "hb-note hb-calculator__warning", text);

  function numberWords(/** @type {Count} */ query) {
    const [one, many] = units[query.unit];
    return query.n === 1 ? one : many.replace("{n}", String(query.n));
  }

  /** Up to eight days in brackets; more would be no help. */
  function listed(/** @type {number[]} */ days) {
    if (!days.length || days.length > 8) return "";
    const inner = [...days].sort((a, b) => a - b).map(short).join(locale === "zh-CN" ? "、" : ", ");
    return locale === "zh-CN" ? `（${inner}）` : ` (${inner})`;
  }

  function show(/** @type {string} */ problem = "") {
    const query = problem || asked();
    const chosen = option()?.dataset ?? {};
    part("own").hidden = Boolean(rule.value);
    part("start").hidden = !(rule.value && chosen.start);
    part("start").textContent = chosen.start ? say("runs_from", { start: chosen.start }) : "";
    part("result").replaceChildren();
    part("picture").replaceChildren();
    part("actions").hidden = true;
    if (typeof query === "string") return void part("result").append(note(say(query)));
    const result = count(query);
    const edges = { first: plain(holidays.first), last: plain(holidays.last) };
    if (result.end === null) return void part("result").append(note(say("beyond", edges)));
    part("result").append(...sentences(query, result, result.end, edges));
    part("picture").append(...picture(query, result.end));
    part("actions").hidden = query.way < 0;
  }

  /** The answer: a line that says what was counted, the date large, what was skipped, what is not certain. */
  function sentences(/** @type {Count} */ query, /** @type {Result} */ result, /** @type {number} */ end, /** @type {Record<string, string>} */ edges) {
    const values = { from: plain(query.from), number: numberWords(query) };
    const time = make("time", "hb-calculator__date", write(end, { year: "numeric", month: "long", day: "numeric", weekday: "long" }));
    time.setAttribute("datetime", iso(end));
    const lines = [make("p", "hb-calculator__lead", say(query.way > 0 ? "due" : "reaches", values)), make("p", "", time)];
    if (rule.value) {
      const { citation = "", href = "", act = "" } = option().dataset;
      const link = make("a", "", citation);
      link.setAttribute("href", href);
      lines.push(make("p", "hb-calculator__what", act, " · ", link));
    }
    if (query.unit === "working_day") {
      lines.push(make("p", "", say("counted", { weekend: result.weekend.length, off: result.off.length, off_days: listed(result.off),
        worked: result.worked.length, worked_days: listed(result.worked) })));
      const year = dateOf(holidays.last).getUTCFullYear();
      if (Math.max(query.from, end) > holidays.last - 7) lines.push(note(say("may_move", { year })));
    } else {
      if (query.unit === "day") lines.push(make("p", "", say("counted_days")));
      if (query.way > 0) lines.push(...dayOff(end, edges));
    }
    return lines;
  }

  /** Says that a due date is a day off, or that this cannot be told; claims nothing about an extension. */
  function dayOff(/** @type {number} */ end, /** @type {Record<string, string>} */ edges) {
    if (!known(end)) return [note(say("off_unknown", edges))];
    if (worksOn(end)) return [];
    const next = nextWorkingDay(end);
    const then = next === null ? say("off_next_unknown", edges)
      : say("off_next", { date: write(next, { year: "numeric", month: "long", day: "numeric", weekday: "long" }) });
    return [note(say("off_day") + (locale === "zh-CN" ? "" : " ") + then)];
  }

  // ---- The picture: the months counted over, each day marked for what it was

  function picture(/** @type {Count} */ query, /** @type {number} */ end) {
    const next = query.unit !== "working_day" && query.way > 0 && known(end) && !worksOn(end) ? nextWorkingDay(end) : null;
    const low = Math.min(query.from, end), high = Math.max(query.from, end);
    const first = monthOf(low), last = monthOf(next ?? high);
    const all = Array.from({ length: last - first + 1 }, (_, i) => first + i);
    const drawn = all.length <= DRAWN_MONTHS ? all : [first, ...all.slice(-(last - monthOf(high) + 1))];
    const seen = /** @type {Set<string>} */ (new Set());
    let counted = 0;
    const numbers = /** @type {Map<number, number>} */ (new Map());
    if (query.unit === "working_day")
      for (let day = query.from + query.way; query.way * (end - day) >= 0; day += query.way)
        if (worksOn(day)) numbers.set(day, ++counted);
    const nodes = drawn.flatMap((month) => {
      const box = drawMonth(month, (day) => kindOf(day), numbers, seen);
      return month === first && drawn.length < all.length
        ? [box, make("span", "hb-months__gap", say("more", { n: all.length - drawn.length }))] : [box];
    });
    return [make("div", "hb-months", ...nodes), legend(seen)];

    /** The kinds of a day, as classes. */
    function kindOf(/** @type {number} */ day) {
      const kinds = [];
      if (known(day) && weekday(day) < 5 && !worksOn(day)) kinds.push("off");
      if (known(day) && weekday(day) > 4 && worksOn(day)) kinds.push("worked");
      if (weekday(day) > 4 && !kinds.length) kinds.push("weekend");
      if (day === query.from) kinds.push("start");
      else if (day === end) kinds.push("end");
      else if (day === next) kinds.push("next");
      else if (day > low && day < high && (query.unit !== "working_day" || worksOn(day))) kinds.push("counted");
      return kinds;
    }
  }

  function drawMonth(/** @type {number} */ month, /** @type {(day: number) => string[]} */ kindOf, /** @type {Map<number, number>} */ numbers, /** @type {Set<string>} */ seen) {
    const first = dayOf(Math.floor(month / 12), month % 12, 1), last = dayOf(Math.floor(month / 12), (month % 12) + 1, 0);
    const days = make("div", "hb-month__days");
    for (let i = 0; i < 7; i += 1) days.append(make("span", "hb-month__weekday", write(4 + i, { weekday: "narrow" }))); // 5 January 1970 was a Monday
    for (let day = first; day <= last; day += 1) {
      const kinds = kindOf(day);
      kinds.forEach((kind) => seen.add(kind));
      const cell = make("span", ["hb-day", ...kinds.map((kind) => `hb-day--${kind}`)].join(" "), String(dateOf(day).getUTCDate()));
      const mark = kinds.includes("off") ? say("mark_off") : kinds.includes("worked") ? say("mark_worked") : "";
      if (mark) cell.append(make("sup", "", mark));
      if (numbers.has(day)) cell.append(make("sub", "", String(numbers.get(day))));
      cell.dataset.day = iso(day);
      if (day === first) cell.style.gridColumnStart = String(weekday(day) + 1);
      days.append(cell);
    }
    return make("div", "hb-month", make("strong", "", write(first, { year: "numeric", month: "long" })), days);
  }

  function legend(/** @type {Set<string>} */ seen) {
    const kinds = ["start", "counted", "off", "worked", "end", "next"].filter((kind) => seen.has(kind));
    return make("p", "hb-months__legend", ...kinds.map((kind) => {
      const sign = make("span", `hb-day hb-day--${kind}`);
      if (kind === "off" || kind === "worked") sign.append(make("sup", "", say(`mark_${kind}`)));
      return make("span", "", sign, say(`legend_${kind}`));
    }));
  }

  // ---- Calendar file (RFC 5545)

  const escapeText = (/** @type {string} */ text) => text.replace(/[\\;,]/g, "\\$&").replace(/\r\n|\r|\n/g, "\\n");

  /** Folds a line so that none is longer than 75 octets; a character of several octets is not split. */
  function fold(/** @type {string} */ line) {
    const encoder = new TextEncoder();
    let folded = "", octets = 0;
    for (const sign of line) {
      const length = encoder.encode(sign).length;
      if (octets + length > 75) {
        folded += "\r\n ";
        octets = 1;
      }
      folded += sign;
      octets += length;
    }
    return folded;
  }

  function calendar(/** @type {Count} */ query, /** @type {number} */ end) {
    const { act = "", citation = "", href = "" } = rule.value ? option().dataset : {};
    const values = { act, citation, from: plain(query.from), number: numberWords(query) };
    const about = rule.value ? [say("event_text", values), new URL(href, location.href).href] : [new URL(location.href).href];
    const unique = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const lines = [
      "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//handbook//time-limits//EN", "BEGIN:VEVENT",
      `UID:${unique}@handbook`,
      `DTSTAMP:${new Date().toISOString().replace(/[-:]|\.\d+/g, "")}`,
      `DTSTART;VALUE=DATE:${iso(end).replace(/-/g, "")}`,
      `DTEND;VALUE=DATE:${iso(end + 1).replace(/-/g, "")}`,
      `SUMMARY:${escapeText(say(rule.value ? "event" : "own_event", values))}`,
      `DESCRIPTION:${escapeText([...about, say("convention")].join("\n"))}`,
      "TRANSP:TRANSPARENT", "END:VEVENT", "END:VCALENDAR",
    ];
    return lines.map((line) => `${fold(line)}\r\n`).join("");
  }

  function download() {
    const query = asked();
    const end = typeof query === "string" ? null : count(query).end;
    if (typeof query === "string" || end === null) return;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([calendar(query, end)], { type: "text/calendar;charset=utf-8" }));
    link.download = `${rule.value || "time-limit"}-${iso(end)}.ics`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  // ---- Start

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => {
    root.dataset.used = "";
    writeAddress();
    show();
  });
  part("ics").addEventListener("click", download);
  document.querySelectorAll("[data-hb-use]").forEach((button) => {
    if (!(button instanceof HTMLElement)) return;
    button.hidden = false;
    button.addEventListener("click", () => {
      rule.value = button.dataset.hbUse || "";
      root.dataset.used = "";
      writeAddress();
      show();
      root.scrollIntoView();
      from.focus({ preventScroll: true });
    });
  });
  const problem = readAddress();
  if (location.search) root.dataset.used = "";
  show(problem);
  root.hidden = false;
})();
