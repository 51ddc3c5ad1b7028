/** Tables whose columns are kept apart by blanks, or stand at fixed places of the line. */
import { createReadStream, createWriteStream } from "node:fs";
import { open } from "node:fs/promises";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { isMissing } from "../kinds/missing.js";
import { takeApart } from "../kinds/numbers.js";
import { quoteField } from "./record.js";
import type { Scratch } from "./scratch.js";

/** Takes a line apart into fields. */
type Split = (line: string) => string[];

const LOOKED_AT = 60;
const FIRST_LOOK = 64 * 1024;

/** A copy with commas of a file whose columns are kept apart by blanks; nothing for other files. */
export async function spacedAsCsv(
  path: string,
  scratch: Scratch,
  signal?: AbortSignal,
): Promise<{ path: string; note: string } | undefined> {
  const found = findSplit(await firstText(path));
  if (found === undefined) return undefined;
  const copy = await scratch.file("spaced");
  const lines = createInterface({ input: createReadStream(path, { encoding: "utf8", signal }) });
  await pipeline(Readable.from(csvLines(lines, found.split)), createWriteStream(copy), { signal });
  return { path: copy, note: found.note };
}

async function* csvLines(lines: AsyncIterable<string>, split: Split): AsyncGenerator<string> {
  let batch: string[] = [];
  for await (const line of lines) {
    batch.push(
      isAside(line)
        ? `${line.trim()}\n`
        : `${split(line)
            .map((field) => quoteField(field))
            .join(",")}\n`,
    );
    if (batch.length < 1000) continue;
    yield batch.join("");
    batch = [];
  }
  yield batch.join("");
}

/** Comments and blank lines stay as they are. */
function isAside(line: string): boolean {
  return /^\s*(?:#|$)/.test(line);
}

async function firstText(path: string): Promise<string[]> {
  const handle = await open(path, "r");
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(FIRST_LOOK), 0, FIRST_LOOK, 0);
    const text = new TextDecoder().decode(buffer.subarray(0, bytesRead), { stream: true });
    const lines = text.split(/\r\n|\r|\n/);
    // The last line may be cut.
    return (bytesRead === FIRST_LOOK ? lines.slice(0, -1) : lines).slice(0, LOOKED_AT);
  } finally {
    await handle.close();
  }
}

const words: Split = (line) =>
  [...line.matchAll(/"((?:[^"]|"")*)"|(\S+)/g)].map(
    ([, quoted, bare]) => bare ?? quoted.replaceAll('""', '"'),
  );
const wideGaps: Split = (line) => line.trim().split(/\s{2,}/);

/** How the lines of a file without delimiters are taken apart; nothing where they are not. */
export function findSplit(all: readonly string[]): { split: Split; note: string } | undefined {
  const lines = all.filter((line) => !isAside(line));
  if (lines.length < 2 || !lines.every((line) => / /.test(line.trim()) || !/\S\s+\S/.test(line)))
    return undefined;
  if (!lines.some((line) => /\S +\S/.test(line))) return undefined;
  // A delimiter in the header or in every line wins, but for commas that are decimal.
  if (
    /[;|\t]/.test(lines[0]) ||
    /,/.test(lines[0].replace(/\d,\d/g, "")) ||
    lines.every((line) => /,/.test(line.replace(/\d,\d/g, "")))
  )
    return undefined;
  for (const split of [words, wideGaps]) {
    if (isTable(lines, split)) return { split, note: "columns are kept apart by blanks" };
  }
  const fixed = fixedWidths(lines);
  return fixed && isTable(lines, fixed)
    ? { split: fixed, note: "columns stand at fixed places of the line" }
    : undefined;
}

/** Whether all lines have as many fields (the first one may lack the name of the row names), and numbers are among them. */
function isTable(lines: readonly string[], split: Split): boolean {
  const rows = lines.map(split);
  const width = rows[rows.length - 1].length;
  const [header, ...rest] = rows;
  if (width < 2 || (header.length !== width && header.length !== width - 1)) return false;
  if (!rest.every((row) => row.length === width)) return false;
  return rest[0].some(
    (_, k) => rest.every((row) => isValue(row[k])) && rest.some((row) => takeApart(row[k]) !== undefined),
  );
}

function isValue(field: string): boolean {
  return field === "" || isMissing(field) || takeApart(field) !== undefined;
}

/** Fields between the places that are blank in every line. */
function fixedWidths(lines: readonly string[]): Split | undefined {
  const length = Math.max(...lines.map((line) => line.length));
  const cuts: number[] = [];
  let inField = false;
  for (let at = 0; at < length; at++) {
    const used = lines.some((line) => at < line.length && line[at] !== " ");
    if (used && !inField) cuts.push(at);
    inField = used;
  }
  if (cuts.length < 2) return undefined;
  return (line) => cuts.map((from, k) => line.slice(k === 0 ? 0 : from, cuts[k + 1]).trim());
}
