import { expect, test } from "vitest";
import type { Example } from "./example.js";
import { readArguments } from "./options.js";

const example = (name: string): Example => ({
  name,
  title: name,
  run: async () => ({ figures: [], checks: [], pictures: new Map() }),
});
const all = [example("one"), example("two")];

test("all examples by default, in their own order if named", () => {
  expect(readArguments([], all)).toMatchObject({ examples: all, quick: false, seed: 1, json: false });
  expect(readArguments(["two", "one", "--quick", "--seed", "7"], all)).toMatchObject({
    examples: all,
    quick: true,
    seed: 7,
  });
  expect(readArguments(["two"], all).examples).toEqual([all[1]]);
});

test("an option of an example goes with that example", () => {
  const [one, two] = all;
  const withOption = [one, { ...two, options: [{ name: "file", value: "FILE", help: "a file" }] }];
  expect(readArguments(["two", "--file", "a.npz"], withOption).own).toEqual({ file: "a.npz" });
  expect(readArguments(["two"], withOption).own).toEqual({});
  expect(() => readArguments(["one", "--file", "a.npz"], withOption)).toThrow(
    /--file is an option of two; name that, or leave the option out/,
  );
  expect(() => readArguments(["two", "--file", "a.npz"], all)).toThrow(/--file/);
});

test.each([
  [["three"], /three is no example; take one or more of one, two/],
  [["--seed", "x"], /--seed is "x"; give a whole number from 0/],
  [["--seed", ""], /--seed is ""/],
  [["--seed=-1"], /--seed is "-1"/],
  [["--fast"], /--fast/],
])("%j is refused", (args, message) => {
  expect(() => readArguments(args, all)).toThrow(message);
  expect(() => readArguments(args, all)).toThrow(TypeError);
});
