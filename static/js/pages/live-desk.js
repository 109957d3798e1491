/* The organiser's page of the day: its middle is fetched anew every few seconds, while nobody types. */
import { isTyping, refill } from "../live/panels.js";

const EVERY = 5000;
const box = document.querySelector("[data-live-desk]");

async function refresh() {
  if (document.visibilityState === "visible" && !isTyping(box)) {
    try {
      const answer = await fetch(box.dataset.liveDesk);
      if (answer.ok && !answer.redirected && !isTyping(box)) {
        refill(box, await answer.text());
      }
    } catch {
      // no signal: the page stays as it is
    }
  }
}

setInterval(refresh, EVERY);
document.addEventListener("visibilitychange", refresh);
