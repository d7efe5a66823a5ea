// Runs a model of the benchmark's wasm in Chromium and prints what `bench model` prints natively.
// Usage: CHROMIUM=PATH node browser.mjs FOLDER-OF-bench.js model SUBJECT NAME

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { argv, env } from "node:process";
import { fileURLToPath } from "node:url";

const [, , folder, command, ...words] = argv;
if (command !== "model") throw new Error(`there is no command ${command}`);
// The journeys' driver, which is installed beside them.
const driver = createRequire(new URL("../../e2e/package.json", import.meta.url));
const { chromium } = driver("playwright-core");

const here = fileURLToPath(new URL(".", import.meta.url));
const files = {
  "/worker.mjs": [here, "text/javascript"],
  "/measure.mjs": [here, "text/javascript"],
  "/bench.js": [folder, "text/javascript"],
  "/bench_bg.wasm": [folder, "application/wasm"],
};

const server = createServer(async ({ url }, response) => {
  const [parent, type] = files[url] ?? [];
  response.setHeader("content-type", type ?? "text/html");
  response.end(parent ? await readFile(join(parent, url)) : "<!doctype html>");
});
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
const browser = await chromium.launch({ executablePath: env.CHROMIUM, args: ["--no-sandbox"] });
try {
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  const line = await page.evaluate(
    (words) =>
      new Promise((resolve, reject) => {
        const worker = new Worker("/worker.mjs", { type: "module" });
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = ({ message }) => reject(new Error(message ?? "the worker did not start"));
        worker.postMessage(words);
      }),
    words,
  );
  console.log(line);
} finally {
  await browser.close();
  server.close();
}
