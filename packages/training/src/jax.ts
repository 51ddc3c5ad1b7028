/**
 * The one door to jax-js. It is young and pinned exactly, so everything the trainer uses of it passes here.
 * Inside traced functions its ownership rule holds: an array passed to an operation is consumed, `.ref`
 * keeps it.
 */
import { defaultDevice, init, type numpy } from "@jax-js/jax";

export { jit, lax, nn, numpy as np, valueAndGrad } from "@jax-js/jax";

/** A jax-js array or, while tracing, its stand-in. */
export type Tensor = numpy.Array;

/** Starts the WebAssembly backend (the parameterless `init()` looks for a GPU and throws under Node 20). */
export async function startJax(): Promise<void> {
  await init("cpu", "wasm");
  defaultDevice("wasm");
}
