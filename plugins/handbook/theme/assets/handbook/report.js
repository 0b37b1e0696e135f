// Reporting an error: of a clause (a button reading.js makes beside it) or of the page. Where the handbook names its repository
// a new issue opens with everything filled in; elsewhere the same words are copied, to be sent as the bureau wishes.
(() => {
  "use strict";
  const found = document.querySelector("[data-hb-report]");
  if (!(found instanceof HTMLElement)) return;
  const foot = found, LONGEST = 6000;
  /** @type {Record<string, string>} */
  const words = JSON.parse(foot.dataset.hbReport || "{}");
  const file = foot.dataset.hbFile ?? "", subject = foot.dataset.hbSubject ?? "";

  /** Says it for a while, where the page says such things if it has such a place. @param {string} words */
  function announce(words) {
    const before = document.querySelector(".hb-said");
    const said = before ?? document.createElement("p");
    said.className = "hb-said";
    said.setAttribute("role", "status");
    said.textContent = "";
    if (!before) document.body.append(said);
    requestAnimationFrame(() => { said.textContent = words; });
    setTimeout(() => { said.textContent = ""; }, 4000);
  }

  /** @param {string} form @param {Record<string, string>} values */
  const fill = (form, values) => form.replace(/\{(\w+)\}/g, (whole, name) => Object.hasOwn(values, name) ? values[name] : whole);

  /** @param {string} hash */
  function address(hash) {
    const url = new URL(location.href);
    url.search = "";
    url.hash = hash;
    return url.href;
  }

  /** @param {Element} element */
  const text = (element) => element.textContent?.replace(/\s+/g, " ").trim() ?? "";

  /** What is said of a clause: how it is cited, its id, where it stands, its words in both languages. @param {Element} clause */
  function ofClause(clause) {
    const cite = clause.querySelector(":scope > .hb-clause__margin > .hb-clause__cite");
    const citation = cite instanceof HTMLElement ? cite.dataset.cite ?? "" : "";
    const own = clause.querySelector(":scope > .hb-clause__body > p"), twin = clause.querySelector(":scope > .hb-clause__body > .hb-twin");
    const both = [own ? text(own) : "", twin ? text(twin) : ""];
    const [zh, en] = document.documentElement.lang.startsWith("zh") ? both : both.reverse();
    const regime = location.pathname.replace(/index\.html$/, "").split("/").filter(Boolean).pop();
    return { title: fill(words.title, { subject: citation }), form: words.clause,
      values: { citation, id: `${regime}#${clause.id}`, address: address(clause.id), file, zh, en } };
  }

  const ofPage = () => ({ title: fill(words.title, { subject }), form: words.page, values: { page: subject, address: address(""), file } });

  /** The address of a new issue, its longest words cut until it is short enough. @param {{title: string, form: string, values: Record<string, string>}} report */
  function issue({ title, form, values }) {
    const some = { ...values };
    for (;;) {
      const made = fill(words.issue, { title: encodeURIComponent(title), body: encodeURIComponent(fill(form, some)) });
      const longest = Object.keys(some).reduce((a, b) => some[a].length >= some[b].length ? a : b);
      const length = [...some[longest]].length;
      if (made.length <= LONGEST || length < 8) return made;
      some[longest] = `${[...some[longest]].slice(0, Math.floor(length * 0.85)).join("")}…`;
    }
  }

  /** Shows a text to be copied by hand, all of it selected. @param {string} whole */
  function show(whole) {
    const dialog = document.createElement("dialog"), label = document.createElement("p"), close = document.createElement("button");
    const area = document.createElement("textarea");
    dialog.className = "hb-report";
    label.textContent = words.report_by_hand;
    area.readOnly = true;
    area.rows = 12;
    area.value = whole;
    area.setAttribute("aria-label", words.report_by_hand);
    close.type = "button";
    close.className = "hb-button";
    close.textContent = words.report_close;
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    dialog.append(label, area, close);
    document.body.append(dialog);
    dialog.showModal();
    area.focus();
    area.select();
  }

  /** @param {{title: string, form: string, values: Record<string, string>}} report */
  async function report(report) {
    if (words.issue) { open(issue(report), "_blank", "noopener"); return; }
    const whole = `${report.title}\n\n${fill(report.form, report.values)}`;
    try {
      await navigator.clipboard.writeText(whole);
    } catch {
      show(whole);
      return;
    }
    announce(words.report_copied);
  }

  if (!words.issue) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "hb-correct__report";
    button.textContent = words.report_copy;
    button.addEventListener("click", () => report(ofPage()));
    foot.append(button);
  }
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-hb-report-clause]") : null;
    const clause = button?.closest(".hb-clause");
    if (clause) report(ofClause(clause));
  });
})();
