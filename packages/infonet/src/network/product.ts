/** A · Bᵀ as a model of one node: ONNX Runtime multiplies matrices as fast as the machine can, in Node and in the browser. */

/** Wire types of protobuf. */
const VARINT = 0;
const BYTES = 2;

/** A field of protobuf: a small number, a text, or a message made of fields. */
function field(number: number, value: number | string | number[][]): number[] {
  const head = (wire: number): number => (number << 3) | wire;
  if (typeof value === "number") return [head(VARINT), value];
  const bytes = typeof value === "string" ? [...new TextEncoder().encode(value)] : value.flat();
  return [head(BYTES), bytes.length, ...bytes];
}

/** A small number under a number of two bytes. */
function tagged(number: number, value: number): number[] {
  const head = (number << 3) | VARINT;
  return [(head & 0x7f) | 0x80, head >> 7, value];
}

/** A matrix of floats by its name, with names for its two sizes. */
function matrix(name: string, rows: string, columns: string): number[][] {
  const FLOAT = 1;
  const size = (dimension: string): number[] => field(1, [field(2, dimension)]);
  const shape = field(2, [size(rows), size(columns)]);
  return [field(1, name), field(2, [field(1, [field(1, FLOAT), shape])])];
}

/** The model: `a` of m × k and `b` of n × k to `product` of m × n, for any sizes (onnx.proto, IR 8, operators 17). */
export const PRODUCT: Uint8Array = Uint8Array.from(
  [
    field(1, 8),
    field(7, [
      field(1, [
        field(1, "a"),
        field(1, "b"),
        field(2, "product"),
        field(4, "Gemm"),
        field(5, [field(1, "transB"), field(3, 1), tagged(20, 2)]),
      ]),
      field(2, "product"),
      field(11, matrix("a", "m", "k")),
      field(11, matrix("b", "n", "k")),
      field(12, matrix("product", "m", "n")),
    ]),
    field(8, [field(2, 17)]),
  ].flat(),
);
