/** What tests write into the folder for temporary files lies in one of their own, which goes when they end. */
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export default function temporaryFolder(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "infonet-tests-"));
  // Servers that do not run as root have folders of their own in it.
  chmodSync(folder, 0o755);
  // Whichever the system reads; the tests' processes inherit them.
  process.env.TMPDIR = folder;
  process.env.TEMP = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
