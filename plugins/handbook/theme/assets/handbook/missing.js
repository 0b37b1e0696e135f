// A page for a wrong address on a site that was not told where it lies. The page asks for this script at every folder
// above the address; it is found in the site's own, and from there the page's styles, scripts and links are put right.
(() => {
  "use strict";
  const script = document.currentScript;
  if (!(script instanceof HTMLScriptElement)) return;
  const shared = /** @type {Window & { hbRoot?: string }} */ (window);
  const first = shared.hbRoot === undefined;
  const here = new URL("../../", script.src).href;
  if (first || here.length < String(shared.hbRoot).length) shared.hbRoot = here; // an edition lies below the first
  if (!first) return;

  /** @param {string} address one that counts from the root of the server */
  const right = (address) => new URL(address.slice(1), shared.hbRoot).href;
  /** @param {string | null} address */
  const wrong = (address) => address !== null && /^\/(?!\/)/.test(address);

  addEventListener("DOMContentLoaded", () => {
    if (shared.hbRoot === new URL("/", location.href).href) return;
    const config = document.getElementById("__config");
    if (config) {
      const values = JSON.parse(config.textContent ?? "{}");
      for (const key of ["base", "search"]) if (wrong(values[key])) values[key] = right(values[key]);
      config.textContent = JSON.stringify(values);
    }
    for (const name of ["href", "action"]) {
      for (const element of document.querySelectorAll(`[${name}^="/"]`)) {
        const address = element.getAttribute(name);
        if (address !== null && wrong(address)) element.setAttribute(name, right(address));
      }
    }
    for (const old of document.querySelectorAll('script[src^="/"]')) {
      const again = document.createElement("script");
      again.async = false;
      again.src = right(old.getAttribute("src") ?? "");
      document.body.append(again);
    }
  });
})();
