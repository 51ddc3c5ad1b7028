/**
 * ONNX Runtime for Node reports its use to its makers unless the environment says otherwise when it is first used: it
 * keeps a device id and a queue of events below the home folder, logs in the temporary one, and sends them.
 */

import { getEnvironmentData, isMainThread, setEnvironmentData } from "node:worker_threads";
import { InfoNetError, reasonOf } from "../errors.js";

const VARIABLE = "ORT_DISABLE_TELEMETRY";
const DONE = "settled";
/** A main thread that waits for this one cannot answer it; after this long there is no hope that it will. */
const ANSWER_WITHIN_MS = 10_000;

/**
 * Switches ONNX Runtime's telemetry off for this process, unless its user has set the variable.
 *
 * The library reads the environment of the process, of which a worker thread has but a copy: there the main thread
 * is asked to set it.
 *
 * @throws InfoNetError "telemetry" in a worker thread whose main thread cannot be reached
 */
export async function switchOffTelemetry(): Promise<void> {
  // Worker threads that are started after this know that it is done.
  if (getEnvironmentData(VARIABLE) === DONE) return;
  if (isMainThread) process.env[VARIABLE] ??= "1";
  else await switchOffFromWorker();
  setEnvironmentData(VARIABLE, DONE);
}

async function switchOffFromWorker(): Promise<void> {
  try {
    const { Session } = await import("node:inspector");
    const session = new Session();
    session.connectToMainThread();
    try {
      await answered((done) =>
        session.post(
          "Runtime.evaluate",
          { expression: `process.env.${VARIABLE} ??= "1"`, silent: true },
          done,
        ),
      );
    } finally {
      session.disconnect();
    }
  } catch (error) {
    throw new InfoNetError(
      "telemetry",
      `telemetry of ONNX Runtime cannot be switched off from this worker thread (${reasonOf(error)}); set ${VARIABLE}=1 in the environment of the process, or load infonet on the main thread first.`,
    );
  }
}

function answered(
  ask: (done: (error: Error | null, answer?: { exceptionDetails?: { text: string } }) => void) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("the main thread does not answer")), ANSWER_WITHIN_MS);
    ask((error, answer) => {
      clearTimeout(timer);
      if (error) reject(error);
      else if (answer?.exceptionDetails) reject(new Error(answer.exceptionDetails.text));
      else resolve();
    });
  });
}
