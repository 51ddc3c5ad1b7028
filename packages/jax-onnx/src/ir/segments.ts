import type { Builder } from "./builder.js";
import type { Node } from "./node.js";
import { is, uniform } from "./node.js";
import { product, sameShape } from "./shape.js";

// The gradient of "take slices of one long vector" is a sum of zero-padded vectors. Kept as `segments` (pieces
// at offsets along an axis, zero between them) such a sum is a merge of piece lists, and what reaches the
// emitter is a single Concat.

type Piece = { readonly offset: number; readonly node: Node };

const pieces = (n: Node<"segments">): Piece[] =>
  n.inputs.map((node, i) => ({ offset: n.attrs.offsets[i], node }));

/** The node for `list` (any order, no overlaps) along `axis` of a tensor of the given shape. */
function segments(
  g: Builder,
  list: readonly Piece[],
  axis: number,
  shape: readonly number[],
  like: Node,
): Node {
  const zero = list.filter((p) => uniform(p.node) !== 0 && p.node.shape[axis] > 0);
  const sorted = zero.sort((p, q) => p.offset - q.offset);
  const joined: Piece[] = [];
  for (const p of sorted) {
    const last = joined.at(-1);
    const merged = last && joinSlices(g, last, p, axis);
    if (merged) joined[joined.length - 1] = merged;
    else joined.push(p);
  }
  if (joined.length === 0) return g.fill(0, shape, like.dtype);
  if (joined.length === 1 && sameShape(joined[0].node.shape, shape)) return joined[0].node;
  return g.node(
    "segments",
    joined.map((p) => p.node),
    [...shape],
    like.dtype,
    { axis, offsets: joined.map((p) => p.offset) },
  );
}

/** Two neighbouring slices of one tensor are one slice. */
function joinSlices(g: Builder, a: Piece, b: Piece, axis: number): Piece | undefined {
  const [p, q] = [a.node, b.node];
  if (!is(p, "slice") || !is(q, "slice") || p.inputs[0] !== q.inputs[0]) return undefined;
  if (a.offset + p.shape[axis] !== b.offset) return undefined;
  const whole = [...p.attrs.steps, ...q.attrs.steps].every((s) => s === 1);
  const aligned = p.attrs.starts.every((s, i) =>
    i === axis ? s + p.shape[i] === q.attrs.starts[i] : s === q.attrs.starts[i] && p.shape[i] === q.shape[i],
  );
  if (!whole || !aligned) return undefined;
  const ends = q.shape.map((d, i) => q.attrs.starts[i] + d);
  return { offset: a.offset, node: sliceNode(g, p.inputs[0], p.attrs.starts, ends, p.attrs.steps) };
}

export function concatenate(g: Builder, xs: readonly Node[], axis: number): Node {
  const total = xs.reduce((n, x) => n + x.shape[axis], 0);
  const shape = xs[0].shape.map((d, i) => (i === axis ? total : d));
  const first = uniform(xs[0]);
  if (first !== undefined && xs.every((x) => uniform(x) === first)) return g.fill(first, shape, xs[0].dtype);
  let at = 0;
  const list: Piece[] = [];
  for (const x of xs) {
    // A nested concatenation along the same axis is flattened.
    if (is(x, "segments") && x.attrs.axis === axis)
      for (const p of pieces(x)) list.push({ offset: p.offset + at, node: p.node });
    else list.push({ offset: at, node: x });
    at += x.shape[axis];
  }
  return segments(g, list, axis, shape, xs[0]);
}

/** Zero-padding, by axis; a negative width crops. */
export function padNode(g: Builder, x: Node, low: readonly number[], high: readonly number[]): Node {
  let y = x;
  if (low.some((w) => w < 0) || high.some((w) => w < 0)) {
    const starts = low.map((w) => Math.max(0, -w));
    const ends = x.shape.map((d, i) => d - Math.max(0, -high[i]));
    y = g.slice(y, starts, ends);
  }
  for (let axis = 0; axis < low.length; axis++) {
    const [lo, hi] = [Math.max(0, low[axis]), Math.max(0, high[axis])];
    if (lo === 0 && hi === 0) continue;
    const shape = y.shape.map((d, i) => (i === axis ? d + lo + hi : d));
    const list =
      is(y, "segments") && y.attrs.axis === axis
        ? pieces(y).map((p) => ({ offset: p.offset + lo, node: p.node }))
        : [{ offset: lo, node: y }];
    y = segments(g, list, axis, shape, y);
  }
  return y;
}

/**
 * Sum of two `segments` along the same axis, when no pieces overlap or those that do cover the same range;
 * otherwise `undefined`, and the sum is an ordinary one.
 */
export function addSegments(g: Builder, a: Node, b: Node): Node | undefined {
  if (!is(a, "segments") || !is(b, "segments")) return undefined;
  if (a.attrs.axis !== b.attrs.axis || !sameShape(a.shape, b.shape)) return undefined;
  const { axis } = a.attrs;
  const list: Piece[] = [];
  const [left, right] = [pieces(a), pieces(b)];
  while (left.length > 0 || right.length > 0) {
    const [p, q] = [left[0], right[0]];
    if (p && q && p.offset === q.offset && p.node.shape[axis] === q.node.shape[axis]) {
      list.push({ offset: p.offset, node: g.add(p.node, q.node) });
      left.shift();
      right.shift();
      continue;
    }
    const next = !q || (p && p.offset < q.offset) ? left.shift()! : right.shift()!;
    const last = list.at(-1);
    if (last && last.offset + last.node.shape[axis] > next.offset) return undefined;
    list.push(next);
  }
  return segments(g, list, axis, a.shape, a);
}

export function sliceNode(
  g: Builder,
  x: Node,
  starts: readonly number[],
  ends: readonly number[],
  steps: readonly number[],
): Node {
  const shape = starts.map((s, i) => Math.max(0, Math.ceil((ends[i] - s) / steps[i])));
  if (steps.every((s) => s === 1) && sameShape(shape, x.shape)) return x;
  if (is(x, "fill")) return g.fill(x.attrs.value, shape, x.dtype);
  if (product(shape) === 0) return g.fill(0, shape, x.dtype);
  if (is(x, "broadcast")) {
    const source = x.inputs[0];
    const whole = (i: number): boolean => source.shape[i] === 1;
    const from = starts.map((s, i) => (whole(i) ? 0 : s));
    const to = ends.map((e, i) => (whole(i) ? 1 : e));
    const by = steps.map((s, i) => (whole(i) ? 1 : s));
    return g.broadcast(sliceNode(g, source, from, to, by), shape);
  }
  if (is(x, "slice")) {
    const from = x.attrs.starts.map((s, i) => s + starts[i] * x.attrs.steps[i]);
    const by = x.attrs.steps.map((s, i) => s * steps[i]);
    const to = shape.map((d, i) => from[i] + d * by[i]);
    return sliceNode(g, x.inputs[0], from, to, by);
  }
  if (is(x, "segments") && steps.every((s) => s === 1)) {
    const inside = sliceOfSegments(g, x, starts, ends, shape);
    if (inside) return inside;
  }
  return g.node("slice", [x], shape, x.dtype, { starts: [...starts], steps: [...steps] });
}

/** A slice of a concatenation touches only the pieces it overlaps. */
function sliceOfSegments(
  g: Builder,
  x: Node<"segments">,
  starts: readonly number[],
  ends: readonly number[],
  shape: readonly number[],
): Node | undefined {
  const { axis } = x.attrs;
  const list: Piece[] = [];
  for (const p of pieces(x)) {
    const lo = Math.max(starts[axis], p.offset);
    const hi = Math.min(ends[axis], p.offset + p.node.shape[axis]);
    if (lo >= hi) continue;
    const from = starts.map((s, i) => (i === axis ? lo - p.offset : s));
    const to = ends.map((e, i) => (i === axis ? hi - p.offset : e));
    list.push({ offset: lo - starts[axis], node: g.slice(p.node, from, to) });
  }
  return segments(g, list, axis, shape, x);
}
