// A Chromium that sends no requests to other hosts.
import assert from "node:assert/strict";
import { chromium } from "playwright-core";

const PATIENCE = 20_000; // milliseconds until something on the page counts as missing

export async function openBrowser(executablePath) {
  const quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"];
  const offline = ["--disable-background-networking", "--disable-component-update", "--disable-sync"];
  return chromium.launch({ executablePath, args: [...quiet, ...offline] });
}

/** A new window with a separate profile; errors on its pages are collected. */
export async function openWindow(browser) {
  const context = await browser.newContext();
  context.setDefaultTimeout(PATIENCE);
  const troubles = [];
  context.on("weberror", (error) => troubles.push(String(error.error())));
  return { context, troubles };
}

/** Waits for a condition that no page shows. */
export async function until(condition, missing) {
  for (let waited = 0; !condition(); waited += 10) {
    assert(waited < PATIENCE, missing);
    await new Promise((done) => setTimeout(done, 10));
  }
}
