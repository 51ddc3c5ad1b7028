/** The released model as the rooms use it, on the calling thread. */

import { platform } from "#platform";
import { Engine } from "../engine/engine.js";
import { Model } from "../engine/model.js";
import { InfoNet } from "../infonet.js";

/** An engine with the released model, to be disposed of. */
export async function releasedEngine(): Promise<Engine> {
  const files = platform.modelFiles(platform.modelFolder(undefined));
  const model = await Model.open(await platform.loadRuntime(undefined), files);
  return new Engine(model, { threads: 1, pause: async () => {} });
}

let shared: Promise<InfoNet> | undefined;

/** The released model, loaded once for all tests of a process that only ask it. It is not theirs to dispose of. */
export function releasedNet(): Promise<InfoNet> {
  shared ??= InfoNet.load();
  return shared;
}
