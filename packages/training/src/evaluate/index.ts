/** The scoreboard, for whoever measures: `npm run evaluate` and the workspace bench/. */
export { Random } from "../prior/random.js";
export { informationOf, lawOf, sampleTable, type TableLaw } from "../prior-tables/index.js";
export { correlatedNormal, student } from "./copulas.js";
export type { Estimator, Scored } from "./estimator.js";
export { bisect, normalOf, zigzagOf } from "./families.js";
export { type Family, pointwise, type Sample } from "./family.js";
export { infonetEstimator } from "./infonet.js";
export { LEVEL_LAWS, levelDraw } from "./level-laws.js";
export { type Mixture2, mutualInformation } from "./mixture.js";
export { type FamilyScore, scoreFamilies } from "./score.js";
export {
  familiesOfSizes,
  SECTIONS,
  type Section,
  type SectionOptions,
  type SectionResult,
} from "./sections.js";
export { digamma, logGamma } from "./special.js";
export { number, percent, textTable } from "./table.js";
export { type OrderScore, type OrderTest, orderTest, scoreOrder, type Triple } from "./triples.js";
