/** Sections of the scoreboard, one after the other, for one estimator; and how long its estimates took. */
import type { Estimator } from "./estimator.js";
import type { Sample } from "./family.js";
import { SECTIONS, type SectionOptions, type SectionResult } from "./sections.js";

/** What was measured. */
export interface Scoreboard {
  /** By the name of the section; one that lacks its data is left out. */
  sections: Record<string, SectionResult>;
  /** Estimates made, and the time that they took in all. */
  pairs: number;
  milliseconds: number;
}

/**
 * Measures sections in order.
 *
 * @param names keys of {@link SECTIONS}
 * @param onSection is told of each when it is done
 */
export async function measureSections(
  names: readonly string[],
  estimate: Estimator,
  options: SectionOptions,
  onSection: (result: SectionResult) => void,
): Promise<Scoreboard> {
  const board: Scoreboard = { sections: {}, pairs: 0, milliseconds: 0 };
  const timed: Estimator = Object.assign(
    async (samples: readonly Sample[]) => {
      const start = performance.now();
      const results = await estimate(samples);
      board.milliseconds += performance.now() - start;
      board.pairs += samples.length;
      return results;
    },
    { densities: estimate.densities, gradients: estimate.gradients, levels: estimate.levels },
  );
  for (const name of names) {
    const result = await SECTIONS[name](timed, options);
    if (result === undefined) continue;
    board.sections[name] = result;
    onSection(result);
  }
  return board;
}
