/* The first screen: of the cards that the page has ready the one that is true, the clock, and what is left. */
import { cardAt, clockText, leftText, untilChange } from "./state.js";

function read(element) {
  const { begins, ends, counts } = element.dataset;
  return {
    element,
    begins: begins ? Date.parse(begins) : -Infinity,
    ends: Date.parse(ends),
    counts,
  };
}

function show(section, cards, now) {
  const language = document.documentElement.lang;
  const current = cardAt(cards, now);
  cards.forEach(({ element }, index) => {
    element.hidden = index !== current;
  });
  const { counts, ends } = cards[current];
  const left = section.querySelector("[data-left]");
  left.hidden = !counts || !(ends > now);
  left.textContent = left.hidden ? "" : counts.replace("{left}", leftText(ends - now, language));
  section.querySelector("[data-clock]").textContent = clockText(now, language, section.dataset.zone);
}

/* Marks in the list where one is. */
function markRow(root, card) {
  root.querySelectorAll("[aria-current=step]").forEach((row) => row.removeAttribute("aria-current"));
  const row = card.element.dataset.anchor && root.getElementById(card.element.dataset.anchor);
  if (row) {
    row.setAttribute("aria-current", "step");
  }
}

/* The card that is shown, null before one is. */
export function currentCard(root = document) {
  return root.querySelector("#now [data-card]:not([hidden])");
}

/* The number of the stop that is next, or where one is; null where there is none. */
export function currentStop(root = document) {
  const stop = currentCard(root)?.dataset.stop;
  return stop ? Number(stop) : null;
}

/* Keeps the first screen true. */
export function followDay(root = document) {
  let timer = 0;
  let shown = {};
  const tick = () => {
    clearTimeout(timer);
    const section = root.getElementById("now");
    if (!section) {
      return;
    }
    const cards = [...section.querySelectorAll("[data-card]")].map(read);
    const now = Date.now();
    show(section, cards, now);
    const card = cards[cardAt(cards, now)];
    if (card.element !== shown.element) {
      shown = card;
      markRow(root, card);
    }
    timer = setTimeout(tick, untilChange(cards, now));
  };
  root.addEventListener("visibilitychange", tick);
  window.addEventListener("pageshow", tick);
  root.addEventListener("visit:live", tick);
  tick();
  return { tick };
}
