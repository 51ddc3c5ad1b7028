import type { LoadOptions, TransferOptions } from "infonet";
import type { TimeOptions } from "../table/in-time.js";
import type { ReadingOptions } from "../table/read.js";
import type { ResultFormat } from "./formats.js";

/** Options of `infonet transfer`. */
export interface TransferCommandOptions
  extends Required<Pick<TransferOptions, "units" | "seed">>,
    Pick<TransferOptions, "history" | "lag">,
    Pick<LoadOptions, "threads">,
    ReadingOptions,
    Omit<TimeOptions, "series"> {
  format: ResultFormat;
  report?: string;
  cluster?: string;
  given?: string[];
  /** Sources of one target, and how many rows they are looked at before it. */
  from?: string[];
  maxLag?: number;
}
