/** The released model as the rooms use it, on the calling thread. */

import { platform } from "#platform";
import { Engine } from "../engine/engine.js";
import { Model } from "../engine/model.js";

/** An engine with the released model, to be disposed of. */
export async function releasedEngine(): Promise<Engine> {
  const files = platform.modelFiles(platform.modelFolder(undefined));
  const model = await Model.open(await platform.loadRuntime(undefined), files);
  return new Engine(model, { threads: 1, pause: async () => {} });
}
