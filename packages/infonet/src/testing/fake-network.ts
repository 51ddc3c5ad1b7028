/** The network over a runtime that answers in closed form and keeps what it was asked. */

import { MIXTURE_NUMBERS } from "../density/index.js";
import { FEATURE_SIZES } from "../features/index.js";
import { Network, type Runtime } from "../network/network.js";
import { sha256 } from "../network/sha256.js";

/** What the network needs of a tensor. */
export class FakeTensor {
  constructor(
    readonly type: string,
    readonly data: Float32Array | Float64Array,
    readonly dims: readonly number[] = [data.length],
  ) {}

  get size(): number {
    return this.data.length;
  }
}

/** Tensors by name. */
export type Tensors = Record<string, FakeTensor>;

const LEVELS = [0.1, 0.5, 0.9];
/** Values a slot of every output has. */
const WIDTHS = {
  quantiles: LEVELS.length,
  tokens: 64 * 2,
  mixture: MIXTURE_NUMBERS,
  median: 1,
  d_counts: FEATURE_SIZES.counts,
  d_local: FEATURE_SIZES.local,
  d_spectrum: FEATURE_SIZES.spectrum,
};

const bytesOf = (text: string) => new TextEncoder().encode(text);
/** A file that holds its own name. */
const named = async (file: string) => ({ file, sha256: await sha256(bytesOf(file)) });
const graph = async (file: string, batch: number) => ({ ...(await named(file)), batch });

/** The model's files; the graphs are named after the number of samples that they take. */
export const files = {
  weights: await named("weights"),
  densities: [await graph("four", 4), await graph("one", 1)],
  values: [await graph("values-eight", 8), await graph("values-two", 2)],
  gradients: [await graph("slopes", 2)],
};

interface Run {
  graph: string;
  feeds: Tensors;
  /** Sizes of the samples, slot by slot, when the run began. */
  n: number[];
}

/**
 * A network whose outputs of a sample of n points are n + k / 8192, k = 0, 1 … within its slot, and what it asks of its
 * files and its runtime.
 *
 * @param change alters the outputs of a run
 * @param parts the files that model.json names
 */
export async function fakeNetwork({
  change = async (outputs: Tensors): Promise<Tensors> => outputs,
  parts = files as Partial<typeof files>,
} = {}) {
  const log = {
    read: [] as string[],
    models: [] as string[],
    runs: [] as Run[],
    released: [] as string[],
    atOnce: 0,
    most: 0,
  };
  const refuse: { read?: string; open?: string } = {};
  const open: Runtime["open"] = async (model) => {
    const text = new TextDecoder().decode(model);
    const graph = text.replace(/weights$/, "");
    if (graph === refuse.open) throw new Error("no memory");
    log.models.push(text);
    const run = async (feeds: Tensors): Promise<Tensors> => {
      log.most = Math.max(log.most, ++log.atOnce);
      const n = [...(feeds.n.data as Float32Array)];
      log.runs.push({ graph, feeds, n });
      try {
        await new Promise((resolve) => setTimeout(resolve, 1));
        // Were the input arrays overwritten meanwhile, these would be other samples' numbers.
        const now = [...(feeds.n.data as Float32Array)];
        const outputs = Object.entries(WIDTHS).map(([name, width]) => {
          const data = Float32Array.from({ length: n.length * width }, (_, at) => {
            return now[Math.floor(at / width)] + (at % width) / 8192;
          });
          return [name, new FakeTensor("float32", data)];
        });
        return await change(Object.fromEntries(outputs));
      } finally {
        log.atOnce--;
      }
    };
    const release = async () => void log.released.push(graph);
    return { run, release } as unknown as Awaited<ReturnType<Runtime["open"]>>;
  };
  const manifest = {
    format: 2,
    name: "fake",
    parameters: 1,
    quantiles: LEVELS,
    range: { n: [8, 100], ceiling: 4 },
  };
  const runtime = { Tensor: FakeTensor as unknown as Runtime["Tensor"], open };
  const network = await Network.open(runtime, async (file) => {
    log.read.push(file);
    if (file === refuse.read) throw new Error("EIO");
    return bytesOf(file === "model.json" ? JSON.stringify({ ...manifest, files: parts }) : file);
  });
  return { network, log, refuse };
}
