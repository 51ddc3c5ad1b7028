/** The example `trajectories`: points of one moving body are found by the information that their tracks share. */
import type { Example, Outcome, Run } from "../example.js";
import { runScenes } from "./drawn-scenes.js";
import { runFile } from "./own-tracks.js";

function run(given: Run): Promise<Outcome> {
  const { tracks, point, camera, every } = given.options;
  if (tracks !== undefined) return runFile(tracks, given);
  if (point !== undefined || camera !== undefined || every !== undefined) {
    throw new TypeError(
      "--point, --camera and --every go with --tracks; the drawn scenes are measured with all",
    );
  }
  return runScenes(given);
}

/** Points that move together. */
export const trajectories: Example = {
  name: "trajectories",
  title: "points of one moving body, found by the information that their tracks share",
  options: [
    {
      name: "tracks",
      value: "FILE.npz",
      help: "tracks of a file, PointOdyssey's way, in place of drawn scenes",
    },
    {
      name: "point",
      value: "K",
      help: "with --tracks, the point that others are compared with (default: any)",
    },
    {
      name: "camera",
      value: "HOW",
      help: "with --tracks, keep or remove what most points do (default remove)",
    },
    {
      name: "every",
      value: "N",
      help: "with --tracks, one frame in N makes a sample; N samples are looked at (default 5)",
    },
    { name: "neighbours", value: "K", help: "of KSG (default 3)" },
    {
      name: "lags",
      value: "0,L,…",
      help: "how many of these frames one of two points may be ahead (default 0)",
    },
  ],
  run,
};
