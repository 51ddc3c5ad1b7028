/** `infonet mcp` as an assistant has it: the built command, asked by the protocol's own client. */
import { spawnSync } from "node:child_process";
import { copyFile, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BIN, infonet, PENGUINS } from "./run.js";

let folder: string;
let client: Client;
let transport: StdioClientTransport;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "infonet-mcp-"));
  await copyFile(PENGUINS, join(folder, "penguins.csv"));
  await symlink(PENGUINS, join(folder, "link.csv"));
  const names = Array.from({ length: 90 }, (_, k) => `c${k}`);
  const rows = Array.from({ length: 400 }, (_, i) => names.map((_, k) => Math.sin(i * i * (k + 1))));
  await writeFile(join(folder, "wide.csv"), [names, ...rows].join("\n"));
  transport = new StdioClientTransport({
    command: process.execPath,
    args: [BIN, "mcp", folder],
    stderr: "pipe",
  });
  client = new Client({ name: "test", version: "0" });
  await client.connect(transport);
});

afterAll(async () => {
  await client?.close();
  await rm(folder, { recursive: true, force: true });
});

/** What a tool answers, and whether it is a refusal. */
async function asked(name: string, given: Record<string, unknown> = {}, options = {}) {
  const { content, isError = false } = await client.callTool({ name, arguments: given }, options);
  const [answer, ...notes] = (content as { text: string }[]).map(({ text }) => text);
  return { answer, notes, isError };
}
const json = async (name: string, given: Record<string, unknown> = {}) => {
  const { answer, isError } = await asked(name, given);
  expect(isError, answer).toBe(false);
  return JSON.parse(answer);
};

test("tools are listed with what they take, and change nothing", async () => {
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual([
    ...["tables", "columns", "matrix", "estimate", "conditional", "joint", "select", "summary", "network"],
    ...["compare", "lags", "transfer"],
  ]);
  for (const { annotations, description } of tools) {
    expect(annotations?.readOnlyHint).toBe(true);
    expect(description?.length).toBeGreaterThan(30);
  }
  const estimate = tools.find(({ name }) => name === "estimate")!;
  expect(estimate.inputSchema.required).toEqual(["table", "x", "y"]);
  expect(client.getInstructions()).toContain("It is no cause.");
});

test("answers are those of the command", async () => {
  expect(await json("tables")).toEqual({ tables: ["penguins.csv", "wide.csv"] });
  const table = "penguins.csv";
  const { columns } = await json("columns", { table });
  expect(columns).toHaveLength(7);

  const { pairs, file } = await json("matrix", { table, target: ["Species"], top: 2 });
  expect(file).toBe("./penguins.csv");
  expect(pairs.map(({ x, y }: Record<string, string>) => [x, y])).toEqual([
    ["Species", "Flipper Length (mm)"],
    ["Species", "Beak Length (mm)"],
  ]);
  const names = { x: "Beak Length (mm)", y: "Beak Depth (mm)" };
  const { mi } = await json("estimate", { table, ...names, units: "bits" });
  const direct = await infonet([
    "estimate",
    PENGUINS,
    names.x,
    names.y,
    "--units",
    "bits",
    "--format",
    "json",
  ]);
  expect(mi).toBe(JSON.parse(direct.out).mi);
  const { mi: beyond } = await json("conditional", { table, ...names, given: ["Species"] });
  expect(beyond).toBeLessThan(mi * Math.LN2);
  const both = await json("joint", { table, x: [names.x, names.y], y: ["Species"] });
  expect(both.mi).toBeGreaterThan(0.8);
});

test("what cannot be answered says why, and the server stays", async () => {
  for (const table of ["../penguins.csv", "/etc/passwd", "link.csv", "none.csv"]) {
    const { answer, isError } = await asked("columns", { table });
    expect(isError).toBe(true);
    expect(answer).toMatch(/^".*" (is outside of the folder|goes by a link|is no file there); name a file/);
  }
  const { answer, isError } = await asked("estimate", { table: "penguins.csv", x: "Speces", y: "Sex" });
  expect(isError).toBe(true);
  expect(answer).toMatch(/Speces.*Species/);
  const wrong = await client.callTool({ name: "matrix", arguments: { table: 3 } }).then(
    ({ isError }) => isError,
    () => true,
  );
  expect(wrong).toBe(true);
  expect(await json("tables")).toBeDefined();
});

test("a long call tells how far it is, and ends when it is cancelled", async () => {
  const controller = new AbortController();
  const steps: [number, number | undefined][] = [];
  const call = client.callTool(
    { name: "matrix", arguments: { table: "wide.csv" } },
    {
      signal: controller.signal,
      onprogress: ({ progress, total }) => {
        steps.push([progress, total]);
        controller.abort("enough");
      },
    },
  );
  await expect(call).rejects.toThrow();
  expect(steps[0][1]).toBe((90 * 89) / 2);
  expect(steps[0][0]).toBeLessThan((90 * 89) / 2);
  expect(await json("tables")).toBeDefined();
});

test("a folder that is none is told in a line, and the end of the input ends the server", async () => {
  const none = await infonet(["mcp", join(folder, "none")]);
  expect(none).toMatchObject({ code: 1, out: "" });
  expect(none.err).toMatch(/none is no folder; name the one whose tables may be read\.\n$/);
  const { status, stdout } = spawnSync(process.execPath, [BIN, "mcp", folder], {
    input: "",
    timeout: 20_000,
  });
  expect([status, String(stdout)]).toEqual([0, ""]);
});
