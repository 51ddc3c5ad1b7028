import { outModelOption } from "../command/options.js";
import { command, runCommand } from "../command/program.js";
import { loadCheckpoint } from "../loop/checkpoint.js";
import { meanOfRuns } from "../loop/mean-of-runs.js";
import { exportModel } from "../release/export-model.js";
import { refuseTables } from "../release/tables.js";
import { startJax } from "../runtime/jax.js";

const program = command(
  "npm run export --",
  "Writes the network of a training run as a bare model: weights, graphs and model.json.",
  `
A bare model has no tables: no p-values, and intervals that are too wide. It is
for a look at a run (npm run evaluate -- --model DIR) and to start another run
from (npm run train -- --init DIR); a model to be used is made by npm run
release-model, of which this is the first step.

Of several runs that started from each other, in the order of training, the
mean of the weights is written: it is often better than any of them.

Examples:
  npm run export -- runs/first --out models/first
  npm run export -- runs/fifth runs/sixth runs/seventh --out models/mean
`,
)
  .argument("<RUN...>", "folders of training runs, as given to npm run train as --out")
  .addOption(outModelOption().makeOptionMandatory())
  .action(async (runs: string[], { out }) => {
    refuseTables(out);
    const checkpoint = meanOfRuns(await Promise.all(runs.map(loadCheckpoint)));
    await startJax();
    const { sha256, bytes } = await exportModel(checkpoint, out);
    process.stdout.write(
      `${out}: ${(bytes / 1e6).toFixed(2)} MB, weights ${sha256.slice(0, 16)}…, without calibration and p-values\n`,
    );
  });

await runCommand(program);
