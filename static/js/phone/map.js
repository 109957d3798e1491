/* The map comes when the page has come: nobody waits for it to read the list. */

function library(address) {
  return new Promise((done, failed) => {
    const script = document.createElement("script");
    Object.assign(script, { src: address, onload: done, onerror: failed });
    document.head.append(script);
  });
}

function whenQuiet(then) {
  const idle = window.requestIdleCallback || ((call) => setTimeout(call));
  const start = () => idle(then, { timeout: 1000 });
  if (document.readyState === "complete") {
    start();
  } else {
    window.addEventListener("load", start, { once: true });
  }
}

async function bring(section) {
  try {
    await library(section.dataset.library);
    await import(section.dataset.map);
  } catch {
    section.querySelector("[data-absent]").hidden = false; // no signal; the list and the map in words are there
  }
}

export function bringMap(root = document) {
  const section = root.querySelector("[data-map]");
  if (section) {
    whenQuiet(() => bring(section));
  }
}
