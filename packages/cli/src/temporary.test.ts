import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { removeAtExit, removeLeftovers, temporaryPath } from "./temporary.js";
import { tempFolder } from "./testing/files.js";

/** The number of a process that has ended. */
function deadProcess(): string {
  return execFileSync(process.execPath, ["-p", "process.pid"], { encoding: "utf8" }).trim();
}

test("names machine and process, and no two are alike", async () => {
  const folder = tempFolder();
  const names = [await temporaryPath(folder), await temporaryPath(folder)].map((path) => basename(path));
  for (const name of names)
    expect(name).toMatch(new RegExp(`^\\.infonet-[0-9a-f]{8}-${process.pid}-[0-9a-f]{12}\\.tmp$`));
  expect(names[0]).not.toBe(names[1]);
});

test("what killed runs left is removed; what others may still write stays", async () => {
  const folder = tempFolder();
  const mine = basename(await temporaryPath(folder));
  const [, host] = mine.split("-");
  const dead = deadProcess();
  const put = (name: string, days = 0) => {
    writeFileSync(join(folder, name), "");
    const time = Date.now() / 1000 - days * 86_400;
    utimesSync(join(folder, name), time, time);
    return name;
  };
  put(`.infonet-${host}-${dead}-0123456789ab.tmp`);
  put(`.infonet-00000000-${process.pid}-0123456789ab.tmp`, 2);
  put(mine.replace(/-[0-9a-f]+\.tmp$/, "-0123456789ab.tmp"), 2);
  mkdirSync(join(folder, `.infonet-${host}-${dead}-ba9876543210.tmp`));
  writeFileSync(join(folder, `.infonet-${host}-${dead}-ba9876543210.tmp`, "pairs.parquet"), "");
  const kept = [
    put(mine),
    put(`.infonet-00000000-${dead}-0123456789ab.tmp`),
    put(`.infonet-${host}-${dead}-notes.tmp`, 9),
    put(`infonet-${host}-${dead}-0123456789ab.tmp`, 9),
  ];
  await temporaryPath(folder);
  expect(readdirSync(folder).sort()).toEqual(kept.sort());
});

test("what is not needed any more is left to others; the rest is removed by the end", () => {
  const folder = tempFolder();
  const [kept, removed] = ["kept", "removed"].map((name) => {
    mkdirSync(join(folder, name));
    return removeAtExit(join(folder, name));
  });
  const exits = process.listenerCount("exit");
  kept();
  expect(process.listenerCount("exit")).toBe(exits);
  removeLeftovers();
  expect(readdirSync(folder)).toEqual(["kept"]);
  removed();
  expect(process.listenerCount("exit")).toBe(exits - 1);
});

test("a folder that cannot be read is no failure", async () => {
  expect(await temporaryPath("/nowhere")).toMatch(/^\/nowhere\/\.infonet-/);
});
