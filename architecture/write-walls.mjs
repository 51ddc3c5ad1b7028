// @ts-check
/** Writes the linter's rules and the tables of docs/architecture.md from the table of rooms: `npm run walls`. */
import { readFile, writeFile } from "node:fs/promises";
import { PAGE, pageText } from "./page.mjs";
import { packages } from "./rooms.mjs";
import { WALLS_FILE, wallsText } from "./walls.mjs";

await writeFile(new URL(WALLS_FILE, import.meta.url), wallsText(packages));
const page = new URL(PAGE, import.meta.url);
await writeFile(page, pageText(await readFile(page, "utf8"), packages));
