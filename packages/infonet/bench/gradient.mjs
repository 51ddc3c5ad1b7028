/**
 * What the gradients are worth:
 *
 *   npm run bench:gradient [-- --parts sizes,free --draws 20 --seed 0 --json]
 *
 * sizes: derivatives by the parameters of laws, over the true ones. prior: sizes over laws of the training prior. free: 300 free values
 * going up. sources: independent component analysis. descent: down to independence, by rows a step. time: beside `estimate`, in turns.
 * graphs: time of a run by the samples in it.
 * smoothing, estimate: what smoothing does to the estimate, and the derivatives through it (graphs and these only where they are named).
 */
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { InfoNet } from "infonet";
import { graphs, printGraphs } from "./gradient/graphs.mjs";
import { printPrior, printSizes, prior, sizes } from "./gradient/sizes.mjs";
import { printSmoothing, printThroughEstimate, smoothing, throughEstimate } from "./gradient/smoothing.mjs";
import { printTime, time } from "./gradient/time.mjs";
import { descent, free, printDescent, printFree, printSources, sources } from "./gradient/training.mjs";

const PARTS = {
  sizes: [sizes, printSizes],
  prior: [prior, printPrior],
  free: [free, printFree],
  sources: [sources, printSources],
  descent: [descent, printDescent],
  time: [time, printTime],
  graphs: [graphs, printGraphs],
  smoothing: [smoothing, printSmoothing],
  estimate: [throughEstimate, printThroughEstimate],
};

const { values } = parseArgs({
  options: {
    parts: { type: "string", default: "sizes,prior,free,sources,descent,time" },
    draws: { type: "string", default: "20" },
    seed: { type: "string", default: "0" },
    rows: { type: "string", default: "200,1000,2000,5000" },
    laws: { type: "string", default: "500" },
    rounds: { type: "string", default: "60" },
    json: { type: "boolean", default: false },
  },
});
const parts = values.parts.split(",");
const unknown = parts.find((part) => !(part in PARTS));
if (unknown !== undefined) {
  console.error(`${unknown} is no part; take some of ${Object.keys(PARTS).join(", ")}.`);
  process.exit(2);
}
const settings = {
  draws: Number(values.draws),
  seed: Number(values.seed),
  laws: Number(values.laws),
  rounds: Number(values.rounds),
  rows: values.rows.split(",").map(Number),
};

const net = await InfoNet.load();
const machine = `${cpus()[0]?.model ?? "unknown"}, ${cpus().length} cores, Node ${process.version}`;
const result = { machine, weights: net.info.sha256, settings };
for (const part of parts) {
  const [run, print] = PARTS[part];
  result[part] = await run(net, settings);
  if (!values.json) print(result[part]);
}
await net.dispose();
if (values.json) console.log(JSON.stringify(result, null, 2));
else
  console.log(
    `\nweights ${result.weights.slice(0, 8)}, ${settings.draws} draws from seed ${settings.seed}; ${machine}`,
  );
