/** What the parts of the bench share: seeded samples, means, tables. */
import { normals, uniforms } from "../random.mjs";

/** Normal and uniform numbers of a seed: the same samples every time. */
export function random(seed) {
  const uniform = uniforms(1 + ((seed * 7919) % 2147483646));
  // The first numbers of seeds that are close to each other are alike.
  for (let k = 0; k < 10; k++) uniform();
  return { uniform, normal: normals(uniform) };
}

/** A normal pair, and the derivatives of y by its correlation. */
export function correlatedBy(rho, n, { normal }) {
  const rest = Math.sqrt(1 - rho * rho);
  const [x, z] = [0, 1].map(() => Float64Array.from({ length: n }, normal));
  const y = x.map((v, i) => rho * v + rest * z[i]);
  return { x, y, byRho: x.map((v, i) => v - (rho / rest) * z[i]) };
}

export const mean = (list) => list.reduce((sum, v) => sum + v, 0) / list.length;
export const deviation = (list) =>
  Math.sqrt(mean(list.map((v) => (v - mean(list)) ** 2)) * (list.length / (list.length - 1)));
export const middle = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];

/** Milliseconds of processor time that some work takes, all threads together: a busy machine changes it less than the clock. */
export async function processorTime(work) {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Adam (Kingma & Ba 2015), uphill; a step may take a share of the rate. */
export function adam(size, rate) {
  const [m, v] = [new Float64Array(size), new Float64Array(size)];
  let step = 0;
  return (values, slopes, share = 1) => {
    step++;
    for (let i = 0; i < size; i++) {
      m[i] = 0.9 * m[i] + 0.1 * slopes[i];
      v[i] = 0.999 * v[i] + 0.001 * slopes[i] ** 2;
      const root = Math.sqrt(v[i] / (1 - 0.999 ** step)) + 1e-8;
      values[i] += (share * rate * (m[i] / (1 - 0.9 ** step))) / root;
    }
  };
}

export const signed = (v) => (Object.is(Math.round(1000 * v), -0) ? 0 : v).toFixed(3).replace("-", "−");
export const line = (cells) => console.log(`| ${cells.join(" | ")} |`);
export function tableHead(cells) {
  line(cells);
  line(cells.map(() => "---"));
}
