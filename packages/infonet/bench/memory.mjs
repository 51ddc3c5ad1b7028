/**
 * Whether memory stays where it is over many calls and many models:
 *
 *   npm run bench:memory [-- --estimates 10000 --loads 200 --threaded 20 --json]
 *
 * 1. Estimates, one after the other, by one model.
 * 2. Models that are loaded, used and disposed of, on the calling thread.
 * 3. The same with two worker threads each.
 *
 * Each part prints the resident set and the heap of JavaScript at ten checkpoints after the garbage was collected, and the
 * slopes through the second half of them: the first half may still fill caches and pools of the allocator. It fails if a
 * slope says that more is kept, per call or model, than the least that a forgotten result or model would take.
 */
import { parseArgs } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { InfoNet } from "infonet";
import { uniforms } from "./random.mjs";

const { values } = parseArgs({
  options: {
    estimates: { type: "string", default: "10000" },
    loads: { type: "string", default: "200" },
    threaded: { type: "string", default: "20" },
    json: { type: "boolean", default: false },
  },
});

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");

const CHECKPOINTS = 10;
const MB = 1 << 20;

const uniform = uniforms(1);
const ROWS = 300;
const column = () => Float64Array.from({ length: ROWS }, uniform);
const x = column();
const columns = Object.fromEntries(Array.from({ length: 8 }, (_, k) => [`c${k}`, column()]));

async function measure() {
  // Twice with a pause: finalizers of native memory run in between.
  collect();
  await new Promise((resolve) => setTimeout(resolve, 50));
  collect();
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rss, heap: heapUsed + external };
}

/** Slope of equidistant values, a step: the median over all pairs (Theil and Sen), which a single jump does not change. */
function slopeOf(list) {
  const slopes = list.flatMap((from, i) => list.slice(i + 1).map((to, k) => (to - from) / (k + 1)));
  slopes.sort((a, b) => a - b);
  return (slopes[(slopes.length - 1) >> 1] + slopes[slopes.length >> 1]) / 2;
}

/**
 * One part: `count` times some work.
 *
 * @param most bytes that may be kept each time: of the resident set, of the heap
 */
async function part(name, count, work, most) {
  const points = [];
  for (let k = 0; k < CHECKPOINTS; k++) {
    const end = Math.round(((k + 1) * count) / CHECKPOINTS);
    for (let done = Math.round((k * count) / CHECKPOINTS); done < end; done++) await work();
    points.push(await measure());
  }
  const steady = points.slice(CHECKPOINTS / 2);
  const step = count / CHECKPOINTS;
  const kept = Object.fromEntries(
    ["rss", "heap"].map((kind) => [kind, slopeOf(steady.map((point) => point[kind])) / step]),
  );
  const flat = kept.rss <= most.rss && kept.heap <= most.heap;
  return { name, count, points, kept, most, flat };
}

function print({ name, count, points, kept, most, flat }) {
  const line = (kind) => points.map((point) => (point[kind] / MB).toFixed(0).padStart(5)).join("");
  const slope = (kind) =>
    `${(kept[kind] / 1024).toFixed(2)} kB each (at most ${(most[kind] / 1024).toFixed(0)})`;
  process.stdout.write(`${name}, ${count} times: ${flat ? "flat" : "GROWS"}\n`);
  process.stdout.write(`  resident MB${line("rss")}   ${slope("rss")}\n`);
  process.stdout.write(`  heap     MB${line("heap")}   ${slope("heap")}\n`);
}

const results = [];
const report = (result) => {
  results.push(result);
  if (!values.json) print(result);
};

const net = await InfoNet.load();
// A result has a critic of 16 kB, a column has 2.4 kB.
report(
  await part("estimates", Number(values.estimates), () => net.estimate(x, column()), {
    rss: 4096,
    heap: 1024,
  }),
);
await net.dispose();

// A model has 5 MB of weights, and a session as much again.
const model = (threads) => async () => {
  const loaded = await InfoNet.load({ threads });
  await loaded.estimate(x, columns.c0);
  await loaded.matrix(columns);
  await loaded.dispose();
};
report(await part("models", Number(values.loads), model(1), { rss: 2 * MB, heap: 64 * 1024 }));
report(
  await part("models with two threads", Number(values.threaded), model(2), {
    rss: 16 * MB,
    heap: 256 * 1024,
  }),
);

if (values.json) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
if (results.some(({ flat }) => !flat)) {
  process.stderr.write("memory grows: see the slopes above\n");
  process.exitCode = 1;
}
