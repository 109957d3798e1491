/* The guide's buttons: fetched as a part of a page, sent one by one, kept while there is no signal. */
import { keep, kept } from "../phone/kept.js";
import { onMap } from "../map/when.js";
import { lastOffset, noteContact } from "./follow.js";
import { keepLast, lastOf } from "./last.js";
import { emptied, isTyping, refill } from "./panels.js";
import { Queue, sendAll } from "./queue.js";
import { labelOf, showPressed } from "./unsent.js";

const AGAIN = 5000;

/* What tells this phone from another that has the same link: made up once. */
function ownHand() {
  const known = kept("hand");
  if (!known) {
    keep("hand", crypto.getRandomValues(new Uint32Array(2)).join("-"));
  }
  return known || kept("hand") || "";
}

/* An id that nobody else makes; those of one phone sort as they were pressed, also within a second. */
function newKey() {
  const chance = [...crypto.getRandomValues(new Uint32Array(3))].map((part) => part.toString(36));
  return [Date.now().toString(36), ...chance].join("-");
}

/* Whether a link's answer is the service's own, and not that of a portal on the way, which says yes to all. */
function isOurs(answer) {
  return answer.ok && Boolean(answer.headers.get("Visit-Link")?.startsWith("open "));
}

function pressOf(form) {
  const fields = Object.fromEntries(new FormData(form));
  const numbers = ["day", "minutes", "people", "lon", "lat"].filter((name) => fields[name]);
  return {
    ...fields,
    ...Object.fromEntries(numbers.map((name) => [name, Number(fields[name])])),
    key: newKey(),
    label: labelOf(form),
    said: Math.floor(Date.now() / 1000),
    offset: lastOffset(),
    hand: ownHand(),
  };
}

/* Lets a call to meet name the point in the middle of the map. */
function offerPoint(box) {
  onMap((api) => box.querySelectorAll("[data-take-point]").forEach((button) => {
    const { elements } = button.form;
    const told = button.form.querySelector("[data-point]");
    const tell = () => {
      told.textContent = told.dataset.point;
      told.hidden = !elements.lon.value;
    };
    button.hidden = !api.map;
    button.addEventListener("click", () => {
      const { lat, lng } = api.map.getCenter();
      elements.lon.value = lng.toFixed(6);
      elements.lat.value = lat.toFixed(6);
      tell();
    });
    button.form.addEventListener("submit", () => setTimeout(tell));
    tell();
  }));
}

export function guideButtons(root = document) {
  const section = root.querySelector("[data-guide]");
  if (!section) {
    return;
  }
  const box = section.querySelector("[data-panels]");
  const status = section.querySelector("[data-queue]");
  const queue = new Queue(`presses:${section.dataset.events}`);
  let timer = 0;
  let isSending = false;
  const tell = (refused = []) => {
    const count = queue.all().length;
    const texts = refused.map((reason) => section.dataset.lost.replace("{reason}", reason));
    if (count) {
      texts.push(section.dataset.waiting.replace("{count}", count));
    }
    status.hidden = !texts.length;
    status.textContent = texts.join(" ");
  };
  const fill = (html) => {
    refill(box, html);
    section.querySelector("[data-plain]").hidden = true;
    offerPoint(box);
  };
  const address = section.dataset.guide;
  // opened without signal: the buttons as they were, and what was pressed since
  const recall = async () => {
    const kept = box.children.length ? null : await lastOf(address);
    if (kept && !box.children.length) {
      fill(kept.said);
      queue.all().forEach((press, n, all) => showPressed(box, press, all.slice(0, n + 1)));
    }
  };
  const refresh = async () => {
    try {
      const asked = new URL(address, location.href);
      asked.searchParams.set("part", "1");
      asked.searchParams.set("hand", ownHand());
      const answer = await fetch(asked);
      if (isOurs(answer) && !queue.all().length && !isTyping(box)) {
        const html = await answer.text();
        fill(html);
        keepLast(address, html);
      }
    } catch {
      await recall();
    }
  };
  const send = async ({ key, ...press }) => {
    const answer = await fetch(section.dataset.events, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Idempotency-Key": key },
      body: JSON.stringify({ ...press, offset: press.offset ?? lastOffset() ?? 0 }),
    });
    if (isOurs(answer)) {
      noteContact(answer);
      return { status: answer.status };
    }
    const { error } = await answer.json().catch(() => ({}));
    return error ? { status: answer.status, reason: error.text || error.message } : { status: 0 };
  };
  const flush = async () => {
    clearTimeout(timer);
    if (isSending) {
      return;
    }
    isSending = true;
    const { refused, isDone } = await sendAll(queue, send);
    isSending = false;
    tell(refused);
    if (!isDone) {
      await recall();
      timer = setTimeout(flush, AGAIN);
      return;
    }
    await refresh();
    root.dispatchEvent(new Event("visit:ask"));
  };
  box.addEventListener("submit", (event) => {
    const form = event.target;
    event.preventDefault();
    if (!form.dataset.press) {
      fetch(form.action, { method: "POST" }).then(refresh, () => {}); // the rehearsal begins again
      return;
    }
    const press = pressOf(form);
    queue.add(press);
    showPressed(box, press, queue.all());
    emptied(form);
    tell();
    flush();
  });
  root.addEventListener("visit:heard", refresh);
  window.addEventListener("online", flush);
  tell();
  flush();
}
