// Reading a regime: parallel text, copying a clause, a term explained where it stands. The page is complete without it.
(() => {
  "use strict";
  for (const arranged of document.querySelectorAll("[data-hb-waits]")) arranged.removeAttribute("data-hb-waits");
  const found = document.querySelector('article[data-hb-page="regime"]');
  if (!(found instanceof HTMLElement)) return;
  const article = found;
  const root = document.documentElement;
  /** @type {Record<string, string>} */
  const words = JSON.parse(article.dataset.hbWords ?? "{}");

  /** The switch of parallel text. What the reader is at stays where it is on the screen. */
  function parallel() {
    const button = article.querySelector("[data-hb-parallel]");
    if (!(button instanceof HTMLElement)) return;
    const show = () => button.setAttribute("aria-pressed", String(root.classList.contains("hb-parallel")));
    button.addEventListener("click", () => {
      const top = button.getBoundingClientRect().top;
      const on = root.classList.toggle("hb-parallel");
      show();
      scrollBy({ top: button.getBoundingClientRect().top - top, behavior: "instant" });
      try { localStorage.setItem("handbook.parallel", on ? "1" : "0"); } catch { /* not remembered then */ }
      const url = new URL(location.href);
      if (url.searchParams.has("parallel")) {
        url.searchParams.delete("parallel");
        history.replaceState(history.state, "", url);
        dispatchEvent(new Event("hashchange"));
      }
    });
    show();
  }

  const said = document.createElement("p");
  said.className = "hb-said";
  said.setAttribute("role", "status");
  document.body.append(said);
  let silence = 0;

  /** @param {string} text */
  function announce(text) {
    said.textContent = "";
    clearTimeout(silence);
    requestAnimationFrame(() => { said.textContent = text; });
    silence = setTimeout(() => { said.textContent = ""; }, 4000);
  }

  /**
   * Puts a text on the clipboard, by the old way where the new one is missing or refused (plain HTTP, old browsers).
   * @param {string} text
   * @returns {Promise<boolean>}
   */
  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch { /* the old way */ }
    const before = document.activeElement;
    const area = document.createElement("textarea");
    area.value = text;
    area.readOnly = true;
    area.style.cssText = "position:fixed;inset-block-start:0;opacity:0";
    document.body.append(area);
    area.select();
    let done = false;
    try { done = document.execCommand("copy"); } catch { /* by hand then */ }
    area.remove();
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    return done;
  }

  /** @param {Element} clause */
  function link(clause) {
    const url = new URL(location.href);
    url.search = "";
    url.hash = clause.id;
    return url.href;
  }

  /** The clause verbatim in the form of a citation. @param {Element} clause */
  function cite(clause) {
    const citation = clause.querySelector(":scope > .hb-clause__margin > .hb-clause__cite");
    const text = clause.querySelector(":scope > .hb-clause__body > p")?.textContent?.trim() ?? "";
    /** @type {Record<string, string>} */
    const parts = { citation: citation instanceof HTMLElement ? citation.dataset.cite ?? "" : "", text };
    return words.cite_form.replace(/\{(citation|text)\}/g, (_, name) => parts[name]);
  }

  function copying() {
    for (const clause of article.querySelectorAll(".hb-clause")) {
      const margin = clause.querySelector(":scope > .hb-clause__margin");
      const citation = margin?.querySelector(".hb-clause__cite");
      if (!margin || !(citation instanceof HTMLElement)) continue;
      const group = document.createElement("span");
      group.className = "hb-copy";
      for (const what of ["link", "citation"]) {
        const button = document.createElement("button");
        button.type = "button";
        button.dataset.hbCopy = what;
        button.textContent = words[`copy_${what}`];
        button.setAttribute("aria-label", `${words[`copy_${what}`]} ${citation.dataset.cite ?? ""}`);
        group.append(button);
      }
      const report = document.createElement("button");
      report.type = "button";
      report.dataset.hbReportClause = "";
      report.textContent = words.report;
      report.setAttribute("aria-label", `${words.report} ${citation.dataset.cite ?? ""}`);
      group.append(report);
      margin.append(group);
    }
    /** @type {Element | null} */
    let at = null;
    article.addEventListener("pointerover", (event) => {
      const over = event.target instanceof Element ? event.target.closest(".hb-clause") : null;
      if (over === at) return;
      at?.classList.remove("hb-clause--at");
      over?.classList.add("hb-clause--at");
      at = over;
    });
    article.addEventListener("pointerleave", () => { at?.classList.remove("hb-clause--at"); at = null; });
    article.addEventListener("click", async (event) => {
      const button = event.target instanceof Element ? event.target.closest("[data-hb-copy]") : null;
      const clause = button?.closest(".hb-clause");
      if (!(button instanceof HTMLElement) || !clause) return;
      const what = button.dataset.hbCopy ?? "link";
      const text = what === "link" ? link(clause) : cite(clause);
      if (await copy(text)) announce(words[`copied_${what}`]);
      else prompt(words.copy_by_hand, text);
    });
  }

  /** A term on hover, focus and tap: what it is called in the other language, the note, the way to the glossary. */
  function terms() {
    const other = root.lang.startsWith("zh") ? "en" : "zh-CN";
    const tip = document.createElement("div");
    tip.className = "hb-tip";
    tip.hidden = true;
    const text = document.createElement("div");
    text.id = "hb-tip";
    const foot = document.createElement("p");
    const more = document.createElement("a");
    more.textContent = words.term_more;
    more.href = location.href;
    foot.append(more);
    tip.append(text, foot);
    (document.querySelector(".md-typeset") ?? document.body).append(tip);
    /** @type {HTMLAnchorElement | null} */
    let open = null;
    let timer = 0;

    /** @param {HTMLAnchorElement} term */
    function show(term) {
      clearTimeout(timer);
      if (open === term) return;
      open?.removeAttribute("aria-describedby");
      open = term;
      const head = document.createElement("p");
      const name = document.createElement("span");
      name.className = "hb-tip__term";
      name.textContent = term.dataset.hbTerm ?? "";
      const rendering = document.createElement("span");
      rendering.className = "hb-tip__other";
      rendering.lang = other;
      rendering.textContent = term.dataset.hbRendering ?? "";
      head.append(name, " ", rendering);
      text.replaceChildren(head);
      if (term.dataset.hbNote) {
        const note = document.createElement("p");
        note.className = "hb-tip__note";
        note.textContent = term.dataset.hbNote;
        text.append(note);
      }
      more.href = term.href;
      term.setAttribute("aria-describedby", text.id);
      tip.hidden = false;
      place(term);
    }

    /** Beneath the term, above it where there is no room, never outside the window. @param {HTMLElement} term */
    function place(term) {
      const box = term.getClientRects()[0];
      tip.style.insetInlineStart = "0";
      tip.style.insetBlockStart = "0";
      const origin = tip.getBoundingClientRect();
      const wide = root.clientWidth;
      const left = Math.max(8, Math.min(box.left, wide - origin.width - 8));
      const below = box.bottom + 4;
      const top = below + origin.height > innerHeight && box.top - origin.height - 4 > 0 ? box.top - origin.height - 4 : below;
      tip.style.insetInlineStart = `${left - origin.left}px`;
      tip.style.insetBlockStart = `${top - origin.top}px`;
    }

    function hide() {
      clearTimeout(timer);
      open?.removeAttribute("aria-describedby");
      open = null;
      tip.hidden = true;
    }

    const soon = () => { clearTimeout(timer); timer = setTimeout(hide, 250); };
    /** @param {Event} event @returns {HTMLAnchorElement | null} */
    const termOf = (event) => {
      const term = event.target instanceof Element ? event.target.closest("a.hb-term") : null;
      return term instanceof HTMLAnchorElement ? term : null;
    };

    for (const term of article.querySelectorAll("a.hb-term")) {
      if (!(term instanceof HTMLElement)) continue;
      term.dataset.hbRendering = term.title;
      term.removeAttribute("title");
    }
    let touched = false;
    article.addEventListener("pointerdown", (event) => { touched = event.pointerType === "touch"; });
    article.addEventListener("pointerover", (event) => {
      const term = termOf(event);
      if (term && event.pointerType !== "touch") show(term);
    });
    article.addEventListener("pointerout", (event) => { if (termOf(event) && event.pointerType !== "touch") soon(); });
    article.addEventListener("focusin", (event) => { const term = termOf(event); if (term && !touched) show(term); });
    article.addEventListener("focusout", (event) => { if (termOf(event)) soon(); });
    article.addEventListener("click", (event) => {
      const term = termOf(event);
      if (!term || !touched) return;
      event.preventDefault();
      if (open === term) hide(); else show(term);
    });
    tip.addEventListener("click", (event) => {
      const tapped = event instanceof PointerEvent && event.pointerType === "touch";
      if (tapped && event.target instanceof Element && !event.target.closest("a")) hide();
    });
    tip.addEventListener("pointerenter", () => clearTimeout(timer));
    tip.addEventListener("pointerleave", soon);
    tip.addEventListener("focusin", () => clearTimeout(timer));
    tip.addEventListener("focusout", soon);
    document.addEventListener("pointerdown", (event) => {
      if (open && event.target instanceof Element && !event.target.closest("a.hb-term, .hb-tip")) hide();
    });
    document.addEventListener("keydown", (event) => {
      touched = false;
      if (event.key !== "Escape" || !open) return;
      if (tip.contains(document.activeElement)) open.focus();
      hide();
    });
    addEventListener("resize", hide);
  }

  /**
   * The contents mark the last section at the end of a page, as it can scroll no further. A reader who has just gone to
   * an earlier one there is in that one, until scrolling goes on.
   */
  function contents() {
    const nav = document.querySelector(".md-sidebar--secondary .md-nav");
    if (!nav) return;
    /** @type {HTMLAnchorElement[]} */
    const links = Array.from(nav.querySelectorAll('a.md-nav__link[href*="#"]'));
    let went = true;
    const mark = () => {
      const at = went ? links.findIndex((link) => link.hash === location.hash) : -1;
      const end = scrollY + innerHeight >= root.scrollHeight - 2;
      if (at < 0 || !end) return;
      links.forEach((link, i) => {
        link.classList.toggle("md-nav__link--active", i === at);
        link.classList.toggle("md-nav__link--passed", i <= at);
      });
    };
    addEventListener("hashchange", () => { went = true; mark(); });
    nav.addEventListener("click", () => { went = true; setTimeout(mark); });
    for (const kind of ["wheel", "touchmove"]) addEventListener(kind, () => { went = false; }, { passive: true });
    addEventListener("keydown", (event) => { if (/^(Arrow|Page|Home|End| )/.test(event.key)) went = false; });
    new MutationObserver(mark).observe(nav, { attributes: true, attributeFilter: ["class"], subtree: true });
    mark();
  }

  /** An address of a clause that stands in another regime today: goes on there. */
  function departed() {
    let asked = null;
    try { asked = document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch { /* no name of anything here */ }
    const link = asked?.matches(".hb-departed li") ? asked.querySelector("a[data-hb-departed]") : null;
    if (link instanceof HTMLAnchorElement) location.replace(link.href);
  }

  departed();
  addEventListener("hashchange", departed);
  parallel();
  copying();
  terms();
  contents();
})();
