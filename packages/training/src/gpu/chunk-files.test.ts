import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test, vi } from "vitest";
import { createBatch } from "../stream/index.js";
import { type StreamArray, slotSizes } from "../stream/inputs.js";
import { UNREAD, writeChunks } from "./chunk-files.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "generate-"));
});

test("the files hold the examples of the stream, arrays in the order of the graphs' inputs", async () => {
  const examples = { densityPoints: 16, levelShare: 0.5 };
  await writeChunks(folder, { name: "g", seed: 5, first: 10, stride: 20, size: 3, count: 2, examples });
  expect((await readdir(folder)).sort()).toEqual(["g-10.bin", "g-30.bin"]);
  for (const first of [10, 30]) {
    const bytes = new Uint8Array(await readFile(join(folder, `g-${first}.bin`)));
    const batch = createBatch(5, first, 3, examples);
    let at = 0;
    for (const [name, size] of Object.entries(slotSizes(examples)) as [StreamArray, number][]) {
      expect(new Float32Array(bytes.buffer, at, 3 * size), name).toEqual(batch[name]);
      at += 4 * 3 * size;
    }
    expect(bytes.subarray(at)).toEqual(batch.kind);
  }
});

test("a generator waits while its files are unread, goes on when one is gone, and ends when told", async () => {
  const stop = new AbortController();
  const files = async () => (await readdir(folder)).filter((file) => file.endsWith(".bin")).sort();
  // Files of another generator do not count.
  await writeChunks(folder, { name: "g10", seed: 1, first: 0, stride: 1, size: 1, count: 1 });
  const working = writeChunks(folder, {
    name: "g1",
    seed: 1,
    first: 0,
    stride: 1,
    size: 1,
    signal: stop.signal,
  });
  const full = ["g1-0.bin", "g1-1.bin", "g1-2.bin", "g10-0.bin"];
  expect(full).toHaveLength(UNREAD + 1);
  await vi.waitFor(async () => expect(await files()).toEqual(full), 10_000);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await files()).toEqual(full);
  await rm(join(folder, "g1-0.bin"));
  await vi.waitFor(async () => expect(await files()).toContain("g1-3.bin"), 10_000);
  stop.abort();
  await working;
  expect(await files()).toHaveLength(UNREAD + 1);
});
