// @ts-check
/** Builds every workspace: the site, which reads nothing but sources, beside all the others, each of which reads those before it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";

const SITE = "apps/site";
/** @type {{ workspaces: string[] }} */
const { workspaces } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8"));

/**
 * Builds workspaces one after the other.
 *
 * @param {string[]} names
 */
async function build(names) {
  const command = ["run", "build", "--silent", ...names.flatMap((name) => ["-w", name])];
  const child = spawn("npm", command, { stdio: "inherit", shell: process.platform === "win32" });
  const [code] = await once(child, "exit");
  if (code !== 0) process.exitCode = 1;
}

await Promise.all([build([SITE]), build(workspaces.filter((name) => name !== SITE))]);
