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
  assert.ok(before > 50, `ten servers at 80 %: p99 is ${before} ms`);

  const servers = figure.region.getByRole("group", { name: "Servers" });
  for (let count = 11; count <= 15; count++) {
    await figure.button("Servers: more").click();
    await eventually(`${count} servers`, async () => (await servers.getByRole("textbox").inputValue()) === String(count));
  }
  await eventually("p99 is less than half", async () => (await figure.value("p99")) < before / 2);
});

/** Requests fail, and then no more do although users go on sending. */
async function failuresAndRecovery(figure) {
  await eventually("requests fail", async () => (await figure.value("Failed")) > 0);
  await eventually("no more fail", async () => {
    const [failed, time] = [await figure.value("Failed"), await figure.time()];
    await figure.untilTime(time + 3);
    return (await figure.value("Failed")) === failed;
  });
  await eventually("users are served", async () => (await figure.value("Goodput")) > 300);
}

journey("a killed server fails requests until the balancer notices", {}, async (page, site) => {
  await page.goto(site.url(balancer));
  const figure = await liveFigure(page, "health");
  await figure.setSpeed(/^5× faster/);
  await figure.play.click();
  await figure.untilTime(1);
  assert.equal(await figure.value("Failed"), 0, "all is well");

  await figure.region.getByRole("combobox", { name: "Node to break" }).selectOption("web-3");
  await figure.button("Kill").click();
  await figure.inState("web-3", "dead").waitFor();
  await failuresAndRecovery(figure);

  await figure.button("Heal").click();
  await figure.inState("web-3", "up").waitFor();
});

journey("the same by keyboard alone", {}, async (page, site) => {
  await page.goto(site.url(balancer));
  const figure = await liveFigure(page, "health");
  const press = (key) => page.keyboard.press(key);
  /** Goes on with the tabulator key until `target` has the focus. */
  const tabTo = async (target) => {
    for (let presses = 0; presses < 200; presses++) {
      if (await target.evaluate((it) => it === it.ownerDocument.activeElement)) return;
      await press("Tab");
    }
    assert.fail(`the tabulator key never reaches ${target}`);
  };
  /** The name of the node that has the focus; what it says about its state changes all the time. */
  const focused = () =>
    page.evaluate(() => /^([\w-]+): /.exec(globalThis.document.activeElement.getAttribute("aria-label"))?.[1]);

  // The picture has one stop, at its first node; the speed comes after it.
  await tabTo(figure.node("users"));
  await tabTo(figure.speed);
  await figure.setSpeed(/^5× faster/);
  await tabTo(figure.play);
  await press("Enter");
  await figure.untilTime(1);
  while ((await focused()) !== "users") await press("Shift+Tab");

  // With the arrows to a server, which K kills and H heals. The first arrow may only select.
  await press("ArrowRight");
  await eventually("the node with the focus is selected", () =>
    page.evaluate(() => globalThis.document.activeElement.getAttribute("aria-pressed") === "true"));
  while (!(await focused()).startsWith("web-")) {
    const before = await focused();
    await press("ArrowRight");
    await eventually("the next node has the focus", async () => (await focused()) !== before);
  }
  const server = await focused();
  assert.match(server, /^web-\d$/);
  await press("k");
  await figure.inState(server, "dead").waitFor();
  await failuresAndRecovery(figure);
  await press("h");
  await figure.inState(server, "up").waitFor();
});

journey("a pressed node opens a card that follows the run and breaks the node", {}, async (page, site) => {
  await page.goto(site.url(balancer));
  const figure = await liveFigure(page, "health");
  await figure.node("web-2").click();
  const card = figure.region.getByRole("region", { name: "web-2", exact: true });
  await card.getByText("Press Play", { exact: false }).waitFor();
  assert.equal(await card.getByRole("term").count(), 1, "before the start it says what the node is, and no numbers");

  await figure.play.click();
  await card.getByText("up", { exact: true }).waitFor();
  await card.getByRole("button", { name: "Kill" }).click();
  await figure.inState("web-2", "dead").waitFor();
  await card.getByText(/^dead/).waitFor();
  await card.getByRole("button", { name: "Heal" }).click();
  await figure.inState("web-2", "up").waitFor();

  await page.keyboard.press("Escape");
  await card.waitFor({ state: "detached" });
  assert.ok(await figure.node("web-2").evaluate((it) => it === it.ownerDocument.activeElement), "the focus is back");
});

journey("one press of Step is one event, told in words", {}, async (page, site) => {
  await page.goto(site.url(chapters[0]));
  const figure = await liveFigure(page, await page.locator("figure[data-figure]").first().getAttribute("id"));
  // The computed picture is the end of a run.
  await figure.region.getByText(/^after \d/).waitFor();
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

for (const reducedMotion of ["reduce", "no-preference"]) {
  const isReduced = reducedMotion === "reduce";
  const what = isReduced ? "with reduced motion nothing travels" : "without reduced motion requests travel";
  journey(`${what}, and the numbers move`, { reader: { reducedMotion } }, async (page, site) => {
    await page.goto(site.url(balancer));
    const figure = await liveFigure(page, "health");
    await figure.setSpeed(/^slowed 10×/);
    await figure.play.click();
    // Every request is 20 ms on its way to the balancer and 2.5 ms apart from the next.
    const start = await figure.time();
    let travelled = false;
    for (let moment = 1; moment <= 10; moment++) {
      await figure.untilTime(start + moment / 50);
      travelled ||= !(await figure.isEmptyBetween("users", "balancer"));
    }
    assert.equal(travelled, !isReduced);
    await figure.setSpeed(/^2× faster/);
    await figure.untilTime(start + 2);
    assert.ok((await figure.value("p50")) > 0);
  });
}

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
