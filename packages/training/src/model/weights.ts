/** The weights file of a model: the named parameters of the network. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { MOST_BYTES, readChecked } from "infonet/internal/release";
import { encodeInitializers } from "jax-onnx";
import proto from "onnx-proto";
import type { NetworkConfig } from "../architecture/index.js";
import { type NamedArray, type ParameterSpec, splitParameters } from "../network/parameters.js";
import { readTrainedModel, type TrainingRecord } from "./document.js";

/** Bytes of a weights file. */
export function encodeWeights(specs: readonly ParameterSpec[], theta: Float32Array): Uint8Array {
  return encodeInitializers(
    splitParameters(specs, theta).map(({ name, shape, data }) => ({ name, shape: [...shape], data })),
  );
}

/** Sizes and parameters of an exported model. */
export interface ExportedModel {
  /** Name of the architecture, which need not be one that is trained. */
  architecture: string;
  network: NetworkConfig;
  /** In the order of the flat vector. */
  parameters: NamedArray[];
  training: TrainingRecord;
}

/**
 * Reads the weights of an exported model, to start a run from them: a long training can be spread over several runs. Models
 * of earlier formats are read too: their weights are named in the same way.
 *
 * @throws InfoNetError "model" if the library would refuse its weights file, or what model.json says of the files
 */
export async function readExported(folder: string): Promise<ExportedModel> {
  const { name: architecture, config, training, files } = await readTrainedModel(folder);
  const read = (file: string): Promise<Buffer> => readFile(join(folder, file));
  const model = proto.onnx.ModelProto.decode(await readChecked(read, files.weights, MOST_BYTES.weights));
  const parameters = (model.graph?.initializer ?? []).map(({ name, dims, rawData }) => ({
    name: name ?? "",
    shape: (dims ?? []).map(Number),
    data: new Float32Array(new Uint8Array(rawData ?? []).buffer),
  }));
  return { architecture, network: config, parameters, training };
}
