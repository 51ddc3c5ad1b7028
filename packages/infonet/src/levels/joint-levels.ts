/** Mutual information of two variables whose columns are levels: by the table of their combinations. */

import { type CountsHead, combined, countTable, estimateCounts, logPValue } from "../counts/index.js";
import { logCombined } from "../inference/combination.js";
import { type Codes, countsOf } from "../input/variables.js";
import type { Warning } from "../types.js";
import type { Part } from "./part.js";

/** Columns of levels of one variable. */
export interface LevelColumns {
  levels: Codes[];
  /** The level of all of them together: a single one where there is none. */
  joint: Codes;
}

/** Share of the rows whose combination of levels comes only once from which the table says too little. */
const MOST_SINGLE = 0.5;

/**
 * I(X; Y) of levels, with its test. Where the combinations of all columns hardly come again, those of some columns are
 * counted, which share at most as much: columns are added as long as the table can be counted and says more.
 *
 * @param warnings gets one where it does
 */
export function levelsTogether(
  x: LevelColumns,
  y: LevelColumns,
  head: CountsHead | undefined,
  warnings: Warning[],
): Part {
  const whole = countTable(x.joint, y.joint);
  const exact = logPValue(whole);
  if (!isThin(x.joint, y.joint)) {
    const { mi, interval } = estimateCounts(whole, head);
    return { mi, low: interval[0], high: interval[1], logP: exact };
  }
  const pairs = x.levels.flatMap((a) => y.levels.map((b) => logPValue(countTable(a, b))));
  const logP = logCombined([exact, ...pairs], [1, ...pairs.map(() => 1 / pairs.length)]);
  const { mi, low, high, columns } = grown(x, y, head);
  const all = x.levels.length + y.levels.length;
  const rows = x.joint.codes.length;
  const counted =
    columns < all ? `${columns} of the ${all} columns are counted together` : "hardly any can be counted";
  const message = `X has ${x.joint.distinct} and Y ${y.joint.distinct} different combinations of levels in ${rows} rows; ${counted}, so read the estimate as "at least". Join levels to fewer, or leave columns out.`;
  warnings.push({ code: "many-levels", message });
  return { mi, low, high, logP };
}

/** Whether most rows have a combination of levels that no other one has, on a side or on both together. */
function isThin(x: Codes, y: Codes): boolean {
  const n = x.codes.length;
  return [x, y, combined([x, y])].some((codes) => singles(codes) > MOST_SINGLE * n);
}

/** Rows that are alone in their level. */
export function singles(levels: Codes): number {
  return countsOf(levels).filter((count) => count === 1).length;
}

interface Grown extends Part {
  /** Columns that are counted. */
  columns: number;
}

/** Columns added one by one, the one that says most first, while the table can be counted and the low end of its interval rises. */
function grown(x: LevelColumns, y: LevelColumns, head: CountsHead | undefined): Grown {
  const estimate = (a: Codes, b: Codes): Part => {
    const { mi, interval } = estimateCounts(countTable(a, b), head);
    return { mi, low: interval[0], high: interval[1] };
  };
  let best: { part: Part; x: number[]; y: number[] } | undefined;
  for (;;) {
    const tried: NonNullable<typeof best>[] = [];
    const look = (ofX: number[], ofY: number[]): void => {
      const [a, b] = [combined(ofX.map((k) => x.levels[k])), combined(ofY.map((k) => y.levels[k]))];
      if (best !== undefined && isThin(a, b)) return;
      tried.push({ part: estimate(a, b), x: ofX, y: ofY });
    };
    if (best === undefined) {
      for (const i of x.levels.keys()) for (const j of y.levels.keys()) look([i], [j]);
    } else {
      const { x: ofX, y: ofY } = best;
      for (const i of x.levels.keys()) if (!ofX.includes(i)) look([...ofX, i], ofY);
      for (const j of y.levels.keys()) if (!ofY.includes(j)) look(ofX, [...ofY, j]);
    }
    const first = tried.reduce<typeof best>(
      (a, b) => (a === undefined || b.part.low > a.part.low ? b : a),
      best,
    );
    if (first === best || first === undefined) break;
    best = first;
  }
  const { part, x: ofX, y: ofY } = best as NonNullable<typeof best>;
  return { ...part, columns: ofX.length + ofY.length };
}
