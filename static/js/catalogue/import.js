/* Says how far the upload is and that the rows are being checked, and how many are. Without it the form is sent
   as it is, and the page says beforehand how long it takes. */

const LIMIT = 25 * 1024 * 1024;
const ASK_MS = 1000;

/* Asks for the line until the page is left for its answer. */
function follow(form, told) {
  return setInterval(async () => {
    try {
      const answer = await fetch(form.dataset.import, { cache: "no-store" });
      const { line } = answer.ok ? await answer.json() : { line: "" };
      if (line) {
        told.textContent = line;
      }
    } catch {
      /* the next time */
    }
  }, ASK_MS);
}

/* What is said while a form is under way; "" of a file that cannot be sent. */
function firstLine(form, told) {
  if (!form.file.files) {
    return told.dataset.checking;
  }
  const [file] = form.file.files;
  const kilobytes = Math.max(1, Math.round(file.size / 1024));
  return `${told.dataset.sending} ${file.name} (${kilobytes} kB). ${told.dataset.checking}`;
}

export function start() {
  const form = document.querySelector("[data-import]");
  if (!form) {
    return;
  }
  const told = form.querySelector("[data-progress]");
  const buttons = form.querySelectorAll("[type=submit]");
  let asking = 0;

  form.addEventListener("submit", (event) => {
    if (event.submitter?.hasAttribute("formaction")) { // it is given up
      return;
    }
    const [file] = form.file.files ?? [];
    if (file && file.size > LIMIT) {
      event.preventDefault();
      told.textContent = told.dataset.tooLarge;
      return;
    }
    if (form.file.files && !file) {
      return;
    }
    told.textContent = firstLine(form, told);
    asking = follow(form, told);
    setTimeout(() => { buttons.forEach((button) => { button.disabled = true; }); }, 0);
  });
  window.addEventListener("pageshow", () => {
    clearInterval(asking);
    buttons.forEach((button) => { button.disabled = false; });
    told.textContent = "";
  });
}
