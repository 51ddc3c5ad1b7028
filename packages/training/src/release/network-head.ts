/** Heads that correct what a model says: of levels beside a number, and of more rows than it takes at once. */
import { checkLevels, checkRows, type NetworkHeadDocument } from "infonet/internal/release";
import type { HeadDraws, HeadExamples, HeadManners } from "../heads/examples.js";
import { type HeadOptions, makeHead } from "../heads/make-head.js";
import { levelExamples } from "./level-examples.js";
import type { QuantileModel } from "./quantile-model.js";
import { rowsExamples } from "./rows-examples.js";

/** What a kind of head is made of. */
interface Kind {
  examples(model: QuantileModel, draws: HeadDraws, manners: HeadManners): Promise<HeadExamples>;
  /** @throws InfoNetError "model" if the library would refuse it */
  check(value: unknown): NetworkHeadDocument;
  sizes: Pick<HeadOptions, "hidden" | "batch" | "rate" | "held">;
  /** How it is trained unless told otherwise. */
  usual: Pick<HeadOptions, "draws" | "calibrationDraws" | "epochs">;
}

const KINDS = {
  levels: {
    examples: levelExamples,
    check: checkLevels,
    // Laws of real columns are not those of the prior: a little more than nine in ten of these.
    sizes: { hidden: [96, 96], batch: 512, rate: 3e-3, held: 0.915 },
    usual: { draws: 300_000, calibrationDraws: 20_000, epochs: 30 },
  },
  rows: {
    examples: rowsExamples,
    check: checkRows,
    sizes: { hidden: [32, 32], batch: 128, rate: 3e-3 },
    usual: { draws: 14_000, calibrationDraws: 1000, epochs: 600 },
  },
} as const satisfies Record<string, Kind>;

/** A kind of head, by the name of its file and its place in model.json. */
export type NetworkHeadKind = keyof typeof KINDS;

/** Names of the kinds. */
export const NETWORK_HEADS = Object.keys(KINDS) as NetworkHeadKind[];

/** Options of {@link makeNetworkHead}. */
export type NetworkHeadOptions = Pick<HeadOptions, "seed" | "signal" | "tell"> & Partial<Kind["usual"]>;

/**
 * Draws, trains and calibrates a head of a model. Reproducible by its seed. jax-js must have been started.
 *
 * @throws the signal's reason if it is aborted
 */
export async function makeNetworkHead(
  name: NetworkHeadKind,
  model: QuantileModel,
  options: NetworkHeadOptions,
): Promise<NetworkHeadDocument> {
  const { examples, check, sizes, usual }: Kind = KINDS[name];
  const head = await makeHead((draws, manners) => examples(model, draws, manners), {
    ...{ ...sizes, threads: 1, ...usual },
    ...options,
  });
  return check({ weights: model.weights, head });
}
