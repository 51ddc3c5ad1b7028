/** Calls over rows in time. */
export { lagsOf } from "./lags.js";
export { transferOf } from "./transfer.js";
export { windowsOf } from "./windows.js";
