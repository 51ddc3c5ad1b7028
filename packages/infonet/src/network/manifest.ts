/**
 * What `model.json` says of a model: its files with their hashes, its sizes and where it was trained. The schema here is
 * the only description of it: the type is the schema's, the library reads by it, and the training writes by it.
 */

import * as z from "zod/mini";
import { InfoNetError, reasonOf } from "../errors.js";
import {
  ascending,
  checkDocument,
  type Document,
  hash,
  list,
  looksLikeHtml,
  parseDocument,
  parts,
  wholeNumber,
} from "./document.js";
import { sha256 } from "./sha256.js";

/** The name of the file itself. */
const MANIFEST_FILE = "model.json";

/**
 * Bytes that a file of a model may have, by what it holds. A server that sends without end, or a wrong file, is given
 * up there. The released weights have 5 MB, graphs 0.05 MB, tables 0.02 MB.
 */
export const MOST_BYTES = { manifest: 1 << 20, weights: 1 << 28, graph: 1 << 25, table: 1 << 23 } as const;

/** Samples that a graph takes at most: its input arrays are made before the graph can object. */
const LARGEST_BATCH = 4096;

/**
 * A plain name, which no system reads as a path, an address or an option. Files of a model lie beside its model.json,
 * and nothing else is read for it.
 */
const FILE_NAME =
  "the plain name of another file of the model: letters, digits, '.', '_' and '-', 100 at most";
const fileName = z.string(FILE_NAME).check(
  z.regex(/^[a-z0-9][a-z0-9._-]{0,99}$/i, FILE_NAME),
  z.refine((name) => name.toLowerCase() !== MANIFEST_FILE, FILE_NAME),
);

const modelFile = parts({ file: fileName, sha256: hash() });
const graphFile = parts({ file: fileName, sha256: hash(), batch: wholeNumber(1, LARGEST_BATCH) });

/** Graphs of one family, one for each number of samples. */
function family(what: string) {
  return list(graphFile, what, 1, 32).check((context) => {
    const batches = context.value.map(({ batch }) => batch);
    const twice = batches.findIndex((batch, k) => batches.indexOf(batch) < k);
    if (twice < 0) return;
    const message = "a batch that no other graph of the list has";
    context.issues.push({ code: "custom", input: context.value, path: [twice, "batch"], message });
  });
}

const files = parts({
  weights: modelFile,
  /** Graphs of the quantiles, and of the tokens from which densities are made. */
  values: family("graphs of values (`npm run graphs` adds them)"),
  /** Graphs of the copula density, from tokens and the features that these were made from. */
  densities: family("graphs of densities (`npm run graphs` adds them)"),
  /** Graphs of the median and its derivatives by the features. Without them there are no gradients of the estimate. */
  gradients: z.optional(family("graphs of derivatives")),
  /** Quantiles of the estimate under independence. Without it there are no p-values. */
  null: z.optional(modelFile),
  /** Factors that make the interval hold nine in ten truths. */
  calibration: z.optional(modelFile),
  /** The head that reads tables of counts. Without it their estimates are those of Chao, Wang & Jost. */
  counts: z.optional(modelFile),
  /** The head that corrects what the network says of levels beside a number. Without it that stands as it is. */
  levels: z.optional(modelFile),
  /** The head that reads more rows than the network takes at once. Without it blocks of them are averaged. */
  rows: z.optional(modelFile),
}).check((context) => {
  const { weights, values, densities, gradients, ...tables } = context.value;
  const named = [
    { path: ["weights"], entry: weights },
    ...Object.entries({ values, densities, gradients: gradients ?? [] }).flatMap(([key, entries]) =>
      entries.map((entry, k) => ({ path: [key, k], entry })),
    ),
    ...Object.entries(tables).flatMap(([key, entry]) =>
      entry === undefined ? [] : [{ path: [key], entry }],
    ),
  ];
  const names = named.map(({ entry }) => entry.file.toLowerCase());
  const twice = names.findIndex((name, k) => names.indexOf(name) < k);
  if (twice < 0) return;
  const path = [...named[twice].path, "file"];
  context.issues.push({
    code: "custom",
    input: context.value,
    path,
    message: "a name that no other part has",
  });
});

const LEVELS = "a number between 0 and 1";
const quantiles = list(
  z.number(LEVELS).check(z.gt(0, LEVELS), z.lt(1, LEVELS)),
  "levels of quantiles",
  1,
  100,
).check((context) => {
  const wrong = ascending(context.value);
  if (wrong !== undefined) {
    const { index, message } = wrong;
    context.issues.push({ code: "custom", input: context.value, path: [index], message });
  } else if (!context.value.includes(0.5)) {
    const message = "levels of which one is 0.5, the estimate itself";
    context.issues.push({ code: "custom", input: context.value, path: [], message });
  }
});

const SIZES = "two whole numbers of at least 1, the least and the most, in this order";
const CEILING = "a number above 0, in nats";
const NAME = "a name of 1 to 100 characters";

/** The parts of `model.json` that are needed to run it. It may hold others: how the model was trained is among them. */
export const manifestSchema = parts({
  format: z.literal(2, "2, which this version of infonet reads"),
  name: z.string(NAME).check(z.regex(/^[^\p{Cc}\p{Cf}]{1,100}$/u, NAME)),
  parameters: wholeNumber(1),
  /** Levels of the quantiles of √MI, ascending, 0.5 among them. */
  quantiles,
  /** Where the model was trained: sample sizes, and the largest MI it can tell (nats). */
  range: parts({
    n: z
      .tuple([z.int(SIZES), z.int(SIZES)], SIZES)
      .check(z.refine(([least, most]) => least >= 1 && least < most, SIZES)),
    ceiling: z.number(CEILING).check(z.gt(0, CEILING)),
  }),
  files,
});

/** The parts of `model.json` that are needed to run it. */
export type Manifest = z.infer<typeof manifestSchema>;
/** A file of the model. */
export type ModelFile = z.infer<typeof modelFile>;
/** A graph for a number of samples. */
export type GraphFile = z.infer<typeof graphFile>;

const MANIFEST: Document<typeof manifestSchema> = {
  file: MANIFEST_FILE,
  schema: manifestSchema,
  remedy: "Take a folder that holds a released model, or export it again with `npm run export`.",
};

/**
 * Checks what is to be written as `model.json`.
 *
 * @returns the parts that are needed to run the model
 * @throws InfoNetError "model" if a part is missing or wrong; the message names it
 */
export function checkManifest(value: unknown): Manifest {
  return checkDocument(MANIFEST, value);
}

/**
 * Reads the bytes of a file of the model by its name.
 *
 * @param most bytes from which it is given up
 * @param signal ends the reading
 */
export type ReadModelFile = (file: string, most: number, signal?: AbortSignal) => Promise<Uint8Array>;

/**
 * Reads and checks `model.json`.
 *
 * @throws InfoNetError "model" if it is missing, not JSON, of another format, incomplete or wrong
 */
export async function readManifest(read: ReadModelFile): Promise<Manifest> {
  return parseDocument(MANIFEST, await readOrExplain(read, MANIFEST_FILE, MOST_BYTES.manifest));
}

/**
 * Reads a file of the model and checks it against its hash.
 *
 * @throws InfoNetError "model" if it is missing, larger than `most` bytes, or another one
 */
export async function readChecked(
  read: ReadModelFile,
  { file, sha256: expected }: ModelFile,
  most: number,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const bytes = await readOrExplain(read, file, most, signal);
  const actual = await sha256(bytes);
  if (actual === expected) return bytes;
  const what = looksLikeHtml(bytes) ? "is an HTML page" : `has ${bytes.length} bytes`;
  throw new InfoNetError(
    "model",
    `${file} ${what} with SHA-256 ${actual.slice(0, 12)}…, model.json says ${expected.slice(0, 12)}…; ` +
      "copy the model again, or install the package again where it is the one that comes with it.",
  );
}

/**
 * Reads a table of the model.
 *
 * @throws InfoNetError "model" as {@link readChecked}, or if a part of it is missing or wrong
 */
export async function readTable<Schema extends z.ZodMiniType>(
  read: ReadModelFile,
  file: ModelFile | undefined,
  document: Document<Schema>,
): Promise<z.output<Schema> | undefined> {
  if (file === undefined) return undefined;
  return parseDocument({ ...document, file: file.file }, await readChecked(read, file, MOST_BYTES.table));
}

async function readOrExplain(
  read: ReadModelFile,
  file: string,
  most: number,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  try {
    return await read(file, most, signal);
  } catch (error) {
    if (error instanceof InfoNetError) throw error;
    throw new InfoNetError(
      "model",
      `${file} of the model cannot be read (${reasonOf(error)}); check the \`model\` option: it takes the folder of a whole model.`,
    );
  }
}
