/* Asks the link's worker to keep the day for where there is no signal, and says what is kept, once it is sure. */

/* Between two looks for a newer version. */
const EVERY_MS = 10 * 60_000;
const SOONEST_MS = 60_000;

function ask(worker, copy) {
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => done(data);
    worker.postMessage({ copy }, [port2]);
  });
}

function timeText(at, zone) {
  const form = { weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone };
  return new Intl.DateTimeFormat(document.documentElement.lang, form).format(at);
}

function sizeText(bytes) {
  const form = { style: "unit", unit: "megabyte", maximumFractionDigits: 1 };
  return new Intl.NumberFormat(document.documentElement.lang, form).format(Math.max(0.1, bytes / 1e6));
}

function show(root, box, { state, at, release, size }) {
  if (state === "closed") {
    location.reload();
    return;
  }
  const { zone, version, words } = { ...root.getElementById("now").dataset, words: box.dataset,
    version: Number(root.querySelector("[data-changed]").dataset.version) };
  const time = at ? timeText(at, zone) : "";
  box.querySelector("[data-said]").textContent = (words[state] || words.none).replace("{time}", time)
    .replace("{size}", size ? sizeText(size) : "");
  const away = root.querySelector("[data-no-signal]");
  away.hidden = state !== "away";
  away.textContent = away.dataset.noSignal.replace("{time}", time);
  root.querySelector("[data-newer]").hidden &&= !(release > version);
}

async function workerOf({ worker, scope }) {
  await navigator.serviceWorker.register(worker, { scope, updateViaCache: "none" });
  return (await navigator.serviceWorker.ready).active;
}

function again(look) {
  let last = Date.now();
  const due = (soonest) => {
    if (document.visibilityState === "visible" && Date.now() - last >= soonest) {
      last = Date.now();
      look();
    }
  };
  document.addEventListener("visibilitychange", () => due(SOONEST_MS));
  document.addEventListener("visit:released", () => due(0));
  window.addEventListener("online", () => due(0));
  window.addEventListener("offline", () => due(0));
  setInterval(() => due(EVERY_MS), SOONEST_MS);
}

export async function keepOffline(root = document) {
  const box = root.querySelector("[data-offline]");
  if (!box) {
    return; // a preview: it is kept nowhere
  }
  const said = box.querySelector("[data-said]");
  root.querySelector("[data-newer] button").addEventListener("click", () => location.reload());
  if (!window.isSecureContext) {
    said.textContent = box.dataset.insecure;
    return;
  }
  try {
    const worker = await workerOf(box.dataset);
    const look = async () => show(root, box, await ask(worker, box.dataset.copy));
    again(look);
    await look();
  } catch {
    said.textContent = box.dataset.unable; // a private window, a browser without workers, or no signal at first
  }
}
