/** Vines in one basis: fitted to all rows, and to the rows outside each fold. */

import type { LongCall } from "../long-call.js";
import { appended } from "../numerics/rows.js";
import type { Basis } from "../prediction/basis.js";
import type { HeldOut } from "./choice.js";
import { type PairEngine, sideBySide } from "./pair-engine.js";
import { edgeCount } from "./vine.js";
import { heldOutRatios, type VineInformation, vineInformation } from "./vine-information.js";

/** What is known so far of a basis. */
export class Trial {
  /** Log density ratios of each fold's rows, where the vine of the others was fitted. */
  readonly parts: (Float64Array | undefined)[] = [];
  /** The vine of all rows, once fitted. */
  information: VineInformation | undefined;

  constructor(readonly basis: Basis) {}

  /** The folds scored so far, one after the other. */
  get heldOut(): HeldOut {
    const ratios = appended([new Float64Array(), ...this.parts.filter((part) => part !== undefined)]);
    return { ratios, optimism: this.basis.optimism };
  }
}

/** What is to be fitted. */
export interface Wanted {
  /** Folds to be scored. */
  folds: readonly number[];
  /** Those whose vine of all rows is needed. */
  whole: readonly Trial[];
}

/** Fits what is wanted and not yet there, side by side. */
export async function fit(
  trials: readonly Trial[],
  fold: Uint8Array,
  { folds, whole }: Wanted,
  engine: PairEngine,
  call: LongCall,
  seed: number,
): Promise<void> {
  const works: ((shared: PairEngine) => Promise<void>)[] = [];
  for (const trial of trials) {
    const { basis, parts } = trial;
    const pairs = edgeCount(basis.x.length + basis.y.length);
    for (const scored of folds.filter((f) => parts[f] === undefined)) {
      call.expect(pairs);
      works.push(async (shared) => {
        parts[scored] = await heldOutRatios(basis, fold, scored, shared, call, seed);
      });
    }
    if (!whole.includes(trial) || trial.information !== undefined) continue;
    call.expect(pairs);
    works.push(async (shared) => {
      trial.information = await vineInformation(basis, shared, call, seed);
    });
  }
  await sideBySide(engine, works);
}
