/** Dependence that changes with other columns: `conditional` and `joint`, beside nearest neighbours. */
import { number, percent, Random } from "@infonet/training/evaluate";
import { conditionalNeighbours } from "../reference/conditional-neighbours.js";
import type { Table } from "../report.js";
import { drawModerated, MODERATED_LAWS, type ModeratedLaw, type ModeratedSample } from "./moderated-laws.js";
import { callsOf, type SideAnswer, sideOf } from "./sides.js";
import type { Context, Suite } from "./suite.js";

const DRAWS = 20;
const QUICK_DRAWS = 2;
const NEIGHBOURS = 7;

/** What a method says of one sample. */
interface Answer extends Omit<SideAnswer, "interval"> {
  interval?: readonly [number, number];
  seconds: number;
}

interface Row {
  law: ModeratedLaw;
  n: number;
  /** Absent where the law's columns are refused. */
  ours?: Answer[];
  peer: Answer[];
}

async function asked(
  { net, signal }: Context,
  { call }: ModeratedLaw,
  { x, y, z }: ModeratedSample,
  seed: number,
): Promise<SideAnswer> {
  const calls = callsOf(net);
  const options = { seed, signal };
  const { mi, interval, pValue } =
    call === "joint"
      ? await calls.joint(sideOf(x), sideOf(y), options)
      : await calls.conditional(sideOf(x), sideOf(y), sideOf(z), options);
  return { mi, interval, pValue };
}

async function timed(work: () => SideAnswer | Promise<SideAnswer> | { mi: number }): Promise<Answer> {
  const start = performance.now();
  const answer = await work();
  const seconds = (performance.now() - start) / 1000;
  // Ctrl-C is a message too.
  await new Promise((resolve) => setImmediate(resolve));
  return { ...answer, seconds };
}

async function measure(context: Context, law: ModeratedLaw, n: number, refused: Set<string>): Promise<Row> {
  const { journal, seed, signal, quick, tell } = context;
  const row: Row = { law, n, ours: [], peer: [] };
  const draws = quick ? QUICK_DRAWS : DRAWS;
  const stream = 100_003 * MODERATED_LAWS.indexOf(law);
  for (let draw = 0; draw < draws; draw++) {
    tell(`${law.call}, ${law.name}, n = ${n}: ${draw} of ${draws} samples`);
    // Drawn where a result is not in the journal.
    const sample = (): ModeratedSample => drawModerated(law, n, new Random(seed, stream + 8 * n + draw));
    const key = `${law.call}, ${law.name}, n ${n}, draw ${draw}`;
    try {
      const work = () => timed(() => asked(context, law, sample(), draw));
      row.ours?.push(await journal.once(`${key}, InfoNet`, work));
    } catch (error) {
      signal.throwIfAborted();
      refused.add(`${law.call}, ${law.name}: ${error instanceof Error ? error.message : String(error)}`);
      row.ours = undefined;
    }
    const peer = ({ x, y, z }: ModeratedSample) => ({ mi: conditionalNeighbours(x, y, z, NEIGHBOURS) });
    row.peer.push(await journal.once(`${key}, neighbours`, () => timed(() => peer(sample())), true));
  }
  return row;
}

const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;

/** Mean, root mean square error and seconds of a method; dashes where it has no answers. */
function scores(answers: readonly Answer[] | undefined, truth: number): string[] {
  if (answers === undefined) return ["–", "–", "–"];
  return [
    number(mean(answers.map(({ mi }) => mi)), 3),
    number(Math.sqrt(mean(answers.map(({ mi }) => (mi - truth) ** 2))), 3),
    number(mean(answers.map(({ seconds }) => seconds)), 2),
  ];
}

/** Share of intervals that hold the truth, and of p-values at or below 5 %, in percent. */
function shares(answers: readonly Answer[] | undefined, truth: number): string[] {
  if (answers === undefined) return ["–", "–"];
  const held = answers.filter(
    ({ interval: [low, high] = [0, 0] }) => low <= truth + 1e-9 && truth <= high + 1e-9,
  );
  const values = answers.flatMap(({ pValue }) => (pValue === undefined ? [] : [pValue]));
  return [
    percent(held.length / answers.length, 0),
    values.length === 0 ? "–" : percent(values.filter((p) => p <= 0.05 + 1e-12).length / answers.length, 0),
  ];
}

function table(title: string, rows: readonly Row[]): Table {
  const head = ["", "n", "truth", "mean", "RMSE", "s", "held, %", "p ≤ 5 %, %"];
  return {
    title,
    head: [...head, "neighbours: mean", "RMSE", "s"],
    rows: rows.map(({ law: { name, truth }, n, ours, peer }) => [
      name,
      `${n}`,
      number(truth, 3),
      ...scores(ours, truth),
      ...shares(ours, truth),
      ...scores(peer, truth),
    ]),
  };
}

export const moderated: Suite = {
  title: "Dependence that changes with other columns",
  about:
    "conditional and joint information of moderated, cancelling and categorical laws, beside nearest neighbours",
  threads: 1,
  async run(context) {
    const rows: Row[] = [];
    const refused = new Set<string>();
    for (const law of MODERATED_LAWS) {
      for (const n of context.quick ? law.sizes.slice(0, 1) : law.sizes) {
        rows.push(await measure(context, law, n, refused));
      }
    }
    const draws = context.quick ? QUICK_DRAWS : DRAWS;
    const of = (call: ModeratedLaw["call"]) => rows.filter(({ law }) => law.call === call);
    const notes = [
      `${draws} draws a row, nats; truths are closed forms or quadrature. "held": share of 90 % intervals that hold the truth; "p ≤ 5 %": share of samples called dependent. Neighbours: Frenzel & Pompe with the counts of Mesner & Shalizi, k = ${NEIGHBOURS}, scaled columns, names 0 or 1 apart, estimates below zero counted as zero; its last three columns. g is standard normal noise; slopes are correlations of 0.9 or −0.9 (0.830 nats).`,
    ];
    if (refused.size > 0) notes.push(`Not answered: ${[...refused].join("; ")}.`);
    return {
      notes,
      tables: [
        table("Of X and Y given Z: `conditional`", of("conditional")),
        table("Of several columns and one: `joint`", of("joint")),
      ],
      pictures: [],
      data: rows.map(({ law: { name, call, truth }, ...rest }) => ({ law: name, call, truth, ...rest })),
    };
  },
};
