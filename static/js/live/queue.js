/* Presses that wait for a signal: kept by the phone until they were sent, and no longer. */
import { keep, kept } from "../phone/kept.js";

export class Queue {
  constructor(name, store = { kept, keep }) {
    this.name = name;
    this.store = store;
  }

  all() {
    try {
      const list = JSON.parse(this.store.kept(this.name) || "[]");
      return Array.isArray(list) ? list : [];
    } catch {
      return [];
    }
  }

  write(list) {
    this.store.keep(this.name, list.length ? JSON.stringify(list) : null);
  }

  add(press) {
    this.write([...this.all(), press]);
  }

  drop(key) {
    this.write(this.all().filter((press) => press.key !== key));
  }
}

/* What an answer means for a press: sent, refused for good, or to be tried again. */
export function outcome(status) {
  if (status >= 200 && status < 300) {
    return "sent";
  }
  return status >= 400 && status < 500 && status !== 408 && status !== 429 ? "refused" : "again";
}

/* Sends what waits, the oldest first, until there is no signal. `send` gives {status, reason}, or throws.
   A press that the service has had already is sent again safely: its key is the same. */
export async function sendAll(queue, send) {
  const refused = [];
  for (let press = queue.all()[0]; press; [press] = queue.all()) {
    let answer;
    try {
      answer = await send(press);
    } catch {
      return { refused, isDone: false };
    }
    const became = outcome(answer.status);
    if (became === "again") {
      return { refused, isDone: false };
    }
    if (became === "refused") {
      refused.push(answer.reason);
    }
    queue.drop(press.key);
  }
  return { refused, isDone: true };
}
