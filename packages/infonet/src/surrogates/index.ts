/** Series that columns could have been, and tests of columns in time against them. */
export { testChange, type Window } from "./change-test.js";
export { type LagEvidence, type LagsEvidence, rowsBeside, testLags } from "./lag-test.js";
export { type Panel, panelOf, timesOf } from "./panel.js";
export { sharedSeason } from "./seasons.js";
export { inflationOf, type TimeColumn, type TimeEvidence, testInTime, timeColumn } from "./time-test.js";
