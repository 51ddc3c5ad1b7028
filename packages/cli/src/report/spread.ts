import type { Copula } from "infonet";
import type { Estimated } from "../output/result.js";
import type { Axis } from "./axis.js";
import { medianWithin } from "./density.js";
import { type Html, html } from "./html.js";
import { clip, distinctUpTo, labelsFor, valueAt } from "./values.js";

/** The middle of y where x has a value, and what 5 % and 95 % of y lie below there. */
export interface SpreadPoint {
  x: number;
  low: number;
  middle: number;
  high: number;
}

const STEPS = 48;
/** Of fewer points than this no curve is made. */
const FEWEST_POINTS = 8;
const FEWEST_ROWS = 30;
/** Columns with no more different values than this are told value by value. */
const FEW_VALUES = 12;
const MOST_NAME = 28;

/** Whether a curve of y over x makes sense: both are numbers, and they depend on one another for all we know. */
export function hasSpread(cell: Estimated, x: Axis, y: Axis): boolean {
  const dependent = cell.pValue === undefined ? cell.interval[0] > 0 : cell.pValue <= 0.05;
  return dependent && cell.n >= FEWEST_ROWS && [x, y].every(isMeasured);
}

function isMeasured({ column, sorted, kind = "number" }: Axis): boolean {
  return kind === "number" && !column.levels && distinctUpTo(sorted, FEW_VALUES) > FEW_VALUES;
}

/** How y is spread along x, from left to right; `undefined` where x is nearly always the same. */
export function spreadOf(copula: Copula, x: Axis, y: Axis): SpreadPoint[] | undefined {
  // Where x stays the same over a stretch of ranks, the middle of the stretch speaks for it.
  const runs: { x: number; us: number[] }[] = [];
  for (let k = 0; k < STEPS; k++) {
    const u = 0.01 + (0.98 * k) / (STEPS - 1);
    const value = valueAt(x.sorted, u);
    const last = runs.at(-1);
    if (last?.x === value) last.us.push(u);
    else runs.push({ x: value, us: [u] });
  }
  if (runs.length < FEWEST_POINTS) return undefined;
  return runs.map(({ x, us }) => {
    const u = us[(us.length - 1) >> 1];
    const [low, middle, high] = [0.05, 0.5, 0.95].map((p) => valueAt(y.sorted, copula.quantile(p, u)));
    return { x, low, middle, high };
  });
}

/** What the curve and the band in the scatter plot are. */
export function spreadKey(x: Axis, y: Axis): Html {
  const name = ({ column }: Axis) => clip(column.name, MOST_NAME);
  return html`line: median of ${name(y)} given ${name(x)}; band: 5 to 95\u00a0%`;
}

/** The middle y at both ends of x, and between them where it does not lie between those. */
export function endsInWords(copula: Copula, x: Axis, y: Axis): Html | undefined {
  const labelOf = labelsFor(y.column, y.sorted);
  const [first, middle, last] = [
    { from: 0, to: 0.1 },
    { from: 0.45, to: 0.55 },
    { from: 0.9, to: 1 },
  ].map((tenth) => medianWithin(copula, tenth));
  const [a, b, c] = [first, middle, last].map((v) => labelOf(valueAt(y.sorted, v)));
  const turns = (middle - first) * (last - middle) < 0;
  const far = Math.min(Math.abs(middle - first), Math.abs(last - middle)) > 0.05;
  const between = turns && far && html`, at the middle tenth about <b>${b}</b>`;
  if (a === c && !between) return undefined;
  const instants = x.column.kind === "date" || x.column.kind === "time";
  const [lowest, highest] = instants ? ["earliest", "latest"] : ["lowest", "highest"];
  return html`<p>At the ${lowest} tenth of ${x.column.name} the middle ${y.column.name} is about <b>${a}</b>${between}, at the ${highest} tenth about <b>${c}</b>.</p>`;
}
