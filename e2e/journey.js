// One journey: a reader with a fresh browser profile, and the things that must never happen to them.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { chromium } from "playwright-core";

import { serve } from "./server.js";
import { base, dist } from "./site.js";

const { CHROMIUM = "/usr/bin/chromium", ARTIFACTS } = process.env;

/** How long a condition may take to become true. Generous: it is only waited for when it is not. */
export const PATIENCE = Number(process.env.PATIENCE ?? 20_000);

let browser;
let site;

before(async () => {
  site = await serve(dist, base);
  browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: [
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-gpu",
      "--disable-quic",
      "--disable-sync",
      "--no-first-run",
      "--no-sandbox",
    ],
  });
});

after(async () => {
  await browser?.close();
  await site?.close();
});

/**
 * A test with a page of its own.
 *
 * `reader` are Playwright's options of a browser context (viewport, javaScriptEnabled, …).
 * `expected` lists what would be trouble elsewhere: patterns of console errors and failed requests.
 */
export function journey(name, { reader = {}, expected = [] } = {}, travel) {
  test(name, async () => {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 900 },
      ...reader,
    });
    context.setDefaultTimeout(PATIENCE);
    const page = await context.newPage();
    const trouble = watch(page);
    try {
      await travel(page, site);
      const surprises = trouble.filter((it) => !expected.some((pattern) => pattern.test(it)));
      assert.deepEqual(surprises, [], "the browser had nothing to complain about");
    } catch (error) {
      await photograph(page, name);
      throw error;
    } finally {
      await context.close();
    }
  });
}

/** Collects whatever a page must not do: errors, failed requests, requests to anybody else. */
function watch(page) {
  const trouble = [];
  page.on("console", (message) => {
    if (message.type() === "error") trouble.push(`console: ${message.text()} ${message.location().url}`);
  });
  page.on("pageerror", (error) => trouble.push(`uncaught: ${error.message}`));
  page.on("requestfailed", (request) => {
    // The browser loads a page's icon last, and gives it up for a reader who is on the next page already.
    const isLeft = request.failure()?.errorText === "net::ERR_ABORTED";
    if (isLeft && /\/icon-\w+\.svg$/.test(request.url())) return;
    trouble.push(`request failed: ${request.url()} ${request.failure()?.errorText}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) trouble.push(`status ${response.status()}: ${response.url()}`);
  });
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    const isOurs = origin === site.origin || protocol === "data:" || protocol === "blob:";
    if (!isOurs) trouble.push(`request to another origin: ${request.url()}`);
  });
  return trouble;
}

/** Keeps a picture of where a journey failed, where somebody asked for it. */
async function photograph(page, name) {
  if (!ARTIFACTS) return;
  mkdirSync(ARTIFACTS, { recursive: true });
  const file = join(ARTIFACTS, `${name.replaceAll(/[^a-z0-9]+/gi, "-")}.png`);
  await page.screenshot({ path: file, fullPage: false }).catch(() => {});
}

/** Waits until `look` gives back something true, and gives that back. */
export async function eventually(what, look) {
  const deadline = Date.now() + PATIENCE;
  let last;
  for (;;) {
    try {
      last = await look();
      if (last) return last;
    } catch (error) {
      last = error;
    }
    if (Date.now() > deadline) assert.fail(`never happened: ${what} (last: ${last})`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
