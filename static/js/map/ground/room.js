/* The room that names and marks share: what is taken is kept as circles in a grid, so that nothing covers anything. */

const CELL = 48;
const STRIDE = 4096;

export function takenRoom() {
  const cells = new Map();
  const key = (x, y) => Math.floor(x / CELL) * STRIDE + Math.floor(y / CELL);
  function isNear(x, y, radius) {
    for (let dx = -CELL; dx <= CELL; dx += CELL) {
      for (let dy = -CELL; dy <= CELL; dy += CELL) {
        const cell = cells.get(key(x + dx, y + dy));
        if (cell && cell.some((one) => (one[0] - x) ** 2 + (one[1] - y) ** 2 < (one[2] + radius) ** 2)) {
          return true;
        }
      }
    }
    return false;
  }
  function take(x, y, radius) {
    const at = key(x, y);
    const cell = cells.get(at);
    if (cell) {
      cell.push([x, y, radius]);
    } else {
      cells.set(at, [[x, y, radius]]);
    }
  }
  return {
    take,
    isFree: (x, y, radius) => !isNear(x, y, radius),
    /* Takes the circles if all of them are free. */
    claim(circles) {
      if (circles.some(([x, y, radius]) => isNear(x, y, radius))) {
        return false;
      }
      circles.forEach((circle) => take(...circle));
      return true;
    },
    takeLine(line, radius) {
      for (let i = 1; i < line.length; i += 1) {
        const [a, b] = [line[i - 1], line[i]];
        const steps = Math.min(Math.ceil(Math.hypot(b.x - a.x, b.y - a.y) / 6), 400);
        for (let step = i > 1 ? 1 : 0; step <= steps; step += 1) {
          take(a.x + ((b.x - a.x) * step) / (steps || 1), a.y + ((b.y - a.y) * step) / (steps || 1), radius);
        }
      }
    },
    takeBox({ left, top, right, bottom }) {
      const [radius, step] = [11, 15];
      for (let x = left + 5; x <= right + step - 5; x += step) {
        for (let y = top + 5; y <= bottom + step - 5; y += step) {
          take(Math.min(x, right), Math.min(y, bottom), radius);
        }
      }
    },
  };
}

/* The circles a text covers, centred at x, y and turned by an angle. */
export function circles(x, y, angle, width, size) {
  const count = Math.max(2, Math.ceil(width / (size * 0.8)));
  return Array.from({ length: count }, (_, i) => {
    const along = (i / (count - 1) - 0.5) * Math.max(width - size * 0.5, 0);
    return [x + Math.cos(angle) * along, y + Math.sin(angle) * along, size * 0.64];
  });
}
