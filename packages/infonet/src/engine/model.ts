/** A model: the network, and the tables by which its quantiles are read. */

import { COUNTS, CountsHead } from "../counts/index.js";
import { type ScreenThreshold, screenThreshold } from "../evidence/index.js";
import { CALIBRATION, Calibration } from "../inference/calibration.js";
import { LEVELS, LevelHead } from "../inference/level-head.js";
import { NULL, NullDistribution, type RankEvidence } from "../inference/null-distribution.js";
import { type Reading, readQuantiles } from "../inference/reading.js";
import { ROWS, RowsHead } from "../inference/rows-head.js";
import { type ReadModelFile, readTable } from "../network/manifest.js";
import { Network, type Runtime } from "../network/network.js";
import type { ModelInfo, Units } from "../types.js";

/** One pair's estimate in nats. */
export interface PairReading {
  mi: number;
  /** 90 % interval. */
  low: number;
  high: number;
  /** Probability of an estimate this large under independence; undefined where the model has no null table. */
  pValue: number | undefined;
}

/** What the calls over several columns know of a model. */
export interface PairModel {
  /** Pairs that one run of the network takes at most. */
  readonly largestBatch: number;
  /** Quantiles that the network gives a pair. */
  readonly levels: number;
  /** Rows that the network was trained with at least, and at most; of more, a random choice is used. */
  readonly rows: readonly [least: number, most: number];
  /** Largest information that it can tell, nats. */
  readonly ceiling: number;
  /**
   * One row of quantiles, read.
   *
   * @param ranks evidence in the same ranks, which the test then heeds too
   */
  readPair(quantiles: ArrayLike<number>, n: number, ranks?: RankEvidence): PairReading;
}

/** A loaded model. */
export class Model implements PairModel {
  private constructor(
    readonly network: Network,
    private readonly nullDistribution: NullDistribution | undefined,
    private readonly calibration: Calibration | undefined,
    /** Reads tables of counts; undefined where the model has none. */
    readonly counts: CountsHead | undefined,
    private readonly levelHead: LevelHead | undefined,
    private readonly rowsHead: RowsHead | undefined,
  ) {}

  /**
   * Reads a model and checks it against its hashes.
   *
   * @throws InfoNetError "model"
   */
  static async open(runtime: Runtime, read: ReadModelFile): Promise<Model> {
    const network = await Network.open(runtime, read);
    const { files } = network.manifest;
    const nullTable = await readTable(read, files.null, NULL);
    const calibration = await readTable(read, files.calibration, CALIBRATION);
    const counts = await readTable(read, files.counts, COUNTS);
    const levels = await readTable(read, files.levels, LEVELS);
    const rows = await readTable(read, files.rows, ROWS);
    return new Model(
      network,
      nullTable && new NullDistribution(nullTable, files.weights.sha256),
      calibration && new Calibration(calibration, files.weights.sha256),
      counts && new CountsHead(counts),
      levels && new LevelHead(levels, files.weights.sha256),
      rows && new RowsHead(rows, files.weights.sha256),
    );
  }

  get info(): ModelInfo {
    const { name, parameters, range, files } = this.network.manifest;
    return { name, sha256: files.weights.sha256, parameters, range: [range.n[0], range.n[1]] };
  }

  get largestBatch(): number {
    return this.network.largestBatch;
  }

  get levels(): number {
    return this.network.manifest.quantiles.length;
  }

  get rows(): readonly [number, number] {
    return this.network.manifest.range.n;
  }

  get ceiling(): number {
    return this.network.manifest.range.ceiling;
  }

  /** How its quantiles are read. */
  reading(units: Units): Reading {
    const { manifest } = this.network;
    const { nullDistribution, calibration, levelHead: levels, rowsHead: rows } = this;
    return { manifest, null: nullDistribution, calibration, levels, rows, units };
  }

  /** How the parts of pairs are read. */
  pairReader(units: Units) {
    return { reading: this.reading("nats"), counts: this.counts, units };
  }

  /** What n rows of independent columns reach with a probability; undefined where the model has no null table. */
  screenThreshold(probability: number, n: number): ScreenThreshold | undefined {
    return screenThreshold(probability, (share) => this.nullDistribution?.wavesThreshold(share, n));
  }

  readPair(quantiles: ArrayLike<number>, n: number, ranks?: RankEvidence): PairReading {
    const facts = { n, used: n, ranks, warnings: [] };
    const { mi, interval, pValue } = readQuantiles(quantiles, facts, this.reading("nats"));
    return { mi, low: interval[0], high: interval[1], pValue };
  }
}
