/** Where pictures and figures go. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Report, reportMarkdown } from "./report.js";

/** examples/, the same distance from src and dist. */
export const EXAMPLES_FOLDER = fileURLToPath(new URL("..", import.meta.url));

const START = "<!-- figures -->";
const END = "<!-- /figures -->";

/** Writes the pictures of a run into a folder of the example's name; returns their paths. */
export async function writePictures({ example, pictures }: Report, folder: string): Promise<string[]> {
  const target = join(folder, example.name);
  if (pictures.size > 0) await mkdir(target, { recursive: true });
  const paths: string[] = [];
  for (const [name, content] of pictures) {
    const path = join(target, name);
    await writeFile(path, content);
    paths.push(path);
  }
  return paths;
}

/** Renews the figures in the example's README, between two comments; leaves a README without these alone. */
export async function renewFigures(report: Report, folder: string): Promise<string | undefined> {
  const path = join(folder, report.example.name, "README.md");
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  const renewed = withFigures(text, reportMarkdown(report));
  if (renewed === undefined) return undefined;
  await writeFile(path, renewed);
  return path;
}

/** A text with other figures between its two comments; `undefined` if it has no such place. */
export function withFigures(text: string, figures: string): string | undefined {
  const [start, end] = [text.indexOf(START), text.indexOf(END)];
  if (start < 0 || end < start) return undefined;
  return `${text.slice(0, start + START.length)}\n\n${figures}\n\n${text.slice(end)}`;
}
