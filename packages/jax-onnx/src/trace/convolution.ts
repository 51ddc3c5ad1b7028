import type { Rule } from "./lower.js";
export const convolutionRules: Record<string, Rule> = {};
