import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { outModelOption, SHIPPED_MODEL, seedOption, threadsOption, wholeOption } from "../command/options.js";
import { command, interruptSignal, runCommand } from "../command/program.js";
import { makeCountsHead } from "../counts/make-head.js";
import { MODEL_FILE } from "../model/document.js";
import { addTable, writeTable } from "../release/tables.js";
import { startJax } from "../runtime/jax.js";

const program = command(
  "npm run counts-head --",
  "Trains the head that tells the mutual information of two columns of levels from a summary of their table of counts, and " +
    "writes it as counts.json.",
  `
Random tables of every shape are drawn (2 to 300 levels a side, 8 to 100,000
rows and some far larger, independent, functional, noisy, in blocks, ordered),
of which the information is known exactly. A small network learns its quantiles;
fresh draws then make the 90 % interval hold nine in ten truths.

DIR may be the folder of a model: the file is entered into its model.json. The
head does not depend on the model's weights. The same options give the same
file. The defaults take about ten minutes on one core.

Examples:
  npm run counts-head -- --out packages/infonet/model
  npm run counts-head -- --out runs/counts --draws 5000 --epochs 20
                                                      for a first look
`,
)
  .addOption(outModelOption().default(SHIPPED_MODEL))
  .addOption(wholeOption("--draws <N>", "random tables to train on", 100, 200_000))
  .addOption(wholeOption("--calibration-draws <N>", "fresh ones for the calibration", 100, 20_000))
  .addOption(wholeOption("--epochs <E>", "times that all of them are looked at", 1, 40))
  .addOption(seedOption("the draws and the initial weights"))
  .addOption(threadsOption(1))
  .action(async ({ out, ...options }) => {
    await startJax();
    const head = await makeCountsHead({
      ...{ hidden: [96, 96], batch: 512, rate: 3e-3, ...options },
      signal: interruptSignal("interrupted; nothing was written"),
      tell: (line) => process.stderr.write(`${line}\n`),
    });
    await mkdir(out, { recursive: true });
    const enter = existsSync(join(out, MODEL_FILE)) ? addTable : writeTable;
    await enter(out, "counts", head);
    process.stdout.write(`${join(out, "counts.json")}: ${head.draws} tables\n`);
  });

await runCommand(program);
