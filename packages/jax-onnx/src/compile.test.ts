import { lax, numpy as np } from "@jax-js/jax";
import { beforeAll, describe, expect, test } from "vitest";
import { CompileError, compile, encodeInitializers, join, spec } from "./index.js";
import { decode } from "./testing/inspect.js";
import { setupJax } from "./testing/jax-setup.js";
import { runModel } from "./testing/session.js";

type A = np.Array;
beforeAll(() => setupJax("cpu"));

describe("names", () => {
  test("follow the paths of the leaves", () => {
    const model = compile(
      (p: { w: A; layers: A[] }, x: A) => ({ y: np.matmul(x, p.w).add(p.layers[0]), extra: [p.layers[1]] }),
      [{ w: spec([3, 2]), layers: [spec([2]), spec([1])] }, spec([4, 3])],
      { inputs: ["p", "x"], outputs: { extra: "rest" } },
    );
    expect(model.inputs.map((s) => s.name)).toEqual(["p.w", "p.layers.0", "p.layers.1", "x"]);
    expect(model.outputs).toEqual([
      { name: "y", shape: [4, 2], dtype: "float32" },
      { name: "rest.0", shape: [1], dtype: "float32" },
    ]);
  });

  test("default to positions", () => {
    const model = compile((x: A, y: A) => [x, y], [spec([2]), spec([3])]);
    expect([...model.inputs, ...model.outputs].map((s) => s.name)).toEqual(["arg0", "arg1", "out0", "out1"]);
    expect(compile((x: A) => x.mul(2), [spec([2])], { outputs: ["y"] }).outputs[0].name).toBe("y");
  });

  test("must be distinct", () => {
    expect(() => compile((x: A) => ({ x }), [spec([2])], { inputs: ["x"] })).toThrow(
      'the name "x" is used twice; give inputs and outputs distinct names',
    );
  });
});

describe("arguments", () => {
  test("may be arrays, which are not consumed, or numbers", async () => {
    const x = np.array([1, 2, 3]);
    const model = compile((a: A, b: A) => a.mul(b), [x, 2]);
    expect(model.inputs.map((s) => s.shape)).toEqual([[3], []]);
    expect((await runModel(model, [[1, 2, 3], [4]]))[0].data).toEqual([4, 8, 12]);
    expect(x.js()).toEqual([1, 2, 3]);
  });

  test("of other kinds are refused with their value", () => {
    expect(() => compile((x: A) => x, ["no"])).toThrow("argument leaf 0 is no");
  });

  test("nobody reads stay inputs", async () => {
    const model = compile((x: A, y: A) => [y, x.add(1)].slice(1), [spec([2]), spec([5])]);
    expect(model.inputs).toHaveLength(2);
    expect(
      (
        await runModel(model, [
          [1, 2],
          [0, 0, 0, 0, 0],
        ])
      )[0].data,
    ).toEqual([2, 3]);
  });
});

describe("weights apart from the graph", () => {
  const infer = (w: A, x: A): A => np.tanh(np.matmul(x, w)) as A;
  const weights = { name: "w", shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) };
  const graph = (batch: number) =>
    compile(infer, [spec([2, 2]), spec([batch, 2])], {
      inputs: ["w", "x"],
      outputs: ["y"],
      initializers: ["w"],
    });

  test("complete several graphs by plain concatenation", async () => {
    const blob = encodeInitializers([weights]);
    for (const batch of [1, 3]) {
      const model = graph(batch);
      expect(model.inputs.map((s) => s.name)).toEqual(["x"]);
      expect(model.initializers).toEqual([{ name: "w", shape: [2, 2], dtype: "float32" }]);
      const x = Array.from({ length: 2 * batch }, (_, i) => 0.1 * i);
      const [y] = await runModel(model, [x], join(model.bytes, blob));
      expect(y.data[0]).toBeCloseTo(Math.tanh(x[0] + 3 * x[1]), 6);
      expect(y.shape).toEqual([batch, 2]);
    }
  });

  test("must name inputs", () => {
    expect(() => compile(infer, [spec([2, 2]), spec([1, 2])], { initializers: ["v"] })).toThrow(
      'initializer "v" is not an input; the inputs are arg0, arg1',
    );
  });

  test("must have as many elements as their shape", () => {
    expect(() => encodeInitializers([{ ...weights, shape: [3] }])).toThrow(
      'initializer "w" has 4 elements; shape [3] needs 3',
    );
  });

  test("of every element type survive", () => {
    const blob = encodeInitializers([
      { name: "f", shape: [2], data: [1.5, -2] },
      { name: "d", shape: [1], data: Float64Array.of(1.25) },
      { name: "i", shape: [], data: [7], dtype: "int32" },
      { name: "u", shape: [1], data: Uint32Array.of(4e9) },
      { name: "b", shape: [2], data: [1, 0], dtype: "bool" },
    ]);
    const tensors = decode(blob).graph?.initializer ?? [];
    expect(tensors.map((t) => [t.name, t.dataType, t.rawData?.length])).toEqual([
      ["f", 1, 8],
      ["d", 11, 8],
      ["i", 6, 4],
      ["u", 12, 4],
      ["b", 9, 2],
    ]);
  });

  test("can be what the function captured", async () => {
    const table = Float32Array.from({ length: 600 }, (_, i) => i % 7);
    const fn = (x: A): A => np.matmul(x, np.array(table).reshape([2, 300])) as A;
    const inline = compile(fn, [spec([1, 2])]);
    const apart = compile(fn, [spec([1, 2])], { constants: "separate" });
    expect(inline.weights).toHaveLength(0);
    expect(apart.bytes.length).toBeLessThan(1000);
    const [a] = await runModel(inline, [[1, 2]]);
    const [b] = await runModel(apart, [[1, 2]], join(apart.bytes, apart.weights));
    expect(b.data).toEqual(a.data);
    // The name depends on the content alone: graphs of other sizes can share the file.
    const other = compile(fn, [spec([4, 2])], { constants: "separate" });
    expect(other.weights).toEqual(apart.weights);
  });
});

describe("the file", () => {
  test("is the same every time", () => {
    const make = () => compile((x: A) => np.exp(x.ref).mul(x).sum(0), [spec([3, 4])]).bytes;
    expect(make()).toEqual(make());
  });

  test("is read by another implementation of the format", () => {
    const { bytes } = compile((x: A) => np.clip(x, -1, 1), [spec([3, 4])], {
      name: "clip",
      metadata: { origin: "test" },
      opset: 21,
    });
    const model = decode(bytes);
    expect(Number(model.opsetImport?.[0].version)).toBe(21);
    expect(model.graph?.name).toBe("clip");
    expect(model.metadataProps).toMatchObject([{ key: "origin", value: "test" }]);
    const dims = model.graph?.input?.[0].type?.tensorType?.shape?.dim?.map((d) => Number(d.dimValue));
    expect(dims).toEqual([3, 4]);
    expect(model.graph?.node?.every((n) => !n.domain)).toBe(true);
  });

  test("needs opset 20 or newer", () => {
    expect(() => compile((x: A) => x, [spec([1])], { opset: 17 })).toThrow(
      "opset is 17; the emitted operators need 20 or newer",
    );
  });
});

describe("what cannot be compiled", () => {
  const failure = (fn: () => unknown): CompileError => {
    try {
      fn();
    } catch (error) {
      if (error instanceof CompileError) return error;
      throw error;
    }
    throw new Error("did not throw");
  };

  test("names the primitive, the shapes and the remedy", () => {
    const lu = failure(() => compile((x: A) => np.linalg.det(x), [spec([3, 3])]));
    expect(lu.primitive).toBe("lu");
    expect(lu.message).toBe(
      'primitive "lu" (float32[3,3]) cannot be compiled; factorise on the host and pass the factors as inputs',
    );
    const eigh = failure(() => compile((x: A) => np.linalg.eigh(x), [spec([3, 3])]));
    expect(eigh.primitive).toBe("jacobi_eigh");
  });

  test("includes float16, and functions the runtime has for float32 only", () => {
    expect(failure(() => compile((x: A) => x.add(1), [spec([2], "float16")])).message).toContain(
      "dtype float16 is not supported",
    );
    const atan = failure(() => compile((x: A) => np.atan(x), [spec([2], "float64")]));
    expect(atan.message).toBe(
      'primitive "atan" got float64; ONNX Runtime has no kernel for it; cast to float32 around it',
    );
    const conv = failure(() =>
      compile(
        (x: A, k: A) => lax.conv(x, k, [1], "SAME"),
        [spec([1, 1, 4], "float64"), spec([1, 1, 2], "float64")],
      ),
    );
    expect(conv.primitive).toBe("conv");
  });

  test("includes matrix algorithms beyond the size they are unrolled to", () => {
    const error = failure(() => compile((x: A) => lax.linalg.cholesky(x), [spec([40, 40])]));
    expect(error.message).toContain('primitive "cholesky" got a matrix of size 40; it is unrolled up to 32');
  });
});
