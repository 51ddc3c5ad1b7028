import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InfoNet } from "infonet";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Random } from "../random.js";
import { trajectories } from "./index.js";
import { bytesOf, npy, zip } from "./numpy/testing.js";

let net: InfoNet;
let folder: string;
beforeAll(async () => {
  net = await InfoNet.load();
  folder = await mkdtemp(join(tmpdir(), "infonet-tracks-"));
});
afterAll(async () => {
  await net.dispose();
  await rm(folder, { recursive: true });
});

const run = (options: Record<string, string>) =>
  trajectories.run({
    ...{ net, options, quick: true, seed: 1, report: () => undefined },
    signal: new AbortController().signal,
  });

/** Two bodies that jump about, with every other point each: but for noise, its points shift together. */
async function written(): Promise<string> {
  const random = new Random(1);
  const [frames, points] = [400, 12];
  const values = new Float32Array(2 * frames * points);
  for (let t = 0; t < frames; t++) {
    const places = [0, 1, 2, 3].map(() => random.normal(0, 10));
    for (let k = 0; k < 2 * points; k++) {
      const [body, axis] = [(k >> 1) % 2, k % 2];
      values[2 * t * points + k] = places[2 * body + axis] + random.normal(0, 3);
    }
  }
  const path = join(folder, "anno.npz");
  await writeFile(
    path,
    zip({ "trajs_2d.npy": npy("<f4", [frames, points, 2], bytesOf(values)) }, { method: 8 }),
  );
  return path;
}

test("points of a file that move with the picked one share most with it", async () => {
  const tracks = await written();
  const { figures, pictures } = await run({ tracks, point: "3", camera: "keep", every: "1" });
  const found = figures.flatMap(({ name }) => /^information with point (\d+)$/.exec(name)?.[1] ?? []);
  expect(found.map(Number).sort((a, b) => a - b)).toEqual([1, 5, 7, 9, 11]);
  expect(pictures.get("tracks-of-file.svg")).toContain("<title>");
});

test.each<[Record<string, string>, RegExp]>([
  [{ point: "1" }, /--point, --camera and --every go with --tracks/],
  [{ lags: "-1" }, /--lags is "-1"; give whole numbers/],
  [{ neighbours: "0" }, /--neighbours is "0"/],
])("%j is refused", async (options, message) => {
  await expect(async () => run(options)).rejects.toThrow(message);
});

test("a point that is not there, and a camera that cannot be, are refused", async () => {
  const tracks = await written();
  await expect(run({ tracks, point: "12" })).rejects.toThrow(/--point is "12"; give a number from 0 to 11/);
  await expect(run({ tracks, camera: "off" })).rejects.toThrow(/--camera is "off"; it can be keep or remove/);
});
