import { parseArgs } from "node:util";
import {
  ARCHITECTURE_NAMES,
  type Architecture,
  architectureNamed,
  type NetworkConfig,
} from "../architecture/index.js";
import { positiveOption, runCommand, wholeOption } from "../command.js";
import { startJax } from "../jax.js";
import { DEFAULT_BATCH } from "../loop/starting-point.js";
import { train } from "../loop/train.js";
import { VALIDATION_BATCHES } from "../loop/validation.js";

const HELP = `Trains the network on synthetic distributions.

usage: npm run train -- --out DIR [options]

  --out DIR        folder for checkpoint.bin, log.jsonl and loss.svg
  --minutes M      training time; the learning rate falls to zero towards its end (default 90)
  --seed S         seed of the initial weights and of the stream of distributions (default 1)
  --resume DIR     go on from the checkpoint of an earlier run
  --init DIR       start from the weights of an exported model, with a fresh optimiser; give another --seed
  --architecture NAME  ${ARCHITECTURE_NAMES.join(" (default) or ")}
  --network JSON   sizes, where they differ from the architecture's own: '{"width":96,"blocks":2}'
  --no-orthogonal  plain AdamW for the matrices of the blocks too, instead of orthogonalised steps (Muon)
  --steps N        stop after N steps, whatever the time
  --batch B        distributions a step (default ${DEFAULT_BATCH})
  --rate R         highest learning rate (default 0.0028)
  --threads T      threads of the arithmetic (default 1)
  --workers W      worker threads that generate distributions (default 1)
  --evaluate-every M   minutes between evaluations and checkpoints (default 5)

Ctrl-C saves and ends. Afterwards: npm run export -- DIR

example: npm run train -- --minutes 90 --seed 1 --out runs/first
`;

/** Sizes of the network, the defaults where the JSON says nothing, or a usage error. */
function sizes({ name, defaults, optional = [] }: Architecture<NetworkConfig>, text: string): NetworkConfig {
  let given: Partial<NetworkConfig>;
  try {
    given = JSON.parse(text);
  } catch {
    throw new TypeError(`--network is ${text}; give JSON such as {"width":96,"blocks":2}`);
  }
  const known = [...Object.keys(defaults), ...optional];
  // Sizes of the other architecture would otherwise train this one at its defaults, without a word.
  for (const key of Object.keys(given)) {
    if (!known.includes(key)) {
      throw new TypeError(`--network has ${key}; the sizes of a ${name} are ${known.join(", ")}`);
    }
  }
  return { ...defaults, ...given };
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    allowNegative: true,
    options: {
      out: { type: "string" },
      minutes: { type: "string", default: "90" },
      seed: { type: "string", default: "1" },
      resume: { type: "string" },
      init: { type: "string" },
      architecture: { type: "string" },
      network: { type: "string" },
      orthogonal: { type: "boolean", default: true },
      steps: { type: "string" },
      batch: { type: "string", default: String(DEFAULT_BATCH) },
      rate: { type: "string" },
      threads: { type: "string", default: "1" },
      workers: { type: "string", default: "1" },
      "evaluate-every": { type: "string", default: "5" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  if (values.out === undefined) throw new TypeError("--out is missing; give a folder for the run");
  const seed = wholeOption("seed", values.seed, 0);
  const architecture = architectureNamed(values.architecture);
  const stop = new AbortController();
  process.once("SIGINT", () => stop.abort());
  process.once("SIGTERM", () => stop.abort());
  await startJax();
  await train({
    out: values.out,
    minutes: positiveOption("minutes", values.minutes),
    seed,
    batch: positiveOption("batch", values.batch),
    threads: positiveOption("threads", values.threads),
    workers: positiveOption("workers", values.workers),
    evaluateEvery: positiveOption("evaluate-every", values["evaluate-every"]),
    validationBatches: VALIDATION_BATCHES,
    orthogonal: values.orthogonal,
    architecture: architecture.name,
    ...(values.resume === undefined ? {} : { resume: values.resume }),
    ...(values.init === undefined ? {} : { init: values.init }),
    ...(values.network === undefined ? {} : { network: sizes(architecture, values.network) }),
    ...(values.steps === undefined ? {} : { steps: positiveOption("steps", values.steps) }),
    ...(values.rate === undefined ? {} : { peakRate: positiveOption("rate", values.rate) }),
    signal: stop.signal,
  });
}

runCommand("train", main);
