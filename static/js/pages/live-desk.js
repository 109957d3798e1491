/* The organiser's page of the day: its middle is fetched anew every few seconds, while nobody types. */

const EVERY = 5000;
const box = document.querySelector("[data-live-desk]");

function isTyping() {
  const field = document.activeElement;
  return box.contains(field) && field.matches("input, textarea, select");
}

async function refresh() {
  if (document.visibilityState === "visible" && !isTyping() && !box.querySelector("textarea:not(:placeholder-shown)")) {
    try {
      const answer = await fetch(box.dataset.liveDesk);
      if (answer.ok && !answer.redirected && !isTyping()) {
        const html = await answer.text();
        const open = [...box.querySelectorAll("details")].map((one) => one.open);
        box.innerHTML = html; // our own template, everything typed escaped
        box.querySelectorAll("details").forEach((one, n) => {
          one.open = open[n] ?? one.open;
        });
      }
    } catch {
      // no signal: the page stays as it is
    }
  }
}

setInterval(refresh, EVERY);
document.addEventListener("visibilitychange", refresh);
