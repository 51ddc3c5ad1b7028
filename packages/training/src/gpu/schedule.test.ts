/**
 * The schedule of gpu/train.py is the trainer's. It is held against it twice: its expressions, which JavaScript reads as
 * Python does, wherever the tests run; and its own answers, where there is Python. JAX is not needed.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { DEFAULT_ADAMW } from "../optimize/adamw.js";
import { DEFAULT_SCHEDULE, scheduleAt } from "../optimize/schedule.js";
import { SCHEDULE } from "../step/step.js";

const GPU = fileURLToPath(new URL("../../gpu/", import.meta.url));
const python = (...args: string[]) =>
  spawnSync("python3", args, { encoding: "utf8", env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1" } });

type Scalars = Record<string, number>;

const OTHER = { peakRate: 7e-4, warmup: 30, averageDecay: 0.99 };
const CASES = [0, 1, 29, 30, 499, 500, 8990, 1_000_000].flatMap((step) =>
  [-0.1, 0, 0.25, 0.5, 0.999, 1, 1.2].flatMap((progress) =>
    [DEFAULT_SCHEDULE, OTHER].map((schedule) => ({ schedule, optimizer: DEFAULT_ADAMW, step, progress })),
  ),
);

function expectSame(actual: Scalars[]): void {
  expect(actual).toHaveLength(CASES.length);
  for (const [k, { schedule, optimizer, step, progress }] of CASES.entries()) {
    const expected = scheduleAt(schedule, optimizer, step, progress);
    expect(Object.keys(actual[k])).toEqual([...SCHEDULE]);
    for (const name of SCHEDULE) {
      const off = Math.abs(actual[k][name] - expected[name]);
      // Powers may differ in their last bits from one language to the other.
      expect(off, `${name} at step ${step}, ${progress}`).toBeLessThanOrEqual(
        1e-13 * Math.abs(expected[name]),
      );
    }
  }
}

/** The schedule of schedule.py, its expressions read as JavaScript. */
function scheduleOfText(): (one: (typeof CASES)[number]) => Scalars {
  const text = readFileSync(`${GPU}schedule.py`, "utf8");
  const cosine = /^ {4}cosine = (.+)$/m.exec(text)?.[1];
  const rows = [...text.matchAll(/^ {8}"(\w+)": (.+),$/gm)].map(([, name, value]) => `${name}: ${value}`);
  expect(rows).toHaveLength(SCHEDULE.length);
  const body = `
    const { peakRate, warmup, averageDecay } = schedule;
    const { beta1, beta2 } = optimizer;
    const { min, max } = Math, math = { cos: Math.cos, pi: Math.PI };
    const cosine = ${cosine};
    return { ${rows.join(", ")} };`;
  return new Function("{ schedule, optimizer, step, progress }", body) as (
    one: (typeof CASES)[number],
  ) => Scalars;
}

describe("the schedule of gpu/train.py", () => {
  test("has the trainer's expressions", () => {
    expectSame(CASES.map(scheduleOfText()));
  });

  test("is the one that the steps are given", () => {
    const text = readFileSync(`${GPU}train.py`, "utf8");
    expect(text).toMatch(/^from schedule import schedule_at$/m);
    expect(text).toContain('schedule_at(record["schedule"], record["optimizer"], step + k, progress)');
    expect(text).not.toMatch(/def schedule_at/);
  });

  test("gives the trainer's scalars", (context) => {
    if (python("--version").status !== 0) context.skip("there is no python3 here");
    const script =
      "import json, sys; sys.path.insert(0, sys.argv[1]); from schedule import schedule_at; " +
      "print(json.dumps([schedule_at(**case) for case in json.loads(sys.argv[2])]))";
    const { status, stdout, stderr } = python("-c", script, GPU, JSON.stringify(CASES));
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expectSame(JSON.parse(stdout));
  });
});
