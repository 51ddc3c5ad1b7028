/** The weights file of a model: the named parameters of the network, from and to the flat vector. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { MOST_BYTES, readChecked, readManifest } from "infonet/internal/release";
import { encodeInitializers } from "jax-onnx";
import proto from "onnx-proto";
import { architectureNamed, type NetworkConfig } from "../architecture/index.js";
import { type ParameterSpec, parameterCount, splitParameters } from "../network/parameters.js";
import { readTrainedModel, type TrainingRecord } from "./document.js";

/** Bytes of a weights file. */
export function encodeWeights(specs: readonly ParameterSpec[], theta: Float32Array): Uint8Array {
  return encodeInitializers(
    splitParameters(specs, theta).map(({ name, shape, data }) => ({ name, shape: [...shape], data })),
  );
}

/** Sizes and flat parameters of an exported model. */
export interface ExportedModel {
  /** Name of the architecture. */
  architecture: string;
  network: NetworkConfig;
  theta: Float32Array;
  training: TrainingRecord;
}

/**
 * Reads the weights of an exported model, to start a run from them: a long training can be spread over several runs.
 *
 * @throws InfoNetError "model" if the library would refuse its model.json or its weights file
 * @throws Error if the weights do not fit the sizes in model.json
 */
export async function readExported(folder: string): Promise<ExportedModel> {
  const read = (file: string): Promise<Buffer> => readFile(join(folder, file));
  const { files } = await readManifest(read);
  const { name: architecture, config, training } = await readTrainedModel(folder);
  const model = proto.onnx.ModelProto.decode(await readChecked(read, files.weights, MOST_BYTES.weights));
  const stored = new Map((model.graph?.initializer ?? []).map((tensor) => [tensor.name, tensor.rawData]));
  const specs = architectureNamed(architecture).parameters(config);
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
  return { architecture, network: config, theta, training };
}
