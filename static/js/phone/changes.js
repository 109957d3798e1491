/* What has changed since this phone last looked. It keeps the number of the version seen, and nothing else. */
import { kept, keep } from "./kept.js";

/* The version to ask from, 0 where there is nothing to tell: on a first look all is new. */
export function askedFrom(seen, version) {
  const number = Number(seen);
  return number > 0 && number < version ? number : 0;
}

async function toldSince(box, seen) {
  const address = new URL(box.dataset.changed, location.href);
  address.searchParams.set("since", seen);
  const answer = await fetch(address);
  const { lines = [], notes = [] } = answer.ok ? await answer.json() : {};
  return { lines, notes };
}

function texts(tag, all) {
  return all.map((text) => {
    const node = document.createElement(tag);
    node.textContent = text;
    return node;
  });
}

function show(box, { lines, notes }) {
  box.querySelector("ul").replaceChildren(...texts("li", lines));
  box.querySelector("h2").after(...texts("p", notes));
  box.hidden = false;
}

export async function tellChanges(root = document) {
  const box = root.querySelector("[data-changed]");
  if (!box.dataset.changed) {
    return; // a preview: nobody has seen it before
  }
  const version = Number(box.dataset.version);
  const name = `seen ${location.pathname}`;
  const from = askedFrom(kept(name), version);
  if (!from) {
    keep(name, version);
    return;
  }
  box.querySelector("button").addEventListener("click", () => {
    keep(name, version);
    box.hidden = true;
  });
  try {
    const told = await toldSince(box, from);
    if (told.lines.length || told.notes.length) {
      show(box, told);
    } else {
      keep(name, version);
    }
  } catch {
    // no signal: told at the next look
  }
}
