/** `npm run bench:docs`: docs/benchmarks.md from the reports in bench/results. */
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { RESULTS, readReport } from "./files.js";
import { PICTURES, page } from "./page.js";
import type { Report } from "./report.js";
import { SUITES } from "./suites/index.js";

const PAGE = fileURLToPath(new URL("../../docs/benchmarks.md", import.meta.url));
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      quick: { type: "boolean", default: false },
      results: { type: "string", default: RESULTS },
      out: { type: "string", default: PAGE },
    },
  });
  const reports: Report[] = [];
  const missing: string[] = [];
  for (const suite of Object.keys(SUITES)) {
    const report = await readReport(suite, values.quick, values.results);
    if (report) reports.push(report);
    else missing.push(suite);
  }
  if (reports.length === 0) {
    throw new Error(`${values.results} has no reports; run \`npm run bench -- all\` first.`);
  }
  const folder = dirname(values.out);
  const pictures = reports.flatMap((report) => report.pictures);
  if (pictures.length > 0) await mkdir(join(folder, PICTURES), { recursive: true });
  for (const { file } of pictures) await copyFile(join(values.results, file), join(folder, PICTURES, file));
  await mkdir(folder, { recursive: true });
  await writeFile(values.out, page(reports, missing));
  process.stdout.write(`${values.out}: ${reports.length} sections, ${pictures.length} pictures\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`bench:docs: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
