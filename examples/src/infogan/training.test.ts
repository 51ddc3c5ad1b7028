import { InfoNet } from "infonet";
import { expect, test } from "vitest";
import { agreement } from "./measure.js";
import { ring } from "./ring.js";
import { trainGan } from "./training.js";

test("a training is looked at from the beginning to the end, and the same seed gives the same samples", async () => {
  const net = await InfoNet.load();
  const train = async (lambda: number, seed: number) => {
    const seen: number[] = [];
    let last: Float32Array | undefined;
    await trainGan(net, ring, {
      ...{ lambda, seed, steps: 4, hidden: 8, every: 2 },
      async look(done, draw) {
        seen.push(done);
        const samples = await draw();
        expect(samples.codes).toHaveLength(samples.x.length / 2);
        expect(Math.max(...samples.codes)).toBe(ring.modes - 1);
        expect(agreement(ring, samples).distance).toBeGreaterThan(0);
        last = samples.x;
      },
    });
    expect(seen).toEqual([0, 2, 4]);
    return last;
  };
  const once = await train(1, 1);
  expect(await train(1, 1)).toEqual(once);
  expect(await train(0, 1)).not.toEqual(once);
  expect(await train(1, 2)).not.toEqual(once);
  const look = async (done: number): Promise<void> => {
    if (done === 2) throw new Error("enough");
  };
  await expect(
    trainGan(net, ring, { lambda: 0, seed: 1, steps: 4, hidden: 8, every: 2, look }),
  ).rejects.toThrow("enough");
  await net.dispose();
});
