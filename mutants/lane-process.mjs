/** The child process of a lane: what ends a whole process, as an array that grows for ever does, ends this one alone. */

import { Lane } from "./lane.mjs";

const lane = new Lane();

process.on("message", async ({ job, patience }) => {
  const patienceFor = (name) => patience.get(name);
  process.send(await lane.ask(job, patienceFor));
});
process.on("disconnect", async () => {
  await lane.end();
  process.exit();
});
