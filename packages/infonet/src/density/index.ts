/** The copula density that the network speaks in. */
export { COMPONENT_NUMBERS, MIXTURE_NUMBERS } from "./components.js";
export { CopulaDensity, type ScoreDerivatives } from "./copula-density.js";
export { StepCopula } from "./step-copula.js";
