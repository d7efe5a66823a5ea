// What is left when the application cannot run: the computed figures, with one line saying so.

import assert from "node:assert/strict";

import { liveFigure } from "../figure.js";
import { eventually, journey } from "../journey.js";
import { chapters } from "../site.js";

const path = chapters[0];

/** The figure is what it was before: a picture, numbers, results, one line, nothing to press. */
async function assertStatic(figure, sentence) {
  await eventually("one line says so", async () =>
    sentence.test(await figure.locator(".figure-status").innerText()));
  assert.equal(await figure.locator(".scene > svg").filter({ visible: true }).count(), 1);
  assert.equal(await figure.getByRole("term").count(), 6);
  assert.ok(await figure.getByRole("table").first().isVisible());
  assert.equal(await figure.getByRole("button").count(), 0);
}

journey(
  "without its wasm a figure stays as it was computed",
  { expected: [/\.wasm/, /ERR_FAILED/, /Failed to fetch/, /WebAssembly/] },
  async (page, site) => {
    await page.route(/\.wasm/, (route) => route.abort());
    await page.goto(site.url(path));
    const figure = page.locator("figure[data-figure]").first();
    await figure.scrollIntoViewIfNeeded();
    await assertStatic(figure, /could not start/);
  },
);

journey(
  "with a damaged wasm a figure stays as it was computed",
  { expected: [/WebAssembly/, /wasm/i, /CompileError/] },
  async (page, site) => {
    await page.route(/\.wasm/, (route) =>
      route.fulfill({ contentType: "application/wasm", body: "not a program" }),
    );
    await page.goto(site.url(path));
    const figure = page.locator("figure[data-figure]").first();
    await figure.scrollIntoViewIfNeeded();
    await assertStatic(figure, /could not start/);
  },
);

journey(
  "after a panic every figure of the page is the computed one again",
  { expected: [/panicked/, /unreachable/, /RuntimeError/] },
  async (page, site) => {
    await page.goto(site.url(path));
    const ids = await page
      .locator("figure[data-figure]")
      .evaluateAll((all) => all.map((it) => it.id));
    for (const id of ids) await liveFigure(page, id);
    // The application takes it for granted that a browser can make elements. Here it suddenly cannot …
    await page.evaluate(() => {
      for (const name of ["createElement", "createElementNS"]) {
        globalThis.Document.prototype[name] = () => {
          throw new Error("no more elements");
        };
      }
    });
    // … when something new has to be drawn.
    await page.locator(`figure#${ids.at(-1)}`).getByRole("button", { name: "Step", exact: true }).click();
    for (const id of ids) await assertStatic(page.locator(`figure#${id}`), /stopped|could not/);
    assert.ok((await page.getByRole("main").innerText()).length > 1000, "the text is still there");
  },
);
