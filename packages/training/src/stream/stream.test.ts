/** The stream in the calling thread; that worker threads give the same is tested on the built package. */
import { expect, test } from "vitest";
import { createBatch } from "./batch.js";
import { openStream } from "./stream.js";

const OPTIONS = { seed: 3, batch: 2, workers: 0 };

test("batches come in order, from any position, each the examples of its numbers", async () => {
  const stream = openStream({ ...OPTIONS, start: 6 });
  for (const first of [6, 8, 10]) {
    expect(stream.position).toBe(first);
    const batch = await stream.next();
    expect({ first: batch.first, size: batch.size }).toEqual({ first, size: 2 });
    expect(batch.counts).toEqual(createBatch(3, first, 2).counts);
    expect(batch.mi).toEqual(createBatch(3, first, 2).mi);
    batch.release();
  }
  await stream.close();
});

test("memory that is released is used again, and what is not stays as it is", async () => {
  const stream = openStream(OPTIONS);
  const [first, second] = [await stream.next(), await stream.next()];
  expect(second.counts.buffer).not.toBe(first.counts.buffer);
  first.release();
  // A second release gives nothing back twice.
  first.release();
  const [third, fourth] = [await stream.next(), await stream.next()];
  expect(third.counts.buffer).toBe(first.counts.buffer);
  expect(fourth.counts.buffer).not.toBe(first.counts.buffer);
  expect(second.counts).toEqual(createBatch(3, 2, 2).counts);
  await stream.close();
});

test("what options leave out is left out, and the rest reaches the examples", async () => {
  const stream = openStream({ ...OPTIONS, nMin: 50, nMax: 60, largeShare: 0, points: 50 });
  const batch = await stream.next();
  for (const n of batch.n) expect(n >= 50 && n <= 60).toBe(true);
  expect(batch.points).toHaveLength(2 * 50 * 2);
  await stream.close();
});

test("a closed stream gives no more, an iterated one is closed at the end", async () => {
  const stream = openStream(OPTIONS);
  const firsts: number[] = [];
  for await (const { first } of stream) if (firsts.push(first) === 3) break;
  expect(firsts).toEqual([0, 2, 4]);
  await expect(stream.next()).rejects.toThrow("the stream is closed");
});

test.each([
  [{ batch: 0 }, "batch is 0; it must be an integer, 1 or more"],
  [{ workers: -1 }, "workers is -1; it must be an integer, 0 or more"],
  [{ start: 0.5 }, "start is 0.5; it must be an integer, 0 or more"],
  [{ lookAhead: 0 }, "lookAhead is 0; it must be an integer, 1 or more"],
])("refuses %j", (wrong, message) => {
  expect(() => openStream({ ...OPTIONS, ...wrong })).toThrow(message);
});
