import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { join as joinModel } from "jax-onnx";
import { nullStatistics, SIZES, TAIL, tailQuantiles } from "../null-table.js";
import { openSession } from "../session.js";

const HELP = `Tabulates the estimate under independence for the released weights, from which p-values are read,
and enters the table (null.json) into model.json.

usage: npm run null-table -- [options]

  --model DIR    folder of the model (default packages/infonet/model)
  --draws N      random permutations a sample size (default 10000)
  --seed S       seed of the permutations (default 1)
  --threads T    threads (default 2)
`;

/** What is used of model.json, and the rest as it is. */
interface Model {
  quantiles: number[];
  files: {
    weights: { file: string; sha256: string };
    graphs: Array<{ batch: number; file: string; sha256: string }>;
    null?: { file: string; sha256: string };
  };
}

const FILE = "null.json";

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      model: { type: "string", default: "packages/infonet/model" },
      draws: { type: "string", default: "10000" },
      seed: { type: "string", default: "1" },
      threads: { type: "string", default: "2" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const draws = Number(values.draws);
  const seed = Number(values.seed);
  const path = (file: string): string => join(values.model, file);
  const model = JSON.parse(await readFile(path("model.json"), "utf8")) as Model;
  const { weights, graphs } = model.files;
  const graph = graphs.reduce((largest, other) => (other.batch > largest.batch ? other : largest));
  const bytes = joinModel(await readFile(path(graph.file)), await readFile(path(weights.file)));
  const session = await openSession(bytes, Number(values.threads));
  const median = model.quantiles.indexOf(0.5);
  const levels = model.quantiles.length;
  const statistic: number[][] = [];
  const start = performance.now();
  for (const n of SIZES) {
    const statistics = await nullStatistics({ session, batch: graph.batch, median, levels, n, draws, seed });
    const row = tailQuantiles(statistics, TAIL);
    statistic.push(row.map((value) => Number(value.toPrecision(6))));
    const [half, five] = [0.5, 0.05].map((probability) => Math.max(0, row[TAIL.indexOf(probability)]) ** 2);
    const seconds = (performance.now() - start) / 1000;
    process.stderr.write(
      `n ${n}: median estimate ${half.toFixed(5)}, 5 % exceed ${five.toFixed(5)} nats  (${seconds.toFixed(0)} s)\n`,
    );
  }
  await session.release();
  const table = { weights: weights.sha256, draws, seed, n: SIZES, tail: TAIL, statistic };
  const text = `${JSON.stringify(table)}\n`;
  model.files.null = { file: FILE, sha256: createHash("sha256").update(text).digest("hex") };
  await writeFile(path(FILE), text);
  await writeFile(path("model.json"), `${JSON.stringify(model, null, 2)}\n`);
  process.stdout.write(`${path(FILE)}: ${SIZES.length} sample sizes, ${draws} permutations each\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`null-table: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
