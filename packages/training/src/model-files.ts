/** Files of an exported model, and their entries in its model.json. */
import { createHash } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { checkManifest, type Manifest } from "infonet/manifest";

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

/**
 * The text of model.json, with whatever it holds beside what the library reads.
 *
 * @throws InfoNetError "model" if the library would refuse it
 */
export function modelText(model: object): string {
  checkManifest(model);
  return `${JSON.stringify(model, null, 2)}\n`;
}

/** Names files in model.json, in the place of what it named there before. */
export async function enterFiles(folder: string, entries: Partial<Manifest["files"]>): Promise<void> {
  // Read only now: another script may have entered its own meanwhile.
  const model = JSON.parse(await readFile(join(folder, "model.json"), "utf8")) as { files: object };
  await writeModelFile(folder, "model.json", modelText({ ...model, files: { ...model.files, ...entries } }));
}
