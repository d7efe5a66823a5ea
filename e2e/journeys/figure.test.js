// What readers do with the figures of an article.

import assert from "node:assert/strict";

import { liveFigure } from "../figure.js";
import { eventually, journey } from "../journey.js";
import { chapters } from "../site.js";

const balancer = chapters.find((path) => path.endsWith("load-balancer/"));

for (const width of [1280, 360]) {
  const reader = { viewport: { width, height: 900 } };
  journey(`at ${width} px every figure comes alive in the very box it had`, { reader }, async (page, site) => {
    for (const path of chapters) {
      let letGo;
      const held = new Promise((resolve) => (letGo = resolve));
      await page.route(/\.wasm/, async (route) => {
        await held;
        await route.continue();
      });
      await page.goto(site.url(path));
      const boxes = () =>
        page.locator("figure[data-figure]").evaluateAll((all) =>
          all.map((it) => ({
            id: it.id,
            height: it.getBoundingClientRect().height,
            // A figure's place on the page tells of shifts anywhere above it.
            top: it.getBoundingClientRect().top + globalThis.scrollY,
          })),
        );
      const before = await boxes();
      letGo();
      for (const { id } of before) await liveFigure(page, id);
      assert.deepEqual(await boxes(), before, `/${path}`);
      await page.unroute(/\.wasm/);
    }
  });
}

journey("more servers lower p99", {}, async (page, site) => {
  await page.goto(site.url(balancer));
  const figure = await liveFigure(page, "policies");
  await figure.setSpeed(/^10× faster/);
  await figure.play.click();
  await figure.untilTime(20);
  const before = await figure.value("p99");
  assert.ok(before > 20, `ten servers at 80 %: p99 is ${before} ms`);

  const more = figure.button("Servers: more");
  for (let added = 0; added < 5; added++) await more.click();
  await eventually("p99 is less than half", async () => (await figure.value("p99")) < before / 2);
  assert.ok(await figure.region.getByText("15", { exact: true }).first().isVisible());
});

journey("a killed server fails requests until the balancer notices", {}, async (page, site) => {
  await page.goto(site.url(balancer));
  const figure = await liveFigure(page, "health");
  await figure.setSpeed(/^2× faster/);
  await figure.play.click();
  await figure.untilTime(1);
  assert.equal(await figure.value("Failed"), 0, "all is well");

  await figure.region.getByRole("combobox", { name: "Node to break" }).selectOption("web-3");
  await figure.button("Kill").click();
  await figure.node("web-3").and(page.getByRole("button", { name: /dead/ })).waitFor();
  await eventually("requests fail", async () => (await figure.value("Failed")) > 0);
  await eventually("no request fails", async () => (await figure.value("Failed")) === 0);

  await figure.button("Heal").click();
  await figure.node("web-3").and(page.getByRole("button", { name: /up/ })).waitFor();
});

journey("the same by keyboard alone", {}, async (page, site) => {
  await page.goto(site.url(balancer));
  const figure = await liveFigure(page, "health");
  const press = (key) => page.keyboard.press(key);
  /** Goes on with the tabulator key until `target` has the focus. */
  const tabTo = async (target) => {
    for (let presses = 0; presses < 200; presses++) {
      await press("Tab");
      if (await target.evaluate((it) => it === it.ownerDocument.activeElement).catch(() => false)) return;
    }
    assert.fail(`the tabulator key never reaches ${target}`);
  };

  await tabTo(figure.speed);
  await figure.setSpeed(/^2× faster/);
  await page.keyboard.press("Shift+Tab");
  // Into the picture: to the third server, which K kills.
  await figure.region.getByRole("button", { name: /^users: / }).focus();
  await press("Space");
  await figure.pause.waitFor();
  await figure.untilTime(1);
  for (let presses = 0; presses < 12; presses++) {
    const focused = await page.evaluate(() => globalThis.document.activeElement.getAttribute("aria-label"));
    if (focused?.startsWith("web-3: ")) break;
    await press(presses % 3 === 2 ? "ArrowDown" : "ArrowRight");
  }
  await press("k");
  await figure.region.getByRole("button", { name: /^web-\d: .*dead/ }).first().waitFor();
  await eventually("requests fail", async () => (await figure.value("Failed")) > 0);
  await eventually("no request fails", async () => (await figure.value("Failed")) === 0);
  await press("h");
  await eventually("no server is dead", async () =>
    (await figure.region.getByRole("button", { name: /^web-3: .*dead/ }).count()) === 0);
});

journey("one press of Step is one event, told in words", {}, async (page, site) => {
  await page.goto(site.url(chapters[0]));
  const figure = await liveFigure(page, await page.locator("figure[data-figure]").first().getAttribute("id"));
  const told = [];
  for (let presses = 0; presses < 6; presses++) {
    const before = await figure.status.innerText();
    await figure.step.click();
    told.push(await eventually("something is told", async () => {
      const said = await figure.status.innerText();
      return said !== before && said;
    }));
  }
  assert.ok(told.every((it) => /[a-z]{3}/.test(it)), told.join(" | "));
  await figure.reset.click();
  await eventually("back at the start", async () => (await figure.time()) === 0);
});

journey(
  "with reduced motion nothing travels, and the numbers still move",
  { reader: { reducedMotion: "reduce" } },
  async (page, site) => {
    await page.goto(site.url(balancer));
    const figure = await liveFigure(page, "health");
    const isBlank = () =>
      figure.region.locator("canvas").evaluate((canvas) => {
        if (canvas.width === 0 || canvas.height === 0) return true;
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        return data.every((value) => value === 0);
      });
    await figure.setSpeed(/^slowed 10×/);
    await figure.play.click();
    const start = await figure.time();
    for (const seconds of [0.05, 0.1, 0.15, 0.2]) {
      await figure.untilTime(start + seconds);
      assert.ok(await isBlank(), "no dot is drawn");
    }
    await figure.setSpeed(/^2× faster/);
    await figure.untilTime(start + 2);
    assert.ok((await figure.value("p50")) > 0);
  },
);

journey("without it requests are seen to travel", {}, async (page, site) => {
  await page.goto(site.url(balancer));
  const figure = await liveFigure(page, "health");
  await figure.setSpeed(/^slowed 10×/);
  await figure.play.click();
  await eventually("a dot is drawn", () =>
    figure.region.locator("canvas").evaluate((canvas) => {
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      return data.some((value) => value !== 0);
    }),
  );
});

journey("a thousand times the load, and none at all, are both survived", {}, async (page, site) => {
  await page.goto(site.url(balancer));
  const figure = await liveFigure(page, "health");
  const load = figure.region.getByRole("textbox", { name: "Load in requests per second" });
  await figure.setSpeed(/^real time/);
  await figure.play.click();
  await load.fill("500000/s");
  await load.press("Enter");
  await eventually("most requests fail", async () => (await figure.value("Failed")) > 50);
  await load.fill("0/s");
  await load.press("Enter");
  const calm = await figure.time();
  await figure.untilTime(calm + 0.5);
  await figure.pause.click();
  await figure.play.waitFor();
});
