/** Files of an exported model, and their entries in its model.json. */
import { createHash } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A file as model.json names it. */
export interface ModelFile {
  file: string;
  sha256: string;
}

/** SHA-256 of a file's content, hexadecimal. */
export const sha256 = (content: Uint8Array | string): string =>
  createHash("sha256").update(content).digest("hex");

/** Writes a file of a model under another name and renames it, so that it is never there in part. */
export async function writeModelFile(
  folder: string,
  file: string,
  content: Uint8Array | string,
): Promise<void> {
  const path = join(folder, file);
  await writeFile(`${path}.tmp`, content);
  await rename(`${path}.tmp`, path);
}

/** The text of model.json. */
export const modelText = (model: object): string => `${JSON.stringify(model, null, 2)}\n`;

/** Names files in model.json, in the place of what it named there before. */
export async function enterFiles(
  folder: string,
  kind: string,
  entry: ModelFile | readonly ModelFile[],
): Promise<void> {
  // Read only now: another script may have entered its own meanwhile.
  const model = JSON.parse(await readFile(join(folder, "model.json"), "utf8")) as {
    files: Record<string, unknown>;
  };
  model.files[kind] = entry;
  await writeModelFile(folder, "model.json", modelText(model));
}
