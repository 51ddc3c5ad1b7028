/** Missing values of coded columns. */

/** Place of a missing value. */
export const MISSING = 0xffffffff;
