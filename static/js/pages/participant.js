/* A visit by its secret link: what is true now, the list, and what the reader asks of the phone. */
import { followLive } from "../live/follow.js";
import { guideButtons } from "../live/guide.js";
import { giveMarks } from "../live/marks.js";
import { ownNavigation } from "../navigation.js";
import { showAfter } from "../phone/after.js";
import { keepAwake } from "../phone/awake.js";
import { tellChanges } from "../phone/changes.js";
import { keepPlace } from "../phone/languages.js";
import { helpTheLost } from "../phone/lost.js";
import { bringMap } from "../phone/map.js";
import { followDay } from "../phone/now.js";
import { keepOffline } from "../phone/offline.js";
import { themes } from "../phone/theme.js";

ownNavigation(document);
followDay();
const tools = document.querySelector("[data-tools]");
if (tools) {
  themes(tools.querySelector("[data-auto]"));
  keepAwake(tools.querySelector("[data-awake]"));
  keepPlace();
  helpTheLost();
  tellChanges();
}
followLive();
guideButtons();
giveMarks();
showAfter();
bringMap();
window.addEventListener("load", () => keepOffline());
