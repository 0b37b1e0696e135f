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

/** From a folder (file://) a browser does not add index.html to an address that ends in a slash. */
function openFromFolder() {
  if (location.protocol !== "file:") return;
  addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
    if (!(link instanceof HTMLAnchorElement) || link.protocol !== "file:" || !link.pathname.endsWith("/")) return;
    const url = new URL(link.href);
    url.pathname += "index.html";
    link.href = url.href;
  }, true);
}

/** The search field of the home page opens the search from the keyboard too. */
function openSearch() {
  const field = document.querySelector(".hb-home__search");
  field?.addEventListener("keydown", (event) => {
    if (event instanceof KeyboardEvent && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      if (field instanceof HTMLElement) field.click();
    }
  });
}

keepClause();
openFromFolder();
openSearch();
