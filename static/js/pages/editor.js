/* The editor of a visit: the column, what opens beside it, and the map. */
import { start as startBeside } from "../editor/beside.js";
import { start as startChance } from "../editor/chance.js";
import { start as startDrag } from "../editor/drag.js";
import { start as startMap } from "../editor/map.js";
import { start as startColumn } from "../editor/page.js";
import { start as startProposal } from "../editor/proposal.js";
import { start as startRemedies } from "../editor/remedies.js";
import { start as startSearch } from "../editor/search.js";
import { start as startSelect } from "../editor/select.js";
import { start as startStrip } from "../editor/strip.js";
import { start as startUnsaved } from "../editor/unsaved.js";
import { start as startHours } from "../hours/editor.js";
import { onMap } from "../map/when.js";

export * from "../map/kit.js";

/* A party's day is only read: the map is all that follows the page. */
const isRead = document.getElementById("party-stops") !== null;
const editor = isRead ? null : startColumn();
if (isRead) {
  onMap((view) => startMap(view, null));
}
if (editor) {
  startSelect(editor);
  startSearch(editor);
  startDrag(editor);
  startStrip(editor);
  startUnsaved();
  startBeside(editor);
  startHours();
  startProposal();
  startRemedies();
  startChance();
  onMap((view) => startMap(view, editor));
}
