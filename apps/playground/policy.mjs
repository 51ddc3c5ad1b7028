// @ts-check
/** The content security policy of the page, the one place where it stands: nothing is loaded from, or sent to, another origin. */
export const POLICY = [
  "default-src 'none'",
  // WebAssembly is compiled; no text is ever taken for a script.
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");
