/** Every architecture is exported, or says in one line why not. */
import { existsSync } from "node:fs";
import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readManifest } from "infonet/internal/release";
import { beforeAll, expect, test } from "vitest";
import { ARCHITECTURE_NAMES, architectureNamed, RUNNABLE_NAMES } from "../architecture/index.js";
import { readExported } from "../model/weights.js";
import { splitParameters } from "../network/parameters.js";
import { startJax } from "../runtime/jax.js";
import { SMALL_NETWORKS, untrained } from "../testing/checkpoints.js";
import { exportModel, TRAINED_SIZES } from "./export-model.js";

let folder: string;
beforeAll(async () => {
  await startJax();
  folder = await mkdtemp(join(tmpdir(), "export-"));
});

test.each(ARCHITECTURE_NAMES)("%s: exported whole, or refused with its reason", async (name) => {
  const out = join(folder, name);
  const checkpoint = untrained(name);
  const { inference } = architectureNamed(name);
  if ("reason" in inference) {
    const refused = await exportModel(checkpoint, out).catch((error: Error) => error);
    expect(refused).toBeInstanceOf(TypeError);
    expect((refused as Error).message).toBe(
      `infonet cannot run a ${name}: it ${inference.reason}; take a run of ${RUNNABLE_NAMES.join(" or ")}`,
    );
    expect(inference.reason).toMatch(/^[^\n]{20,100}$/);
    expect(existsSync(out)).toBe(false);
    return;
  }
  await exportModel(checkpoint, out);
  const manifest = await readManifest((file) => readFile(join(out, file)));
  expect(manifest).toMatchObject({ format: 2, name, range: { n: TRAINED_SIZES, ceiling: 8 } });
  const { architecture, network, parameters } = await readExported(out);
  expect({ architecture, network }).toEqual({ architecture: name, network: SMALL_NETWORKS[name] });
  const specs = architectureNamed(name).parameters(network);
  expect(parameters).toEqual(splitParameters(specs, checkpoint.state[0]));
});
