// The site for readers without JavaScript: complete, with every figure computed in advance.

import assert from "node:assert/strict";

import { journey } from "../journey.js";
import { chapters, pages } from "../site.js";

const reader = { javaScriptEnabled: false };

journey("the home page leads to the article and its chapters", { reader }, async (page, site) => {
  await page.goto(site.url());
  await page.getByRole("main").getByRole("link", { name: /one million users/i }).first().click();
  await page.getByRole("main").getByRole("link", { name: /single server/i }).first().click();
  assert.match(await page.getByRole("heading", { level: 1 }).innerText(), /single server/i);
});

for (const path of chapters) {
  journey(`/${path} has its text and every figure's picture and results`, { reader }, async (page, site) => {
    await page.goto(site.url(path));
    const text = await page.getByRole("main").innerText();
    assert.ok(text.split(/\s+/).length > 500, "the whole chapter is there");

    const figures = page.locator("figure[data-figure]");
    assert.ok((await figures.count()) >= 2, "at least two figures");
    for (const figure of await figures.all()) {
      const id = await figure.getAttribute("id");
      const pictures = figure.locator(".scene > svg");
      assert.ok((await pictures.count()) >= 1, `${id} has a picture`);
      for (const picture of await pictures.all()) {
        // `textContent`, because one of the two pictures is for other widths and not shown.
        assert.ok((await picture.locator("title").first().textContent()).trim(), `${id}: a title`);
        assert.ok((await picture.locator("desc").first().textContent()).trim(), `${id}: a description`);
      }
      assert.equal(await pictures.filter({ visible: true }).count(), 1, `${id} shows one of them`);
      assert.ok(await figure.getByText("write", { exact: true }).isVisible(), `${id} says what a square is`);

      const table = figure.getByRole("table").first();
      assert.ok(await table.isVisible(), `${id} has a table of results`);
      assert.ok((await table.getByRole("row").count()) >= 2, `${id}: results`);
      assert.match(await table.innerText(), /\d/, `${id}: results are numbers`);
      assert.equal(await figure.locator(".numbers dt").count(), 6, `${id}: six numbers`);
      assert.equal(await figure.getByRole("button").count(), 0, `${id}: nothing to press in vain`);
    }
  });
}

journey("every page keeps its text", { reader }, async (page, site) => {
  for (const path of pages) {
    await page.goto(site.url(path));
    assert.ok((await page.getByRole("main").innerText()).trim().length > 100, `/${path}`);
  }
});
