/* Follows the day: asks what is new while the page is in front, at once when it comes back, and lays it over. */
import { isOver } from "../phone/after.js";
import { keepLast, lastOf } from "./last.js";
import { meetLayer } from "./meet.js";
import { cardLayer, rowLayer } from "./overlay.js";
import { freshness, offsetOf, pause, toSay } from "./state.js";

const heardOf = { offset: null };

/* The seconds by which the phone was behind the service at its last contact, null where there was none. */
export function lastOffset() {
  return heardOf.offset;
}

export function noteContact(answer) {
  heardOf.offset = offsetOf(answer.headers.get("Visit-Time"), Date.now()) ?? heardOf.offset;
}

function listItems(list, texts) {
  list.replaceChildren(...texts.map((text) => {
    const item = document.createElement("li");
    item.textContent = text;
    return item;
  }));
}

/* The release that the page itself shows. */
function releaseOf(root) {
  return Number(root.querySelector("[data-changed]").dataset.version);
}

function spanOf(root) {
  const times = [...root.querySelectorAll("#now [data-begins]")].map(({ dataset }) => Date.parse(dataset.begins));
  return { begins: Math.min(...times), ends: Math.max(...times) };
}

/* Leads to the page of the party with which this one goes on: it has the map and the ways from there. */
function tellOther(place, other) {
  if (place) {
    place.hidden = !other;
  }
  if (place && other) {
    const link = place.querySelector("a");
    const address = new URL(link.href);
    address.searchParams.set("party", other.party);
    link.href = address;
    link.textContent = other.text;
  }
}

/* Says that the other version of the day is in force, for rain or without, and leads to its page. What this page
   says of now would send people to where nobody goes. */
function tellVersion(place, cards, text) {
  if (place) {
    place.hidden = !text;
    place.querySelector("span").textContent = text;
    if (cards) {
      cards.hidden = Boolean(text);
    }
  }
}

function layers(root, box) {
  const cards = root.querySelector(".now__cards");
  const layCards = cards ? cardLayer(cards, () => root.dispatchEvent(new Event("visit:live"))) : () => {};
  const layRows = rowLayer(root);
  const layMeet = meetLayer(box.querySelector("[data-meet]"), root.documentElement.lang);
  const own = releaseOf(root);
  return (answer) => {
    layCards(answer.cards);
    const late = box.querySelector("[data-late]");
    late.textContent = answer.late;
    late.hidden = !answer.late || isOver(root);
    layRows(...answer.release === own ? [answer.rows, answer.order] : [[], []]); // else stops have other numbers
    tellOther(box.querySelector("[data-other]"), answer.with);
    tellVersion(box.querySelector("[data-version-told]"), cards, answer.version_text || "");
    layMeet(answer.meet);
    listItems(box.querySelector("[data-aside]"), answer.aside);
    listItems(box.querySelector("[data-changes]"), answer.changes);
    box.querySelector("[data-more]").hidden = !answer.changes.length;
    listItems(box.querySelector("[data-notes]"), answer.notes.map(({ at, text }) => `${at} ${text}`).reverse());
    const isNews = answer.late || answer.meet || answer.notes.length || answer.aside.length || answer.changes.length
      || answer.version_text;
    box.hidden = !isNews && !answer.cards.length;
  };
}

export function followLive(root = document) {
  const box = root.querySelector("[data-live]");
  if (!box) {
    return;
  }
  const lay = layers(root, box);
  const span = spanOf(root);
  let last = null;
  let heard = null;
  let timer = 0;
  let isAsking = false;
  const tellFresh = () => {
    box.querySelector("[data-late]").hidden ||= isOver(root); // afterwards it matters to nobody
    if (heard !== null) {
      const { text, isSilent } = freshness(heard, Date.now(), root.documentElement.lang);
      const words = isSilent ? box.dataset.silent : box.dataset.heard;
      box.querySelector("[data-fresh]").textContent = words.replace("{ago}", text);
      box.classList.toggle("live--silent", isSilent);
    }
  };
  const take = (answer) => {
    heard = Date.now();
    if (last?.version === answer.version) {
      return;
    }
    lay(answer);
    keepLast(box.dataset.live, answer);
    const said = toSay(last, answer);
    if (said) {
      root.querySelector("[data-live-said]").textContent = said;
    }
    last = answer;
    root.dispatchEvent(new CustomEvent("visit:heard", { detail: answer }));
    if (answer.release > releaseOf(root)) {
      root.querySelector("[data-newer]").hidden = false;
      root.dispatchEvent(new Event("visit:released"));
    }
  };
  // of another release the page would not fit
  const recall = async () => {
    const kept = last ? null : await lastOf(box.dataset.live);
    if (kept && !last && kept.said.release === releaseOf(root)) {
      last = kept.said;
      heard = kept.heard;
      lay(last);
    }
  };
  const ask = async () => {
    clearTimeout(timer);
    if (root.visibilityState === "hidden" && last) {
      keepLast(box.dataset.live, last, heard);
    }
    if (isAsking || root.visibilityState === "hidden") {
      return;
    }
    isAsking = true;
    try {
      const answer = await fetch(box.dataset.live, { cache: "no-cache" });
      if (answer.ok && answer.headers.get("Content-Type")?.includes("json")) {
        noteContact(answer);
        take(await answer.json());
      }
    } catch {
      await recall(); // no signal: the page says how old its news is
    }
    isAsking = false;
    tellFresh();
    timer = setTimeout(ask, pause(span, Date.now(), Math.random()));
  };
  root.addEventListener("visibilitychange", ask);
  window.addEventListener("online", ask);
  window.addEventListener("pageshow", ask);
  root.addEventListener("visit:ask", ask);
  setInterval(tellFresh, 5000);
  ask();
}
