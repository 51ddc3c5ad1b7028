import { CompileError } from "../errors.js";
import type { Graph } from "../ir/graph.js";
import type { Node } from "../ir/node.js";
import type { Rule } from "./rule.js";

/** Matrix algorithms are unrolled row by row, so the graph grows with the size. */
const largest = 32;

function checkSize(primitive: string, n: number): void {
  if (n > largest) {
    throw new CompileError(
      `primitive "${primitive}" got a matrix of size ${n}; it is unrolled up to ${largest}, so compute it on the host`,
      primitive,
    );
  }
}

/** Elements [.., from..to] of axis `axis`, counted from the end. */
function part(g: Graph, x: Node, axis: number, from: number, to: number): Node {
  const at = x.shape.length + axis;
  return g.slice(
    x,
    x.shape.map((_, i) => (i === at ? from : 0)),
    x.shape.map((d, i) => (i === at ? to : d)),
  );
}

/** Solves `A·Xᵀ = Bᵀ` for upper triangular A by back substitution: [.., n, n], [.., m, n] → [.., m, n]. */
const triangularSolve: Rule = ([a, b], { g, params, primitive }) => {
  const n = a.shape[a.shape.length - 1];
  checkSize(primitive, n);
  const unit = params.unitDiagonal as boolean;
  const columns: Node[] = [];
  for (let i = n - 1; i >= 0; i--) {
    let value = part(g, b, -1, i, i + 1);
    const row = part(g, a, -2, i, i + 1);
    if (columns.length > 0) {
      const known = g.concat(columns, b.shape.length - 1);
      const sum = g.dot(known, part(g, row, -1, i + 1, n));
      value = g.sub(value, g.reshape(sum, value.shape));
    }
    columns.unshift(unit ? value : g.binary("div", value, part(g, row, -1, i, i + 1)));
  }
  return [g.concat(columns, b.shape.length - 1)];
};

/** Lower triangular L with `A = L·Lᵀ`, column by column. */
const cholesky: Rule = ([a], { g, primitive }) => {
  const n = a.shape[a.shape.length - 1];
  checkSize(primitive, n);
  const rank = a.shape.length;
  let done: Node | undefined;
  for (let j = 0; j < n; j++) {
    let column = part(g, part(g, a, -1, j, j + 1), -2, j, n);
    if (done) {
      const below = part(g, done, -2, j, n);
      const sum = g.dot(below, part(g, below, -2, 0, 1));
      column = g.sub(column, g.reshape(sum, column.shape));
    }
    const scaled = g.binary("div", column, g.unary("sqrt", part(g, column, -2, 0, 1)));
    const zeros = g.fill(0, [...a.shape.slice(0, -2), j, 1], a.dtype);
    const whole = j === 0 ? scaled : g.concat([zeros, scaled], rank - 2);
    done = done ? g.concat([done, whole], rank - 1) : whole;
  }
  return [done!];
};

export const linearAlgebraRules: Record<string, Rule> = { triangular_solve: triangularSolve, cholesky };
