/** The files that the walls stand around. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { packages } from "./rooms.mjs";

export const ROOT = fileURLToPath(new URL("..", import.meta.url));

export interface Source {
  /** From the root of the repository, with slashes. */
  path: string;
  text: string;
}

export const isTest = (path: string): boolean => path.endsWith(".test.ts");

/** Every TypeScript file of a folder, those of the folders in it too. */
export function sourcesIn(folder: string): Source[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
    .sort()
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), "utf8") }));
}

/** Every TypeScript file that lies in a room, and the tests beside it. */
export const sources = (): Source[] => packages.flatMap(({ folder }) => sourcesIn(`${folder}/src`));
