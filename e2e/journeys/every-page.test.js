// What holds on every page, whatever it says.

import assert from "node:assert/strict";

import { eventually, journey } from "../journey.js";
import { chapters, pages } from "../site.js";

for (const path of pages) {
  journey(`/${path} opens without an error and is read to its end`, {}, async (page, site) => {
    await page.goto(site.url(path));
    assert.equal(await page.locator("h1").count(), 1, "one heading names the page");
    assert.equal(await page.locator("main").count(), 1);
    assert.notEqual(await page.locator("html").getAttribute("lang"), null);
    // Past every figure, so that each of them starts.
    for (const figure of await page.locator("[data-live]").all()) await figure.scrollIntoViewIfNeeded();
    await page.getByRole("contentinfo").scrollIntoViewIfNeeded();
    await page.waitForLoadState("networkidle");
  });
}

// Going on before a figure is there gives up its download, which is no failure.
const hurried = { expected: [/ERR_ABORTED/] };

journey("every link inside the site leads to a page and to its place there", hurried, async (page, site) => {
  const seen = new Map();
  for (const path of pages) {
    await page.goto(site.url(path));
    const links = await page.locator("a[href]").evaluateAll((all) => all.map((it) => it.href));
    for (const link of links) {
      const { origin, pathname, hash } = new URL(link);
      if (origin !== site.origin) continue;
      assert.ok(pathname.startsWith(site.base), `${path} links outside of the base path: ${link}`);
      // A shared scenario is not a place on a page.
      const place = hash.startsWith("#s=") ? "" : hash;
      seen.set(pathname + place, path);
    }
  }
  const texts = new Map();
  for (const [link, from] of seen) {
    const [pathname, place] = link.split("#");
    if (!texts.has(pathname)) {
      const answer = await page.request.get(site.origin + pathname);
      assert.equal(answer.status(), 200, `${link}, linked from /${from}`);
      texts.set(pathname, await answer.text());
    }
    if (place) {
      const id = decodeURIComponent(place);
      assert.ok(texts.get(pathname).includes(`id="${id}"`), `${link}, linked from /${from}`);
    }
  }
});

journey(
  "an address without a page says so and leads back",
  { expected: [/404/] },
  async (page, site) => {
    const answer = await page.goto(site.url("no/such/page/"));
    assert.equal(answer.status(), 404);
    await page.getByRole("main").getByRole("link").first().click();
    await eventually("a page of the site", async () => pages.some((path) => page.url() === site.url(path)));
  },
);

journey("nothing of the wasm is asked for before a figure comes near", {}, async (page, site) => {
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  const isWasm = (url) => url.endsWith(".wasm");

  await page.goto(site.url());
  await page.waitForLoadState("networkidle");
  assert.deepEqual(asked.filter(isWasm), [], "the home page has no figure");

  // A window so low that every figure begins below it and its margin.
  await page.setViewportSize({ width: 1280, height: 120 });
  await page.goto(site.url(chapters[0]));
  await page.waitForLoadState("networkidle");
  assert.deepEqual(asked.filter(isWasm), [], "the first figure is far away");

  await page.locator("[data-live]").first().scrollIntoViewIfNeeded();
  await eventually("the wasm is asked for", async () => asked.some(isWasm));
});
