/** Starting from weights that were exported: a long training can be spread over several runs. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Manifest } from "infonet/manifest";
import proto from "onnx-proto";
import { type CopulaTransformerConfig, copulaTransformerParameters } from "../network/copula-transformer.js";
import { parameterCount } from "../network/parameters.js";

/** Sizes and flat parameters of an exported model. */
export interface ExportedModel {
  network: CopulaTransformerConfig;
  theta: Float32Array;
  /** Training behind the weights: optimiser steps, distributions seen, minutes. */
  training: { steps: number; distributions: number; minutes: number };
}

/**
 * Reads the folder that the export wrote.
 *
 * @throws Error if the weights do not fit the sizes in model.json
 */
export async function readExported(folder: string): Promise<ExportedModel> {
  const { config, training, files } = JSON.parse(await readFile(join(folder, "model.json"), "utf8")) as {
    config: CopulaTransformerConfig;
    training: ExportedModel["training"];
    files: Pick<Manifest["files"], "weights">;
  };
  const model = proto.onnx.ModelProto.decode(await readFile(join(folder, files.weights.file)));
  const stored = new Map((model.graph?.initializer ?? []).map((tensor) => [tensor.name, tensor.rawData]));
  const specs = copulaTransformerParameters(config);
  const theta = new Float32Array(parameterCount(specs));
  let at = 0;
  for (const { name, shape } of specs) {
    const size = shape.reduce((a, b) => a * b, 1);
    const raw = stored.get(name);
    if (raw?.length !== 4 * size) {
      throw new Error(
        `${folder}: ${name} has ${raw?.length ?? 0} bytes, its shape [${shape}] needs ${4 * size}; export the model again`,
      );
    }
    theta.set(new Float32Array(new Uint8Array(raw).buffer), at);
    at += size;
  }
  return { network: config, theta, training };
}
