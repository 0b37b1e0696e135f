// The search: a worker where pages come over HTTP, a part of the page where they are opened from a folder.
(() => {
  "use strict";

  /** What our engine and Material's dialog say to one another. @typedef {{ type: number, data: any }} Message */

  const WORKER = "assets/handbook/search-worker.js";
  const Real = window.Worker;

  /** A worker for pages opened from a folder, where browsers refuse real ones: the same engine, in the page. */
  class Near extends EventTarget {
    /** @param {string | URL} address */
    constructor(address) {
      super();
      const script = document.createElement("script");
      this.loaded = new Promise((resolve) => script.addEventListener("load", resolve));
      script.src = String(address);
      document.head.append(script);
    }

    /** @param {Message} message */
    async postMessage(message) {
      await this.loaded;
      const data = globalThis["handbookSearch"].answer(message);
      this.dispatchEvent(new MessageEvent("message", { data }));
    }

    terminate() { /* it goes with the page */ }
  }

  /** @param {string | URL} address @param {WorkerOptions} [options] */
  function start(address, options) {
    if (!String(address).split(/[?#]/)[0].endsWith(WORKER)) return new Real(address, options);
    const worker = location.protocol === "file:" ? new Near(address) : new Real(address, options);
    worker.addEventListener("message", (event) => {
      if (event instanceof MessageEvent && event.data.type === 3) setTimeout(() => suggest(event.data.data));
    });
    return worker;
  }

  /** Where nothing is found, offers words near it. @param {{ items: unknown[], handbook: { near: string[], say: string } }} result */
  function suggest({ items, handbook: { near, say } }) {
    const list = document.querySelector(".md-search-result__list");
    document.querySelector(".hb-near")?.remove();
    if (!list || items.length || !near.length) return;
    const line = document.createElement("p");
    line.className = "hb-near";
    line.append(say, " ");
    for (const word of near) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = word;
      button.addEventListener("click", () => ask(word));
      line.append(button, " ");
    }
    list.before(line);
  }

  /** @param {string} query */
  function ask(query) {
    const field = document.querySelector("input.md-search__input");
    if (!(field instanceof HTMLInputElement)) return;
    field.value = query;
    field.focus();
    field.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
  }

  window.Worker = /** @type {any} */ (new Proxy(Real, { construct: (_, [address, options]) => start(address, options) }));
})();
