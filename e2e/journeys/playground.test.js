// The playground page: every change by its own control, in and out as text, and shared as a link.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";

import { liveFigure, playground } from "../figure.js";
import { eventually, journey } from "../journey.js";
import { chapters } from "../site.js";

const { SIMULATE } = process.env;
const PATH = "playground/";
/** Everything is in view, so that no scrolling moves what is measured. */
const tall = { viewport: { width: 1280, height: 1600 } };
/** How far a port's middle is from the outer edge of its node's button: its reach. */
const PORT = 16;
const balancer = chapters.find((path) => path.endsWith("load-balancer/"));

/** The run's hash with its time, as the page shows it. */
const run = (page) => page.getByText(/^run [0-9a-f]{16} at t = /).innerText();

/** Runs to a moment as fast as the machine can, and gives back the hash there. */
async function runTo(page, moment) {
  const field = page.getByRole("textbox", { name: "Run to" });
  await field.fill(moment);
  await field.press("Enter");
  const seconds = `t = ${Number.parseFloat(moment).toFixed(3)} s`;
  return /run ([0-9a-f]{16})/.exec(
    await eventually(`the run is at ${moment}`, async () => {
      const said = await run(page);
      return said.endsWith(seconds) && said;
    }),
  )[1];
}

/** The share link that the page offers. */
async function share(page, figure) {
  await figure.button("Share").click();
  const field = page.getByRole("region", { name: "Share" }).getByRole("textbox");
  const link = await eventually("there is a link", async () => field.inputValue());
  await figure.button("Share").click();
  return link;
}

async function exported(page, figure) {
  await figure.button("Export").click();
  const text = await page.getByRole("region", { name: "Export" }).getByRole("textbox").inputValue();
  await figure.button("Export").click();
  return text;
}

journey("a figure opens in the playground with its very scenario and seed", {}, async (page, site) => {
  await page.goto(site.url(balancer));
  const figure = await liveFigure(page, "health");
  await figure.region.getByRole("link", { name: /playground/i }).click();
  const ground = await playground(page);
  assert.ok(page.url().startsWith(site.url(PATH)), page.url());
  await page.getByRole("heading", { name: "One of four dies" }).waitFor();
  const text = await exported(page, ground);
  assert.match(text, /health-check/);
  assert.match(text, /^seed = 1$/m);
});

journey("a figure that was changed in place opens in the playground as it was changed", {}, async (page, site) => {
  await page.goto(site.url(balancer));
  const figure = await liveFigure(page, "health");
  const link = figure.region.getByRole("link", { name: /playground/i });
  const authors = await link.getAttribute("href");
  const load = figure.region.getByRole("textbox", { name: /^Load/ });
  await load.fill("123");
  await load.press("Enter");
  await eventually("the link carries the change", async () => (await link.getAttribute("href")) !== authors);
  await link.click();
  const ground = await playground(page);
  await eventually("it says whose changes", async () => /your changes/.test(await ground.status.innerText()));
  assert.match(await exported(page, ground), /123\/s/);
  await ground.button("Start over").click();
  await eventually("the author's system is back", async () => !/123\/s/.test(await exported(page, ground)));
});

journey("changes in a link that are damaged leave the author's system and say so", {}, async (page, site) => {
  await page.goto(site.url(PATH));
  let ground = await playground(page);
  const link = await share(page, ground);
  await page.goto("about:blank");
  await page.goto(`${link}&e=1.remove,nobody`);
  ground = await playground(page);
  await eventually("a message", async () => /changes in the link/.test(await ground.status.innerText()));
  await ground.node("web-1").waitFor();
});

journey("work on a link's scenario and the reader's own survive beside each other", {}, async (page, site) => {
  await page.goto(site.url(PATH));
  let ground = await playground(page);
  const link = await share(page, ground);
  const palette = () => page.getByRole("region", { name: "Add" });
  await palette().getByRole("button", { name: /database/i }).click();
  const own = await exported(page, ground);

  await page.goto("about:blank");
  await page.goto(link);
  ground = await playground(page);
  await eventually("both are named", async () => /own scenario is kept/.test(await ground.status.innerText()));
  await palette().getByRole("button", { name: /dns/i }).click();
  const opened = await exported(page, ground);
  assert.notEqual(opened, own);

  await page.reload();
  ground = await playground(page);
  assert.equal(await exported(page, ground), opened, "the work on the link survives a reload");
  await ground.button("Back to your own scenario").click();
  await eventually("the reader's own is back", async () => (await exported(page, ground)) === own);
  await page.reload();
  ground = await playground(page);
  assert.equal(await exported(page, ground), own, "and survives a reload");
  await ground.button("Back to the scenario from the link").click();
  await eventually("the link's is back", async () => (await exported(page, ground)) === opened);
});

journey("a damaged link shows what was kept and says so", {}, async (page, site) => {
  await page.goto(site.url(PATH));
  let ground = await playground(page);
  await page.getByRole("region", { name: "Add" }).getByRole("button", { name: /database/i }).click();
  const own = await exported(page, ground);
  await page.goto("about:blank");
  await page.goto(`${site.url(PATH)}#s=1.AAAA-not-a-scenario`);
  ground = await playground(page);
  await eventually("a message", async () => /last worked on/.test(await ground.status.innerText()));
  assert.equal(await exported(page, ground), own);
});

journey("restarting keeps what was built", {}, async (page, site) => {
  await page.goto(site.url(PATH));
  const ground = await playground(page);
  await page.getByRole("region", { name: "Add" }).getByRole("button", { name: /database/i }).click();
  const built = await exported(page, ground);
  await runTo(page, "2s");
  await ground.button("Restart").click();
  await eventually("time is zero", async () => (await run(page)).endsWith("t = 0.000 s"));
  assert.equal(await exported(page, ground), built);
});

journey("a shared link repeats the identical run elsewhere", {}, async (page, site) => {
  await page.goto(site.url(PATH));
  const ground = await playground(page);
  await runTo(page, "2s");
  // Something happens at a moment of its own, and the run goes on.
  await ground.node("web-2").click();
  await page.getByRole("group", { name: "Actions" }).getByRole("button", { name: "Kill" }).click();
  const first = await runTo(page, "12s");
  const link = await share(page, ground);

  const elsewhere = await page.context().browser().newContext();
  try {
    const other = await elsewhere.newPage();
    await other.goto(link);
    await playground(other);
    assert.equal(await runTo(other, "12s"), first, "event for event the same run");
    assert.notEqual(await runTo(other, "13s"), first);
  } finally {
    await elsewhere.close();
  }
});

journey("the command line repeats the run of the page", {}, async (page, site) => {
  assert.ok(SIMULATE, "SIMULATE has to be the built `simulate`; `cargo xtask test` sets it");
  await page.goto(site.url(PATH));
  const ground = await playground(page);
  const here = await runTo(page, "5s");
  const folder = mkdtempSync(join(tmpdir(), "journey-"));
  try {
    const file = join(folder, "scenario.toml");
    writeFileSync(file, await exported(page, ground));
    const report = execFileSync(SIMULATE, ["run", file, "--for", "5s", "--json"], { encoding: "utf8" });
    assert.ok(report.includes(here), `${here} in ${report}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

journey("nodes are added, connected, deleted, and every step is undone and redone", {}, async (page, site) => {
  await page.goto(site.url(PATH));
  const ground = await playground(page);
  const nodes = () => ground.region.getByRole("button", { name: /^[a-z0-9-]+: .*state / }).count();
  const start = await exported(page, ground);
  const before = await nodes();

  const palette = page.getByRole("region", { name: "Add" });
  const kinds = await palette.getByRole("button").count();
  assert.ok(kinds >= 5, "every kind of node");
  await palette.getByRole("button", { name: /server/i }).click();
  await eventually("one more node", async () => (await nodes()) === before + 1);
  const added = await exported(page, ground);

  // The new node is selected, so its own panel offers to connect it.
  const connect = page.getByRole("button", { name: /^Connect to db/ });
  await page.getByRole("combobox", { name: "Connect to" }).selectOption("db");
  await connect.click();
  await eventually("it is connected", async () => (await exported(page, ground)) !== added);
  const connected = await exported(page, ground);
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await eventually("it is gone", async () => (await nodes()) === before);

  await ground.button("Undo").click();
  await eventually("the deletion is undone", async () => (await exported(page, ground)) === connected);
  await ground.button("Undo").click();
  await eventually("the connection is undone", async () => (await exported(page, ground)) === added);
  await ground.button("Undo").click();
  await eventually("the addition is undone", async () => (await exported(page, ground)) === start);
  await ground.button("Redo").click();
  await eventually("the addition is done again", async () => (await exported(page, ground)) === added);
});

/** What has the keyboard focus: its own name, or its text. */
const focused = (page) =>
  page.evaluate(() => {
    const active = globalThis.document.activeElement;
    return active.getAttribute("aria-label") ?? active.labels?.[0]?.innerText ?? active.innerText;
  });

journey("whatever the keyboard takes away, it goes on from a place nearby", {}, async (page, site) => {
  await page.goto(site.url(PATH));
  const ground = await playground(page);
  const goesOn = (where) =>
    eventually(`the focus is on ${where}`, async () => where.test((await focused(page)).trim()));

  await ground.node("web-4").focus();
  await page.keyboard.press("Delete");
  await goesOn(/^web-3: /);
  await page.keyboard.press("-");
  await goesOn(/^web-2: /);

  const name = page.getByRole("textbox", { name: "Name", exact: true });
  await name.fill("front");
  await name.press("Enter");
  await ground.node("front").waitFor();
  await goesOn(/^Name$/);
  await name.fill("half");
  await name.press("Escape");
  await eventually("the name is back", async () => (await name.inputValue()) === "front");

  await page.getByRole("button", { name: "Disconnect balancer from front" }).press("Enter");
  await goesOn(/^front → db$/);
  await eventually("it says so", async () => /no longer calls front/.test(await ground.status.innerText()));

  await ground.button("Export").click();
  await ground.button("Close").press("Enter");
  await goesOn(/^Export$/);
});

journey("pressed twice, the way back to the scenario throws no work away", {}, async (page, site) => {
  await page.goto(site.url(PATH));
  const ground = await playground(page);
  await page.getByRole("region", { name: "Add" }).getByRole("button", { name: /database/i }).click();
  const built = await exported(page, ground);
  await ground.button("Back to the scenario").press("Enter");
  await ground.button("Start over").waitFor();
  await page.keyboard.press("Enter");
  await ground.node("users").click();
  await ground.button("Back to the scenario").dblclick();
  await ground.button("Start over").waitFor();
  // The second click finds "Load the example" under the pointer, for which it was not meant.
  await ground.button("Start over").dblclick();
  await eventually("it is the beginning", () => ground.button("Load the example").isVisible());
  await ground.button("Undo").click();
  assert.equal(await exported(page, ground), built);
});

journey("a link is drawn from a node's port, and only to where it may lead", { reader: tall }, async (page, site) => {
  await page.goto(site.url(PATH));
  const ground = await playground(page);
  await page.getByRole("region", { name: "Add" }).getByRole("button", { name: /server/i }).last().click();
  const before = await exported(page, ground);
  /** Drags from the port of a node, at the edge where its links leave it, and stops over another one. */
  const draw = async (from, to) => {
    await ground.node(from).hover();
    const [start, end] = [await ground.node(from).boundingBox(), await ground.node(to).boundingBox()];
    await page.mouse.move(start.x + start.width - PORT, start.y + start.height / 2);
    await page.mouse.down();
    await page.mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 4 });
  };

  await draw("users", "db");
  await eventually("it says why not", async () => /cannot call db/.test(await ground.status.innerText()));
  await page.mouse.up();
  assert.equal(await exported(page, ground), before, "nothing was connected");

  await draw("users", "web-1");
  await eventually("it says what would be", async () => /connect users to web-1/.test(await ground.status.innerText()));
  await page.mouse.up();
  await eventually("it is connected", async () => /users calls web-1/.test(await ground.status.innerText()));
  assert.notEqual(await exported(page, ground), before);
  await ground.button("Undo").click();
  assert.equal(await exported(page, ground), before);
});

journey("a node is moved by the mouse and by the keyboard, and no result changes", { reader: tall }, async (page, site) => {
  await page.goto(site.url(PATH));
  const ground = await playground(page);
  const original = await runTo(page, "2s");
  await ground.button("Restart").click();
  // Hovering waits until the node stands still.
  await ground.node("users").hover();
  const box = await ground.node("users").boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2 - 96, { steps: 4 });
  await page.mouse.up();
  await eventually("it is higher", async () => (await ground.node("users").boundingBox()).y < box.y - 40);
  const high = await ground.node("users").boundingBox();
  await ground.node("users").focus();
  await page.keyboard.press("Alt+ArrowDown");
  await eventually("it is lower", async () => (await ground.node("users").boundingBox()).y > high.y + 10);
  assert.equal(await runTo(page, "2s"), original);
});

journey("nodes of every kind can be added", {}, async (page, site) => {
  await page.goto(site.url(PATH));
  const ground = await playground(page);
  const palette = page.getByRole("region", { name: "Add" });
  for (const button of await palette.getByRole("button").all()) {
    const before = await exported(page, ground);
    await button.click();
    await eventually("the scenario has it", async () => (await exported(page, ground)) !== before);
  }
  await ground.play.click();
  await ground.untilTime(0.05);
});

journey("an import that is wrong says where, and the present scenario stays", {}, async (page, site) => {
  await page.goto(site.url(PATH));
  const ground = await playground(page);
  const before = await exported(page, ground);

  await ground.button("Import").click();
  const panel = page.getByRole("region", { name: "Import" });
  await panel.getByRole("textbox").fill(before.replace("workers", "wrokers").replace("400/s", "400 bananas"));
  await panel.getByRole("button", { name: "Load this scenario" }).click();
  const problems = panel.getByRole("alert");
  await problems.waitFor();
  assert.match(await problems.innerText(), /\d+:\d+: .*wrokers/);
  assert.match(await problems.innerText(), /workers/, "the likely intent");
  assert.match(await problems.innerText(), /bananas/, "all problems at once");
  assert.equal(await exported(page, ground), before);

  await ground.button("Import").click();
  await panel.getByRole("textbox").fill(before.replace("400/s", "123/s"));
  await panel.getByRole("button", { name: "Load this scenario" }).click();
  await eventually("the right one is taken", async () => /123\/s/.test(await exported(page, ground)));
});

/** A link made as the page makes them, from any text. */
const linkOf = (text, version = "1") =>
  `#s=${version}.${deflateRawSync(Buffer.from(text)).toString("base64url")}`;

const HOSTILE = {
  "damaged": "#s=1.AAAA-not-a-scenario",
  "empty": "#s=",
  "not even a code": "#s=%3Cscript%3Ealert(1)%3C/script%3E",
  "from a later version": linkOf("format = 1", "2"),
  "of a later format": linkOf("format = 99\n"),
  "too large to open": linkOf(`# ${"a".repeat(10_000_000)}`),
  "too long": `#s=1.${"A".repeat(100_000)}`,
  "without a format": linkOf('title = "x"\n'),
  "with markup in every name": linkOf(
    'format = 1\ntitle = "<img src=x onerror=alert(1)>"\n[nodes."<svg onload=alert(1)>"]\nkind = "server"\n',
  ),
};

for (const [what, fragment] of Object.entries(HOSTILE)) {
  journey(`a link that is ${what} is refused with a message`, {}, async (page, site) => {
    let alerted = false;
    page.on("dialog", (dialog) => {
      alerted = true;
      dialog.dismiss();
    });
    await page.goto(site.url(PATH) + fragment);
    const ground = await playground(page);
    await eventually("a message", async () => /link/i.test(await ground.status.innerText()));
    await ground.node("web-1").waitFor();
    await ground.play.click();
    await ground.untilTime(0.02);
    assert.equal(await page.locator("img[src=x], svg[onload]").count(), 0);
    assert.equal(alerted, false);
  });
}
