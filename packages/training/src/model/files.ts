/** Files of an exported model. */
import { createHash } from "node:crypto";
import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ModelFile } from "infonet/internal/release";

/** SHA-256 of a file's content, hexadecimal. */
export const sha256 = (content: Uint8Array | string): string =>
  createHash("sha256").update(content).digest("hex");

/**
 * Writes a file of a model under another name and renames it, so that it is never there in part.
 *
 * @returns its entry for model.json
 */
export async function writeModelFile(
  folder: string,
  file: string,
  content: Uint8Array | string,
): Promise<ModelFile> {
  const path = join(folder, file);
  await writeFile(`${path}.tmp`, content);
  await rename(`${path}.tmp`, path);
  return { file, sha256: sha256(content) };
}
