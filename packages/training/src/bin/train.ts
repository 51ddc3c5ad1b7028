import { ARCHITECTURE_NAMES, architectureNamed } from "../architecture/index.js";
import { networkSizes } from "../command/network-sizes.js";
import {
  inheritedRateOption,
  oneOf,
  onlyOption,
  positiveOption,
  rateOption,
  seedOption,
  startOptions,
  threadsOption,
  wholeOption,
  workersOption,
} from "../command/options.js";
import { command, interruptSignal, runCommand } from "../command/program.js";
import { DEFAULT_BATCH } from "../loop/starting-point.js";
import { train } from "../loop/train.js";
import { VALIDATION_BATCHES } from "../loop/validation.js";
import { DEFAULT_SCHEDULE } from "../optimize/schedule.js";
import { startJax } from "../runtime/jax.js";

const [init, resume] = startOptions();

const program = command(
  "npm run train --",
  "Trains a network on synthetic distributions, whose mutual information is known exactly. The learning rate rises over the " +
    "first steps and falls to zero towards the end of the planned time.",
  `
What is written into --out: checkpoint.bin, log.jsonl and loss.svg, at every
evaluation. Ctrl-C saves and ends; --resume goes on, bit for bit as if there
had been no break.

Examples:
  npm run train -- --out runs/first --minutes 90 --seed 1
  npm run train -- --out runs/first --resume runs/first --minutes 150
  npm run train -- --out runs/second --init models/first --seed 2 --rate 0.001
  npm run train -- --out runs/other --architecture perceiver \\
    --network '{"latents":64,"blocks":4}'

Afterwards: npm run release-model -- DIR. How to judge a run: docs/training.md
`,
)
  .requiredOption("--out <DIR>", "folder for the run")
  .addOption(positiveOption("--minutes <M>", "training time in all, with that of the resumed run", 90))
  .addOption(seedOption("the initial weights and of the stream of distributions").conflicts("resume"))
  .addOption(init)
  .addOption(resume)
  .option(
    "--architecture <NAME>",
    `${ARCHITECTURE_NAMES[0]} (default), ${ARCHITECTURE_NAMES.slice(1).join(" or ")}`,
    oneOf("--architecture", ARCHITECTURE_NAMES),
  )
  .option("--network <JSON>", "sizes of the network, where they differ from the architecture's own")
  .option(
    "--no-orthogonal",
    "plain AdamW for the matrices of the blocks too, instead of orthogonalised steps (Muon)",
  )
  .addOption(
    wholeOption("--steps <N>", "stop after N steps; the rate then falls with the steps, not the time", 1),
  )
  .addOption(wholeOption("--batch <B>", "distributions a step", 1, DEFAULT_BATCH))
  .addOption(rateOption(`default: ${DEFAULT_SCHEDULE.peakRate}`).conflicts("resume"))
  .addOption(inheritedRateOption())
  .addOption(onlyOption())
  .addOption(threadsOption(1))
  .addOption(workersOption())
  .addOption(positiveOption("--evaluate-every <M>", "minutes between evaluations, which save", 5))
  .action(async ({ network, rate, ...options }) => {
    await startJax();
    await train({
      ...options,
      validationBatches: VALIDATION_BATCHES,
      peakRate: rate,
      network: network && networkSizes(architectureNamed(options.architecture), network),
      signal: interruptSignal("interrupted while it saved; the checkpoint before is whole"),
    });
  });

await runCommand(program);
