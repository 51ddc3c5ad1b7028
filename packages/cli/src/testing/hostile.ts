/** Texts that try to leave the place where they stand in a page. */
export const HOSTILE: readonly string[] = [
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "'><svg onload=alert(1)>",
  "</title></style></text></svg><script>alert(1)</script>",
  "-->]]>&lt;b&gt;&amp;",
];
