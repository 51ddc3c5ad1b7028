export { drawLaw, drawTable, type TableDraw } from "./draw.js";
export { informationOf, lawOf, type TableLaw } from "./law.js";
export { sampleTable, type TableSample } from "./sample.js";
