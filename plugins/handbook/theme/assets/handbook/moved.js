// On a page at an old address: goes on to the new one, to the clause that was asked for, with what a look-up was asked.
(() => {
  "use strict";
  const link = document.querySelector("a[data-hb-moved]");
  if (!(link instanceof HTMLAnchorElement)) return;
  /** @type {Record<string, string>} */
  const anchors = JSON.parse(link.dataset.hbMoved || "{}");
  let asked = "";
  try { asked = decodeURIComponent(location.hash.slice(1)); } catch { /* no name of anything here */ }
  const known = Object.hasOwn(anchors, asked);
  const to = new URL(known ? anchors[asked] : link.href, location.href);
  if (!known) to.hash = location.hash;
  to.search = location.search;
  if (location.protocol !== "file:") to.pathname = to.pathname.replace(/index\.html$/, "");
  link.href = to.href;
  location.replace(to.href);
})();
