/** The rows of a pair as points. The command draws the same with a library that is too large for a page. */

import { sample, uniform } from "@infonet/cli/random.js";
import type { Axis } from "@infonet/cli/report/axis.js";
import { type Html, html } from "@infonet/cli/report/html.js";
import { type ScatterLayout, scatterLayout } from "@infonet/cli/report/scatter-layout.js";
import type { SpreadPoint } from "@infonet/cli/report/spread.js";
import { clip, ticksFor } from "@infonet/cli/report/values.js";
import { nice, ticks } from "d3-array";
import { dateTicks } from "./date-ticks.js";

const LEFT = 78;
const TOP = 8;
const SIDE = 300;
const BOTTOM = 52;
const MOST_POINTS = 2000;
/** Points are drawn in this many layers, so that crowded places look denser. */
const LAYERS = 6;

/** One axis: where a value is in the picture, and its ticks. */
interface Scale {
  at(value: number | Date): number;
  marks: { at: number; label: string }[];
}

/** At most 2000 of the rows, chosen at random; values that many rows share are jittered. */
export function scatter(
  x: Axis,
  y: Axis,
  rows: readonly number[],
  spread: readonly SpreadPoint[] = [],
): Html {
  const chosen = sample(rows, MOST_POINTS, rows.length);
  const random = uniform(chosen.length);
  const across = scatterLayout(x, "x", SIDE);
  const up = scatterLayout(y, "y", SIDE);
  const right = scaleOf(x, across, LEFT, LEFT + SIDE);
  const high = scaleOf(y, up, TOP + SIDE, TOP);
  const place = (layout: ScatterLayout, { at }: Scale, value: number): number => {
    const placed = layout.place(value);
    return at(layout.jitter === 0 ? placed : Number(placed) + (2 * random() - 1) * layout.jitter);
  };
  const layers = Array.from({ length: LAYERS }, () => "");
  for (const [k, row] of chosen.entries()) {
    const [left, top] = [place(across, right, x.column.values[row]), place(up, high, y.column.values[row])];
    layers[k % LAYERS] += `M${left.toFixed(1)},${top.toFixed(1)}h0`;
  }
  const line = (of: (point: SpreadPoint) => number, points: readonly SpreadPoint[] = spread): string =>
    points
      .map(
        (point) => `${right.at(across.place(point.x)).toFixed(1)},${high.at(up.place(of(point))).toFixed(1)}`,
      )
      .join("L");
  const band = `M${line(({ low }) => low)}L${line(({ high }) => high, [...spread].reverse())}Z`;
  const middle = `M${line((point) => point.middle)}`;
  const label = `Scatter plot of ${x.column.name} and ${y.column.name}, ${chosen.length} of ${rows.length} rows.`;
  return html`<svg class="plot scatter" viewBox="0 0 ${LEFT + SIDE + 8} ${TOP + SIDE + BOTTOM}" role="img" aria-label="${label}">
${spread.length > 0 && html`<path class="spread" d="${band}"/>`}
<g class="${chosen.length > 600 ? "dots many" : "dots"}">${layers.filter((d) => d !== "").map((d) => html`<path d="${d}"/>`)}</g>
${spread.length > 0 && html`<path class="halo" d="${middle}"/><path class="median" d="${middle}"/>`}
<rect class="frame" x="${LEFT}" y="${TOP}" width="${SIDE}" height="${SIDE}"/>
${right.marks.map(({ at, label }) => html`<path class="tick" d="M${at.toFixed(1)},${TOP + SIDE}v5"/>${label.split("\n").map((text, line) => text !== "" && html`<text x="${at.toFixed(1)}" y="${TOP + SIDE + 17 + 12 * line}" text-anchor="middle">${text}</text>`)}`)}
${high.marks.map(({ at, label }) => html`<path class="tick" d="M${LEFT},${at.toFixed(1)}h-5"/><text x="${LEFT - 8}" y="${(at + 4).toFixed(1)}" text-anchor="end">${label}</text>`)}
<text class="axis-title" x="${LEFT + SIDE / 2}" y="${TOP + SIDE + BOTTOM - 6}" text-anchor="middle">${clip(x.column.name, 44)} →</text>
<text class="axis-title" transform="translate(12 ${TOP + SIDE / 2}) rotate(-90)" text-anchor="middle">${clip(y.column.name, 44)} →</text>
</svg>`;
}

function scaleOf({ column, sorted }: Axis, { scale, place }: ScatterLayout, from: number, to: number): Scale {
  const ends = [sorted[0], sorted[sorted.length - 1]].map((value) => Number(place(value)));
  let [low, high] = scale.domain ?? ends;
  if (scale.nice) [low, high] = nice(low, high, 5);
  const bend = scale.type === "log" ? Math.log : scale.type === "sqrt" ? Math.sqrt : (value: number) => value;
  const [first, last] = [bend(low), bend(high)];
  // Values just within the frame, so that no dot is cut by it.
  const [begin, end] = scale.domain
    ? [from, to]
    : [from + 6 * Math.sign(to - from), to - 6 * Math.sign(to - from)];
  const at = (value: number | Date): number =>
    begin + ((bend(Number(value)) - first) / (last - first || 1)) * (end - begin);
  const labelOf = ticksFor(column, sorted);
  const values =
    scale.type === "utc"
      ? dateTicks(low, high)
      : Array.isArray(scale.ticks)
        ? scale.ticks
        : scale.type === "log"
          ? logTicks(low, high)
          : ticks(low, high, scale.ticks);
  const marks = values.map((value, index) => ({
    at: at(value),
    label: scale.type === "utc" ? labelOf(value / 1000) : (scale.tickFormat?.(value, index) ?? String(value)),
  }));
  return { at, marks };
}

/** Powers of ten, and where there are few of them what lies between. */
function logTicks(low: number, high: number): number[] {
  const steps = Math.log10(high / low) > 2.5 ? [1] : [1, 2, 5];
  const marks: number[] = [];
  for (let power = Math.floor(Math.log10(low)); 10 ** power <= high; power++) {
    for (const step of steps) {
      const mark = step * 10 ** power;
      if (mark >= low && mark <= high) marks.push(mark);
    }
  }
  return marks;
}
