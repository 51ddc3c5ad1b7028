export { CopulaDensity } from "./copula-density.js";
export { COMPONENT_NUMBERS, Mixture } from "./mixture.js";
