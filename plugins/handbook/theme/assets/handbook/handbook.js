// Small conveniences; every page is complete without them.

/** The link to the other language keeps the clause the reader is at, and what a look-up is narrowed to. */
function keepClause() {
  const link = document.querySelector("[data-hb-language]");
  if (!(link instanceof HTMLAnchorElement)) return;
  const base = link.href.split("#")[0];
  const set = () => { link.href = base + location.search + location.hash; };
  addEventListener("hashchange", set);
  link.addEventListener("focus", set);
  link.addEventListener("pointerenter", set);
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

/** The search field of the home page opens the search from the keyboard too, and the reader types on without another click. */
function openSearch() {
  const field = document.querySelector(".hb-home__search");
  field?.addEventListener("click", () => setTimeout(() => {
    const input = document.querySelector("input.md-search__input"); // Firefox leaves the focus on the label
    if (input instanceof HTMLInputElement) input.focus();
  }));
  field?.addEventListener("keydown", (event) => {
    if (event instanceof KeyboardEvent && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      if (field instanceof HTMLElement) field.click();
    }
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
nameSearch();
