/** A guess at which pairs are strongest, so that they are estimated first. It decides nothing else. */
import type { TableColumn } from "@infonet/cli/table/types.js";

/** Rows that are looked at. */
const ROWS = 400;
/** Waves in the ranks of a column: what rises, and what rises and falls. */
const WAVES = 2;

/** All pairs of columns by their names, those first whose ranks have the most in common at a glance. */
export function likelyOrder(columns: readonly TableColumn[]): [string, string][] {
  const waves = columns.map(({ values }) => wavesOf(values));
  const pairs: { names: [string, string]; score: number }[] = [];
  for (let i = 0; i < columns.length; i++) {
    for (let j = i + 1; j < columns.length; j++) {
      pairs.push({ names: [columns[i].name, columns[j].name], score: scoreOf(waves[i], waves[j]) });
    }
  }
  return pairs.sort((a, b) => b.score - a.score).map(({ names }) => names);
}

function scoreOf(a: readonly Float64Array[], b: readonly Float64Array[]): number {
  let most = 0;
  for (const u of a) {
    for (const v of b) {
      let sum = 0;
      for (let row = 0; row < u.length; row++) sum += u[row] * v[row];
      most = Math.max(most, Math.abs(sum));
    }
  }
  return most;
}

/** cos(kπr) of the ranks r of some rows, each of length one; 0 where a value is missing. */
function wavesOf(values: Float64Array): Float64Array[] {
  const step = Math.max(1, Math.floor(values.length / ROWS));
  const some = values.filter((_, row) => row % step === 0);
  const order = Array.from(some.keys()).filter((row) => !Number.isNaN(some[row]));
  order.sort((a, b) => some[a] - some[b]);
  const ranks = new Float64Array(some.length).fill(Number.NaN);
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && some[order[to]] === some[order[from]]) to++;
    for (let k = from; k < to; k++) ranks[order[k]] = (from + to) / 2 / order.length;
    from = to;
  }
  return Array.from({ length: WAVES }, (_, k) => {
    const wave = ranks.map((rank) => (Number.isNaN(rank) ? 0 : Math.cos((k + 1) * Math.PI * rank)));
    const size = Math.hypot(...wave) || 1;
    return wave.map((value) => value / size);
  });
}
