/** A process of the suite `scale`: one matrix, its time and its peak memory, sent to the parent. */
import { Random } from "@infonet/training/evaluate";
import { InfoNet } from "infonet";

/** The table to make and how to treat it. */
export interface MatrixTask {
  columns: number;
  rows: number;
  seed: number;
  threads: number;
  model: string | undefined;
}

/** What was measured. */
export interface MatrixRun {
  columns: number;
  rows: number;
  pairs: number;
  /** Pairs whose estimate rests on some of the rows, chosen at random: more than the model takes. */
  thinned: number;
  seconds: number;
  /** Largest resident memory of the process, 10⁶ bytes. */
  megabytes: number;
}

const send = (message: { progress: string } | { result: MatrixRun }): void => {
  process.send?.(message);
};

const { columns, rows, seed, threads, model } = JSON.parse(process.argv[2]) as MatrixTask;
const title = `${columns} columns × ${rows} rows`;
send({ progress: `${title}: drawing` });
const shared = new Random(seed, 0);
const common = Float64Array.from({ length: rows }, () => shared.normal());
const table = Array.from({ length: columns }, (_, k) => {
  const rng = new Random(seed, k + 1);
  const weight = k % 5 === 0 ? 1 : 0;
  return { name: `c${k}`, values: common.map((c) => rng.normal() + weight * c) };
});
const net = await InfoNet.load({ threads, model });
const start = performance.now();
let told = start;
const { pairs } = await net.matrix(table, {
  seed,
  onProgress: ({ done, total }) => {
    if (performance.now() - told < 1000) return;
    told = performance.now();
    send({ progress: `${title}: ${done} of ${total} pairs` });
  },
});
const seconds = (performance.now() - start) / 1000;
await net.dispose();
let thinned = 0;
for (const pair of pairs) {
  if (pair.error !== undefined)
    throw new Error(`${pair.x} and ${pair.y} could not be estimated: ${pair.error}`);
  if (pair.warnings.some(({ code }) => code === "thinned")) thinned++;
}
// maxRSS is in KiB.
const megabytes = (process.resourceUsage().maxRSS * 1024) / 1e6;
send({ result: { columns, rows, pairs: pairs.length, thinned, seconds, megabytes } });
process.disconnect?.();
