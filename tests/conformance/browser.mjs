// A Chromium that asks nothing of other hosts.
import assert from "node:assert/strict";
import { chromium } from "playwright-core";

const PATIENCE = 20_000; // milliseconds until something on the page counts as missing

export async function openBrowser(executablePath) {
  const quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"];
  const offline = ["--disable-background-networking", "--disable-component-update", "--disable-sync"];
  return chromium.launch({ executablePath, args: [...quiet, ...offline] });
}

/** A new window with a profile of its own; what fails on its pages is collected. */
export async function openWindow(browser) {
  const context = await browser.newContext();
  context.setDefaultTimeout(PATIENCE);
  const troubles = [];
  context.on("weberror", (error) => troubles.push(String(error.error())));
  return { context, troubles };
}

/** Waits for what no page shows. */
export async function until(condition, missing) {
  for (let waited = 0; !condition(); waited += 10) {
    assert(waited < PATIENCE, missing);
    await new Promise((done) => setTimeout(done, 10));
  }
}
