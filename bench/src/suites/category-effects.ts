/** What laws with categories share. */

/** Names of categories, in no order. */
export const NAMES = ["teal", "rose", "gold", "navy", "plum", "lime", "sand", "mint"];

/** Effects of eight categories on two columns, in no order: mean 0, variance about 1, correlation 0.85. */
export const FIRST = [0.4, -1.6, 1.1, -0.3, 2, -0.9, 0.1, -0.8];
export const SECOND = [0.9, -1.2, 0.2, -0.8, 1.7, -1.4, 0.8, -0.2];

/** Probability by its logit. */
export const logistic = (t: number): number => 1 / (1 + Math.exp(-t));
