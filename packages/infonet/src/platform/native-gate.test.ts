import { expect, test } from "vitest";
import { NativeGate } from "./native-gate.js";

test("threads are counted while they are inside, and nobody enters once it is closed", async () => {
  const gate = new NativeGate();
  // What a thread sees of it.
  const thread = new NativeGate(gate.memory);
  let leave = (): void => {};
  const inside = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const work = thread.pass(() => inside.then(() => 7));
  expect(gate.empty).toBe(false);
  gate.close();
  await expect(thread.pass(async () => 8)).rejects.toThrow("the threads are being ended");
  expect(gate.empty).toBe(false);
  leave();
  expect(await work).toBe(7);
  expect(gate.empty).toBe(true);
  gate.waitUntilEmpty(1e9);
});

test("who fails inside is not counted any more", async () => {
  const gate = new NativeGate();
  await expect(gate.pass(() => Promise.reject(new Error("why")))).rejects.toThrow("why");
  expect(gate.empty).toBe(true);
});
