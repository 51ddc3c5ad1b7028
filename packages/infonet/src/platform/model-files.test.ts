/** Where a model may lie, and what is said where there is none. */

import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { InfoNet } from "../infonet.js";
import { checkManifest, type Manifest } from "../network/manifest.js";
import { sha256 } from "../network/sha256.js";
import { normalPair } from "../testing/random.js";
import { platform } from "./node.js";

const RELEASED = fileURLToPath(new URL("../../model", import.meta.url));
const [x, y] = normalPair(1, 60, 0.6);

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "infonet-model-"));
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** A copy of the released model in a folder of this name, with a change. */
async function copied(
  name: string,
  change?: (folder: string, manifest: Manifest) => Promise<void>,
): Promise<string> {
  const folder = join(root, name);
  await cp(RELEASED, folder, { recursive: true });
  if (change !== undefined) {
    const manifest = JSON.parse(await readFile(join(folder, "model.json"), "utf8")) as Manifest;
    await change(folder, manifest);
    await writeFile(join(folder, "model.json"), JSON.stringify(manifest));
  }
  return folder;
}

/** Another content of a file, with the hash that goes with it. */
async function replace(
  folder: string,
  entry: { file: string; sha256: string },
  bytes: Uint8Array,
): Promise<void> {
  await writeFile(join(folder, entry.file), bytes);
  entry.sha256 = await sha256(bytes);
}

describe("a folder is found", () => {
  test.each(["plain", "with space", "a#b", "a?b", "a%b", "a%20b", "ünï", "C:\\models", "a+b:c"])(
    "called %j, by its path, its path with a slash, and its address",
    async (name) => {
      const folder = await copied(name);
      for (const model of [folder, `${folder}/`, relative(process.cwd(), folder), pathToFileURL(folder)]) {
        await using net = await InfoNet.load({ model });
        expect(net.info.name).toBe("copula-density");
        await net.estimate(x, y);
      }
    },
  );

  test("and stays found when the working directory changes", async () => {
    const before = process.cwd();
    const folder = await copied("relative");
    const read = platform.modelFiles(platform.modelFolder(relative(before, folder)));
    expect(platform.modelFolder(relative(before, folder))?.href).toBe(`${pathToFileURL(folder).href}/`);
    expect((await read("model.json", 10_000)).length).toBeGreaterThan(1000);
  });
});

describe("what is no model is refused with the true cause", () => {
  const fails = async (model: string | URL, message: RegExp): Promise<void> => {
    const call = async (): Promise<unknown> => {
      await using net = await InfoNet.load({ model });
      return await net.estimate(x, y);
    };
    const error = await call().catch((e: unknown) => e);
    expect(error).toMatchObject({
      name: "InfoNetError",
      code: "model",
      message: expect.stringMatching(message),
    });
  };

  test.each<[string, RegExp]>([
    [
      "/nowhere/at all",
      /^model\.json of the model cannot be read \(ENOENT: .*\/nowhere\/at all\/model\.json'\)/,
    ],
    [
      join(RELEASED, "model.json"),
      /cannot be read \(ENOTDIR: .*check the `model` option: it takes the folder/,
    ],
    ["a\0b", /cannot be read \(.*null bytes.*\)/],
    ["http://", /^model is "http:\/\/" \(Invalid URL\); pass/],
    ["data:application/json,{}", /^model is "data:/],
    ["ftp://127.0.0.1/model", /cannot be read \(.*scheme.*\)/],
    ["file:///a%2Fb", /cannot be read \(File URL path must not include encoded \/ characters\)/],
    ["http://127.0.0.1:1/model", /cannot be read \(.*(ECONNREFUSED|bad port).*\)/],
  ])("%j", fails);

  test("files that are folders, empty, cut off, or too large", async () => {
    await fails(
      await copied("folder", async (folder, { files }) => {
        await rm(join(folder, files.densities[0].file));
        await mkdir(join(folder, files.densities[0].file));
      }),
      /^density-1\.onnx of the model cannot be read \(\/.*density-1\.onnx is a folder\)/,
    );
    await fails(
      await copied("empty", (folder) => writeFile(join(folder, "weights.onnx"), "")),
      /^weights\.onnx has 0 bytes with SHA-256 e3b0c44298fc…, model\.json says .*copy the model again/,
    );
    await fails(
      await copied("cut", async (folder) => {
        const path = join(folder, "density-1.onnx");
        await writeFile(path, (await readFile(path)).subarray(0, 1000));
      }),
      /^density-1\.onnx has 1000 bytes with SHA-256/,
    );
    const folder = await copied("large");
    await writeFile(join(folder, "model.json"), " ".repeat((1 << 20) + 1));
    await fails(folder, /model\.json has more than the 1048576 bytes that such a file may have/);
  });

  test("a device, which has no end", async () => {
    const folder = await copied("device");
    await rm(join(folder, "null.json"));
    await symlink("/dev/zero", join(folder, "null.json"));
    await fails(folder, /^null\.json of the model cannot be read \(.*null\.json is no file\)/);
  });

  test("tables with the right hash that hold something else", async () => {
    for (const [kind, content, message] of [
      ["null", "{}", /^null\.json: weights is missing; .*`npm run null-table`/],
      ["null", "null", /^null\.json is null; it must be an object/],
      ["calibration", "[]", /^calibration\.json is a list of 0; it must be an object/],
      ["calibration", "{", /^calibration\.json is not JSON\. .*`npm run calibrate`/],
      ["calibration", "7", /^calibration\.json is 7/],
      ["counts", "{}", /^counts\.json: seed is missing; .*`npm run counts-head`/],
    ] as const) {
      const change = (folder: string, { files }: Manifest) =>
        replace(folder, files[kind]!, Buffer.from(content));
      await fails(await copied(`${kind} ${content}`, change), message);
    }
  });

  test("graphs and weights with the right hash that are damaged, swapped, or of another model", async () => {
    const noise = Uint8Array.from({ length: 5000 }, (_, k) => (k * k * 7 + 3 * k) % 251);
    await fails(
      await copied("noise", (folder, { files }) => replace(folder, files.densities[0], noise)),
      /^density-1\.onnx cannot be run \(.*\); model\.json, graphs and weights must be of one model/,
    );
    await fails(
      await copied("bytes", async (folder, { files }) => {
        const bytes = await readFile(join(folder, files.densities[0].file));
        await replace(
          folder,
          files.densities[0],
          bytes.map((byte, k) => (k % 97 === 50 ? byte ^ 0x55 : byte)),
        );
      }),
      /^density-1\.onnx cannot be run \(/,
    );
    const tables = (manifest: Manifest): void => {
      delete manifest.files.null;
      delete manifest.files.calibration;
      delete manifest.files.levels;
      delete manifest.files.rows;
    };
    await fails(
      await copied("no weights", async (folder, manifest) => {
        tables(manifest);
        await replace(folder, manifest.files.weights, new Uint8Array());
      }),
      /^values-1\.onnx cannot be run \(/,
    );
    await fails(
      await copied("other weights", async (folder, manifest) => {
        await replace(folder, manifest.files.weights, noise);
      }),
      /^null\.json was made with weights/,
    );
    await fails(
      await copied("values for densities", async (_, manifest) => {
        const { densities, values } = manifest.files;
        manifest.files.densities = values;
        manifest.files.values = densities;
      }),
      /^density-1\.onnx cannot be run \(/,
    );
    await fails(
      await copied("wrong batch", async (_, { files }) => {
        files.densities.splice(0, 2);
        files.densities[0].batch = 4;
      }),
      /^density-16\.onnx cannot be run \(/,
    );
    await fails(
      await copied("wrong levels", async (_, manifest) => {
        manifest.quantiles.pop();
      }),
      /^values-1\.onnx cannot be run \(its output quantiles has 9 values of type float32; 8 of type float32 are needed\)/,
    );
  });
});

describe("over HTTP", () => {
  let server: Server;
  let origin: string;
  const seen: string[] = [];
  const answers: Record<string, (response: ServerResponse) => void> = {
    "/gone/model.json": (response) => response.writeHead(404).end("<html>gone</html>"),
    "/page/model.json": (response) => response.end("\n<!doctype html><title>Welcome</title>"),
    "/closed/model.json": (response) => response.destroy(),
    "/moved/model.json": (response) => response.writeHead(302, { location: "/gone/model.json" }).end(),
    "/round/model.json": (response) => response.writeHead(302, { location: "/round/model.json" }).end(),
    "/endless/model.json": (response) => {
      const more = (): void => {
        while (!response.destroyed && response.write(" ".repeat(1 << 16)));
      };
      response.on("drain", more);
      more();
    },
  };

  beforeAll(async () => {
    server = createServer(async (request, response) => {
      seen.push(request.url!);
      const { pathname } = new URL(request.url!, "http://localhost");
      const [, folder, file] = pathname.split("/");
      if (answers[pathname] !== undefined) answers[pathname](response);
      else if (folder === "to") response.writeHead(301, { location: `/model/${file}` }).end();
      else response.end(await readFile(join(RELEASED, file)));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  test.each(["/model", "/model/", "/model/#part", "/to"])("a model at %s is read", async (place) => {
    await using net = await InfoNet.load({ model: origin + place });
    await using bundled = await InfoNet.load();
    expect((await net.estimate(x, y)).mi).toBe((await bundled.estimate(x, y)).mi);
  });

  test("a query is sent for every file", async () => {
    seen.length = 0;
    await using net = await InfoNet.load({ model: new URL(`${origin}/model?token=a%2Fb`) });
    await net.estimate(x, y);
    const names = [
      "model.json",
      "weights.onnx",
      "null.json",
      "calibration.json",
      "counts.json",
      "levels.json",
      "rows.json",
      "values-1.onnx",
      "density-1.onnx",
    ];
    expect(seen).toEqual(names.map((name) => `/model/${name}?token=a%2Fb`));
  });

  test.each([
    [
      "/gone",
      /^model\.json of the model cannot be read \(http:\/\/127\.0\.0\.1:\d+\/gone\/model\.json answered 404 Not Found\)/,
    ],
    ["/moved", /cannot be read \(http:\/\/127\.0\.0\.1:\d+\/gone\/model\.json answered 404 Not Found\)/],
    ["/page", /^model\.json is an HTML page\. Take a folder/],
    ["/closed", /cannot be read \(fetch failed: other side closed\)/],
    ["/round", /cannot be read \(fetch failed: redirect count exceeded\)/],
    ["/endless", /cannot be read \(.*\/endless\/model\.json has more than the 1048576 bytes/],
  ])("%s is refused with the true cause", async (place, message) => {
    const error = await InfoNet.load({ model: origin + place }).catch((e: unknown) => e);
    expect(error).toMatchObject({
      name: "InfoNetError",
      code: "model",
      message: expect.stringMatching(message),
    });
  });

  test("dispose does not wait for a server that does not answer", async () => {
    let asked = (): void => {};
    const waiting = new Promise<void>((resolve) => {
      asked = resolve;
    });
    answers["/model/density-1.onnx"] = () => asked();
    try {
      const net = await InfoNet.load({ model: `${origin}/model` });
      const call = net.estimate(x, y).catch((e: unknown) => e);
      await waiting;
      await net.dispose();
      expect(await call).toMatchObject({ name: "InfoNetError", code: "disposed" });
    } finally {
      delete answers["/model/density-1.onnx"];
    }
  });

  test("what could not be read once is read by the next call", async () => {
    answers["/model/density-1.onnx"] = (response) => response.writeHead(503).end();
    await using net = await InfoNet.load({ model: `${origin}/model` });
    await expect(net.estimate(x, y)).rejects.toThrow(/density-1\.onnx answered 503 Service Unavailable/);
    delete answers["/model/density-1.onnx"];
    await using own = await InfoNet.load();
    expect((await net.estimate(x, y)).mi).toBe((await own.estimate(x, y)).mi);
  });
});

test("the released manifest passes its own check", async () => {
  checkManifest(JSON.parse(await readFile(join(RELEASED, "model.json"), "utf8")));
});
