// axe-core on the pages that readers spend their time on, in light and in dark.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { eventually, journey } from "../journey.js";
import { chapters } from "../site.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

for (const colorScheme of ["light", "dark"]) {
  for (const path of ["", ...chapters.slice(0, 1), ...chapters.slice(-1), "playground/"]) {
    // The check itself has to be put into the page, which the page's policy forbids.
    const reader = { colorScheme, bypassCSP: true, reducedMotion: "reduce" };
    journey(`axe finds nothing serious on /${path} in ${colorScheme}`, { reader }, async (page, site) => {
      await page.goto(site.url(path));
      const live = page.locator("[data-live]").first();
      if (await live.count()) {
        await live.scrollIntoViewIfNeeded();
        await eventually("the figure is live", () => live.getByRole("button").count());
      }
      await page.evaluate(axe);
      const found = await page.evaluate(() => globalThis.axe.run());
      const serious = found.violations
        .filter((it) => ["serious", "critical"].includes(it.impact))
        .flatMap((it) => it.nodes.map((node) => `${it.id}: ${node.target} ${node.failureSummary}`));
      assert.deepEqual(serious, []);
    });
  }
}
