import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { runCommand } from "../command.js";
import { SIZES, TAIL } from "../null-table.js";
import type { NullWorkerReply, NullWorkerSetup } from "../null-worker.js";
import { openReleased } from "../released.js";

const HELP = `Tabulates the statistics of the independence test for the released weights, from which p-values are
read, and enters the table (null.json) into model.json.

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
  const folder = values.model;
  const draws = Number(values.draws);
  const seed = Number(values.seed);
  const threads = Number(values.threads);
  const model = await openReleased(folder);
  const rows = await tabulate({ folder, draws, seed }, threads);
  const table = (statistic: keyof NullWorkerReply["rows"]): number[][] =>
    SIZES.map((n) => rows.get(n)![statistic].map((value) => Number(value.toPrecision(5))));
  const path = await model.add("null", {
    weights: model.weights,
    draws,
    seed,
    n: SIZES,
    tail: TAIL,
    information: table("information"),
    waves: table("waves"),
    combined: table("combined"),
  });
  process.stdout.write(`${path}: ${SIZES.length} sample sizes, ${draws} permutations each\n`);
}

/** Has the threads work through the sample sizes, the longest first, and tells of each. */
async function tabulate(setup: NullWorkerSetup, threads: number) {
  const rows = new Map<number, NullWorkerReply["rows"]>();
  const waiting = [...SIZES].sort((a, b) => a - b);
  const start = performance.now();
  const work = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL("../null-worker.js", import.meta.url), { workerData: setup });
      const next = (): void => {
        const n = waiting.pop();
        if (n === undefined) worker.terminate().then(() => resolve(), reject);
        else worker.postMessage(n);
      };
      worker.on("error", reject);
      worker.on("message", ({ n, rows: found }: NullWorkerReply) => {
        rows.set(n, found);
        const [half, five] = [0.5, 0.05].map((p) => Math.max(0, found.information[TAIL.indexOf(p)]) / n);
        process.stderr.write(
          `n ${n}: median estimate ${half.toFixed(5)}, 5 % exceed ${five.toFixed(5)} nats  ` +
            `(${rows.size} of ${SIZES.length}, ${((performance.now() - start) / 1000).toFixed(0)} s)\n`,
        );
        next();
      });
      next();
    });
  await Promise.all(Array.from({ length: threads }, work));
  return rows;
}

runCommand("null-table", main);
