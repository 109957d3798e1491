/* A visit by its secret link: what is true now, the list, the map, and what the reader asks of the phone. */
import { followLive } from "../live/follow.js";
import { guideButtons } from "../live/guide.js";
import { giveMarks } from "../live/marks.js";
import { ownNavigation } from "../navigation.js";
import { keepAwake } from "../phone/awake.js";
import { tellChanges } from "../phone/changes.js";
import { keepPlace } from "../phone/languages.js";
import { followDay } from "../phone/now.js";
import { ownPosition } from "../phone/position.js";
import { themes } from "../phone/theme.js";
import { tapToMap } from "../phone/there.js";

export * from "../map/kit.js";

ownNavigation(document);
const day = followDay();
const tools = document.querySelector("[data-tools]");
if (tools) {
  tools.hidden = false;
  themes(tools.querySelector("[data-auto]"));
  keepAwake(tools.querySelector("[data-awake]"));
  keepPlace();
  tapToMap();
  ownPosition(day.stop);
  tellChanges();
}
followLive();
guideButtons();
giveMarks();
