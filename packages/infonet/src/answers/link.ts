/** A pair of columns that depend on each other, and what becomes of it. */
export interface Link {
  /** Positions of the columns. */
  x: number;
  y: number;
  mi: number;
  pValue: number;
  /** What explains most of it. */
  given: number[];
  /** What is left with these known, and its p-value; undefined where nobody tested. */
  direct: number;
  pGiven: number | undefined;
  /** What others it could not be looked at beyond, for want of rows. */
  unseen?: readonly number[];
  /** How far the information is above the background of both columns, in deviations. */
  score?: number;
  /** Whether it stands. */
  stands: boolean;
}
