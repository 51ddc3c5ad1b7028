import { defaultDevice, init } from "@jax-js/jax";

/**
 * jax-js parses einsum expressions with the iterator helpers of newer runtimes (`matchAll(…).map(…)`). Tests
 * supply the two it needs where the runtime has none.
 */
function polyfill(): void {
  // jax-js asks `data instanceof Float16Array` before it looks for Float64Array.
  (globalThis as Record<string, unknown>).Float16Array ??= class Float16Array {};
  const prototype = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())) as Record<
    string,
    unknown
  >;
  const define = (name: string, value: unknown): void => {
    if (!(name in prototype))
      Object.defineProperty(prototype, name, { value, configurable: true, writable: true });
  };
  define("map", function* <T, U>(this: Iterable<T>, f: (x: T) => U) {
    for (const x of this) yield f(x);
  });
  define("filter", function* <T>(this: Iterable<T>, f: (x: T) => boolean) {
    for (const x of this) if (f(x)) yield x;
  });
}

let ready: Promise<unknown> | undefined;

/** Starts jax-js on its reference backend (or the faster wasm one); safe to call often. */
export async function setupJax(device: "cpu" | "wasm" = "wasm"): Promise<void> {
  polyfill();
  ready ??= init("cpu", "wasm");
  await ready;
  defaultDevice(device);
}
