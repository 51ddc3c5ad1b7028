/**
 * Functions of jax-js, compiled to ONNX and run by ONNX Runtime: a training step takes a fraction of the time that jax-js
 * itself needs for it.
 */
import { init, type numpy } from "@jax-js/jax";
import { loadOnnxRuntime } from "infonet/onnxruntime";
import { compile, spec, type TraceableFunction } from "jax-onnx";
import type { InferenceSession } from "onnxruntime-node";

const ort = await loadOnnxRuntime();

/** An array of jax-js or, while a function is compiled, its stand-in. Operations consume their arguments; `.ref` keeps them. */
export type Tensor = numpy.Array;

/** Shapes by name, in the order of a function's arguments; a scalar has shape []. */
export type Shapes = Readonly<Record<string, readonly number[]>>;

/** A compiled function of named float32 arrays. */
export class Graph {
  private constructor(
    private readonly session: InferenceSession,
    private readonly shapes: Shapes,
  ) {}

  /**
   * Compiles a function and opens it on one thread of the CPU.
   *
   * @param fn of arrays in the order of `shapes`; returns arrays in the order of `outputs`
   * @param outputs names of the results, other than those of the arguments
   */
  static async open(
    fn: (...inputs: Tensor[]) => Tensor[],
    shapes: Shapes,
    outputs: readonly string[],
  ): Promise<Graph> {
    await init("cpu");
    const inputs = Object.keys(shapes);
    const specs = inputs.map((name) => spec(shapes[name]));
    const { bytes } = compile(fn as TraceableFunction, specs, { inputs, outputs });
    const session = await ort.InferenceSession.create(bytes, {
      executionProviders: ["cpu"],
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      logSeverityLevel: 3,
    });
    return new Graph(session, shapes);
  }

  /**
   * Runs it.
   *
   * @param inputs row-major values by name, all that were named when it was opened
   * @returns row-major values by name
   */
  async run(inputs: Readonly<Record<string, Float32Array | number>>): Promise<Record<string, Float32Array>> {
    const feeds = Object.entries(this.shapes).map(([name, shape]) => {
      const value = inputs[name];
      const data = typeof value === "number" ? Float32Array.of(value) : value;
      return [name, new ort.Tensor("float32", data, shape)];
    });
    const results = await this.session.run(Object.fromEntries(feeds));
    return Object.fromEntries(
      Object.entries(results).map(([name, { data }]) => [name, data as Float32Array]),
    );
  }

  /** Frees its memory. */
  dispose(): Promise<void> {
    return this.session.release();
  }
}
