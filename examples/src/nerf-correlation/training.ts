/** Fields that are fitted to a photograph, with and without shaping. */
import { nn, numpy as np } from "@jax-js/jax";
import { Descent } from "../networks/descent.js";
import type { Tensor } from "../networks/graph.js";
import { initialParameters } from "../networks/parameters.js";
import { Random } from "../random.js";
import { DESCRIPTION, FIELD, fieldColours, jacobianCosines } from "./field.js";
import { rowsOf } from "./rows.js";
import { SIGNATURE } from "./signatures.js";

/** What a field is fitted to. */
export interface Photograph {
  /** {@link DESCRIPTION} numbers a pixel. */
  described: Float32Array;
  /** Three numbers a pixel. */
  colours: Float32Array;
}

/** What its derivatives are shaped by. */
export interface Shaping {
  /** {@link SIGNATURE} numbers a pixel. */
  signatures: Float32Array;
  /** Pixels whose signatures may be used. */
  pixels: Uint32Array;
}

/** How long, and what to do in between. */
export interface Training {
  steps: number;
  seed: number;
  /** Called before every step; may throw. */
  beforeStep(done: number): void;
}

const RATE = 3e-3;
/** Pixels that a step fits colours of. */
const FITTED = 512;
/** Pixels that a step compares the derivatives of, all pairs. */
const COMPARED = 128;
/** Weight of the shaping; an error of colour counts 1. */
const WEIGHT = 0.1;
/** Temperatures of the two similarities. */
const SIGNATURE_TEMPERATURE = 0.08;
const DERIVATIVE_TEMPERATURE = 0.3;
/** Larger than any other logit: a pixel is not compared with itself. */
const EXCLUDED = 1e4;

/**
 * How badly the derivatives agree with the signatures: cross entropy between two distributions over the other pixels, one by the
 * cosine of the signatures, one by the squared cosine of the derivatives. Squared, because information does not care for the sign:
 * derivatives of opposite directions share as much as equal ones. Consumes its arguments.
 *
 * @param signatures rows of length 1, [places, width]
 */
export function disagreement(theta: Tensor, places: Tensor, signatures: Tensor): Tensor {
  const [count] = places.shape;
  const itself = np.eye(count).mul(EXCLUDED);
  const similar = np.matmul(signatures.ref, signatures.transpose()).mul(1 / SIGNATURE_TEMPERATURE);
  const target = nn.softmax(similar.sub(itself.ref), 1);
  const aligned = np.square(jacobianCosines(theta, places)).mul(1 / DERIVATIVE_TEMPERATURE);
  return nn
    .logSoftmax(aligned.sub(itself), 1)
    .mul(target)
    .sum()
    .mul(-1 / count);
}

function colourError(theta: Tensor, places: Tensor, colours: Tensor): Tensor {
  return np.square(fieldColours(theta, places).sub(colours)).mean();
}

/**
 * The parameters of a field after training, the average over its last steps. The same seed gives the same start and the same
 * pixels to fit, whether the field is shaped or not.
 */
export async function trainField(
  photograph: Photograph,
  shaping: Shaping | undefined,
  { steps, seed, beforeStep }: Training,
): Promise<Float32Array> {
  const { described, colours } = photograph;
  const pixels = described.length / DESCRIPTION;
  const fitted = { places: [FITTED, DESCRIPTION], colours: [FITTED, 3] };
  const compared = { compared: [COMPARED, DESCRIPTION], signatures: [COMPARED, SIGNATURE] };
  const descent = await Descent.open(
    initialParameters(FIELD, new Random(seed, 1)),
    shaping === undefined ? fitted : { ...fitted, ...compared },
    shaping === undefined
      ? colourError
      : (theta, places, colours, compared, signatures) =>
          colourError(theta.ref, places, colours).add(disagreement(theta, compared, signatures).mul(WEIGHT)),
  );
  const [fitting, comparing] = [new Random(seed, 2), new Random(seed, 3)];
  try {
    for (let done = 0; done < steps; done++) {
      beforeStep(done);
      const some = Uint32Array.from({ length: FITTED }, () => fitting.integer(0, pixels - 1));
      const inputs: Record<string, Float32Array> = {
        places: rowsOf(described, DESCRIPTION, some),
        colours: rowsOf(colours, 3, some),
      };
      if (shaping !== undefined) {
        const others = Uint32Array.from(
          { length: COMPARED },
          () => shaping.pixels[comparing.integer(0, shaping.pixels.length - 1)],
        );
        inputs.compared = rowsOf(described, DESCRIPTION, others);
        inputs.signatures = rowsOf(shaping.signatures, SIGNATURE, others);
      }
      // Half a cosine, from the full rate almost down to nothing.
      await descent.step(RATE * (0.51 + 0.49 * Math.cos((Math.PI * done) / steps)), inputs);
    }
    return descent.average;
  } finally {
    await descent.dispose();
  }
}
