export { startJax, type Tensor } from "./jax.js";
export * from "./loss.js";
export * from "./network/copula-transformer.js";
export * from "./network/parameters.js";
export * from "./optimizer.js";
export * from "./step.js";
