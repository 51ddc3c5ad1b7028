import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const executablePath = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/google-chrome"].find(
  (path) => path !== undefined && existsSync(path),
);
if (executablePath === undefined && process.env.INFONET_REQUIRE_CHROMIUM) {
  throw new Error("no Chromium at /usr/bin/chromium; install one or name it in CHROMIUM");
}

/** Whether this machine has a Chromium. Where it must have one, INFONET_REQUIRE_CHROMIUM is set. */
export const hasChromium = executablePath !== undefined;

/** Opens a headless Chromium that talks to nobody of its own accord. */
export function openChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"],
  });
}
