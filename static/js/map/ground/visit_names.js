/* The names of stops, ends and halts: what one looks for first, so they get room before all others.

   A name stands beside its mark, or farther off at the end of a thin line; where there is no room at all, the
   list beside the map has it. */
import { takenRoom } from "./room.js";
import { blockOf, font, placesBeside, writeLevel } from "./write.js";

const NEAR = [1, 1.6];
/* As far off as this a line says whose name it is. */
const LED = [2, 2.8, 3.8, 5, 6.4, 8];
const DISC = 20;
const MARK = 17;
const STEP = 4;
const THIN = 1.2;

/* The line from a disc's edge to the nearest point of a name's box. */
function leader({ x, y }, at, { width, tall }) {
  const end = {
    x: Math.min(Math.max(x, at.x - width / 2 - 2), at.x + width / 2 + 2),
    y: Math.min(Math.max(y, at.y - tall / 2), at.y + tall / 2),
  };
  const length = Math.hypot(end.x - x, end.y - y) || 1;
  const [dx, dy] = [(end.x - x) / length, (end.y - y) / length];
  const dots = [];
  for (let along = DISC + 2; along < length; along += STEP) {
    dots.push([x + dx * along, y + dy * along, THIN]);
  }
  return { from: { x: x + dx * (DISC - 4), y: y + dy * (DISC - 4) }, end, dots };
}

function drawLeader(view, { from, end }) {
  const { ctx } = view;
  ctx.save();
  ctx.beginPath();
  ctx.moveTo(from.x, from.y);
  ctx.lineTo(end.x, end.y);
  for (const [colour, width] of [[view.colours.land, 3], [view.colours.route, 1]]) {
    ctx.strokeStyle = colour;
    ctx.lineWidth = width;
    ctx.stroke();
  }
  ctx.restore();
}

function away({ x, y }, at, { width, tall }) {
  return Math.hypot(Math.max(Math.abs(x - at.x) - width / 2, 0), Math.max(Math.abs(y - at.y) - tall / 2, 0));
}

/* Whether a name beside its own mark is as near to another: one would read it as the other's. */
function isMistaken(points, own, at, block) {
  const gap = away(own, at, block);
  return points.some((other) => Math.hypot(other.x - own.x, other.y - own.y) > 2 && away(other, at, block) <= gap + 2);
}

function writeOne(view, { room, marks, points }, { text, weight, size, ...own }, far) {
  font(view, size, weight);
  const block = blockOf(view, text, size);
  const look = { size, colour: view.colours.route, kind: "visit" };
  for (const at of placesBeside(view, own, block, far)) {
    const line = far === LED ? leader(own, at, block) : null;
    const isClear = line ? line.dots.every((dot) => marks.isFree(...dot)) : !isMistaken(points, own, at, block);
    if (isClear && writeLevel(view, room, block.lines, { x: at.x, y: at.y, ...look })) {
      const [wide, tall] = [block.width / 2, block.tall / 2];
      marks.takeBox({ left: at.x - wide, top: at.y - tall, right: at.x + wide, bottom: at.y + tall });
      if (line) {
        line.dots.forEach((dot) => [room, marks].forEach((one) => one.take(...dot)));
        drawLeader(view, line);
      }
      return true;
    }
  }
  return false;
}

/* Ends first, then stops, then halts; of each those that stand near, then those at the end of a line, which goes
   under the route, but past every mark and name. */
export function writeVisit(view, room, { names, points }) {
  const marks = takenRoom();
  points.forEach(({ x, y }) => marks.take(x, y, MARK));
  const all = { room, marks, points };
  for (const of of new Set(names.map((name) => name.of))) {
    names.filter((name) => name.of === of)
      .filter((name) => !writeOne(view, all, name, NEAR))
      .forEach((name) => writeOne(view, all, name, LED));
  }
}
