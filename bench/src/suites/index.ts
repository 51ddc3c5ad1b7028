/** All suites by name, in the order in which they are listed and documented. */

import { ksgMethod, ksgScoresMethod, ksgThreeMethod } from "../methods.js";
import { answers } from "./answers.js";
import { bmi } from "./bmi.js";
import { bmi2 } from "./bmi2.js";
import { differences } from "./differences.js";
import { estimators } from "./estimators.js";
import { independenceGiven } from "./independence-given.js";
import { independenceHigh } from "./independence-high.js";
import { kinds } from "./kinds.js";
import { moderated } from "./moderated.js";
import { order } from "./order.js";
import { power } from "./power.js";
import { scale } from "./scale.js";
import { screening } from "./screening.js";
import { sectionSuite } from "./section.js";
import { series } from "./series.js";
import type { Suite } from "./suite.js";
import { time } from "./time.js";

export const SUITES: Readonly<Record<string, Suite>> = {
  time,
  order,
  estimators,
  unseen: sectionSuite({
    section: "unseen",
    title: "Unseen distributions",
    about: "the paper's families that no training saw: normal, additive uniform, gamma–exponential",
    classical: ksgScoresMethod,
    picture: true,
    notes: [
      "Families with a closed form; none of them occurs in the training data. MAE is the mean absolute error in nats, the floor that of the mean exact log density ratio over the same rows.",
    ],
  }),
  sizes: sectionSuite({
    section: "sizes",
    title: "Other families by sample size",
    about: "23 distributions that no training saw at n = 200, 1000 and 5000, beside KSG",
    classical: ksgThreeMethod,
    notes: [
      "The nine copulas, normal, additive uniform, gamma–exponential, smoothed uniform and zigzag distributions, 25 draws each: which estimator to take when nothing is known.",
    ],
  }),
  strong: sectionSuite({
    section: "strong",
    title: "Strong dependence",
    about: "1 to 7 nats at n up to 100,000, beside published errors",
    // Fewer neighbours fall short later.
    classical: ksgMethod,
    picture: true,
    notes: ["Families made to have a given mutual information. The picture shows the largest n."],
  }),
  copulas: sectionSuite({
    section: "copulas",
    title: "Nine copulas",
    about: "parametric copulas at n = 2000, beside a vine-copula network",
    classical: ksgScoresMethod,
    notes: ["Nine parametric copulas that occur nowhere in the training data."],
  }),
  coverage: sectionSuite({
    section: "coverage",
    title: "Coverage",
    about: "how often the 90 % interval holds the truth, by sample size and by information",
    notes: ["Fresh draws from the training distribution. Nothing comparable is published."],
  }),
  independence: sectionSuite({
    section: "level",
    title: "Independence test",
    about: "type-I error of the p-value on continuous, tied and categorical data",
    notes: [
      "Share of independent samples called dependent: it should be the level itself. The paper reports no type-I error.",
    ],
  }),
  power,
  kinds,
  bmi,
  bmi2,
  moderated,
  "independence-high": independenceHigh,
  "independence-given": independenceGiven,
  answers,
  differences,
  scale,
  screening,
  series,
};
