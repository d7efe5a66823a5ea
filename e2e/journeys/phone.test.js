// The site on a narrow touch screen.

import assert from "node:assert/strict";

import { liveFigure } from "../figure.js";
import { eventually, journey } from "../journey.js";
import { chapters, pages } from "../site.js";

const reader = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const balancer = chapters.find((path) => path.endsWith("load-balancer/"));

for (const path of pages) {
  journey(`/${path} fits 360 px and its controls fit a finger`, { reader }, async (page, site) => {
    await page.goto(site.url(path));
    for (const host of await page.locator("[data-live], [data-playground]").all()) {
      await host.scrollIntoViewIfNeeded();
      await host.getByRole("button", { name: "Play", exact: true }).first().waitFor();
    }
    for (const table of await page.getByText("Nodes as a table").all()) await table.tap();
    const width = await page.evaluate(() => globalThis.document.scrollingElement.scrollWidth);
    assert.equal(width, 360, "nothing has to be scrolled sideways");

    const small = await page
      .getByRole("main")
      .locator("button:visible, select:visible, input:visible, summary:visible")
      .evaluateAll((all) =>
        all
          // A checkbox is pressed by its label.
          .map((it) => (it.type === "checkbox" ? it.closest("label") ?? it : it))
          .map((it) => ({ it, box: it.getBoundingClientRect() }))
          .filter(({ box }) => box.height < 43.5 || box.width < 43.5)
          .map(({ it, box }) => `${it.outerHTML.slice(0, 90)} ${box.width}×${box.height}`),
      );
    assert.deepEqual(small, [], "at least 44 px");
  });
}

journey("a figure is played, stepped and changed by touch", { reader }, async (page, site) => {
  await page.goto(site.url(balancer));
  const figure = await liveFigure(page, "pool");
  await figure.step.tap();
  await eventually("a step is told", async () => /[a-z]{3}/.test(await figure.status.innerText()));
  await figure.play.tap();
  await figure.pause.waitFor();
  const servers = figure.region.getByRole("group", { name: "Servers" });
  const count = () => servers.getByRole("textbox").inputValue();
  const before = await count();
  await figure.button("Servers: more").tap();
  await eventually("one more server", async () => (await count()) !== before);
  await figure.pause.tap();
  await figure.play.waitFor();
});
