/**
 * What a program with the strictest settings writes. It is compiled against the installed package, as a module and as
 * CommonJS, with libraries checked.
 */
import {
  AbortedError,
  type Columns,
  type ConditionalOptions,
  type DependenceMatrix,
  type EstimateOptions,
  type GradientOptions,
  type IndependenceOptions,
  InfoNet,
  InfoNetError,
  type JointOptions,
  type LoadOptions,
  type ManyGradientOptions,
  type ManyOptions,
  type MatrixOptions,
  type MaxSlicedOptions,
  type SlicedGradientOptions,
  type SlicedOptions,
} from "infonet";
import {
  type ClassicalOptions,
  type DiscreteOptions,
  type GaussianOptions,
  type HistogramOptions,
  type KdeOptions,
  type KsgOptions,
  ksg,
  type MineOptions,
  mine,
  type NeighbourOptions,
} from "infonet/classical";
import { rankColumn } from "infonet/copula";
import { checkManifest, type Manifest } from "infonet/internal/release";

/** All options, given and undefined. */
type Undefined<Options> = { [Name in keyof Options]-?: undefined };

export const options: [
  LoadOptions,
  EstimateOptions,
  ManyOptions,
  MatrixOptions,
  GradientOptions,
  ManyGradientOptions,
  SlicedGradientOptions,
  JointOptions,
  ConditionalOptions,
  SlicedOptions,
  MaxSlicedOptions,
  IndependenceOptions,
  ClassicalOptions,
  DiscreteOptions,
  GaussianOptions,
  HistogramOptions,
  KdeOptions,
  KsgOptions,
  MineOptions,
  NeighbourOptions,
] = [
  {} as Undefined<LoadOptions>,
  {} as Undefined<EstimateOptions>,
  {} as Undefined<ManyOptions>,
  {} as Undefined<MatrixOptions>,
  {} as Undefined<GradientOptions>,
  {} as Undefined<ManyGradientOptions>,
  {} as Undefined<SlicedGradientOptions>,
  {} as Undefined<JointOptions>,
  {} as Undefined<ConditionalOptions>,
  {} as Undefined<SlicedOptions>,
  {} as Undefined<MaxSlicedOptions>,
  {} as Undefined<IndependenceOptions>,
  {} as Undefined<ClassicalOptions>,
  {} as Undefined<DiscreteOptions>,
  {} as Undefined<GaussianOptions>,
  {} as Undefined<HistogramOptions>,
  {} as Undefined<KdeOptions>,
  {} as Undefined<KsgOptions>,
  {} as Undefined<MineOptions>,
  {} as Undefined<NeighbourOptions>,
];

interface Tab {
  height: number[];
  weight: Float64Array;
}

export async function tables(net: InfoNet, tab: Tab, signal?: AbortSignal): Promise<DependenceMatrix[]> {
  const columns: Columns = { a: [1, 2, 3], b: tab.weight };
  return [
    await net.matrix(tab, { signal }),
    await net.matrix(columns),
    await net.matrix(new Map([["a", tab.height]])),
    await net.matrix([{ name: "a", values: tab.weight }]),
    await net.matrix(Object.fromEntries([["a", tab.height]])),
    await net.matrix({ a: [1, 2, 3], b: [new Date()] }),
    await net.matrix({ a: ["x", null], b: { values: [1n, 2], kind: "category" } }),
    // @ts-expect-error: cells are no objects
    await net.matrix({ a: [1, 2, 3], b: [{}] }),
    // @ts-expect-error: nor is a number
    await net.matrix({ a: 1 }),
  ];
}

export async function estimates(x: number[], y: Float32Array): Promise<number | undefined> {
  const net = await InfoNet.load({ threads: 2 });
  try {
    const { mi, pValue } = await net.estimate(x, y);
    const ranks = rankColumn;
    return mi + (pValue ?? 0) + ksg(x, y) + (await mine(x, y)) + ranks.length;
  } catch (error) {
    if (error instanceof InfoNetError && error.code === "runtime") return undefined;
    if (error instanceof AbortedError) return undefined;
    throw error;
  } finally {
    await net[Symbol.asyncDispose]();
  }
}

export const manifest: (value: unknown) => Manifest = checkManifest;
