import { parseArgs } from "node:util";
import { positiveOption, runCommand, wholeOption } from "../command.js";
import { collectGpuRun } from "../gpu/collect.js";
import { prepareGpuRun } from "../gpu/prepare.js";
import { startJax } from "../jax.js";
import { DEFAULT_SCHEDULE } from "../loop/schedule.js";

const HELP = `Trains the network on a GPU: the same step, run by JAX. Before and after that, on any machine:

usage: npm run gpu -- prepare DIR [options]
       python3 packages/training/gpu/train.py DIR    needs: pip install "jax[cuda12]" onnx; see its --help
       npm run gpu -- collect DIR RUN

prepare writes the step and the validation as ONNX, the state to start from, and run.json into DIR. train.py
adds DIR/result. collect makes of it a checkpoint in RUN: for npm run export -- RUN, or to go on from.

  --init MODEL   start from the weights of an exported model, with a fresh optimiser; give another --seed
  --resume RUN   go on from the checkpoint of an earlier run; its seed, rate and warm-up are the defaults then
  --batch B      distributions a step (default 512)
  --seed S       seed of the stream of distributions (default 1)
  --rate R       highest learning rate (default ${DEFAULT_SCHEDULE.peakRate})
  --warmup N     steps of linear rise at the start (default ${DEFAULT_SCHEDULE.warmup})

example: npm run gpu -- prepare runs/gpu --init packages/infonet/model --seed 201 --rate 0.0025 --warmup 300
`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      init: { type: "string" },
      resume: { type: "string" },
      batch: { type: "string", default: "512" },
      seed: { type: "string" },
      rate: { type: "string" },
      warmup: { type: "string" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const [command, folder, out] = positionals;
  if (command === "prepare" && positionals.length === 2) {
    await startJax();
    const { record, parameters } = await prepareGpuRun(folder, {
      init: values.init,
      resume: values.resume,
      batch: wholeOption("batch", values.batch, 1),
      seed: values.seed === undefined ? undefined : wholeOption("seed", values.seed, 0),
      peakRate: values.rate === undefined ? undefined : positiveOption("rate", values.rate),
      warmup: values.warmup === undefined ? undefined : wholeOption("warmup", values.warmup, 1),
    });
    process.stdout.write(
      `${folder}: a step of ${record.batch} distributions, ${parameters.toLocaleString("en")} parameters that have seen ` +
        `${record.seen.toLocaleString("en")}\nnext: python3 packages/training/gpu/train.py ${folder}\n`,
    );
  } else if (command === "collect" && positionals.length === 3) {
    const { step, seen, minutes, validation } = await collectGpuRun(folder, out);
    const losses = Object.entries(validation).map(([name, value]) => `${name} ${value.toFixed(4)}`);
    process.stdout.write(
      `${out}: ${step.toLocaleString("en")} steps, ${seen.toLocaleString("en")} distributions, ` +
        `${minutes.toFixed(1)} min, validation: ${losses.join("  ")}\nnext: npm run export -- ${out}\n`,
    );
  } else {
    throw new TypeError(`"${positionals.join(" ")}" is no command; give prepare DIR, or collect DIR RUN`);
  }
}

runCommand("gpu", main);
