import { Option } from "commander";
import {
  calibrationDrawsOption,
  nullDrawsOption,
  outModelOption,
  SHIPPED_MODEL,
  seedOption,
  threadsOption,
  wholeOption,
  workersOption,
} from "../command/options.js";
import { command, interruptSignal, runCommand } from "../command/program.js";
import { loadCheckpoint } from "../loop/checkpoint.js";
import { meanOfRuns } from "../loop/mean-of-runs.js";
import { releaseModel } from "../release/release-model.js";
import { startJax } from "../runtime/jax.js";

const program = command(
  "npm run release-model --",
  "Makes a model of a training run: weights, graphs, calibration of the interval, heads that correct it, null table of " +
    "the independence test, and model.json that names them all.",
  `
Six steps, in this order: export, graphs, calibration, levels, rows (heads that
correct what the network says), null table; nearly all of the time goes into the
last four. Ctrl-C, a crash or a lost machine costs
little: the same command goes on where it was and ends with the same bytes. All
is made in DIR.partial; DIR stays as it was until everything is there, and then
is replaced at once: there is never a model without its p-values. Other draws,
seeds or runs than those of an unfinished release are refused.

The head of tables of counts (counts.json) does not depend on the weights: it is
carried over; npm run counts-head makes another one. So are the tables of the
model that is replaced if its estimates are the same to the last bit: after
training with --only density or --only normal.

Of several runs that started from each other, in the order of training, the
mean of the weights is taken.

The steps are commands of their own as well, for a model that is there already:
npm run graphs, npm run calibrate, npm run network-head, npm run null-table; npm
run export writes a bare model without tables.

Examples:
  npm run release-model -- runs/first
  npm run release-model -- runs/fifth runs/sixth --out models/mean
  npm run release-model -- runs/first --out models/try \\
    --calibration-draws 2000 --head-draws 500 --null-draws 1000
                                                      for a first look

Afterwards: npm run evaluate, see docs/training.md
`,
)
  .argument("<RUN...>", "folders of training runs, as given to npm run train as --out")
  .addOption(outModelOption().default(SHIPPED_MODEL))
  .addOption(calibrationDrawsOption("--calibration-draws"))
  .addOption(
    wholeOption("--head-draws <N>", "random laws that each head is trained on (default: its own)", 100),
  )
  .addOption(nullDrawsOption("--null-draws"))
  .addOption(
    new Option("--counts <FILE>", "head of tables of counts that the model gets").default(
      `${SHIPPED_MODEL}/counts.json`,
    ),
  )
  .addOption(seedOption("the draws of all tables"))
  .addOption(threadsOption(2))
  .addOption(workersOption())
  .action(async (runs: string[], options) => {
    const { out, counts, seed, calibrationDraws, headDraws, nullDraws, threads, workers } = options;
    const checkpoint = meanOfRuns(await Promise.all(runs.map(loadCheckpoint)));
    await startJax();
    const { weights } = await releaseModel(checkpoint, out, {
      calibration: { draws: calibrationDraws, seed },
      heads: { ...(headDraws !== undefined && { draws: headDraws }), seed },
      null: { draws: nullDraws, seed },
      counts,
      earlier: out,
      threads,
      workers,
      signal: interruptSignal("interrupted; the same command goes on where it was"),
      tell: (line) => process.stderr.write(`${line}\n`),
    });
    process.stdout.write(`${out}: weights ${weights.slice(0, 16)}…, calibrated, with p-values\n`);
  });

await runCommand(program);
