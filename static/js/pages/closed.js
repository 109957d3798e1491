/* A link that opens nothing any more: what this phone kept of it goes. */
import { forgetLink } from "../phone/kept.js";
import { shelfOf } from "../phone/worker/shelf.js";

const { closedLink } = document.querySelector("[data-closed-link]").dataset;
forgetLink(closedLink);
if ("caches" in window) {
  shelfOf(closedLink).clear();
}
