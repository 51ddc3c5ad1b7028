/** The sections of the scoreboard (`npm run evaluate`), with a classical estimator and published numbers beside. */
import { SECTIONS } from "@infonet/training/evaluate";
import { lineChart } from "../chart.js";
import { infonetMethod, journaled, type Method } from "../methods.js";
import { PUBLISHED_SECTIONS } from "../published.js";
import type { Measured, Table } from "../report.js";
import type { Suite } from "./suite.js";

/** How a section becomes a suite. */
interface SectionSuite {
  /** Name of the section. */
  section: string;
  title: string;
  about: string;
  /** Measured beside our network, where neither intervals nor p-values are needed. */
  classical?: Method;
  notes: string[];
  /** Whether estimates are drawn over the truth. */
  picture?: boolean;
}

/** What the sections that score families have in their data. */
interface FamilyData {
  scores: Array<{ name: string; n: number; truth: number; mean: number }>;
}

/** Mean estimates over the truth, a line for every estimator and kind of family at the largest n. */
function truthChart(results: ReadonlyArray<{ name: string; data: unknown }>): string {
  const series = results.flatMap(({ name, data }, column) => {
    const { scores } = data as FamilyData;
    const largest = Math.max(...scores.map(({ n }) => n));
    const kinds = new Map<string, Array<readonly [number, number]>>();
    for (const { name: family, n, truth, mean } of scores) {
      if (n !== largest) continue;
      const kind = family.split(",")[0];
      kinds.set(kind, [...(kinds.get(kind) ?? []), [truth, mean] as const]);
    }
    return [...kinds].map(([kind, points], k) => ({
      name: `${name.split(",")[0]}, ${kind}`,
      // A colour for every kind; the second estimator is the one that ours is compared with.
      colour: k,
      dashed: column > 0,
      points: points.sort(([a], [b]) => a - b),
    }));
  });
  return lineChart(series, { x: "true mutual information, nats", y: "mean estimate, nats", diagonal: true });
}

export function sectionSuite({ section, title, about, classical, notes, picture }: SectionSuite): Suite {
  return {
    title,
    about,
    threads: 2,
    async run({ net, journal, signal, seed, quick, triples, tell }): Promise<Measured> {
      const results: Array<{ name: string; title: string; text: string; data: unknown }> = [];
      for (const method of [infonetMethod(net, signal), ...(classical ? [classical] : [])]) {
        const estimator = journaled(method, { journal, tell, label: section });
        const result = await SECTIONS[section](estimator, { seed, quick, triples, tell });
        if (result !== undefined) results.push({ name: method.name, ...result });
      }
      const ours = results.map(
        ({ name, title: heading, text }): Table => ({ title: `${name}. ${heading}`, text }),
      );
      const published = PUBLISHED_SECTIONS[section];
      return {
        notes,
        tables: published ? [...ours, published] : ours,
        pictures: picture
          ? [{ name: section, title: `${title}: mean estimate over the truth`, svg: truthChart(results) }]
          : [],
        data: Object.fromEntries(results.map(({ name, data }) => [name, data])),
      };
    },
  };
}
