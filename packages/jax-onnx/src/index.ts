export {
  type CompiledModel,
  type CompileOptions,
  compile,
  encodeInitializers,
  type Initializer,
  join,
  spec,
  type TensorSpec,
} from "./compile.js";
export type { DType, TensorData } from "./dtype.js";
export { CompileError } from "./errors.js";
export type { ArraySpec, TraceableFunction } from "./jax.js";
