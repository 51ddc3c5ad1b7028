/** The quick test of all pairs before the network: what it loses, and what it saves. */
import { number, Random } from "@infonet/training/evaluate";
import type { DependenceMatrix } from "infonet";
import { type FaintLaw, faintLaws } from "./faint-laws.js";
import type { Context, Suite } from "./suite.js";

const THREADS = 2;
/** Rows of every table. */
const ROWS = 1000;
/** Information of the faint laws, nats. */
const INFORMATION = 0.05;
/** Thresholds of the p-value, ascending. */
const SCREENS = [0.001, 0.01];
/** Columns that depend on one and the same. */
const COLUMNS = 2000;
/** Groups of columns, of which two of the same depend. */
const GROUP = 20;
/** Share of the variance that the columns of a group have in common. */
const COMMON = 0.3;
/** False discovery rate of the lists. */
const FDR = 0.05;

/** How many of the draws of a law the quick test lost, at each threshold. */
async function lostOf(law: FaintLaw, draws: number, place: number, context: Context): Promise<number[]> {
  const { net, seed, signal, tell } = context;
  const lost = SCREENS.map(() => 0);
  for (let done = 0; done < draws; done += COLUMNS) {
    tell(`${law.name}: ${done} of ${draws} pairs`);
    const rng = new Random(seed + place, done);
    const x = Float64Array.from({ length: ROWS }, () => law.x(rng));
    const columns = Array.from({ length: Math.min(COLUMNS, draws - done) }, (_, k) => ({
      name: `y${k}`,
      values: x.map((value) => law.y(value, rng)),
    }));
    // What a threshold keeps, larger ones keep too.
    let left = columns;
    for (const [k, screen] of SCREENS.entries()) {
      if (left.length === 0) break;
      const table = [{ name: "x", values: x }, ...left];
      const matrix = await net.matrix(table, { target: "x", screen, seed, signal });
      left = left.filter(({ name }) => matrix.get("x", name) === undefined);
      lost[k] += left.length;
    }
  }
  return lost;
}

/** A table, and what all its pairs take with and without the quick test. */
interface Stages {
  columns: number;
  pairs: number;
  depend: number;
  /** Of all pairs, and of those that pass. */
  seconds: [all: number, screened: number];
  /** Pairs in the lists at the false discovery rate: of those that depend, and of the others. */
  found: [all: number, screened: number];
  wrong: [all: number, screened: number];
  /** Of those that depend, in the first list and not in the second. */
  missed: number;
}

/** Columns in groups with a common part. */
function groupedTable(columns: number, seed: number): { name: string; values: Float64Array }[] {
  let common: Float64Array = new Float64Array(ROWS);
  return Array.from({ length: columns }, (_, k) => {
    const rng = new Random(seed, k);
    if (k % GROUP === 0) common = Float64Array.from({ length: ROWS }, () => rng.normal());
    const values = common.map((value) => Math.sqrt(COMMON) * value + Math.sqrt(1 - COMMON) * rng.normal());
    return { name: `c${k}`, values };
  });
}

const groupOf = (name: string): number => Math.floor(Number(name.slice(1)) / GROUP);

/** Of the pairs at or below the false discovery rate, those that depend, by their names, and how many others. */
function listOf(matrix: DependenceMatrix): { found: Set<string>; wrong: number } {
  const found = new Set<string>();
  let wrong = 0;
  for (const { x, y, ...cell } of matrix.pairs) {
    if (cell.error !== undefined || (cell.qValue ?? 1) > FDR) continue;
    if (groupOf(x) === groupOf(y)) found.add([x, y].sort().join(" "));
    else wrong++;
  }
  return { found, wrong };
}

async function stagesOf(columns: number, { net, seed, signal, tell }: Context): Promise<Stages> {
  const table = groupedTable(columns, seed);
  const seconds: number[] = [];
  const lists: { found: Set<string>; wrong: number }[] = [];
  // The first call of a worker compiles.
  await net.matrix(table.slice(0, GROUP), { signal });
  for (const screen of [undefined, SCREENS[1]]) {
    tell(`${columns} columns, ${screen === undefined ? "all pairs" : "two stages"}`);
    const start = performance.now();
    lists.push(listOf(await net.matrix(table, { seed, screen, signal })));
    seconds.push((performance.now() - start) / 1000);
  }
  const [all, screened] = lists;
  return {
    columns,
    pairs: (columns * (columns - 1)) / 2,
    depend: (columns * (GROUP - 1)) / 2,
    seconds: [seconds[0], seconds[1]],
    found: [all.found.size, screened.found.size],
    wrong: [all.wrong, screened.wrong],
    missed: [...all.found].filter((pair) => !screened.found.has(pair)).length,
  };
}

export const screening: Suite = {
  title: "Two stages",
  about: "what the quick test before the network loses and saves, of faint laws and of 2000 columns",
  threads: THREADS,
  async run(context) {
    const { quick, journal } = context;
    const draws = quick ? 4000 : 100_000;
    const laws: { name: string; information: number; lost: number[] }[] = [];
    for (const [place, law] of faintLaws(INFORMATION).entries()) {
      const lost = await journal.once(law.name, () => lostOf(law, draws, place, context));
      laws.push({ name: law.name, information: law.information, lost });
    }
    const columns = quick ? 200 : 2000;
    const stages = await journal.once(`${columns} columns`, () => stagesOf(columns, context));
    const [all, screened] = stages.seconds;
    return {
      notes: [
        `\`matrix\` with \`screen: ${SCREENS[0]}\` and \`${SCREENS[1]}\`: pairs of ${ROWS} rows that have ${INFORMATION} nats, ${draws} draws a law; lost are those that the quick test leaves out. They do not reach the network.`,
        `Then a table of ${columns} columns in groups of ${GROUP}, whose pairs depend (a correlation of ${COMMON}), ${ROWS} rows, ${THREADS} threads: all pairs through the network, and with \`screen: ${SCREENS[1]}\`. Lists are those at a false discovery rate of ${100 * FDR} %.`,
      ],
      tables: [
        {
          title: "Lost by the quick test",
          head: ["law", "draws", ...SCREENS.map((screen) => `lost at ${screen}`)],
          rows: laws.map(({ name, lost }) => [name, String(draws), ...lost.map(String)]),
        },
        {
          title: `${columns} columns × ${ROWS} rows`,
          head: ["stages", "seconds", "pairs found", "of", "wrong", "found by one stage alone"],
          rows: [
            [
              "one",
              number(all, 1),
              String(stages.found[0]),
              String(stages.depend),
              String(stages.wrong[0]),
              "–",
            ],
            [
              "two",
              number(screened, 1),
              String(stages.found[1]),
              String(stages.depend),
              String(stages.wrong[1]),
              String(stages.missed),
            ],
          ],
        },
      ],
      pictures: [],
      data: { rows: ROWS, information: INFORMATION, draws, laws, stages },
    };
  },
};
