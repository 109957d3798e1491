/* What the buttons show of presses that the service has not heard yet: what is due next, and what undo takes back. */
import { stepAfter, toUndo } from "./state.js";

function aside(text) {
  const element = document.createElement("span");
  element.className = "panel-live__aside";
  element.textContent = text;
  return element;
}

function showStep(article, { kind, id, name }) {
  const form = article.querySelector(".panel-live__step")?.closest("form");
  if (form) {
    form.elements.kind.value = kind;
    form.elements.stop.value = id;
    form.querySelector("button").replaceChildren(article.dataset[kind], " ", aside(name));
  }
}

function orderOf(article) {
  return JSON.parse(article.dataset.order);
}

/* Goes on after a press without waiting for an answer: the large button shows what is due then. */
function goOn(article, press) {
  const next = stepAfter(press, orderOf(article));
  if (next) {
    showStep(article, next);
  }
}

function goBack(article, press) {
  const place = orderOf(article).find(({ id }) => id === press.stop);
  if (place && ["arrived", "left"].includes(press.kind)) {
    showStep(article, { ...place, kind: press.kind });
  }
}

/* Undo takes back the last press that waits, before anything that was heard already. */
function offerUndo(article, waiting) {
  const box = article.querySelector("[data-undo]");
  const last = toUndo(waiting, article.dataset.party);
  if (box && last) {
    box.hidden = false;
    box.querySelector("[name=other]").value = last.key;
    box.querySelector("button .panel-live__aside")?.remove();
    box.querySelector("button").append(aside(last.label));
  }
}

/* Shows what was pressed in a panel's buttons; `waiting` are the presses that wait, it the last of them. */
export function showPressed(box, press, waiting) {
  const article = [...box.querySelectorAll("[data-party]")].find((one) => one.dataset.party === press.party);
  if (!article) {
    return;
  }
  const undone = press.kind === "undo" && waiting.find(({ key }) => key === press.other);
  if (undone) {
    goBack(article, undone);
  } else {
    goOn(article, press);
  }
  offerUndo(article, waiting);
}

/* What a button says, without what stands below it. */
export function labelOf(form) {
  const [first] = form.querySelector("button[type=submit]").childNodes;
  return first.textContent.trim();
}
