/** All pairs of large tables: time, pairs a second, peak memory. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { number } from "@infonet/training/evaluate";
import type { MatrixRun, MatrixTask } from "../matrix.js";
import type { Context, Suite } from "./suite.js";

const THREADS = 2;

/**
 * Runs a matrix in a process of its own, whose peak memory is that of this matrix alone.
 *
 * @throws the signal's reason if it is aborted
 */
function runMatrix(task: MatrixTask, { signal, tell }: Pick<Context, "signal" | "tell">): Promise<MatrixRun> {
  return new Promise((resolve, reject) => {
    const script = fileURLToPath(new URL("./matrix.js", import.meta.url));
    const child = spawn(process.execPath, [script, JSON.stringify(task)], {
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      signal,
    });
    let result: MatrixRun | undefined;
    child.on("message", (message: { progress: string } | { result: MatrixRun }) => {
      if ("progress" in message) tell(message.progress);
      else result = message.result;
    });
    child.on("error", reject);
    child.on("exit", (code) => {
      // Ctrl-C in a terminal reaches the child by itself, perhaps before our own signal is seen.
      if (result) resolve(result);
      else if (!signal.aborted) {
        reject(new Error(`${task.columns} columns × ${task.rows} rows ended with ${code} and no result.`));
      } else reject(signal.reason);
    });
  });
}

export const scale: Suite = {
  title: "All pairs of large tables",
  about: "1000 columns × 2000 rows and 100 columns × 1,000,000 rows: time and memory",
  // The children load their own.
  threads: 1,
  async run({ quick, seed, model, journal, signal, tell }) {
    const sizes = quick
      ? [
          [120, 2000],
          [10, 100_000],
        ]
      : [
          [1000, 2000],
          [100, 1_000_000],
        ];
    const runs: MatrixRun[] = [];
    for (const [columns, rows] of sizes) {
      const task: MatrixTask = { columns, rows, seed, model, threads: THREADS };
      runs.push(await journal.once(`${columns} × ${rows}`, () => runMatrix(task, { signal, tell })));
    }
    const thinned = runs.filter((run) => run.thinned > 0).map(({ rows }) => String(rows));
    return {
      notes: [
        `\`matrix\` with ${THREADS} threads, each table in a process of its own: normal columns, every fifth of which shares a common part. Time is from columns in memory to the sorted result; peak memory is that of the whole process, the table included (8 bytes a value).`,
        ...(thinned.length > 0
          ? [
              `At ${thinned.join(" and ")} rows the network sees as many as it was trained for, chosen at random, and every result says so.`,
            ]
          : []),
      ],
      tables: [
        {
          title: "All pairs",
          head: [
            "columns × rows",
            "pairs",
            "seconds",
            "pairs a second",
            "ms a pair",
            "table, MB",
            "peak memory, MB",
          ],
          rows: runs.map(({ columns, rows, pairs, seconds, megabytes }) => [
            `${columns} × ${rows}`,
            String(pairs),
            number(seconds, 1),
            number(pairs / seconds, 1),
            number((1000 * seconds) / pairs, 2),
            number((8 * columns * rows) / 1e6, 0),
            number(megabytes, 0),
          ]),
        },
      ],
      pictures: [],
      data: { threads: THREADS, runs },
    };
  },
};
