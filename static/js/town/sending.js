/* Sends a file in pieces, so that it may be larger than what one request may bring. Without it the form is sent
   as it is. */

const PIECE = 8 * 1024 * 1024;

/* One piece; what the server says of it. */
async function send(form, file, offset) {
  const body = new FormData();
  body.set("csrf_token", form.csrf_token.value);
  body.set("kind", form.kind.value);
  body.set("town", form.town?.value ?? "");
  body.set("name", file.name);
  body.set("total", file.size);
  body.set("offset", offset);
  body.set("file", file.slice(offset, offset + PIECE), file.name);
  const answer = await fetch(form.action, { method: "POST", body });
  return answer.json();
}

async function sendAll(form, file, told) {
  for (let here = 0; here < file.size;) {
    const answer = await send(form, file, here);
    if (answer.error) {
      return answer.error;
    }
    here = answer.here;
    told.textContent = `${form.dataset.sending} ${Math.round((100 * here) / file.size)} %`;
  }
  return "";
}

export function sending() {
  const form = document.querySelector("[data-upload]");
  if (!form) {
    return;
  }
  const told = form.querySelector("[data-told]");
  const button = form.querySelector("[type=submit]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const [file] = form.file.files;
    if (!file || file.size > Number(form.dataset.most)) {
      told.textContent = file ? form.dataset.tooLarge : "";
      return;
    }
    button.disabled = true;
    const wrong = await sendAll(form, file, told).catch(() => form.dataset.broken);
    button.disabled = false;
    told.textContent = wrong;
    if (!wrong) {
      window.location.assign(window.location.pathname);
    }
  });
}
