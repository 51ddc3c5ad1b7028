/**
 * The network of the InfoNet paper (Hu et al., "InfoNet: Neural Estimation of Mutual Information without
 * Test-Time Optimization", ICML 2024) at sizes that one CPU core trains: points → latents → table of the
 * critic. Learned latents attend to the linearly embedded sample, then to each other (Perceiver IO: Jaegle et
 * al. 2022); a learned array of queries, one a patch of the table, attends to the latents; the table is
 * blurred. The published sizes are 256 latents × 256, a 1000 × 1000 table, a 15 × 15 blur, 12.7 M parameters.
 *
 * Three things of the published code are not repeated here. It maps ranks to a quarter of the table; here they
 * have all of it. It draws unseeded shuffles for the product of the marginals, so that the same sample has
 * another answer at each call; here that term is the mean of e^θ over all cells, the limit of all pairs. It is
 * not symmetric in x and y; here the stream's canonical orientation makes it so.
 */
import { np, type Tensor } from "../runtime/jax.js";
import { block, blockSpecs, linearSpecs } from "./blocks.js";
import { blur } from "./critic-table.js";
import { layerNorm, linear } from "./layers.js";
import type { ParameterSpec, Parameters } from "./parameters.js";
import { unpatch } from "./patches.js";

/** Sizes of the network. */
export interface PerceiverConfig {
  /** Points that the network reads; samples are at least as large. */
  points: number;
  /** Latents that hold what was read. */
  latents: number;
  /** Width of a point, a latent and a query. */
  width: number;
  /** Blocks in which the latents attend to each other. */
  blocks: number;
  heads: number;
  /** Hidden width of a block's perceptron, as a multiple of `width`. */
  expansion: number;
  /** Cells along one axis of the critic table. */
  table: number;
  /** Cells along one axis of the patch that a query decodes; 1 for a query a cell, as in the paper. */
  patch: number;
  /** Standard deviation of the blur of the table, in cells; 0 for none. */
  blur: number;
}

/** Sizes that one CPU core trains: about as much arithmetic as the copula transformer's. */
export const PERCEIVER_DEFAULTS: PerceiverConfig = {
  points: 512,
  latents: 32,
  width: 96,
  blocks: 3,
  heads: 4,
  expansion: 2,
  table: 64,
  patch: 8,
  blur: 1,
};

/** Throws RangeError unless the sizes are whole and fit each other. */
function checkSizes(config: PerceiverConfig): void {
  const { blur: deviation, ...sizes } = config;
  for (const [name, value] of Object.entries(sizes)) {
    const least = name === "blocks" ? 0 : 1;
    if (!Number.isSafeInteger(value) || value < least) {
      throw new RangeError(`${name} is ${value}; it must be a whole number, ${least} or more`);
    }
  }
  if (!(deviation >= 0) || !Number.isFinite(deviation)) {
    throw new RangeError(`blur is ${deviation}; give a standard deviation in cells, 0 or more`);
  }
  const { width, heads, table, patch } = sizes;
  if (width % heads !== 0)
    throw new RangeError(`width is ${width}; it must be a multiple of heads (${heads})`);
  if (table % patch !== 0)
    throw new RangeError(`table is ${table}; it must be a multiple of patch (${patch})`);
}

/**
 * Every parameter of the network, in the order of the flat vector.
 *
 * @throws RangeError if the sizes do not fit each other
 */
export function perceiverParameters(config: PerceiverConfig): ParameterSpec[] {
  checkSizes(config);
  const { latents, width, blocks, expansion, table, patch } = config;
  const queries = (table / patch) ** 2;
  // Branches between latents start small. The two that bring the sample in and the answer out are the only way
  // from the one to the other, so they start at full size.
  const residual = 0.5 / Math.sqrt(2 * blocks);
  return [
    // The bias must not start at zero: the norm that follows would leave nothing but a point's direction.
    { name: "embed.weight", shape: [2, width], init: { deviation: Math.SQRT1_2 } },
    { name: "embed.bias", shape: [width], init: { deviation: 1 } },
    { name: "latents", shape: [latents, width], init: { deviation: 1 } },
    ...blockSpecs("encode", width, expansion, 1),
    ...Array.from({ length: blocks }, (_, b) => blockSpecs(`block${b}`, width, expansion, residual)).flat(),
    { name: "queries", shape: [queries, width], init: { deviation: 1 } },
    ...blockSpecs("decode", width, expansion, 1),
    ...linearSpecs("critic", width, patch * patch, 0.1),
  ];
}

/**
 * The forward pass. Consumes its inputs.
 *
 * @param points (u, v) = ((rank + ½) / n) in canonical orientation, any order, [B, P, 2]
 * @returns critic θ on the canonical copula square, rows v, columns u: [B, table, table]
 */
export function perceiver(config: PerceiverConfig, p: Parameters, points: Tensor): Tensor {
  const { width, blocks, heads, table, patch } = config;
  const [batch] = points.shape;
  const repeated = (name: string): Tensor => {
    const learned = p(name);
    const [count] = learned.shape;
    return np.broadcastTo(learned.reshape([1, count, width]), [batch, count, width]);
  };
  // Uniform on (0, 1) → mean 0, variance 1.
  const embedded = linear(p, "embed", points.sub(0.5).mul(Math.sqrt(12)));
  let latents = block(p, "encode", repeated("latents"), heads, embedded);
  for (let b = 0; b < blocks; b++) latents = block(p, `block${b}`, latents, heads);
  const decoded = block(p, "decode", repeated("queries"), heads, latents);
  return blur(unpatch(linear(p, "critic", layerNorm(decoded)), table / patch), config.blur);
}
