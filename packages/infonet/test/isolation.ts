/** Commands in a network of their own, in which the names that they look up are written down. Linux only. */
import { execFile, execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const ISOLATED = ["--user", "--map-root-user", "--net", "--mount"];
const SERVER = fileURLToPath(new URL("programs/names.mjs", import.meta.url));

/** Whether this machine lets a process have a network of its own; where it must, INFONET_REQUIRE_NAMESPACES is set. */
export function canIsolate(): boolean {
  try {
    execFileSync("unshare", [...ISOLATED, "ip", "link", "set", "lo", "up"], { stdio: "ignore" });
    return true;
  } catch (error) {
    if (process.env.INFONET_REQUIRE_NAMESPACES) throw error;
    return false;
  }
}

/** The names that a command looks up until it ends. Nobody answers it. */
export async function namesLookedUp(
  environment: NodeJS.ProcessEnv,
  command: readonly string[],
): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), "infonet-names-"));
  try {
    const resolver = join(folder, "resolv.conf");
    await writeFile(resolver, "nameserver 127.0.0.1\n");
    const script = 'ip link set lo up && mount --bind "$1" /etc/resolv.conf && shift && exec "$@"';
    const args = [...ISOLATED, "sh", "-c", script, "sh", resolver, process.execPath, SERVER, ...command];
    const { stdout } = await promisify(execFile)("unshare", args, { env: environment });
    return stdout.split("\n").filter((name) => name !== "");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
