/** From a checkpoint to the files that the library ships. */
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { GraphFile, Manifest } from "infonet/manifest";
import { encodeInitializers } from "jax-onnx";
import { type GraphFamily, graphFiles } from "./graph-files.js";
import { type Checkpoint, isCopulaTransformer } from "./loop/checkpoint.js";
import { modelText, sha256, writeModelFile } from "./model-files.js";
import { copulaTransformerParameters, QUANTILE_LEVELS } from "./network/copula-transformer.js";
import { splitParameters } from "./network/parameters.js";
import { STATE } from "./step.js";

const WEIGHTS_FILE = "weights.onnx";

/**
 * Writes weights, graphs and `model.json` into a folder. The graphs hold no weights: a graph file and the
 * weights file, one after the other, are a whole model (protobuf merges what is concatenated).
 *
 * @param n range of sample sizes in the training stream
 * @throws TypeError if the run trained another architecture than the one that infonet runs
 */
export async function exportModel(
  { record, state }: Checkpoint,
  folder: string,
  n: readonly [number, number],
): Promise<{ sha256: string; bytes: number }> {
  if (!isCopulaTransformer(record)) {
    throw new TypeError(
      `the run trained a ${record.architecture}, which infonet cannot run; export a run of the copula-transformer`,
    );
  }
  await mkdir(folder, { recursive: true });
  const specs = copulaTransformerParameters(record.network);
  const theta = state[STATE.indexOf("average")];
  const weights = encodeInitializers(
    splitParameters(specs, theta).map(({ name, shape, data }) => ({ name, shape: [...shape], data })),
  );
  const files = new Map<string, Uint8Array>([[WEIGHTS_FILE, weights]]);
  const graphsOf = (family: GraphFamily): GraphFile[] =>
    graphFiles(family, record.network).map(({ entry, bytes }) => {
      files.set(entry.file, bytes);
      return entry;
    });
  const graphs = {
    graphs: graphsOf("graphs"),
    values: graphsOf("values"),
    gradients: graphsOf("gradients"),
  };
  const hash = sha256(weights);
  const model: Manifest & { config: object; training: object } = {
    format: 1,
    name: "copula-transformer",
    parameters: theta.length,
    quantiles: [...QUANTILE_LEVELS],
    range: { n: [...n], ceiling: 8 },
    config: record.network,
    training: {
      seed: record.seed,
      steps: record.step,
      distributions: record.seen,
      minutes: Math.round(10 * record.minutes) / 10,
      batch: record.batch,
      optimizer: record.optimizer,
      schedule: record.schedule,
      validation: record.validation,
      averaged: record.averaged,
    },
    files: { weights: { file: WEIGHTS_FILE, sha256: hash }, ...graphs },
  };
  files.set("model.json", Buffer.from(modelText(model)));
  for (const [file, bytes] of files) await writeModelFile(folder, file, bytes);
  // What was measured of other weights goes with them.
  for (const file of ["null.json", "calibration.json"]) await rm(join(folder, file), { force: true });
  return { sha256: hash, bytes: [...files.values()].reduce((sum, bytes) => sum + bytes.length, 0) };
}
