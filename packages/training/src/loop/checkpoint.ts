/**
 * Checkpoints: one file with a versioned header, written beside the old one and renamed over it, so that a
 * crash at any moment leaves a whole checkpoint behind.
 */
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { NetworkConfig } from "../architecture/index.js";
import type { AdamWConfig } from "../optimize/adamw.js";
import type { ScheduleConfig } from "../optimize/schedule.js";
import { STATE } from "../step/step.js";

/** Everything a run needs to go on, and everything the export tells about it. */
export interface RunRecord {
  seed: number;
  batch: number;
  /** Name of the architecture. */
  architecture: string;
  /** Sizes of the network. */
  network: NetworkConfig;
  optimizer: AdamWConfig;
  schedule: ScheduleConfig;
  /** Steps done. */
  step: number;
  /** Examples seen; also the position in the stream. */
  seen: number;
  /** Training time so far, minutes. */
  minutes: number;
  /** Planned length of the run, minutes. */
  plannedMinutes: number;
  /** The last evaluation on the validation set. */
  validation: Record<string, number>;
  /** Runs whose mean the weights are, where there are several. */
  averaged?: number;
}

/** A checkpoint: the record and the four flat vectors of the state, in the order of {@link STATE}. */
export interface Checkpoint {
  record: RunRecord;
  state: Float32Array[];
}

/** Architecture of a checkpoint that names none. */
const UNNAMED = "copula-transformer";

const MAGIC = "INFONETC";
const VERSION = 1;
/** The file in the folder of a run. */
export const CHECKPOINT_FILE = "checkpoint.bin";

/** Writes `checkpoint.bin` in a folder, atomically. Makes the folder if it is missing. */
export async function saveCheckpoint(folder: string, { record, state }: Checkpoint): Promise<void> {
  await mkdir(folder, { recursive: true });
  const json = Buffer.from(JSON.stringify(record));
  // The vectors start at a multiple of four bytes.
  const padded = Buffer.concat([json, Buffer.alloc((4 - (json.length % 4)) % 4, " ")]);
  const head = Buffer.alloc(20);
  head.write(MAGIC, "latin1");
  head.writeUInt32LE(VERSION, 8);
  head.writeUInt32LE(padded.length, 12);
  head.writeUInt32LE(state[0].length, 16);
  const vectors = state.map((v) => Buffer.from(v.buffer, v.byteOffset, v.byteLength));
  const temporary = join(folder, `${CHECKPOINT_FILE}.tmp`);
  await writeFile(temporary, Buffer.concat([head, padded, ...vectors]));
  await rename(temporary, join(folder, CHECKPOINT_FILE));
}

/**
 * Reads the checkpoint of a folder.
 *
 * @throws Error if there is none, or if it is not one that this version reads
 */
export async function loadCheckpoint(folder: string): Promise<Checkpoint> {
  const path = join(folder, CHECKPOINT_FILE);
  if (!existsSync(path))
    throw new Error(`${folder} holds no ${CHECKPOINT_FILE}; give the folder of an earlier run`);
  const bytes = await readFile(path);
  const version = bytes.length >= 20 ? bytes.readUInt32LE(8) : 0;
  if (bytes.toString("latin1", 0, 8) !== MAGIC || version !== VERSION) {
    throw new Error(`${path} is not a checkpoint of version ${VERSION}; train again with this version`);
  }
  const jsonLength = bytes.readUInt32LE(12);
  const length = bytes.readUInt32LE(16);
  const record: RunRecord = {
    architecture: UNNAMED,
    ...JSON.parse(bytes.toString("utf8", 20, 20 + jsonLength)),
  };
  const start = 20 + jsonLength;
  if (bytes.length !== start + 4 * length * STATE.length) {
    throw new Error(`${path} has ${bytes.length} bytes, which is not what its header says; it is damaged`);
  }
  const state = STATE.map((_, k) => {
    const from = start + 4 * length * k;
    return new Float32Array(
      bytes.buffer.slice(bytes.byteOffset + from, bytes.byteOffset + from + 4 * length),
    );
  });
  return { record, state };
}
