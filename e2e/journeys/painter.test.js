// What is drawn, and when: only a browser has pixels and frames.

import assert from "node:assert/strict";

import { liveFigure } from "../figure.js";
import { eventually, journey } from "../journey.js";
import { chapters } from "../site.js";

const balancer = chapters.find((path) => path.endsWith("load-balancer/"));

/** How many of the figure's pixels are painted: on the node, and anywhere. */
async function painted(figure, node) {
  const box = await figure.node(node).boundingBox();
  return figure.region.locator("canvas").evaluate((canvas, box) => {
    const { left, top, width } = canvas.getBoundingClientRect();
    const scale = canvas.width / width;
    const context = canvas.getContext("2d");
    const count = (...place) => {
      const { data } = context.getImageData(...place.map(Math.round));
      return data.filter((value, i) => i % 4 === 3 && value > 0).length;
    };
    return {
      scale,
      onNode: count((box.x - left) * scale, (box.y - top) * scale, box.width * scale, box.height * scale),
      anywhere: count(0, 0, canvas.width, canvas.height),
    };
  }, box);
}

const sharp = { viewport: { width: 1280, height: 900 }, deviceScaleFactor: 2 };
journey("requests are drawn at the server that has them, as sharp as the screen", { reader: sharp }, async (page, site) => {
  await page.goto(site.url(balancer));
  const figure = await liveFigure(page, "health");
  assert.equal((await painted(figure, "web-1")).anywhere, 0, "before the first event there is nothing to draw");
  await figure.play.click();
  const seen = await eventually("a request is served", async () => {
    const { scale, onNode } = await painted(figure, "web-1");
    return onNode > 0 && { scale };
  });
  assert.ok(Math.abs(seen.scale - 2) < 0.05, `${seen.scale} pixels of the canvas to one of the page`);

  await figure.pause.click();
  await figure.reset.click();
  await eventually("a new run begins with nothing drawn", async () => (await painted(figure, "web-1")).anywhere === 0);
});

/** Whether some pixel of the canvas has one of the page's colours for requests, and not only greys. */
async function isColoured(figure) {
  return figure.region.locator("canvas").evaluate((canvas) => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    for (let i = 0; i < data.length; i += 4) {
      const [red, green, blue, alpha] = data.slice(i, i + 4);
      if (alpha === 255 && Math.max(red, green, blue) - Math.min(red, green, blue) > 80) return true;
    }
    return false;
  });
}

for (const [name, reader] of [
  ["as they are", {}],
  ["with reduced motion", { reducedMotion: "reduce" }],
  ["where the reader chose all colours", { forcedColors: "active" }],
]) {
  journey(`requests have their colours: ${name}`, { reader }, async (page, site) => {
    await page.goto(site.url(balancer));
    const figure = await liveFigure(page, "health");
    await figure.play.click();
    await eventually("a request is drawn in its colour", async () => isColoured(figure));
  });
}

/** How many frames the page asks for while ten pass. */
function frames(page) {
  return page.evaluate(async () => {
    const before = globalThis.askedFrames;
    for (let i = 0; i < 10; i++) await new Promise((resolve) => globalThis.untold(resolve));
    return globalThis.askedFrames - before;
  });
}

journey("frames are asked for only while a figure plays in sight, one at a time", {}, async (page, site) => {
  await page.addInitScript(() => {
    globalThis.askedFrames = 0;
    globalThis.untold = globalThis.requestAnimationFrame.bind(globalThis);
    globalThis.requestAnimationFrame = (callback) => {
      globalThis.askedFrames += 1;
      return globalThis.untold(callback);
    };
  });
  await page.goto(site.url(balancer));
  const figure = await liveFigure(page, "health");
  await eventually("a waiting figure asks for none", async () => (await frames(page)) === 0);
  await figure.play.click();
  await eventually("a playing one asks for one after the other", async () => {
    const asked = await frames(page);
    assert.ok(asked <= 11, `${asked} requests in ten frames`);
    return asked >= 5;
  });
  await page.evaluate(() => globalThis.scrollTo(0, 0));
  await eventually("out of sight it asks for none", async () => (await frames(page)) === 0);
  await figure.region.scrollIntoViewIfNeeded();
  await eventually("in sight again it goes on", async () => (await frames(page)) >= 5);
  await figure.pause.click();
  await eventually("paused it asks for none", async () => (await frames(page)) === 0);
});
