/** Normal clusters on a circle. */
import type { Data } from "./data.js";

const MODES = 8;
/** Standard deviation of a cluster; the circle has radius 1. */
export const SPREAD = 0.07;

const centre = (mode: number): [number, number] => {
  const angle = (2 * Math.PI * mode) / MODES;
  return [Math.cos(angle), Math.sin(angle)];
};

/** Eight clusters in the plane. */
export const ring: Data = {
  width: 2,
  modes: MODES,
  bounded: false,
  draw(count, random) {
    const samples = new Float32Array(2 * count);
    for (let row = 0; row < count; row++) {
      const [x, y] = centre(random.integer(0, MODES - 1));
      samples.set([random.normal(x, SPREAD), random.normal(y, SPREAD)], 2 * row);
    }
    return samples;
  },
  /** The distance is that from the nearest centre. */
  classify([x, y]) {
    const turn = Math.round((Math.atan2(y, x) / (2 * Math.PI)) * MODES);
    const mode = (turn + MODES) % MODES;
    const [cx, cy] = centre(mode);
    return { mode, distance: Math.hypot(x - cx, y - cy) };
  },
};
