/** The files of examples/jobs, each task started as its scheduler would start it. */
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { parseDocument } from "yaml";
import { BIN, emptyFolder, infonet, type Outcome, PENGUINS, shell } from "./run.js";

const SHARDS = 3;
const file = (name: string): string =>
  fileURLToPath(new URL(`../../../examples/jobs/${name}`, import.meta.url));

let one: Outcome;
let planned: string;
beforeAll(async () => {
  one = await infonet(["matrix", PENGUINS, "--format", "csv"]);
  planned = join(await emptyFolder(), "job");
  await infonet(["plan", PENGUINS, "--out", planned, "--shards", String(SHARDS)]);
});

/** A folder with a job in it, and programs that are found before all others. */
async function cluster(programs: Readonly<Record<string, string>> = {}): Promise<string> {
  const folder = await emptyFolder();
  cpSync(planned, join(folder, "job"), { recursive: true });
  const bin = join(folder, "bin");
  mkdirSync(bin);
  const all = { infonet: `exec "${process.execPath}" "${BIN}" "$@"`, ...programs };
  for (const [name, body] of Object.entries(all)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${body}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  return folder;
}

/** Runs a line in the folder; its programs go before others, and no variables of a scheduler but those that are given. */
function started(folder: string, line: string): Promise<Outcome> {
  return shell(
    `unset -f infonet; PATH="${join(folder, "bin")}${delimiter}$PATH"; export PATH; ${line}`,
    folder,
  );
}

async function isWhole(folder: string): Promise<void> {
  expect(await infonet(["merge", join(folder, "job"), "--format", "csv"])).toMatchObject({
    code: 0,
    out: one.out,
  });
}

/** The values of the directives of a script, by their names. */
function directives(name: string, mark: string): Map<string, string> {
  const lines = readFileSync(file(name), "utf8").split("\n");
  const found = lines.flatMap((line) => {
    const [, key, value = ""] = new RegExp(`^#${mark} (--?[\\w-]+)[= ]?(.*)$`).exec(line) ?? [];
    return key === undefined ? [] : [[key, value] as const];
  });
  return new Map(found);
}

test("Slurm: an array, and what is missing once more", async () => {
  const wanted = directives("slurm.sh", "SBATCH");
  expect(wanted.get("--array")).toMatch(/^1-(\d+)%\d+$/);
  expect(wanted.get("--cpus-per-task")).toBe("1");
  // Directives behind the first command are comments to Slurm.
  const text = readFileSync(file("slurm.sh"), "utf8");
  expect(text.lastIndexOf("#SBATCH")).toBeLessThan(text.search(/^exec/m));
  const folder = await cluster();
  const task = (id: number, least: number) =>
    started(folder, `SLURM_ARRAY_TASK_ID=${id} SLURM_ARRAY_TASK_MIN=${least} sh "${file("slurm.sh")}"`);
  for (const done of await Promise.all([1, 3].map((id) => task(id, 1)))) expect(done.code).toBe(0);
  expect((await infonet(["status", join(folder, "job"), "--missing"])).out).toBe("2\n");
  expect((await task(2, 2)).err).toContain("shard 2/3, by SLURM_ARRAY_TASK_ID");
  await isWhole(folder);
});

test("LSF: an array", async () => {
  const wanted = directives("lsf.sh", "BSUB");
  expect(wanted.get("-J")).toMatch(/^"infonet\[1-\d+\]%\d+"$/);
  // What the comment has for missing shards.
  const again = execFileSync("sh", ["-c", `sed "s/\\[1-200\\]%50/[2,5-7]/" "${file("lsf.sh")}"`], {
    encoding: "utf8",
  });
  expect(again).toContain('#BSUB -J "infonet[2,5-7]"\n');
  const folder = await cluster();
  for (let index = 1; index <= SHARDS; index++) {
    const { code, err } = await started(folder, `LSB_JOBINDEX=${index} sh < "${file("lsf.sh")}"`);
    expect({ code, err }).toMatchObject({ code: 0, err: expect.stringContaining("by LSB_JOBINDEX") });
  }
  await isWhole(folder);
});

test("Kubernetes: an indexed job that its rules accept", async () => {
  const document = parseDocument(readFileSync(file("kubernetes.yaml"), "utf8"), {
    strict: true,
    uniqueKeys: true,
  });
  expect([document.errors, document.warnings]).toEqual([[], []]);
  const manifest = document.toJS();
  expect(manifest).toMatchObject({ apiVersion: "batch/v1", kind: "Job" });
  expect(manifest.metadata.name).toMatch(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/);
  const { template, ...spec } = manifest.spec;
  expect(Object.keys(spec).sort()).toEqual([
    "backoffLimitPerIndex",
    "completionMode",
    "completions",
    "maxFailedIndexes",
    "parallelism",
    "ttlSecondsAfterFinished",
  ]);
  expect(spec.completionMode).toBe("Indexed");
  expect(spec.parallelism).toBeLessThanOrEqual(spec.completions);
  expect(spec.maxFailedIndexes).toBeLessThanOrEqual(spec.completions);
  const pod = template.spec;
  // backoffLimitPerIndex asks for it.
  expect(pod.restartPolicy).toBe("Never");
  const volumes = pod.volumes.map(({ name }: { name: string }) => name);
  const [container] = pod.containers;
  for (const { name } of container.volumeMounts) expect(volumes).toContain(name);
  expect(Object.keys(container.resources.requests)).toEqual(["cpu", "memory"]);

  const folder = await cluster({ npx: 'shift 2; exec infonet "$@"' });
  const [{ mountPath }] = container.volumeMounts;
  const command: string[] = container.command.map((word: string) =>
    word === mountPath ? join(folder, "job") : word,
  );
  const line = command.map((word) => `'${word}'`).join(" ");
  for (let index = 0; index < SHARDS; index++) {
    const { code, err } = await started(folder, `JOB_COMPLETION_INDEX=${index} ${line}`);
    expect({ code, err }).toMatchObject({ code: 0, err: expect.stringContaining(`shard ${index + 1}/3`) });
  }
  await isWhole(folder);
});

test("GNU parallel: a shard a line", async () => {
  // Takes the options as the program does, and runs the command for every line.
  const parallel = `while [ "\${1#--}" != "$1" ]; do echo "$1 $2" >> options; shift 2; done
    while read -r line; do "$1" "$2" "$3" "$4" "$(echo "$5" | sed "s/{}/$line/")" "$6" "$7" || exit 1; done`;
  const folder = await cluster({ parallel });
  const done = await started(
    folder,
    `PARALLEL_HOSTS=8/node1,8/node2 sh "${file("parallel.sh")}" "$PWD/job" ${SHARDS}`,
  );
  expect(done.code).toBe(0);
  expect(readFileSync(join(folder, "options"), "utf8")).toBe(
    "--sshlogin 8/node1,8/node2\n--retries 3\n--halt soon,fail=20%\n",
  );
  await isWhole(folder);
});
