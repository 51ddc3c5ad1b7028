/** Encoders of the two views, and three losses that raise what their codes share. */
import { numpy as np } from "@jax-js/jax";
import type { InfoNet } from "infonet";
import { Descent } from "../networks/descent.js";
import { Graph, type Tensor } from "../networks/graph.js";
import { initialParameters, parameterCount } from "../networks/parameters.js";
import { leakyRelu, perceptron, perceptronPieces } from "../networks/perceptron.js";
import type { Random } from "../random.js";
import { SHARED, VIEW, type Views } from "./data.js";

/** Columns of a code. */
export const CODE = SHARED;
const HIDDEN = 64;
const ENCODER = perceptronPieces([VIEW, HIDDEN, CODE], 2);
const SIZE = parameterCount(ENCODER);
const CRITIC = perceptronPieces([2 * CODE, 64, 1], 2);

/** A training: steps, and what it has made of the parameters of both encoders. */
export interface Training {
  /**
   * One step; returns what the method says the codes share, nats.
   *
   * @param rate of Adam
   */
  step(views: Views, rate: number): Promise<number>;
  readonly theta: Float32Array;
  dispose(): Promise<void>;
}

/** How a training begins. */
export type Method = (rows: number, random: Random, net: InfoNet) => Promise<Training>;

const bothCodes = (theta: Tensor, x: Tensor, y: Tensor): [Tensor, Tensor] => [
  perceptron(ENCODER, leakyRelu, theta.ref.slice([0, SIZE]), x),
  perceptron(ENCODER, leakyRelu, theta.slice([SIZE, 2 * SIZE]), y),
];
const starts = (random: Random): Float32Array =>
  Float32Array.from([0, 1].flatMap(() => [...initialParameters(ENCODER, random)]));
const views = (rows: number) => ({ x: [rows, VIEW], y: [rows, VIEW] });

/** Codes of some views. */
export async function encoder(rows: number): Promise<{
  codes(theta: Float32Array, views: Views): Promise<[Float32Array, Float32Array]>;
  dispose(): Promise<void>;
}> {
  const graph = await Graph.open(
    (theta, x, y) => bothCodes(theta, x, y),
    { theta: [2 * SIZE], ...views(rows) },
    ["a", "b"],
  );
  return {
    async codes(theta, { x, y }) {
      const { a, b } = await graph.run({ theta: theta.subarray(0, 2 * SIZE), x, y });
      return [a, b];
    },
    dispose: () => graph.dispose(),
  };
}

/** By `jointGradient`: the derivatives by the codes go back through the encoders. */
export const joint: Method = async (rows, random, net) => {
  const forward = await encoder(rows);
  // Its derivative by the codes is what is given.
  const linear = (theta: Tensor, x: Tensor, y: Tensor, byA: Tensor, byB: Tensor): Tensor => {
    const [a, b] = bothCodes(theta, x, y);
    return a.mul(byA).sum().add(b.mul(byB).sum()).neg();
  };
  const shapes = { ...views(rows), byA: [rows, CODE], byB: [rows, CODE] };
  const descent = await Descent.open(starts(random), shapes, linear);
  return {
    async step({ x, y, ...rest }, rate) {
      const [a, b] = await forward.codes(descent.theta, { x, y, ...rest });
      // What the codes share here, normal scores share; asking the critic beside them takes three times as long.
      const { mi, dx, dy } = await net.jointGradient(
        { data: a, width: CODE },
        { data: b, width: CODE },
        { pairs: 0 },
      );
      await descent.step(rate, { x, y, byA: Float32Array.from(dx), byB: Float32Array.from(dy) });
      return mi;
    },
    get theta() {
      return descent.theta;
    },
    async dispose() {
      await forward.dispose();
      await descent.dispose();
    },
  };
};

/** By InfoNCE (van den Oord et al. 2018): a row is to find its partner among all others, by distance. */
export const infonce: Method = async (rows, random) => {
  const loss = (theta: Tensor, x: Tensor, y: Tensor): Tensor => {
    const [a, b] = bothCodes(theta, x, y);
    const cross = np.matmul(a.ref, b.ref.transpose());
    const lengthA = np.square(a).sum(1).reshape([rows, 1]);
    const lengthB = np.square(b).sum(1).reshape([1, rows]);
    // −|a − b|² / 2 of all rows with all.
    const logits = cross.sub(lengthA.mul(0.5)).sub(lengthB.mul(0.5));
    const own = logits.ref.mul(np.eye(rows)).sum(1);
    const top = np.max(logits.ref, 1).reshape([rows, 1]);
    const sums = np.log(np.exp(logits.sub(top.ref)).sum(1)).add(top.reshape([rows]));
    return sums.sub(own).mean();
  };
  const descent = await Descent.open(starts(random), views(rows), loss);
  return {
    step: async ({ x, y }, rate) => Math.log(rows) - (await descent.step(rate, { x, y })),
    get theta() {
      return descent.theta;
    },
    dispose: () => descent.dispose(),
  };
};

/** By MINE (Belghazi et al. 2018): a critic is trained beside the encoders, by the Donsker–Varadhan bound. */
export const mine: Method = async (rows, random) => {
  const loss = (theta: Tensor, x: Tensor, y: Tensor, permutation: Tensor): Tensor => {
    const [a, b] = bothCodes(theta.ref.slice([0, 2 * SIZE]), x, y);
    const critic = theta.slice([2 * SIZE, 2 * SIZE + parameterCount(CRITIC)]);
    const value = (p: Tensor, q: Tensor, parameters: Tensor): Tensor =>
      perceptron(CRITIC, leakyRelu, parameters, np.concatenate([p, q], 1)).reshape([rows]);
    const together = value(a.ref, b.ref, critic.ref);
    const apart = value(a, np.matmul(permutation, b), critic);
    const top = np.max(apart.ref);
    const log = np.log(np.exp(apart.sub(top.ref)).mean()).add(top);
    return log.sub(together.mean());
  };
  const theta = Float32Array.from([...starts(random), ...initialParameters(CRITIC, random)]);
  const descent = await Descent.open(theta, { ...views(rows), permutation: [rows, rows] }, loss);
  return {
    async step({ x, y }, rate) {
      const permutation = new Float32Array(rows * rows);
      for (const [row, other] of random.permutation(rows).entries()) permutation[row * rows + other] = 1;
      return -(await descent.step(rate, { x, y, permutation }));
    },
    get theta() {
      return descent.theta;
    },
    dispose: () => descent.dispose(),
  };
};
