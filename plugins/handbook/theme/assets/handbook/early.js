// Loaded before the text of a page, so that nothing moves once it is shown: scripts run here, and is parallel text on?
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
