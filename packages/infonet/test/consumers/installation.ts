/** The packages as they are published, installed into a folder in which programs of others lie. */
import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const ROOT = fileURLToPath(new URL("../../../..", import.meta.url));
const PUBLISHED = ["infonet", "@infonet/cli", "jax-onnx"];

export const run = promisify(execFile);

export interface Installation {
  folder: string;
  /** What npm wrote to stderr. */
  complaints: string;
  /** Names of the files in each tarball. */
  packed: Record<string, string[]>;
  /** Runs Node in the folder. */
  node(...args: string[]): Promise<{ stdout: string; stderr: string }>;
  remove(): Promise<void>;
}

/** Packs every package that is published, and installs library and command. */
export async function install(): Promise<Installation> {
  const folder = await mkdtemp(join(tmpdir(), "infonet-consumers-"));
  const workspaces = PUBLISHED.flatMap((name) => ["-w", name]);
  const { stdout } = await run("npm", ["pack", "--json", ...workspaces, "--pack-destination", folder], {
    cwd: ROOT,
    maxBuffer: 1 << 24,
  });
  const packs = Object.values(JSON.parse(stdout)) as {
    name: string;
    filename: string;
    files: { path: string }[];
  }[];
  const packed = Object.fromEntries(packs.map(({ name, files }) => [name, files.map(({ path }) => path)]));
  const tarballs = packs
    .filter(({ name }) => name !== "jax-onnx")
    .map(({ filename }) => join(folder, filename));
  await writeFile(join(folder, "package.json"), '{ "private": true }\n');
  const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"];
  const { stderr: complaints } = await run("npm", ["install", ...quiet, ...tarballs], { cwd: folder });
  return {
    folder,
    complaints,
    packed,
    node: (...args) => run(process.execPath, args, { cwd: folder }),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** A folder in which the library is installed without what is optional. */
export async function leaner({ folder }: Installation): Promise<string> {
  // Not in the other installation: what is left out would be found further up.
  const lean = await mkdtemp(join(tmpdir(), "infonet-lean-"));
  const modules = join(lean, "node_modules");
  await cp(join(folder, "node_modules/infonet"), join(modules, "infonet"), { recursive: true });
  const { dependencies } = JSON.parse(await readFile(join(modules, "infonet/package.json"), "utf8"));
  for (const name of Object.keys(dependencies))
    await symlink(join(folder, "node_modules", name), join(modules, name));
  return lean;
}

/** All files of a folder as one text. */
export async function textOf(folder: string): Promise<string> {
  const names = await readdir(folder, { recursive: true });
  const scripts = names.filter((name) => /\.m?js$/.test(name));
  return (await Promise.all(scripts.map((name) => readFile(join(folder, name), "utf8")))).join("\n");
}
