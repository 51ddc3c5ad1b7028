// @ts-check
/** Removes what an earlier build of the site wrote. The page where a table is dropped is another build's. */
import { readdir, rm } from "node:fs/promises";

const SITE = new URL("../../site/", import.meta.url);

const names = await readdir(SITE).catch(() => /** @type {string[]} */ ([]));
for (const name of names.filter((each) => each !== "playground"))
  await rm(new URL(name, SITE), { recursive: true });
