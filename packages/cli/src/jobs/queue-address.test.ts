import { expect, test } from "vitest";
import { readQueueAddress } from "./queue-address.js";

const read = readQueueAddress("--queue");

test.each([
  ["redis://127.0.0.1", "redis", "redis://127.0.0.1"],
  ["rediss://:p%40ss@queue.local:6380/2", "redis", "rediss://queue.local:6380/2"],
  ["postgres://infonet:secret@db/work?sslmode=verify-full", "postgres", "postgres://infonet@db/work"],
  ["postgresql://db/work", "postgres", "postgresql://db/work"],
])("%s is an address, told without its password", (url, kind, shown) => {
  expect(read(url)).toEqual({ kind, url, shown });
});

test("what is no address is refused, and not told", () => {
  for (const wrong of [
    "",
    "secret@host",
    "127.0.0.1:6379",
    "redis:/",
    "amqp://:secret@host",
    "http://host",
  ]) {
    expect(() => read(wrong)).toThrow(
      /^--queue (is no address|names no host|begins with [a-z]+:\/\/); write redis:\/\/HOST(?!.*secret)/,
    );
  }
});
