// @ts-check
/** The content security policy of the site, the one place where it stands: nothing is loaded from, or sent to, another origin. */
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

/** As static hosts such as Netlify and Cloudflare Pages read it. Workers heed it, whom the policy in a page does not reach. */
export const headers = `/*
  Content-Security-Policy: ${POLICY}
  X-Content-Type-Options: nosniff
  Referrer-Policy: no-referrer
/assets/*
  Cache-Control: public, max-age=31536000, immutable
/playground/assets/*
  Cache-Control: public, max-age=31536000, immutable
`;
