import { join } from "node:path";
import { Argument } from "commander";
import { modelOption, seedOption, wholeOption } from "../command/options.js";
import { command, interruptSignal, runCommand } from "../command/program.js";
import { makeNetworkHead, NETWORK_HEADS, type NetworkHeadKind } from "../release/network-head.js";
import { openQuantileModel } from "../release/quantile-model.js";
import { addTable } from "../release/tables.js";
import { startJax } from "../runtime/jax.js";

const program = command(
  "npm run network-head --",
  "Trains a head that corrects what a model says, and enters it into the model.json.",
  `
Kinds:
  levels   levels beside a number (levels.json): laws with 2 to 256 levels that
           differ in means, spreads, shapes or nothing, 8 to 10,000 rows
  rows     more rows than the network takes at once (rows.json): laws of the
           prior, 10,001 to 300,000 rows

Random laws are drawn of which the information is known. A small network learns
its quantiles from those of the model and from what the sample shows without
the model; fresh draws then make the 90 % interval hold nine in ten truths.

npm run release-model does both. Alone it is of use after a change of the laws,
or of what a head reads. The same options give the same file. On one core levels
take forty minutes, rows an hour and a half.

Example:
  npm run network-head -- levels --model models/try --draws 5000 --epochs 20
                                                      for a first look
`,
)
  .addArgument(new Argument("<KIND>", "which head").choices(NETWORK_HEADS))
  .addOption(modelOption())
  .addOption(wholeOption("--draws <N>", "random laws to train on", 100))
  .addOption(wholeOption("--calibration-draws <N>", "fresh ones for the calibration", 100))
  .addOption(wholeOption("--epochs <E>", "times that all of them are looked at", 1))
  .addOption(seedOption("the draws and the initial weights"))
  .action(async (kind: NetworkHeadKind, { model: folder, ...options }) => {
    await startJax();
    const model = await openQuantileModel(folder);
    const { head, ...document } = await makeNetworkHead(kind, model, {
      ...options,
      signal: interruptSignal("interrupted; nothing was written"),
      tell: (line) => process.stderr.write(`${line}\n`),
    });
    await model.close();
    const file = await addTable(folder, kind, { ...document, head });
    process.stdout.write(`${join(folder, file)}: ${head.draws} laws\n`);
  });

await runCommand(program);
