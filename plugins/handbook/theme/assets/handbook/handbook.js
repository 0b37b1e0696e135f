// Small conveniences; every page is complete without them.

/**
 * Where the reader is: the clause of the address while any of it is in view, else the first clause or line beneath the
 * header; nothing at the top of a page.
 */
function place() {
  const head = document.querySelector(".md-header")?.getBoundingClientRect().bottom ?? 0;
  /** Its own words, not those of the items beneath it. @param {Element} e */
  const box = (e) => (e.querySelector(":scope > .hb-clause__body") ?? e).getBoundingClientRect();
  /** @param {Element} e */
  const seen = (e) => box(e).bottom > head && box(e).top < innerHeight;
  let wanted = null;
  try { wanted = document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch { /* no name */ }
  if (scrollY < 1 || (wanted && seen(wanted))) return location.hash;
  const all = document.querySelectorAll(".hb-clause, .hb-line, .hb-extract h2[id]");
  const found = [...all].find((e) => box(e).top > head - 1 && seen(e));
  return found ? `#${found.id}` : location.hash;
}

/** The link to the other language keeps the clause the reader is at, and what a look-up is narrowed to. */
function keepClause() {
  const link = document.querySelector("[data-hb-language]");
  if (!(link instanceof HTMLAnchorElement)) return;
  const base = link.href.split("#")[0];
  const set = () => { link.href = base + location.search + place(); };
  addEventListener("hashchange", set);
  link.addEventListener("focus", set);
  link.addEventListener("pointerenter", set);
  link.addEventListener("pointerdown", set);
  link.addEventListener("click", set);
  set();
}

/** From a folder (file://) a browser does not add index.html to an address that ends in a slash: links get it, those made later too. */
function openFromFolder() {
  if (location.protocol !== "file:") return;
  const complete = (/** @type {unknown} */ link) => {
    if (!(link instanceof HTMLAnchorElement) || link.protocol !== "file:" || !link.pathname.endsWith("/")) return;
    const url = new URL(link.href);
    url.pathname += "index.html";
    link.href = url.href;
  };
  document.querySelectorAll("a[href]").forEach(complete);
  const touched = (/** @type {Event} */ event) => complete(event.target instanceof Element && event.target.closest("a[href]"));
  addEventListener("pointerdown", touched, true);
  addEventListener("click", touched, true);
}

/** The search field of the home page opens the search. */
function openSearch() {
  const search = document.querySelector("#__search");
  document.querySelector(".hb-home__search")?.addEventListener("click", () => {
    if (search instanceof HTMLInputElement) search.click();
  });
}

/** Firefox does not let the theme move to the field while the dialog is only about to open: once more when it is open. */
function focusSearch() {
  const field = document.querySelector(".md-search__input");
  document.querySelector("#__search")?.addEventListener("change", (event) => {
    if (!(event.target instanceof HTMLInputElement) || !event.target.checked || !(field instanceof HTMLElement)) return;
    const toggle = event.target;
    setTimeout(() => { if (toggle.checked && !document.activeElement?.closest(".md-search")) field.focus(); }, 60);
  });
}

/** The theme's search dialog has no name of its own; its field has one. */
function nameSearch() {
  const label = document.querySelector(".md-search__input")?.getAttribute("aria-label");
  if (label) document.querySelector(".md-search[role=dialog]")?.setAttribute("aria-label", label);
}

openFromFolder();
keepClause();
openSearch();
focusSearch();
nameSearch();
