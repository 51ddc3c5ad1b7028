/** Fisher's exact test of a table of two by two levels. */

import { logChoose } from "../numerics/gamma.js";
import type { CountTable } from "./count-table.js";

/** Counts whose probability is above that observed by less than this share are as likely. */
const TIE = 1e-7;
const NEGLIGIBLE = 1e-18;

/**
 * ln of the two-sided p-value: the probability, under independence and with these margins, of a table that is not
 * likelier than this one. O(√n).
 */
export function logFisher({ n, rows, columns, cells }: CountTable): number {
  const i = rows[0] <= rows[1] ? 0 : 1;
  const k = columns[0] <= columns[1] ? 0 : 1;
  const [r, s] = [rows[i], columns[k]];
  let observed = 0;
  for (let cell = 0; cell < cells.count.length; cell++) {
    if (cells.x[cell] === i && cells.y[cell] === k) observed = cells.count[cell];
  }
  // Of two levels with the same count neither comes first.
  if (2 * r === n) observed = Math.min(observed, s - observed);
  if (2 * s === n) observed = Math.min(observed, r - observed);
  return logTwoSided(new Hypergeometric(Math.min(r, s), Math.max(r, s), n), observed);
}

/** Rows among `r` of n that are also among s. */
export class Hypergeometric {
  readonly least: number;
  readonly most: number;
  readonly mode: number;
  readonly #whole: number;

  constructor(
    readonly r: number,
    readonly s: number,
    readonly n: number,
  ) {
    this.least = Math.max(0, r + s - n);
    this.most = Math.min(r, s);
    this.mode = Math.min(this.most, Math.floor(((r + 1) * (s + 1)) / (n + 2)));
    this.#whole = logChoose(n, s);
  }

  /** ln of the probability of a count. */
  log(count: number): number {
    return logChoose(this.r, count) + logChoose(this.n - this.r, this.s - count) - this.#whole;
  }

  /** Probability of the count above or below another, over its own. */
  ratio(count: number, up: boolean): number {
    const { r, s, n } = this;
    if (up) return ((r - count) * (s - count)) / ((count + 1) * (n - r - s + count + 1));
    return (count * (n - r - s + count)) / ((r - count + 1) * (s - count + 1));
  }

  /** Probability of a count and of all beyond it, away from the mode, over that of the count itself. */
  beyond(count: number, up: boolean): number {
    let [sum, weight] = [1, 1];
    for (let c = count; up ? c < this.most : c > this.least; c += up ? 1 : -1) {
      weight *= this.ratio(c, up);
      sum += weight;
      if (weight < NEGLIGIBLE * sum) break;
    }
    return sum;
  }
}

function logTwoSided(law: Hypergeometric, observed: number): number {
  const own = law.log(observed);
  const limit = own + TIE;
  const up = observed > law.mode;
  if (law.log(law.mode) <= limit) return 0;
  // The first count on the other side of the mode that is not likelier.
  let [inside, outside] = up ? [law.mode, law.least - 1] : [law.mode, law.most + 1];
  while (Math.abs(outside - inside) > 1) {
    const middle = Math.trunc((inside + outside) / 2);
    if (law.log(middle) <= limit) outside = middle;
    else inside = middle;
  }
  const there = outside >= law.least && outside <= law.most;
  const other = there ? Math.exp(law.log(outside) - own) * law.beyond(outside, !up) : 0;
  return Math.min(0, own + Math.log(law.beyond(observed, up) + other));
}
