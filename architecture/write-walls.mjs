// @ts-check
/** Writes the linter's rules from the table of rooms: `npm run walls`. */
import { writeFile } from "node:fs/promises";
import { packages } from "./rooms.mjs";
import { WALLS_FILE, wallsText } from "./walls.mjs";

await writeFile(new URL(WALLS_FILE, import.meta.url), wallsText(packages));
