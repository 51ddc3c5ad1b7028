import { parseArgs } from "node:util";
import { runCommand } from "../command.js";
import { exportModel } from "../export.js";
import { startJax } from "../jax.js";
import { loadCheckpoint } from "../loop/checkpoint.js";
import { SMALLEST } from "../stream/index.js";

const HELP = `Writes the network of a training run as the files that infonet ships: weights, graphs (as npm run graphs
does) and model.json.

usage: npm run export -- DIR [--to packages/infonet/model]

DIR is the folder given to npm run train as --out. Afterwards measure what goes with the weights:
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
  if (positionals.length !== 1) throw new TypeError("give one folder: that of a training run");
  await startJax();
  const { sha256, bytes } = await exportModel(await loadCheckpoint(positionals[0]), values.to, TRAINED_SIZES);
  process.stdout.write(`${values.to}: ${(bytes / 1e6).toFixed(2)} MB, weights ${sha256.slice(0, 16)}…\n`);
}

runCommand("export", main);
