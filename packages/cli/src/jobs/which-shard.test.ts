import { expect, test } from "vitest";
import { readShard, scheduledShard } from "./which-shard.js";

test("k/N", () => {
  expect(readShard("3/80")).toEqual({ shard: 3, of: 80 });
  expect(readShard("1/1")).toEqual({ shard: 1, of: 1 });
  for (const wrong of ["0/4", "5/4", "3", "a/4", "3/", "-1/4", "1/2/3", ""]) {
    expect(() => readShard(wrong)).toThrow("--shard takes k/N, such as 3/80 for the third of 80");
  }
});

test.each([
  [{ SLURM_ARRAY_TASK_ID: "7", SLURM_ARRAY_TASK_MIN: "1" }, 7],
  [{ SLURM_ARRAY_TASK_ID: "7", SLURM_ARRAY_TASK_MIN: "0" }, 8],
  // The third and the seventh alone are done again.
  [{ SLURM_ARRAY_TASK_ID: "7", SLURM_ARRAY_TASK_MIN: "3" }, 7],
  [{ JOB_COMPLETION_INDEX: "0" }, 1],
  [{ LSB_JOBINDEX: "8" }, 8],
  [{ LSB_JOBINDEX: "0" }, undefined],
  [{ SGE_TASK_ID: "undefined" }, undefined],
  [{ SGE_TASK_ID: "2" }, 2],
  [{ PBS_ARRAY_INDEX: "4" }, 4],
  [{ AWS_BATCH_JOB_ARRAY_INDEX: "7" }, 8],
  [{}, undefined],
])("the task of a scheduler: %j", (env, shard) => {
  expect(scheduledShard(env as Record<string, string>, 8)?.shard).toBe(shard);
});

test("a task that is no shard is refused", () => {
  expect(() => scheduledShard({ JOB_COMPLETION_INDEX: "8" }, 8)).toThrow(
    'JOB_COMPLETION_INDEX is "8", and the job has shards 0 to 7 in that way of counting; make an array of 8 tasks, or name one with --shard k/8.',
  );
});
