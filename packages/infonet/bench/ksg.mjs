/**
 * Speed of `ksg` beside the same estimator written with scipy's cKDTree (Debian: python3-scipy):
 *
 *   node packages/infonet/bench/ksg.mjs [--rows 2000,20000,100000] [--rounds 9] [--json]
 *
 * Both run on the same normal pairs of correlation 0.6, in turns, so that a busy machine slows both alike; the
 * smallest and the middle time of the rounds are printed. scipy counts neighbours in the marginals in two ways:
 * with cKDTree, and faster by binary search in sorted columns, as `ksg` does.
 */
import { spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { ksg } from "infonet/classical";

const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "2000,20000,100000" },
    rounds: { type: "string", default: "9" },
    python: { type: "string", default: "/usr/bin/python3" },
    json: { type: "boolean", default: false },
  },
});
const rounds = Number(values.rounds);

const SCIPY = `
import sys, time
import numpy as np
from scipy.spatial import cKDTree
from scipy.special import digamma

def by_tree(z, radii):
    z = z[:, None]
    return cKDTree(z).query_ball_point(z, radii, p=np.inf, return_length=True) - 1

def by_sorting(z, radii):
    s = np.sort(z)
    return np.searchsorted(s, z + radii, "right") - np.searchsorted(s, z - radii) - 1

def ksg(x, y, count, k=3):
    x, y = x / x.std(), y / y.std()
    joint = np.column_stack([x, y])
    radii = np.nextafter(cKDTree(joint).query(joint, k + 1, p=np.inf)[0][:, -1], 0)
    psi = digamma(count(x, radii) + 1) + digamma(count(y, radii) + 1)
    return digamma(k) + digamma(len(x)) - psi.mean()

for line in sys.stdin.buffer:
    n, rounds = map(int, line.split())
    x, y = np.frombuffer(sys.stdin.buffer.read(16 * n)).reshape(2, n)
    for _ in range(rounds):
        sys.stdin.buffer.readline()
        for count in by_tree, by_sorting:
            start = time.perf_counter()
            mi = ksg(x, y, count)
            print(1e3 * (time.perf_counter() - start), mi, flush=True)
`;

import { normals, uniforms } from "./random.mjs";

/** Correlated normal columns of a seed: the same pairs every time. */
function normalPair(seed, n) {
  const normal = normals(uniforms(seed));
  const x = Float64Array.from({ length: n }, normal);
  return [x, x.map((value) => 0.6 * value + 0.8 * normal())];
}

const smallest = (list) => Math.min(...list);
const middle = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];

const hasScipy = spawnSync(values.python, ["-c", "import scipy.spatial"]).status === 0;
if (!hasScipy) console.error(`${values.python} has no scipy (apt-get install python3-scipy): infonet alone.`);
const python = hasScipy
  ? spawn(values.python, ["-c", SCIPY], { stdio: ["pipe", "pipe", "inherit"] })
  : undefined;
const lines = python && createInterface({ input: python.stdout })[Symbol.asyncIterator]();
const answer = async () => {
  const { value, done } = await lines.next();
  if (done) throw new Error(`${values.python} ended early; its message is above.`);
  return value.split(" ").map(Number);
};

const results = [];
for (const rows of values.rows.split(",").map(Number)) {
  const [x, y] = normalPair(1, rows);
  for (let warm = 0; warm < 20 && warm * rows < 200_000; warm++) ksg(x, y);
  if (python) {
    python.stdin.write(`${rows} ${rounds}\n`);
    python.stdin.write(Buffer.concat([x, y].map((column) => Buffer.from(column.buffer))));
  }
  const times = { infonet: [], tree: [], sorted: [] };
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    const mi = ksg(x, y);
    times.infonet.push(performance.now() - start);
    if (!python) continue;
    python.stdin.write("\n");
    for (const kind of ["tree", "sorted"]) {
      const [ms, theirs] = await answer();
      times[kind].push(ms);
      // scipy's searches add radius and value, which now and then loses the neighbour at the radius.
      const tolerance = kind === "tree" ? 1e-9 : 0.05;
      if (!(Math.abs(theirs - mi) < tolerance)) throw new Error(`${rows} rows: ${mi}, scipy ${theirs}`);
    }
  }
  const result = { rows };
  for (const [kind, list] of Object.entries(times)) {
    if (list.length > 0) result[kind] = { smallest: smallest(list), middle: middle(list) };
  }
  results.push(result);
}
python?.stdin.end();

if (values.json) {
  console.log(JSON.stringify(results, null, 2));
} else {
  const ms = (time) => (time === undefined ? "" : `${time.smallest.toFixed(1)} / ${time.middle.toFixed(1)}`);
  const table = results.map(({ rows, infonet, tree, sorted }) => ({
    n: rows,
    "infonet ms": ms(infonet),
    "scipy, tree ms": ms(tree),
    ratio: tree && (infonet.smallest / tree.smallest).toFixed(2),
    "scipy, sorted ms": ms(sorted),
    "ratio ": sorted && (infonet.smallest / sorted.smallest).toFixed(2),
  }));
  console.log("smallest / middle time; ratio of the smallest, infonet to scipy");
  console.table(table);
}
