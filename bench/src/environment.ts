/** Where a run took place: numbers of another machine or another version are other numbers. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus, loadavg, totalmem } from "node:os";

/** Machine and versions. */
export interface Environment {
  cpu: string;
  cores: number;
  gigabytes: number;
  /** Processes that were running in the minute before the start: above about 0.5, timings mean little. */
  load: number;
  platform: string;
  node: string;
  infonet: string;
  onnxruntime: string;
  /** Name and beginning of the hash of the weights. */
  model: string;
}

/** The machine and the versions that are running now. */
export function environment(model: string): Environment {
  return {
    cpu: cpus()[0]?.model.trim() ?? "unknown processor",
    cores: cpus().length,
    gigabytes: Math.round(totalmem() / 2 ** 30),
    load: Number(loadavg()[0].toFixed(2)),
    platform: `${process.platform} ${process.arch}`,
    node: process.versions.node,
    infonet: versionOf("infonet"),
    onnxruntime: versionOf("onnxruntime-node"),
    model,
  };
}

function versionOf(name: string): string {
  const file = createRequire(import.meta.url).resolve(`${name}/package.json`);
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}
