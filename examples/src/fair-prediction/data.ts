/** People of two groups, whose recorded labels are in favour of one of them. */
import type { Random } from "../random.js";

/** Rows, column by column. */
export interface People {
  n: number;
  /** What a predictor sees. */
  features: readonly Float64Array[];
  group: Uint8Array;
  /** As it was recorded: the same merit is a 1 more often in group 1. */
  label: Uint8Array;
  /** As it should have been. */
  merit: Uint8Array;
}

/** How much being in group 1 raises what the recorded label is decided by, in units of the merit's deviation. */
const FAVOUR = 0.7;

/** Draws people: two measurements of merit, one of which the group shifts, and two that tell the group. */
export function drawPeople(n: number, random: Random): People {
  const features = Array.from({ length: 4 }, () => new Float64Array(n));
  const [group, label, merit] = [new Uint8Array(n), new Uint8Array(n), new Uint8Array(n)];
  for (let k = 0; k < n; k++) {
    group[k] = random.uniform() < 0.5 ? 1 : 0;
    const side = 2 * group[k] - 1;
    const ability = random.normal();
    features[0][k] = ability + random.normal(0, 0.6);
    features[1][k] = ability + 0.5 * side + random.normal(0, 0.6);
    features[2][k] = side + random.normal(0, 0.8);
    // Tells the group by its spread alone.
    features[3][k] = random.normal(0, group[k] === 1 ? 1.5 : 0.6);
    merit[k] = ability > 0 ? 1 : 0;
    label[k] = ability + FAVOUR * side + random.normal(0, 0.3) > 0 ? 1 : 0;
  }
  return { n, features, group, label, merit };
}
