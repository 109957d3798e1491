/* For who has lost the group: where it is by the clock, and the way there from where the phone is. */
import { bearing, directionName, followHeading, metresBetween } from "./compass.js";
import { currentCard } from "./now.js";
import { metresText } from "./metres.js";

/* The row of the stop where the group is, or that it comes to next; the first before the day, null afterwards. */
function targetRow(root) {
  const card = currentCard(root);
  if (!card || card.dataset.card === "after") {
    return null;
  }
  return card.dataset.stop ? root.getElementById(`stop-${card.dataset.stop}`) : root.querySelector(".row--stop");
}

/* The last call to meet at a point, while it holds: then that is where all go. */
function meeting(root) {
  return root.querySelector("[data-live]:not([hidden]) [data-meet][data-at]:not([hidden])");
}

function linksOf(place) {
  return place ? [...place.querySelectorAll(".to-there a")].map((link) => link.cloneNode(true)) : [];
}

function writeMeeting(box, called) {
  box.querySelector("[data-lost-where]").textContent = called.querySelector("[data-meet-label]").textContent;
  box.querySelector("[data-lost-until]").textContent = called.querySelector("[data-meet-text]").textContent;
  box.querySelector("[data-lost-there]").replaceChildren(...linksOf(called));
  box.querySelector("[data-lost-way]").hidden = true;
}

function textOf(card, name) {
  return card?.querySelector(`.now__${name}`)?.textContent ?? "";
}

/* Writes where the group is, as the first screen says it, with the phone's own navigation to it. */
function write(root, box) {
  const called = meeting(root);
  if (called) {
    writeMeeting(box, called);
    return;
  }
  const card = currentCard(root);
  const row = targetRow(root);
  box.querySelector("[data-lost-where]").textContent = `${textOf(card, "label").replace(/:$/, "")}: ${textOf(card, "title")}`;
  box.querySelector("[data-lost-until]").textContent = textOf(card, "until");
  box.querySelector("[data-lost-there]").replaceChildren(...linksOf(row));
  let way = row?.previousElementSibling;
  while (way && !/^way-/.test(way.id)) {
    way = way.previousElementSibling;
  }
  const directions = box.querySelector("[data-lost-way]");
  directions.hidden = !way;
  directions.hash = way ? way.id : "timetable";
}

function place(root) {
  const at = (meeting(root) ?? targetRow(root))?.dataset.at;
  return at ? at.split(",").map(Number) : null;
}

function follow(root, box, button) {
  const far = box.querySelector("[data-lost-far]");
  const arrow = box.querySelector("[data-lost-arrow]");
  let towards = null;
  const found = ({ coords }) => {
    const to = place(root);
    if (!to) {
      return;
    }
    const from = [coords.latitude, coords.longitude];
    towards = bearing(from, to);
    far.textContent = button.dataset.far
      .replace("{distance}", metresText(metresBetween(from, to), document.documentElement.lang))
      .replace("{direction}", directionName(towards, button.dataset.directions.split(",")));
  };
  const refused = () => {
    far.textContent = button.dataset.denied;
  };
  navigator.geolocation.watchPosition(found, refused, { enableHighAccuracy: true });
  followHeading((heading) => {
    if (towards !== null) {
      arrow.removeAttribute("hidden");
      arrow.style.transform = `rotate(${Math.round(towards - heading)}deg)`;
    }
  });
}

export function helpTheLost(root = document) {
  const box = root.getElementById("lost");
  const button = box.querySelector("[data-lost-locate]");
  const open = () => {
    if (location.hash === "#lost") {
      box.open = true;
      box.scrollIntoView({ block: "start" });
    }
  };
  box.addEventListener("toggle", () => write(root, box));
  root.addEventListener("visit:heard", () => write(root, box));
  window.addEventListener("hashchange", open);
  root.querySelector(".bar a[href='#lost']")?.addEventListener("click", () => {
    box.open = true;
  });
  button.addEventListener("click", () => {
    if (window.isSecureContext && navigator.geolocation) {
      button.hidden = true;
      follow(root, box, button);
    } else {
      box.querySelector("[data-lost-far]").textContent = button.dataset.insecure;
    }
  });
  open();
  write(root, box);
}
