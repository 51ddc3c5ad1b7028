import { expect, test } from "vitest";
import { InfoNetError } from "../errors.js";
import { packError, unpackError } from "./errors.js";

const sent = (error: unknown): Error => unpackError(structuredClone(packError(error)));

test("an error of the library arrives with its class, code, message and stack", () => {
  const error = new InfoNetError("model", "weights.onnx is another one");
  const arrived = sent(error);
  expect(arrived).toBeInstanceOf(InfoNetError);
  expect(arrived).toMatchObject({ code: "model", name: "InfoNetError", message: error.message });
  expect(arrived.stack).toBe(error.stack);
});

test("errors of the language arrive with theirs, other values as errors", () => {
  expect(sent(new RangeError("17 samples"))).toBeInstanceOf(RangeError);
  expect(sent(new RangeError("17 samples")).message).toBe("17 samples");
  expect(sent("text")).toMatchObject({ name: "Error", message: "text" });
});
