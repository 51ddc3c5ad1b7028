/** Where the generator's worker thread starts: beside this module in the built package. */
export const workerUrl = new URL("./worker.js", import.meta.url);
