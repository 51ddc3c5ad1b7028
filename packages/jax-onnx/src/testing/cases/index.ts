/** Functions whose compiled graphs are compared with jax-js itself. */

import type { Case } from "../differential.js";
import { discrete } from "./discrete.js";
import { elementwise } from "./elementwise.js";
import { networks } from "./networks.js";
import { products } from "./products.js";
import { reductions } from "./reductions.js";
import { structure } from "./structure.js";
import { transformations } from "./transformations.js";

export const cases: readonly Case[] = [
  ...elementwise,
  ...networks,
  ...discrete,
  ...reductions,
  ...structure,
  ...products,
  ...transformations,
];
