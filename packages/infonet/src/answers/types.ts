/** The public types of the calls that ask a table for answers. */

import type { ErrorCode } from "../errors.js";
import type { ManyOptions, Units } from "../types.js";

/** Options of `network`. */
export interface NetworkOptions extends ManyOptions {
  /** False discovery rate of the links that are drawn, of all pairs (Benjamini & Hochberg 1995). Default 0.05. */
  fdr?: number | undefined;
  /** Columns that a link may go through at once, at most: 1 to 4. Default 3. */
  most?: number | undefined;
}

/** A link that no other columns explain. */
export interface NetworkEdge {
  x: string;
  y: string;
  /** Information of the two columns by themselves. */
  mi: number;
  /** What of it is left once the columns that explain most of it are known; `mi` where none do. */
  direct: number;
  /** The columns that explain most of it. */
  given: string[];
  /** The larger of the p-values of the pair by itself and given these. */
  pValue: number;
  /** Smallest false discovery rate at which the link would be drawn. */
  qValue: number;
}

/** A dependence that other columns explain. */
export interface RemovedLink {
  x: string;
  y: string;
  mi: number;
  direct: number;
  /** The columns that it goes through. */
  through: string[];
  /** Of what is left once these are known. */
  pValue: number;
}

/** What depends directly on what in a table. */
export interface DependenceNetwork {
  units: Units;
  seed: number;
  /** Model name and hash, as in `model.json`. */
  model: string;
  /** Columns in the order given. */
  nodes: string[];
  /** Strongest first, by `direct`. */
  edges: NetworkEdge[];
  /** Strongest first, by `mi`. */
  removed: RemovedLink[];
  /** Pairs without an answer, and why. */
  failed: { x: string; y: string; error: string; code: ErrorCode }[];
}

/** Options of `select`. */
export interface SelectOptions extends ManyOptions {
  /** Columns to select, at most. Default 10. */
  most?: number | undefined;
  /** Probability of selecting anything where the target depends on nothing; of each further step likewise. Default 0.05. */
  level?: number | undefined;
}

/** A column that was selected. */
export interface SelectedColumn {
  column: string;
  /** Information about the target beyond that of the columns selected before. */
  gain: number;
  /** 90 % interval of the gain. */
  interval: [number, number];
  /** Sum of the gains up to this column: the information of all of them together. */
  total: number;
  /** P-value of the gain, of as many columns as there were to choose from. */
  pValue: number;
  /** Columns that tell the same of the target: with this one known they tell nothing, and the other way round. */
  same: string[];
  /** The column selected next, if the two tell something only together. */
  together?: string;
}

/** The columns that tell most of a target. */
export interface Selection {
  units: Units;
  seed: number;
  /** Model name and hash, as in `model.json`. */
  model: string;
  target: string;
  selected: SelectedColumn[];
  /** Why no further column was selected. */
  stopped: "nothing more is told" | "as many as asked for" | "all columns are selected";
  /** Columns that cannot be used, and why. */
  failed: { column: string; error: string; code: ErrorCode }[];
}

/** Options of `differences`. */
export interface DifferencesOptions extends ManyOptions {}

/** What two columns share in each group, and whether the groups differ in it. */
export interface PairDifference {
  x: string;
  y: string;
  /** Information in each group, in the order of {@link Differences.groups}. */
  mi: number[];
  /** The largest less the smallest of them. */
  difference: number;
  /** Probability of copulas as far apart if they were the same in all groups. */
  pValue: number;
  /** Smallest false discovery rate at which the pair differs, among all pairs. */
  qValue: number;
}

/** Which dependences of a table differ between groups of its rows. */
export interface Differences {
  units: Units;
  seed: number;
  /** Model name and hash, as in `model.json`. */
  model: string;
  /** The column that makes the groups. */
  by: string;
  /** Groups of 30 rows or more. */
  groups: { level: string; n: number }[];
  /** The surest first. */
  pairs: PairDifference[];
  /** Pairs that some group has no answer for, and why. */
  failed: { x: string; y: string; error: string; code: ErrorCode }[];
}
