/* How sure the day is to be on time: asked for once nothing has changed for a while, shown in the day's sentence. */

const CALM_MS = 1200;

export function start() {
  const column = document.getElementById("column");
  let waiting = 0;
  let asked = 0;

  async function ask() {
    const place = document.getElementById("chance");
    const mine = ++asked;
    try {
      const answer = await fetch(place.dataset.url);
      const html = answer.ok ? await answer.text() : "";
      const here = document.getElementById("chance");
      if (mine === asked && here && html.trim()) {
        here.innerHTML = html;
        here.hidden = false;
      }
    } catch {
      /* without it the sentence is as true as before */
    }
  }

  function later() {
    clearTimeout(waiting);
    asked += 1;
    if (document.getElementById("chance")) {
      waiting = setTimeout(ask, CALM_MS);
    }
  }

  column.addEventListener("editor:updated", later);
  later();
}
