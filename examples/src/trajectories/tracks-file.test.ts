import { expect, test } from "vitest";
import { readNpy } from "./numpy/npy.js";
import { bytesOf, npy, zip } from "./numpy/testing.js";
import { readTracks, tracksFrom } from "./tracks-file.js";

// Three frames of two points.
const places = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
const trajectories = npy("<f4", [3, 2, 2], bytesOf(places));

test.each([{ method: 0 }, { method: 8 }, { method: 8, large: true }])(
  "what was written is read (%j)",
  (how) => {
    const tracks = tracksFrom(zip({ "trajs_2d.npy": trajectories }, how));
    expect(tracks).toEqual({
      frames: 3,
      x: [Float64Array.of(1, 5, 9), Float64Array.of(3, 7, 11)],
      y: [Float64Array.of(2, 6, 10), Float64Array.of(4, 8, 12)],
    });
  },
);

test("what is not visible, not valid or not a number is not seen", () => {
  const { x, y } = tracksFrom(
    zip({
      "trajs_2d.npy": npy("<f4", [3, 2, 2], bytesOf(places.map((value) => (value === 9 ? Infinity : value)))),
      "visibs.npy": npy("|b1", [3, 2], Uint8Array.of(0, 1, 1, 1, 1, 1)),
      "valids.npy": npy("<i8", [3, 2], bytesOf(BigInt64Array.of(1n, 1n, 1n, 0n, 1n, 1n))),
    }),
  );
  expect(x).toEqual([Float64Array.of(NaN, 5, NaN), Float64Array.of(3, NaN, 11)]);
  expect(y).toEqual([Float64Array.of(NaN, 6, 10), Float64Array.of(4, NaN, 12)]);
});

test("both orders of axes and of bytes, and more digits", () => {
  // The first axis fastest: the columns of [[1, 2, 3], [4, 5, 6]].
  const doubles = bytesOf(Float64Array.of(1, 4, 2, 5, 3, 6));
  const rows = { shape: [2, 3], data: Float64Array.of(1, 2, 3, 4, 5, 6) };
  expect(readNpy(npy("<f8", [2, 3], doubles, true), "a")).toEqual(rows);
  expect(readNpy(npy(">f8", [2, 3], Buffer.from(doubles).swap64(), true), "a")).toEqual(rows);
  expect(readNpy(npy("|u1", [4], Uint8Array.of(7, 8, 9, 255)), "a").data).toEqual(
    Float64Array.of(7, 8, 9, 255),
  );
});

const damaged = zip({ "trajs_2d.npy": trajectories });
damaged[damaged.indexOf(trajectories) + trajectories.length - 1] ^= 1;

test.each<[string, Buffer, RegExp]>([
  ["no archive", Buffer.from("trajs_2d"), /^zip archive: no list of entries/],
  ["half an archive", zip({ "trajs_2d.npy": trajectories }).subarray(0, 100), /no list of entries/],
  ["a flipped bit", damaged, /^zip entry trajs_2d.npy: its checksum does not match/],
  ["another name", zip({ "tracks.npy": trajectories }), /^trajs_2d is missing; there is tracks.npy$/],
  [
    "three axes",
    zip({ "trajs_2d.npy": npy("<f4", [2, 2, 3], bytesOf(places)) }),
    /^trajs_2d has shape 2 × 2 × 3; frames × points × 2/,
  ],
  [
    "too few masks",
    zip({ "trajs_2d.npy": trajectories, "visibs.npy": npy("|b1", [2, 3], new Uint8Array(6)) }),
    /^visibs has shape 2 × 3; 3 × 2 as in trajs_2d/,
  ],
  [
    "text",
    zip({ "trajs_2d.npy": npy("<U4", [1, 1], new Uint8Array(16)) }),
    /^trajs_2d: type U4; write it as/,
  ],
  [
    "too few bytes",
    zip({ "trajs_2d.npy": trajectories.subarray(0, trajectories.length - 4) }),
    /^trajs_2d: 44 bytes for 12 numbers of 4/,
  ],
  [
    "no array",
    zip({ "trajs_2d.npy": Buffer.from("a line of text") }),
    /^trajs_2d: not an array in NumPy's format/,
  ],
])("%s is refused", (_, file, message) => {
  expect(() => tracksFrom(file)).toThrow(message);
});

test("an error names the file", async () => {
  await expect(readTracks("package.json")).rejects.toThrow(/^package.json: zip archive/);
  await expect(readTracks("nowhere.npz")).rejects.toThrow(/nowhere.npz/);
});
