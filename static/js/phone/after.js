/* What is shown when the visit is over: the links that the organiser has set. */

const LOOK_MS = 60_000;

/* Whether the last card of the day has begun, also where the day ends later than it was planned. */
export function isOver(root) {
  const card = root.querySelector("#now [data-card=after]");
  return Boolean(card) && Date.parse(card.dataset.begins) <= Date.now();
}

export function showAfter(root = document) {
  const section = root.querySelector("[data-after]");
  if (!section) {
    return;
  }
  const look = () => {
    section.hidden = !isOver(root);
  };
  root.addEventListener("visibilitychange", look);
  root.addEventListener("visit:live", look);
  setInterval(look, LOOK_MS);
  look();
}
