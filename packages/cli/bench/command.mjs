/** Runs the built command and tells what that took. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const bin = fileURLToPath(new URL("../bin/infonet.js", import.meta.url));
/** Before it ends, the process writes its own processor time and peak memory as the last line of stderr. */
const tell = `data:text/javascript,process.on("exit",()=>{const u=process.resourceUsage();process.stderr.write("\\n"+JSON.stringify([(u.userCPUTime+u.systemCPUTime)/1e6,u.maxRSS/1024]))})`;

/**
 * Runs `infonet` with some arguments: seconds of the clock and of all cores, peak memory in MB.
 *
 * @throws Error with what it wrote to stderr, where it ends with another code than 0
 */
export function infonet(...args) {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(process.execPath, ["--import", tell, bin, ...args], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    let stderr = "";
    child.stderr.on("data", (data) => {
      stderr += data;
    });
    child.on("error", reject);
    child.on("close", (code) => {
      if (code !== 0) return reject(new Error(`infonet ${args[0]} ended with ${code}: ${stderr}`));
      const [core, memory] = JSON.parse(stderr.slice(stderr.lastIndexOf("\n")));
      resolve({ clock: (performance.now() - start) / 1000, core, memory });
    });
  });
}
