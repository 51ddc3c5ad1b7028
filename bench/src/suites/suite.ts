/** What a suite is and what it is given. */
import type { InfoNet } from "infonet";
import type { Journal } from "../journal.js";
import type { Measured } from "../report.js";

/** What a suite may use. */
export interface Context {
  seed: number;
  /** Under two minutes on two cores, for a first look. */
  quick: boolean;
  /** File of the paper's published triples; it need not exist. */
  triples: string;
  /** Folder of another model than the bundled one. */
  model: string | undefined;
  /** The network, loaded with the suite's number of threads. */
  net: InfoNet;
  journal: Journal;
  signal: AbortSignal;
  /** Shows what is being done. */
  tell(line: string): void;
}

/** A table of the paper or a public benchmark, measured anew. */
export interface Suite {
  title: string;
  /** One line for `--help`. */
  about: string;
  /** Threads that the network is loaded with. */
  threads: number;
  run(context: Context): Promise<Measured>;
}
