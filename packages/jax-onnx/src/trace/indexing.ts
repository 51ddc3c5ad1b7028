import type { Rule } from "./lower.js";
export const indexingRules: Record<string, Rule> = {};
