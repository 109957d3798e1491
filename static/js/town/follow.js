/* Says how far the work in the background is, and opens the page again when it has come to its end. */

const ASK_MS = 1500;

export function follow() {
  const told = document.querySelector("[data-job]");
  if (!told) {
    return;
  }
  const ask = async () => {
    try {
      const answer = await fetch(told.dataset.job, { cache: "no-store" });
      const job = await answer.json();
      if (!job.open) {
        window.location.reload();
        return;
      }
      told.querySelector("[data-line]").textContent = job.line;
      told.querySelector("[data-said]").textContent = job.said;
    } catch {
      /* the next time */
    }
    setTimeout(ask, ASK_MS);
  };
  setTimeout(ask, ASK_MS);
}
