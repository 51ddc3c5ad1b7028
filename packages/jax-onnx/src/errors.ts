/**
 * Thrown when a function cannot be compiled. The message names the primitive or the argument, the value that
 * was received, and what to do instead.
 */
export class CompileError extends Error {
  override readonly name = "CompileError";

  /**
   * @param message Subject, received value, remedy.
   * @param primitive The jax-js primitive the error is about, when there is one.
   */
  constructor(
    message: string,
    readonly primitive?: string,
  ) {
    super(message);
  }
}
