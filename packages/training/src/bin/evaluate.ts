import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { InfoNet } from "infonet";
import { type OrderScore, type OrderTest, orderTest, scoreOrder, type Triple } from "../evaluate/triples.js";

const HELP = `Measures the released network on the published order-test triples.

usage: npm run evaluate -- [options]

  --triples FILE   the triples (default ../shared/eval/gmm-triples.json)
  --n N            sample size (default 2000)
  --seed S         seed of the samples (default 1)
  --threads T      threads (default 2)
  --json           print JSON instead of a table
`;

const PUBLISHED = [99.8, 99.5, 99.0, 99.2, 99.1, 99.2, 99.0, 99.2, 99.3, 99.5];

const percent = (share: number): string => (100 * share).toFixed(1);

function row(name: string, mae: string, accuracies: string[], mean: string): string {
  return [name.padEnd(26), mae.padStart(7), ...accuracies.map((a) => a.padStart(6)), mean.padStart(7)].join(
    "",
  );
}

function scoreRow(name: string, score: OrderScore): string {
  return row(
    name,
    score.mae.toFixed(4),
    [...score.accuracy.values()].map(percent),
    percent(score.meanAccuracy),
  );
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      triples: { type: "string", default: "../shared/eval/gmm-triples.json" },
      n: { type: "string", default: "2000" },
      seed: { type: "string", default: "1" },
      threads: { type: "string", default: "2" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  if (!existsSync(values.triples)) {
    throw new Error(`${values.triples} does not exist; give the file of triples with --triples`);
  }
  const triples = JSON.parse(await readFile(values.triples, "utf8")) as Triple[];
  const n = Number(values.n);
  const seed = Number(values.seed);
  process.stderr.write(`${triples.length} triples, n = ${n}: samples and exact truths\n`);
  const tests: OrderTest[] = triples.map((triple, index) => orderTest(triple, n, seed, index));
  const net = await InfoNet.load({ threads: Number(values.threads) });
  const pairs = tests.flatMap(({ samples }) => samples.map(({ x, y }) => [x, y] as const));
  const start = performance.now();
  const results = await net.estimateMany(pairs);
  const milliseconds = (performance.now() - start) / pairs.length;
  const mi = results.map((result) => {
    if ("error" in result && result.error) throw new Error(`a pair failed: ${String(result.error)}`);
    return (result as { mi: number }).mi;
  });
  const estimates = tests.map((_, t) => [mi[2 * t], mi[2 * t + 1]] as const);
  const score = scoreOrder(tests, estimates);
  const floor = scoreOrder(
    tests,
    tests.map((test) => test.floor),
  );
  const model = net.info;
  await net.dispose();
  if (values.json) {
    const plain = (s: OrderScore) => ({ ...s, accuracy: Object.fromEntries(s.accuracy) });
    const result = { n, seed, model, infonet: plain(score), floor: plain(floor), milliseconds };
    process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
    return;
  }
  const heads = [...score.accuracy.keys()].map((k) => `K=${k}`);
  process.stdout.write(
    [
      `published triples, n = ${n}, seed ${seed}; MAE in nats, order accuracy in %`,
      row("", "MAE", heads, "mean"),
      scoreRow("infonet (this model)", score),
      scoreRow("noise floor", floor),
      row(
        "InfoNet, published",
        "–",
        PUBLISHED.map((a) => a.toFixed(1)),
        "99.3",
      ),
      `noise floor: mean exact log density ratio over the same sample. ${milliseconds.toFixed(2)} ms a pair.`,
      "",
    ].join("\n"),
  );
}

main().catch((error: unknown) => {
  process.stderr.write(`evaluate: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
