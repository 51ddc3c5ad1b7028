import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Journal } from "./journal.js";

const place = async (): Promise<string> => join(await mkdtemp(join(tmpdir(), "journal-")), "a", "x.json");
const never = new AbortController().signal;

test("finished pieces are not computed again, also not by the next process", async () => {
  const file = await place();
  const first = await Journal.open(file, { seed: 1 }, "w", never);
  let calls = 0;
  const work = async () => ({ value: ++calls });
  expect(await first.once("a", work)).toEqual({ value: 1 });
  expect(await first.once("a", work)).toEqual({ value: 1 });
  const second = await Journal.open(file, { seed: 1 }, "w", never);
  expect(second.found).toBe(1);
  expect(await second.once("a", work)).toEqual({ value: 1 });
  expect(await second.once("b", work)).toEqual({ value: 2 });
});

test("a journal of other settings, or one cut short, is not used", async () => {
  const file = await place();
  await (await Journal.open(file, { seed: 1 }, "w", never)).once("a", async () => 1);
  expect((await Journal.open(file, { seed: 2 }, "w", never)).found).toBe(0);
  await writeFile(file, (await readFile(file, "utf8")).slice(0, -2));
  expect((await Journal.open(file, { seed: 1 }, "w", never)).found).toBe(0);
});

test("an abort ends before the next piece and leaves the finished ones", async () => {
  const file = await place();
  const controller = new AbortController();
  const journal = await Journal.open(file, 0, "w", controller.signal);
  await journal.once("a", async () => 1);
  controller.abort();
  await expect(journal.once("b", async () => 2)).rejects.toMatchObject({ name: "AbortError" });
  expect(await journal.once("a", async () => 3)).toBe(1);
  await journal.finish();
  await journal.finish();
  expect((await Journal.open(file, 0, "w", never)).found).toBe(0);
});

test("a piece that fails is not written down", async () => {
  const journal = await Journal.open(await place(), 0, "w", never);
  await expect(journal.once("a", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await journal.once("a", async () => 1)).toBe(1);
});

test("other weights begin anew, but keep what no weights play a part in", async () => {
  const file = await place();
  const first = await Journal.open(file, 0, "old", never);
  await first.once("ours", async () => 1);
  await first.once("theirs", async () => 2, true);
  const other = await Journal.open(file, 0, "new", never);
  expect(await other.once("ours", async () => 3)).toBe(3);
  expect(await other.once("theirs", async () => 4, true)).toBe(2);
  await other.finish();
  const again = await Journal.open(file, 0, "new", never);
  expect(again.found).toBe(1);
  expect(await again.once("ours", async () => 5)).toBe(5);
});
