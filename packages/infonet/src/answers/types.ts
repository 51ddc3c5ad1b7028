/** The public types of the calls that ask a table for answers. */

import type { ErrorCode } from "../errors.js";
import type { ManyOptions, MatrixOptions, SideKind, Units } from "../types.js";

/** Options of `network`. */
export interface NetworkOptions extends ManyOptions {
  /** False discovery rate of the links that are drawn, of all pairs (Benjamini & Hochberg 1995). Default 0.05. */
  fdr?: number | undefined;
  /**
   * How a link is told from one that goes through others. `"conditional"`: what is left of it once the neighbours that explain most of it are
   * known is tested. For wide tables, by the information of pairs alone: `"aracne"`, the weakest link of three columns goes through the
   * third (data-processing inequality; Margolin et al. 2006, tolerance 0.15); `"clr"`, a link stands out of what either column shares with all
   * others (Faith et al. 2007). Default `"conditional"`.
   */
  method?: "conditional" | "clr" | "aracne" | undefined;
  /** With `"conditional"`: columns that a link may go through at once, at most: 1 to 4. Default 3. */
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
  /** With `method: "clr"`: how far the information lies above the background of both columns, in deviations. */
  score?: number;
  /**
   * The larger of the p-values of the pair by itself and given these; with `method: "clr"`, of the pair and of its background, taken for
   * normal.
   */
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
  /** The columns that it goes through; none with `method: "clr"`, where it is no more than the background. */
  through: string[];
  /** With `method: "clr"`, as of an edge. */
  score?: number;
  /** Of what is left once these are known; undefined with `method: "aracne"`, which does not test it. */
  pValue: number | undefined;
}

/** What depends directly on what in a table. */
export interface DependenceNetwork {
  units: Units;
  seed: number;
  /** Model name and hash, as in `model.json`. */
  model: string;
  method: "conditional" | "clr" | "aracne";
  /** Columns in the order given. */
  nodes: string[];
  /**
   * Groups of columns with more and stronger links among themselves than by chance (modularity, by the method of Blondel et al. 2008): the
   * largest first, those without a link at the end, each by itself.
   */
  communities: string[][];
  /** Strongest first, by `direct`; with `method: "clr"`, by `score`. */
  edges: NetworkEdge[];
  /** Strongest first, by `mi`. */
  removed: RemovedLink[];
  /** Pairs without an answer, and links of which it cannot be told whether they are direct, and why. */
  failed: { x: string; y: string; error: string; code: ErrorCode }[];
}

/** Options of `select`. */
export interface SelectOptions extends ManyOptions {
  /** Columns to select, at most. Default 10. */
  most?: number | undefined;
  /**
   * Probability of selecting anything where the target depends on nothing; of each further step likewise. At 1 the search goes on until there are
   * `most` columns: first those that pass at 0.05, then in the order of the mean of what a column tells by itself and beside each of those
   * selected. Default 0.05.
   */
  level?: number | undefined;
  /**
   * What a column is worth beside those selected before. `"conditional"`: its information given all of them. For wide tables, and where rows are
   * few, by triples or pairs alone: `"cmim"`, the least of its information given one of them (Fleuret 2004); `"jmi"`, the mean of that (Yang &
   * Moody 1999); `"mrmr"`, its information less the mean of what it shares with each of them (Peng, Long & Ding 2005). With these there is no look
   * at products and none back. Default `"conditional"`.
   */
  criterion?: "conditional" | "mrmr" | "jmi" | "cmim" | undefined;
  /** Random halves of the rows in which the selection is repeated, up to 1000. Default 0. */
  resamples?: number | undefined;
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
  /** 90 % interval of `total`. */
  totalInterval: [number, number];
  /** P-value of the gain, of as many columns as there were to choose from. */
  pValue: number;
  /** Rows in which the target, this column and those selected before have values: the gain is about them. */
  n: number;
  /** Columns that tell the same of the target: with this one known they tell nothing, and the other way round. */
  same: string[];
  /** The column selected next, if the two tell something only together. */
  together?: string;
  /** With `resamples`: in which share of the halves it, or one that says the same, is selected too. */
  stability?: number;
}

/** The columns that tell most of a target. */
export interface Selection {
  units: Units;
  seed: number;
  /** Model name and hash, as in `model.json`. */
  model: string;
  target: string;
  criterion: "conditional" | "mrmr" | "jmi" | "cmim";
  selected: SelectedColumn[];
  /** With `resamples`: in which share of the halves columns are selected, those that are in any. */
  stability?: { column: string; share: number }[];
  /** Why no further column was selected. */
  stopped: "nothing more is told" | "as many as asked for" | "all columns are selected";
  /** Columns that cannot be used, or not looked at beyond those selected, and why. */
  failed: { column: string; error: string; code: ErrorCode }[];
}

/** Options of `differences`. */
export interface DifferencesOptions extends ManyOptions, Pick<MatrixOptions, "target" | "related"> {}

/** What a column shares with the groups: whether it differs between them by itself. */
export interface ColumnDifference {
  column: string;
  /** Information of the column about the group of a row. */
  mi: number;
  /** 90 % interval. */
  interval: [number, number];
  /** `mi` as a share of the entropy of the groups, or of the column's where that is smaller: 1 where the column tells the group. */
  normalized: number;
  pValue: number;
  /** Smallest false discovery rate at which the column differs, among all columns. */
  qValue: number;
}

/** What two columns share in each group, and whether the groups differ in it. */
export interface PairDifference {
  x: string;
  y: string;
  /** Information in each group, in the order of {@link Differences.groups}. */
  mi: number[];
  /** 90 % interval of each. */
  interval: [number, number][];
  /** The largest less the smallest of them. */
  difference: number;
  /** Probability of copulas as far apart if they were the same in all groups. */
  pValue: number;
  /** Smallest false discovery rate at which the pair differs, among all pairs. */
  qValue: number;
}

/** A group of rows. */
export interface RowGroup {
  level: string;
  n: number;
}

/** What differs between groups of rows: which columns, and which dependences. */
export interface Differences {
  units: Units;
  seed: number;
  /** Model name and hash, as in `model.json`. */
  model: string;
  /** The column that makes the groups. */
  by: string;
  /** Groups of 30 rows or more, which are compared. */
  groups: RowGroup[];
  /** Groups of fewer rows, which take no part. */
  leftOut: RowGroup[];
  /** The surest first. */
  columns: ColumnDifference[];
  /** The surest first. */
  pairs: PairDifference[];
  /** Pairs that some group has no answer for, and why; of columns that share nothing that could be told with the groups, `y` is `by`. */
  failed: { x: string; y: string; error: string; code: ErrorCode }[];
}

/** Options of `summary`. */
export interface SummaryOptions extends ManyOptions {
  /** Of so many columns, those that tell most, all pairs are taken apart: 0 to 20. Default 3. */
  most?: number | undefined;
  /** The pairs that are taken apart instead, by the names of their columns. */
  pairs?: ReadonlyArray<readonly [string, string]> | undefined;
}

/** What a column is and tells of the target. */
export interface ColumnSummary {
  column: string;
  /** What it is taken for beside the target. */
  kind: SideKind;
  /** All that there is to tell of it, where it is levels; that of numbers depends on their unit and is not told. */
  entropy?: number;
  /** Information about the target. */
  mi: number;
  /** 90 % interval. */
  interval: [number, number];
  /**
   * Share of the target that it explains, 0 to 1: of its entropy where the target is levels, else 1 − e^(−2·mi), the share of variance that as
   * much information means for normal numbers (Linfoot 1957).
   */
  explained: number;
  pValue: number | undefined;
  /** Smallest false discovery rate at which it depends on the target, among all columns. */
  qValue: number | undefined;
  /** Rows in which both have a value. */
  n: number;
}

/**
 * What two columns tell of the target, in parts that add up to `mi` and are not negative: partial information decomposition by the unique
 * information of Bertschinger, Rauh, Olbrich, Jost & Ay (Entropy 2014). The share of the weaker column's information that is redundant is
 * found in tables of counts, numbers cut into up to 8 cells of as many rows.
 */
export interface PairDecomposition {
  x: string;
  y: string;
  /** What both tell, no less than the stronger of them. */
  mi: number;
  /** 90 % interval of what both tell. */
  interval: [number, number];
  /** What only x tells, and only y. */
  unique: [number, number];
  /** What either of them tells. */
  redundant: number;
  /** What only both together tell. */
  synergistic: number;
  /**
   * Interaction information (McGill 1954): what both tell less what each tells by itself, which is synergy less redundancy, as far as these may
   * be told apart from chance; with its 90 % interval.
   */
  interaction?: { mi: number; interval: [number, number] };
  /** Rows in which both and the target have values: all of this is about them. */
  n: number;
}

/** What the columns of a table tell of one of them. */
export interface TableSummary {
  units: Units;
  seed: number;
  /** Model name and hash, as in `model.json`. */
  model: string;
  target: string;
  /** All that there is to tell of the target, where it is levels. */
  entropy?: number;
  /** Those that tell most first. */
  columns: ColumnSummary[];
  /** Pairs of the columns that tell most, or those that were asked for. */
  pairs: PairDecomposition[];
  /** Columns that cannot be used, pairs (with `other`) that cannot be taken apart, and why. */
  failed: { column: string; other?: string; error: string; code: ErrorCode }[];
}
