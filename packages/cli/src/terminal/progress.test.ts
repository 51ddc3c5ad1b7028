import { describe, expect, test } from "vitest";
import { fakeIo } from "../testing/fake-io.js";
import { bar, duration, progressBar, progressLine } from "./progress.js";

describe("bar", () => {
  test("fills in eighths of a cell and is always as long", () => {
    expect(bar(0, 3)).toBe("   ");
    expect(bar(0.5, 3)).toBe("█▌ ");
    expect(bar(1, 3)).toBe("███");
    expect(bar(1 / 24, 3)).toBe("▏  ");
  });

  test("stays within its cells", () => {
    expect(bar(-1, 2)).toBe("  ");
    expect(bar(7, 2)).toBe("██");
  });
});

describe("duration", () => {
  test("shows hours only where there are any", () => {
    expect(duration(0)).toBe("0:00");
    expect(duration(41.2)).toBe("0:42");
    expect(duration(600)).toBe("10:00");
    expect(duration(3723)).toBe("1:02:03");
  });
});

describe("progressLine", () => {
  test("tells how far, how fast and how long", () => {
    expect(progressLine({ done: 1500, total: 3000 }, 30_000)).toBe(
      `▕${"█".repeat(12)}${" ".repeat(12)}▏ 1\u202f500 of 3\u202f000 pairs · 50/s · 0:30 left`,
    );
    expect(progressLine({ done: 5, total: 10 }, 2000)).toContain(" · 2.5/s · 0:02 left");
  });

  test("does not guess before anything is done", () => {
    expect(progressLine({ done: 0, total: 10 }, 0)).toContain("0.0/s · – left");
  });
});

describe("progressBar", () => {
  function run(errIsTerminal: boolean, times: readonly number[]) {
    const io = fakeIo({ errIsTerminal });
    let time = 0;
    const progress = progressBar(io, () => time);
    for (const [k, at] of times.entries()) {
      time = at;
      progress.update({ done: k + 1, total: 10 });
    }
    progress.clear();
    return io.stderr;
  }

  test("appears after half a second, at most ten times a second, and is wiped in the end", () => {
    const written = run(true, [100, 499, 500, 550, 599, 600]);
    expect(written.match(/of 10 pairs/g)).toHaveLength(2);
    const lines = written.split("\r\u001b[2K");
    expect(lines.map((line) => line[0])).toEqual([undefined, "▕", "▕", undefined]);
  });

  test("tells who wants to know, terminal or not, at once and then ten times a second", () => {
    const told: number[] = [];
    const io = { ...fakeIo(), onProgress: ({ done }: { done: number }) => void told.push(done) };
    let time = 0;
    const progress = progressBar(io, () => time);
    for (const [k, at] of [0, 10, 99, 100, 150, 300].entries()) {
      time = at;
      progress.update({ done: k, total: 10 });
    }
    expect(told).toEqual([0, 3, 5]);
    expect(io.stderr).toBe("");
  });

  test("writes nothing for quick work or where stderr is no terminal", () => {
    expect(run(true, [10, 20, 499])).toBe("");
    expect(run(false, [600, 700, 800])).toBe("");
  });
});
