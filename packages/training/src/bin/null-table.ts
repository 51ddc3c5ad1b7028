import { parseArgs } from "node:util";
import { nullStatistics, SIZES, TAIL, tailQuantiles } from "../null-table.js";
import { openReleased } from "../released.js";

const HELP = `Tabulates the estimate under independence for the released weights, from which p-values are read,
and enters the table (null.json) into model.json.

usage: npm run null-table -- [options]

  --model DIR    folder of the model (default packages/infonet/model)
  --draws N      random permutations a sample size (default 10000)
  --seed S       seed of the permutations (default 1)
  --threads T    threads (default 2)
`;

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
  const model = await openReleased(values.model, Number(values.threads));
  const { session, batch, levels, median } = model;
  const statistic: number[][] = [];
  const start = performance.now();
  for (const n of SIZES) {
    const statistics = await nullStatistics({ session, batch, median, levels, n, draws, seed });
    const row = tailQuantiles(statistics, TAIL);
    statistic.push(row.map((value) => Number(value.toPrecision(6))));
    const [half, five] = [0.5, 0.05].map((probability) => Math.max(0, row[TAIL.indexOf(probability)]) ** 2);
    const seconds = (performance.now() - start) / 1000;
    process.stderr.write(
      `n ${n}: median estimate ${half.toFixed(5)}, 5 % exceed ${five.toFixed(5)} nats  (${seconds.toFixed(0)} s)\n`,
    );
  }
  await session.release();
  const path = await model.add("null", {
    weights: model.weights,
    draws,
    seed,
    n: SIZES,
    tail: TAIL,
    statistic,
  });
  process.stdout.write(`${path}: ${SIZES.length} sample sizes, ${draws} permutations each\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`null-table: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
