/**
 * The one door to jax-js. It is young and pinned exactly, so everything the trainer uses of it passes here.
 * Inside traced functions its ownership rule holds: an array passed to an operation is consumed, `.ref`
 * keeps it.
 */
import { defaultDevice, init, type numpy } from "@jax-js/jax";

export { grad, jit, lax, nn, numpy as np, valueAndGrad } from "@jax-js/jax";

/** A jax-js array or, while tracing, its stand-in. */
export type Tensor = numpy.Array;

/**
 * Starts jax-js (the parameterless `init()` looks for a GPU and throws under Node 20): the WebAssembly backend,
 * or the slow and exact reference in plain JavaScript. WebAssembly's exp and log are good to about 1e-5.
 */
export async function startJax(device: "cpu" | "wasm" = "wasm"): Promise<void> {
  await init("cpu", "wasm");
  defaultDevice(device);
}
