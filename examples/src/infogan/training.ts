/** A generator and its discriminator, trained against each other, with or without information as a term of the loss. */
import type { InfoNet } from "infonet";
import { Random } from "../random.js";
import type { Data } from "./data.js";
import { openGan } from "./gan.js";
import { informationSlope, randomDirection, type Samples } from "./information.js";

/** How to train. */
export interface TrainingOptions {
  /** Weight of the information, nats against nats of the adversarial loss. */
  lambda: number;
  steps: number;
  hidden: number;
  seed: number;
  /** Steps between two calls of `look`. */
  every: number;
  /** Called now and then, with a source of fresh samples of the averaged generator, 512 at a time; may throw. */
  look(done: number, draw: () => Promise<Samples>): Promise<void>;
}

/** Normal inputs beside the code. */
const NOISE = 8;
const ROWS = { discriminator: 128, generator: 512 };
const PENALTY = 0.1;
const RATE = 3e-3;
/** Share of λ that is left in the second half, and of the rate at the end. */
const LAST_LAMBDA = 0.15;
const LAST_RATE = 0.02;

/** 1 up to the share `from` of the training, `last` from `to` on, half a cosine in between. */
function fallen(share: number, from: number, to: number, last: number): number {
  const between = Math.min(1, Math.max(0, (share - from) / (to - from)));
  return last + (1 - last) * (0.5 + 0.5 * Math.cos(Math.PI * between));
}

/** Noise and code of some samples, as the generator takes them. */
function drawInputs(
  rows: number,
  codes: number,
  random: Random,
): { inputs: Float32Array; codes: Uint8Array } {
  const width = NOISE + codes;
  const inputs = new Float32Array(rows * width);
  const drawn = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    for (let k = 0; k < NOISE; k++) inputs[row * width + k] = random.normal();
    drawn[row] = random.integer(0, codes - 1);
    inputs[row * width + NOISE + drawn[row]] = 1;
  }
  return { inputs, codes: drawn };
}

/**
 * Trains, and lets look on. The loss of the generator is relativistic (Jolicoeur-Martineau 2019): its samples are to look more real
 * than data beside them; the discriminator's slope is penalised at data and samples (Mescheder et al. 2018; Huang et al. 2024).
 */
export async function trainGan(net: InfoNet, data: Data, options: TrainingOptions): Promise<void> {
  const { lambda, steps, hidden, seed, every, look } = options;
  const { width, bounded, modes } = data;
  // Streams of their own: with and without information, the same data are drawn and the same networks started from.
  const [starting, drawing, looking, slicing] = [1, 2, 3, 4].map((name) => new Random(seed, name));
  const gan = await openGan(
    { width, bounded, noise: NOISE, codes: modes, hidden, rows: ROWS, penalty: PENALTY },
    starting,
  );
  const { discriminator, generator, generate } = gan;
  const samples = async (theta: Float32Array, random: Random) => {
    const { inputs, codes } = drawInputs(ROWS.generator, modes, random);
    const { x } = await generate.many.run({ theta, inputs });
    return { inputs, samples: { x, width, codes } };
  };
  const fresh = async () => (await samples(generator.average, looking)).samples;
  try {
    for (let done = 0; done < steps; done++) {
      if (done % every === 0) await look(done, fresh);
      const share = done / steps;
      const rate = RATE * fallen(share, 0.5, 1, LAST_RATE);
      const { inputs: few } = drawInputs(ROWS.discriminator, modes, drawing);
      const { x: fake } = await generate.few.run({ theta: generator.theta, inputs: few });
      await discriminator.step(rate, { real: data.draw(ROWS.discriminator, drawing), fake });

      const real = data.draw(ROWS.generator, drawing);
      const made = await samples(generator.theta, drawing);
      let slope: Float32Array = new Float32Array(made.samples.x.length);
      const weight = lambda * fallen(share, 0.2, 0.5, LAST_LAMBDA);
      if (weight > 0) {
        const direction = randomDirection(real, width, slicing);
        const information = await informationSlope(net, made.samples, direction, {
          count: modes,
          random: slicing,
        });
        slope = information.slope.map((value) => weight * value);
      }
      await generator.step(rate, { discriminator: discriminator.theta, real, inputs: made.inputs, slope });
    }
    await look(steps, fresh);
  } finally {
    await gan.dispose();
  }
}
