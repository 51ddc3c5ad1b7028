/** Tables of an earlier model that hold for a new one: what they were measured of has not changed. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ModelFile } from "infonet/internal/release";
import { architectureNamed } from "../architecture/index.js";
import type { Checkpoint } from "../loop/checkpoint.js";
import { MODEL_FILE } from "../model/document.js";
import { readExported } from "../model/weights.js";
import { type NamedArray, splitParameters } from "../network/parameters.js";
import { STATE } from "../step/step.js";
import { type TableKind, tableFile, writeTable } from "./tables.js";

/** Writes a table of the earlier model as one of new weights; undefined if that has none of the kind. */
export type CarryTable = (folder: string, kind: TableKind, weights: string) => Promise<ModelFile | undefined>;

/**
 * Calibration and null table are measured of the quantiles of √MI alone. They can be carried over where all parameters that
 * these rest on, those outside the parts that can be trained alone, are the same to the last bit.
 *
 * @param earlier folder of a model; none need be there
 * @returns nothing if its tables do not hold for the run
 */
export async function earlierTables(
  earlier: string,
  { record, state }: Checkpoint,
): Promise<CarryTable | undefined> {
  if (!existsSync(join(earlier, MODEL_FILE))) return undefined;
  const { architecture, parameters } = await readExported(earlier);
  const { parts = {}, ...own } = architectureNamed(record.architecture);
  if (architecture !== record.architecture) return undefined;
  const theirs = new Map(parameters.map((parameter) => [parameter.name, parameter]));
  const apart = (name: string): boolean => Object.values(parts).some((of) => of(name));
  const specs = own.parameters(record.network);
  const ours = splitParameters(specs, state[STATE.indexOf("average")]).filter(({ name }) => !apart(name));
  if (!ours.every((parameter) => sameBits(parameter, theirs.get(parameter.name)))) return undefined;
  return async (folder, kind, weights) => {
    const path = join(earlier, tableFile(kind));
    if (!existsSync(path)) return undefined;
    const table = JSON.parse(await readFile(path, "utf8")) as object;
    return writeTable(folder, kind, { ...table, weights });
  };
}

function sameBits({ shape, data }: NamedArray, other: NamedArray | undefined): boolean {
  if (other === undefined || other.shape.join() !== shape.join()) return false;
  const bytes = ({ buffer, byteOffset, byteLength }: Float32Array) =>
    Buffer.from(buffer, byteOffset, byteLength);
  return bytes(data).equals(bytes(other.data));
}
