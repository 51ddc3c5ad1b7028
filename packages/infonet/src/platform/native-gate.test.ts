import { expect, test } from "vitest";
import { NativeGate } from "./native-gate.js";

test("threads may be ended once they have arrived, and not while they are inside", async () => {
  const gate = new NativeGate();
  expect(gate.mayEnd([])).toBe(true);
  expect(gate.mayEnd([7, 8])).toBe(false);
  // What the threads see of it.
  const [pass] = [7, 8].map((id) => new NativeGate(gate.memory).arrive(id));
  expect(gate.mayEnd([7, 8])).toBe(false);
  await Promise.resolve();
  expect(gate.mayEnd([7, 8])).toBe(true);
  let leave = (): void => {};
  const inside = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const work = pass(() => inside.then(() => "done"));
  expect(gate.mayEnd([7, 8])).toBe(false);
  expect(gate.mayEnd([8])).toBe(true);
  gate.close();
  await expect(pass(async () => "more")).rejects.toThrow("the threads are being ended");
  expect(gate.mayEnd([7])).toBe(false);
  leave();
  expect(await work).toBe("done");
  expect(gate.mayEnd([7, 8])).toBe(true);
  gate.waitUntilEnd([7, 8], 1e9);
});

test("who fails inside is not counted any more; a thread that never arrives is not waited for for ever", async () => {
  const gate = new NativeGate();
  const pass = gate.arrive(1);
  await expect(pass(() => Promise.reject(new Error("why")))).rejects.toThrow("why");
  expect(gate.mayEnd([1])).toBe(true);
  gate.close();
  gate.waitUntilEnd([2], 10);
  expect(gate.mayEnd([2])).toBe(false);
});
