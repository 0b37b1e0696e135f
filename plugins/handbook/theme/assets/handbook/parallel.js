// Whether the reader has parallel text on. Loaded before the text of the page, so that nothing moves when it is shown.
(() => {
  "use strict";
  const asked = new URLSearchParams(location.search).get("parallel");
  let on = asked === "1";
  if (asked === null) {
    try { on = localStorage.getItem("handbook.parallel") === "1"; } catch { /* storage forbidden: off, as without script */ }
  }
  document.documentElement.classList.add("hb-script");
  document.documentElement.classList.toggle("hb-parallel", on);
})();
