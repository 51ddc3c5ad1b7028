import { parseArgs } from "node:util";
import { runCommand } from "../command.js";
import { exportModel } from "../export.js";
import { startJax } from "../jax.js";
import { loadCheckpoint } from "../loop/checkpoint.js";
import { meanOfRuns } from "../loop/mean-of-runs.js";
import { SMALLEST } from "../stream/index.js";

const HELP = `Writes the network of a training run as the files that infonet ships: weights, graphs (as npm run graphs
does) and model.json.

usage: npm run export -- DIR [DIR …] [--to packages/infonet/model]

DIR is the folder given to npm run train as --out. Of several runs that started from each other, in the order of training,
the mean of the weights is written: it is often better than any of them. Afterwards measure what goes with the weights:
npm run calibrate (intervals) and npm run null-table (p-values)
`;

/**
 * Sample sizes that the network takes: those of nearly the whole stream. Of longer samples a random choice of
 * 10,000 rows was better on prior draws of n = 50,000 and 150,000 than any larger one (docs/training.md).
 */
const TRAINED_SIZES = [SMALLEST, 10_000] as const;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      to: { type: "string", default: "packages/infonet/model" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  if (positionals.length === 0) throw new TypeError("give the folder of a training run, or of several");
  await startJax();
  const runs = await Promise.all(positionals.map(loadCheckpoint));
  const { sha256, bytes } = await exportModel(meanOfRuns(runs), values.to, TRAINED_SIZES);
  process.stdout.write(`${values.to}: ${(bytes / 1e6).toFixed(2)} MB, weights ${sha256.slice(0, 16)}…\n`);
}

runCommand("export", main);
