/** The stream of training batches. */
export { type Batch, createBatch } from "./batch.js";
export { type ExampleOptions, encodeExample, SMALLEST } from "./example.js";
export { type BatchViews, batchBytes, viewBatch } from "./layout.js";
export { type BatchStream, openStream, type StreamOptions } from "./stream.js";
