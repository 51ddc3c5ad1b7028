import {
  inheritedRateOption,
  rateOption,
  seedOption,
  startOptions,
  wholeOption,
} from "../command/options.js";
import { command, runCommand, subcommand } from "../command/program.js";
import { collectGpuRun } from "../gpu/collect.js";
import { prepareGpuRun } from "../gpu/prepare.js";
import { DEFAULT_SCHEDULE } from "../optimize/schedule.js";
import { startJax } from "../runtime/jax.js";

const program = command(
  "npm run gpu --",
  "Trains the network on a GPU: the same step, run by JAX. What comes before and after that, on any machine.",
  `
Example:
  npm run gpu -- prepare runs/gpu --init models/first --seed 201 --rate 0.0025
  python3 packages/training/gpu/train.py runs/gpu
  npm run gpu -- collect runs/gpu runs/next
  npm run release-model -- runs/next

train.py needs: pip install "jax[cuda12]" onnx; it has a --help of its own.
`,
);

const [init, resume] = startOptions();

subcommand(
  program,
  "prepare",
  "Writes what a run needs into a folder: the step and the validation as ONNX, the state to start from, and run.json.",
  `
The stream of distributions goes on after those that the starting weights have
seen. Next: python3 packages/training/gpu/train.py DIR
`,
)
  .argument("<DIR>", "folder for the run")
  .addOption(init)
  .addOption(resume)
  .addOption(wholeOption("--batch <B>", "distributions a step", 1, 512))
  .addOption(
    seedOption("the stream of distributions (default: that of the resumed run, else 1)").default(undefined),
  )
  .addOption(rateOption(`default: that of the resumed run, else ${DEFAULT_SCHEDULE.peakRate}`))
  .addOption(inheritedRateOption())
  .addOption(
    wholeOption(
      "--warmup <N>",
      `steps of linear rise at the start (default: those of the resumed run, else ${DEFAULT_SCHEDULE.warmup})`,
      1,
    ),
  )
  .action(async (folder: string, { rate, ...options }) => {
    await startJax();
    const { record, parameters } = await prepareGpuRun(folder, { ...options, peakRate: rate });
    process.stdout.write(
      `${folder}: a step of ${record.batch} distributions, ${parameters.toLocaleString("en")} parameters that have seen ` +
        `${record.seen.toLocaleString("en")}\nnext: python3 packages/training/gpu/train.py ${folder}\n`,
    );
  });

subcommand(
  program,
  "collect",
  "Makes a checkpoint of what train.py left in the folder, to release it or to go on from it.",
)
  .argument("<DIR>", "folder of the run")
  .argument("<RUN>", "folder for the checkpoint")
  .action(async (folder: string, out: string) => {
    const { step, seen, minutes, validation } = await collectGpuRun(folder, out);
    const losses = Object.entries(validation).map(([name, value]) => `${name} ${value.toFixed(4)}`);
    process.stdout.write(
      `${out}: ${step.toLocaleString("en")} steps, ${seen.toLocaleString("en")} distributions, ` +
        `${minutes.toFixed(1)} min, validation: ${losses.join("  ")}\nnext: npm run release-model -- ${out}\n`,
    );
  });

await runCommand(program);
