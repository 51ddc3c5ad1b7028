/** The command leaves nothing behind but what it was asked to write. */
import { expect, test } from "vitest";
import { canIsolate, namesLookedUp } from "../../infonet/test/isolation.js";
import { asDelivered, leftBehind, NOTHING, unset } from "../../infonet/test/left-behind.js";
import { BIN, PENGUINS } from "./run.js";

test.each([
  [["matrix", PENGUINS, "--threads", "2"], "344 rows · 7 columns"],
  [["matrix", PENGUINS, "--columns", "Species,Island", "--report", "/dev/null"], "344 rows · 2 columns"],
  [["estimate", PENGUINS, "Species", "Sex"], "Species × Sex"],
  [["estimate", PENGUINS, "Species", "Body Mass (g)"], "Species × Body Mass (g)"],
  [["joint", PENGUINS, "--x", "Species,Island", "--y", "Sex"], "Species, Island  ×  Sex"],
  [["conditional", PENGUINS, "Species", "Island", "--given", "Sex"], "Species × Island  given Sex"],
  [["--help"], "Usage: infonet"],
])("infonet %j leaves nothing in the home folder or the temporary one", async (args, says) => {
  const { stdout, files } = await leftBehind(unset, process.execPath, [BIN, ...args]);
  expect(stdout).toContain(says);
  expect(files).toEqual(NOTHING);
});

test("a user who asks for telemetry is obeyed", async () => {
  // A pair that goes to the network: levels alone are counted, which nobody could tell of.
  const args = [BIN, "estimate", PENGUINS, "Species", "Body Mass (g)"];
  const { files } = await leftBehind(asDelivered, process.execPath, args);
  expect(files.some((file) => file.endsWith("deviceid"))).toBe(true);
});

test.skipIf(!canIsolate())("no name is looked up", async () => {
  const command = [process.execPath, BIN, "matrix", PENGUINS, "--report", "/dev/null"];
  expect(await namesLookedUp(unset, command)).toEqual([]);
});
