/** Arrays in NumPy's file format, https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html */

/** Numbers in row-major order; truth values as 0 and 1. */
export interface NumpyArray {
  shape: readonly number[];
  data: Float64Array;
}

/** Bytes of a number, and how it is read. */
const KINDS: Readonly<Record<string, (view: DataView, at: number, little: boolean) => number>> = {
  b1: (view, at) => (view.getUint8(at) === 0 ? 0 : 1),
  i1: (view, at) => view.getInt8(at),
  u1: (view, at) => view.getUint8(at),
  i2: (view, at, little) => view.getInt16(at, little),
  u2: (view, at, little) => view.getUint16(at, little),
  i4: (view, at, little) => view.getInt32(at, little),
  u4: (view, at, little) => view.getUint32(at, little),
  i8: (view, at, little) => Number(view.getBigInt64(at, little)),
  u8: (view, at, little) => Number(view.getBigUint64(at, little)),
  f4: (view, at, little) => view.getFloat32(at, little),
  f8: (view, at, little) => view.getFloat64(at, little),
};

/**
 * Reads an array of truth values, whole numbers or floating-point numbers of 4 or 8 bytes; both byte orders, both orders of axes.
 *
 * @param name that errors begin with
 * @throws Error for another type, or what is no such file, or is cut off
 */
export function readNpy(file: Uint8Array, name: string): NumpyArray {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (file.length < 12 || Buffer.from(file.subarray(0, 6)).toString("latin1") !== "\x93NUMPY") {
    throw new Error(`${name}: not an array in NumPy's format; write it with numpy.save or numpy.savez`);
  }
  // Version 1 has room for a length of two bytes, later ones for four.
  const wide = file[6] > 1;
  const start = wide ? 12 : 10;
  const length = wide ? view.getUint32(8, true) : view.getUint16(8, true);
  const header = Buffer.from(file.subarray(start, start + length)).toString("utf8");
  const type = /'descr':\s*'([<>|=])(\w+)'/.exec(header);
  const order = /'fortran_order':\s*(True|False)/.exec(header);
  const sides = /'shape':\s*\(([\d,\s]*)\)/.exec(header);
  if (order === null || sides === null || type === null) {
    throw new Error(`${name}: header ${JSON.stringify(header.trim())}; an array of plain numbers is needed`);
  }
  const kind = type[2];
  if (!Object.hasOwn(KINDS, kind)) {
    throw new Error(`${name}: type ${kind}; write it as one of ${Object.keys(KINDS).join(", ")}`);
  }
  const shape = (sides[1].match(/\d+/g) ?? []).map(Number);
  const count = shape.reduce((product, side) => product * side, 1);
  const [bytes, from] = [Number(kind.slice(1)), start + length];
  if (from + count * bytes > file.length) {
    throw new Error(
      `${name}: ${file.length - from} bytes for ${count} numbers of ${bytes}; the file is cut off, copy it again`,
    );
  }
  const [read, little] = [KINDS[kind], type[1] !== ">"];
  const data = new Float64Array(count);
  for (let k = 0; k < count; k++) data[k] = read(view, from + k * bytes, little);
  return { shape, data: order[1] === "True" ? rowMajor(data, shape) : data };
}

/** From the first axis running fastest to the last one running fastest. */
function rowMajor(data: Float64Array, shape: readonly number[]): Float64Array {
  const place = shape.map(() => 0);
  const steps = shape.map((_, axis) => shape.slice(0, axis).reduce((product, side) => product * side, 1));
  return data.map(() => {
    const value = data[place.reduce((sum, p, axis) => sum + p * steps[axis], 0)];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      if (++place[axis] < shape[axis]) break;
      place[axis] = 0;
    }
    return value;
  });
}
