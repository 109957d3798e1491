/* The guide's buttons: fetched as a part of a page, sent one by one, kept while there is no signal. */
import { keep, kept } from "../phone/kept.js";
import { onMap } from "../map/when.js";
import { lastOffset, noteContact } from "./follow.js";
import { Queue, sendAll } from "./queue.js";
import { stepAfter } from "./state.js";

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

function pressOf(form) {
  const fields = Object.fromEntries(new FormData(form));
  const numbers = ["day", "minutes", "people", "lon", "lat"].filter((name) => fields[name]);
  return {
    ...fields,
    ...Object.fromEntries(numbers.map((name) => [name, Number(fields[name])])),
    key: newKey(),
    said: Math.floor(Date.now() / 1000),
    offset: lastOffset(),
    hand: ownHand(),
  };
}

/* Where no answer came the large button shows what is due then. */
function goOn(article, press) {
  const form = article?.querySelector(".panel-live__step")?.closest("form");
  const next = form && stepAfter(press, JSON.parse(article.dataset.order));
  if (next) {
    form.elements.kind.value = next.kind;
    form.elements.stop.value = next.id;
    const aside = document.createElement("span");
    aside.className = "panel-live__aside";
    aside.textContent = next.name;
    form.querySelector("button").replaceChildren(article.dataset[next.kind], " ", aside);
  }
}

function keepOpen(box, fill) {
  const names = (selector) => [...box.querySelectorAll(selector)].map((one) => one.dataset.keep);
  const open = new Set(names("details[data-keep][open]"));
  fill();
  box.querySelectorAll("details[data-keep]").forEach((one) => {
    one.open ||= open.has(one.dataset.keep);
  });
}

function isTyping(box) {
  return [...box.querySelectorAll("textarea, input:not([type=hidden]), select")].some(
    (field) => field === document.activeElement || (field.value && field.tagName === "TEXTAREA"),
  );
}

/* Lets a call to meet name the point in the middle of the map. */
function offerPoint(box) {
  onMap((api) => box.querySelectorAll("[data-take-point]").forEach((button) => {
    button.hidden = !api.map;
    button.addEventListener("click", () => {
      const { lat, lng } = api.map.getCenter();
      const { elements } = button.form;
      elements.lon.value = lng.toFixed(6);
      elements.lat.value = lat.toFixed(6);
      const told = button.form.querySelector("[data-point]");
      told.textContent = told.dataset.point;
      told.hidden = false;
    });
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
  const refresh = async () => {
    try {
      const address = new URL(section.dataset.guide, location.href);
      address.searchParams.set("part", "1");
      address.searchParams.set("hand", ownHand());
      const answer = await fetch(address);
      if (answer.ok && !queue.all().length && !isTyping(box)) {
        const html = await answer.text();
        keepOpen(box, () => {
          box.innerHTML = html; // our own template, everything typed escaped
        });
        section.querySelector("[data-plain]").hidden = true;
        offerPoint(box);
      }
    } catch {
      // no signal: the buttons stay as they are
    }
  };
  const send = async ({ key, ...press }) => {
    const answer = await fetch(section.dataset.events, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Idempotency-Key": key },
      body: JSON.stringify({ ...press, offset: press.offset ?? lastOffset() ?? 0 }),
    });
    noteContact(answer);
    const body = answer.ok ? {} : await answer.json().catch(() => ({}));
    return { status: answer.status, reason: body.error?.text || String(answer.status) };
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
      timer = setTimeout(flush, AGAIN);
      return;
    }
    await refresh();
    root.dispatchEvent(new Event("visit:ask"));
  };
  box.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.dataset.press) {
      return;
    }
    event.preventDefault();
    const press = pressOf(form);
    queue.add(press);
    goOn(form.closest("[data-party]"), press);
    if (form.querySelector("textarea, [name=people], [name=until]")) {
      form.reset();
    }
    tell();
    flush();
  });
  root.addEventListener("visit:heard", refresh);
  window.addEventListener("online", flush);
  tell();
  flush();
}
