import { parseArgs } from "node:util";
import { CALIBRATION_MEDIANS, CALIBRATION_N, type CalibrationDraw, fitCalibration } from "../calibrate.js";
import { runCommand } from "../command.js";
import { openReleased } from "../released.js";
import { openStream, SMALLEST } from "../stream/index.js";

const HELP = `Calibrates the 90 % interval of the released weights on fresh draws from the prior, and enters the table
(calibration.json) into model.json.

usage: npm run calibrate -- [options]

  --model DIR    folder of the model (default packages/infonet/model)
  --draws N      fresh draws (default 60000)
  --seed S       seed of the draws (default 1)
  --workers W    worker threads that generate them (default 1)
`;

// Streams are numbered by seed; neither training nor validation nor evaluation uses this one.
const CALIBRATION_SEED = 2_200_000_000;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      model: { type: "string", default: "packages/infonet/model" },
      draws: { type: "string", default: "60000" },
      seed: { type: "string", default: "1" },
      workers: { type: "string", default: "1" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const seed = Number(values.seed);
  const count = Number(values.draws);
  const model = await openReleased(values.model);
  const { batch, levels, median } = model;
  // As many small samples as large ones: every knot of n needs its neighbours.
  const stream = openStream({
    seed: CALIBRATION_SEED + seed,
    batch,
    workers: Number(values.workers),
    nMin: SMALLEST,
  });
  const draws: CalibrationDraw[] = [];
  const start = performance.now();
  while (draws.length < count) {
    const examples = await stream.next();
    const quantiles = await model.quantiles(examples);
    for (let slot = 0; slot < batch; slot++) {
      const row = quantiles.subarray(slot * levels, (slot + 1) * levels);
      draws.push({
        n: examples.n[slot],
        low: row[0],
        median: row[median],
        high: row[levels - 1],
        truth: Math.sqrt(examples.mi[slot]),
      });
    }
    examples.release();
    if (draws.length % 4000 < batch) {
      process.stderr.write(`${draws.length} draws (${((performance.now() - start) / 1000).toFixed(0)} s)\n`);
    }
  }
  await stream.close();
  await model.close();
  const { low, high } = fitCalibration(draws);
  const path = await model.add("calibration", {
    weights: model.weights,
    draws: draws.length,
    seed,
    n: CALIBRATION_N,
    median: CALIBRATION_MEDIANS,
    low,
    high,
  });
  process.stdout.write(`${path}: ${draws.length} draws\n`);
}

runCommand("calibrate", main);
