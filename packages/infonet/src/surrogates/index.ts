/** Series that columns could have been, and tests against them. */
export { autoregression, coloured, oneSegment, type Segments, whitened } from "./autoregression.js";
export { inflations } from "./effective-size.js";
export { type Panel, panelOf } from "./panel.js";
export { drawsFor, type SeriesColumn, type SeriesRanks, seriesColumn } from "./series-column.js";
export { evidenceOfSeries } from "./series-test.js";
export { type TimeColumn, type TimeEvidence, testInTime, timeColumn } from "./time-test.js";
