import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { InfoNet } from "infonet";
import { runCommand } from "../command.js";
import type { Estimator } from "../evaluate/estimator.js";
import { infonetEstimator } from "../evaluate/infonet.js";
import { SECTIONS, type SectionResult } from "../evaluate/sections.js";

const HELP = `Measures the released network: the scoreboard.

usage: npm run evaluate -- [SECTION …] [options]

sections (default: all)
  triples    the published order-test triples, n = 2000 and 5000
  copulas    nine parametric copulas
  unseen     the paper's families: normal, additive uniform, gamma–exponential
  sizes      both and more at n = 200, 1000 and 5000
  strong     strong dependence up to 7 nats, n up to 100,000
  coverage   the 90 % interval on fresh draws from the prior
  level      the independence test on continuous, tied and categorical data

  --quick          fewer draws
  --triples FILE   the triples (default ../shared/eval/gmm-triples.json)
  --seed S         seed of the samples (default 1)
  --threads T      threads (default 2)
  --model DIR      folder of another model
  --json           print JSON instead of tables
`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      quick: { type: "boolean", default: false },
      triples: { type: "string", default: "../shared/eval/gmm-triples.json" },
      seed: { type: "string", default: "1" },
      threads: { type: "string", default: "2" },
      model: { type: "string" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const names = positionals.length > 0 ? positionals : Object.keys(SECTIONS);
  for (const name of names) {
    if (SECTIONS[name] === undefined) {
      throw new TypeError(`${name} is no section; take one of ${Object.keys(SECTIONS).join(", ")}`);
    }
  }
  const seed = Number(values.seed);
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new TypeError(`--seed is "${values.seed}"; give a whole number from 0`);
  }
  const net = await InfoNet.load({ threads: Number(values.threads), model: values.model });
  let pairs = 0;
  let milliseconds = 0;
  const estimate = infonetEstimator(net);
  const estimator: Estimator = async (samples) => {
    const start = performance.now();
    const results = await estimate(samples);
    milliseconds += performance.now() - start;
    pairs += samples.length;
    return results;
  };
  const sections: Record<string, SectionResult> = {};
  for (const name of names) {
    const result = await SECTIONS[name](estimator, {
      seed,
      quick: values.quick,
      triples: values.triples,
      tell: (line) => process.stderr.write(`${line}\n`),
    });
    if (result === undefined) continue;
    sections[name] = result;
    if (!values.json) process.stdout.write(`\n${result.title}\n\n${result.text}\n`);
  }
  const { info } = net;
  await net.dispose();
  const machine = `${cpus()[0]?.model ?? "unknown"}, ${cpus().length} cores, node ${process.version}`;
  if (values.json) {
    const data = Object.fromEntries(
      Object.entries(sections).map(([name, { title, data }]) => [name, { title, data }]),
    );
    process.stdout.write(
      `${JSON.stringify({ model: info, seed, quick: values.quick, machine, sections: data }, null, 2)}\n`,
    );
    return;
  }
  process.stdout.write(
    `\n${info.name} ${info.sha256.slice(0, 12)}, seed ${seed}; ${pairs} pairs, ${(milliseconds / pairs).toFixed(2)} ms each with ${values.threads} threads (${machine})\n`,
  );
}

runCommand("evaluate", main);
