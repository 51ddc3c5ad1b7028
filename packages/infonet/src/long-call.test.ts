import { expect, test } from "vitest";
import { AbortedError, disposedError } from "./errors.js";
import { LongCall } from "./long-call.js";
import type { Progress } from "./types.js";

/** A call that notes what it tells, and can be aborted. */
function watched(pause: () => Promise<void> = async () => {}) {
  const told: Progress[] = [];
  const controller = new AbortController();
  const options = {
    signal: controller.signal,
    onProgress: (progress: Progress) => void told.push(progress),
  };
  return { told, controller, call: new LongCall(options, "pairs", pause) };
}

test("what is done is told of what was announced, each count once", async () => {
  const { call, told } = watched();
  call.expect(5);
  await call.advance(2);
  call.count(1);
  await call.advance(2);
  call.tell();
  expect(told).toEqual([
    { done: 2, total: 5 },
    { done: 5, total: 5 },
  ]);
  await call.advance(0);
  await call.advance(1);
  expect(told.slice(2)).toEqual([{ done: 6, total: 6 }]);
});

test("an abort ends the call at its next pause, with what is finished and why", async () => {
  const { call, controller, told } = watched();
  call.expect(4);
  const finished: number[] = [];
  const work = async (): Promise<number[]> => {
    for (let k = 0; k < 4; k++) {
      finished.push(k);
      if (k === 1) controller.abort("enough");
      await call.advance(1);
    }
    return finished;
  };
  const error = (await call.run(work, () => [...finished]).catch((e: unknown) => e)) as AbortedError<
    number[]
  >;
  expect(error).toBeInstanceOf(AbortedError);
  expect(error).toMatchObject({ partial: [0, 1], cause: "enough" });
  expect(error.message).toBe("aborted after 2 of 4 pairs; the finished ones are in `partial`.");
  expect(told.map(({ done }) => done)).toEqual([1, 2]);
});

test("a call that has done all that it announced is delivered", async () => {
  const { call, controller } = watched(async () => controller.abort());
  call.expect(1);
  const work = async (): Promise<string> => {
    await call.advance(1);
    return "all";
  };
  expect(await call.run(work)).toBe("all");
});

test("a signal that was aborted before keeps the work from being begun", async () => {
  const { call, controller } = watched();
  controller.abort("early");
  let begun = false;
  const error = await call
    .run(async () => {
      begun = true;
    })
    .catch((e: unknown) => e);
  expect(begun).toBe(false);
  expect(error).toMatchObject({ cause: "early", partial: undefined });
  expect((error as Error).message).toBe(
    "aborted before the first of the pairs; no part of the result is of use alone.",
  );
});

test("a model that is disposed of ends the call like an abort; other failures stay what they are", async () => {
  const disposed = disposedError();
  const { call } = watched(() => Promise.reject(disposed));
  call.expect(3);
  const error = await call
    .run(
      () => call.advance(1),
      () => "part",
    )
    .catch((e: unknown) => e);
  expect(error).toMatchObject({ cause: disposed, partial: "part" });
  expect((error as Error).message).toMatch(/^ended by dispose\(\) after 1 of 3 pairs;/);
  const other = new Error("no memory");
  await expect(
    watched().call.run(
      () => Promise.reject(other),
      () => "part",
    ),
  ).rejects.toBe(other);
});
