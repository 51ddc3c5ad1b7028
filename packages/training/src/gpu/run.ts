/** The folder that `npm run gpu -- prepare` writes, gpu/train.py trains in, and `collect` reads. */
import type { RunRecord } from "../loop/checkpoint.js";
import type { ExampleOptions } from "../stream/index.js";

/** Names of the files. Vectors of the state are `NAME.bin`, little-endian floats, names as in STATE. */
export const FILES = {
  /** A {@link GpuRun}. */
  run: "run.json",
  /** The training step, and the validation, as ONNX. */
  step: "step.onnx",
  validation: "validation.onnx",
  /** Folder of the state that the run starts from. */
  start: "start",
  /** Folder of the state that it ended with, and in it a {@link GpuResult}. */
  result: "result",
  record: "record.json",
} as const;

/** What train.py needs to know beside graphs and vectors. */
export interface GpuRun {
  /** The run as its checkpoint will tell it; step, seen and minutes are those behind the starting weights. */
  record: RunRecord;
  /** Steps that the optimiser's state remembers: 0 if it is fresh, whatever the weights went through. */
  step: number;
  /** Vectors of the state, in the order of the step's inputs. */
  state: readonly string[];
  /** Floats in each vector. */
  parameters: number;
  /** What the examples are like: the generators are told so. */
  examples: ExampleOptions;
  /** Arrays of a batch as they follow each other in a generator's file, without the batch's dimension. */
  arrays: { name: string; shape: number[] }[];
  /** Bytes that an example takes in a generator's file. */
  bytes: number;
  validation: {
    seed: number;
    /** Batches of `batch` examples, the first of the seed's stream. */
    batches: number;
    batch: number;
    /** Output of the validation graph that holds quantiles of √MI, and their levels. */
    answer: string;
    levels: readonly number[];
  };
}

/** What train.py says at the end, and at each evaluation on the way. */
export interface GpuResult {
  /** Steps done in this run. */
  step: number;
  /** Different distributions that reached the GPU. */
  made: number;
  /** Distributions used in steps, each time counted. */
  used: number;
  /** Seconds of training. */
  seconds: number;
  /** Evaluation of the averaged weights. */
  validation: Record<string, number>;
}
