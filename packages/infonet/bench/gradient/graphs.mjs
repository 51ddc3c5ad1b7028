/** Time of the graphs by the samples they take at once: what `network/runs.ts` chooses them by. */
import { readFile } from "node:fs/promises";
import { loadOnnxRuntime } from "infonet/onnxruntime";
import { join } from "jax-onnx";
import { line, middle, processorTime, tableHead } from "./common.mjs";

const modelFile = (name) => readFile(new URL(`../../model/${name}`, import.meta.url));

export async function graphs(_net, { rounds }) {
  const ort = await loadOnnxRuntime();
  const { files } = JSON.parse(await modelFile("model.json"));
  const weights = await modelFile(files.weights.file);
  const options = { intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 3 };
  const list = [];
  for (const family of ["values", "densities", "gradients"]) {
    for (const { file, batch } of files[family]) {
      const session = await ort.InferenceSession.create(join(await modelFile(file), weights), options);
      const feeds = Object.fromEntries(
        session.inputMetadata.map(({ name, shape }) => {
          const size = shape.reduce((product, length) => product * Number(length), 1);
          return [name, new ort.Tensor("float32", new Float32Array(size).fill(0.5), shape.map(Number))];
        }),
      );
      list.push({ family, batch, session, feeds, times: [] });
    }
  }
  // In turns, so that a busy machine slows all alike.
  for (let round = 0; round < rounds; round++) {
    for (const { session, feeds, times } of list) times.push(await processorTime(() => session.run(feeds)));
  }
  await Promise.all(list.map(({ session }) => session.release()));
  return list.map(({ family, batch, times }) => ({ family, batch, time: middle(times) }));
}

export function printGraphs(rows) {
  console.log("\nprocessor time of a run, milliseconds, median\n");
  tableHead(["graph", "samples at once", "run", "run / (samples + 2)"]);
  for (const { family, batch, time } of rows)
    line([family, batch, time.toFixed(2), (time / (batch + 2)).toFixed(3)]);
}
