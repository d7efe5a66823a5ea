// A live figure as its readers know it: by the names of its buttons and numbers.

import { eventually } from "./journey.js";

/** The figure `id` of the page, brought into view and alive. */
export async function liveFigure(page, id) {
  const figure = new Figure(page, page.locator(`figure#${id}`));
  await figure.region.scrollIntoViewIfNeeded();
  await figure.play.waitFor();
  return figure;
}

/** The playground page's one big figure, alive. */
export async function playground(page) {
  const figure = new Figure(page, page.getByRole("main"));
  await figure.play.waitFor();
  return figure;
}

export class Figure {
  constructor(page, region) {
    this.page = page;
    this.region = region;
    this.play = this.button("Play");
    this.pause = this.button("Pause");
    this.step = this.button("Step");
    this.reset = this.button("Reset");
    this.speed = region.getByRole("slider", { name: "Speed" });
    this.status = region.getByRole("status").first();
  }

  button(name) {
    return this.region.getByRole("button", { name, exact: true });
  }

  /** A node of the picture, by its name; its own name says what state it is in as well. */
  node(name) {
    return this.region.getByRole("button", { name: new RegExp(`^${name}: `) });
  }

  /** Turns the speed until the slider says something like `wanted`, by keyboard as by hand. */
  async setSpeed(wanted) {
    await this.speed.focus();
    await this.page.keyboard.press("End");
    await eventually(`the speed ${wanted}`, async () => {
      const said = await this.speed.getAttribute("aria-valuetext");
      if (wanted.test(said)) return true;
      await this.page.keyboard.press("ArrowLeft");
      await eventually("the slider moves", async () => (await this.speed.getAttribute("aria-valuetext")) !== said);
      return false;
    });
  }

  /** The simulated time, in seconds. */
  async time() {
    const clock = await this.region.getByText(/t = \d/).first().innerText();
    return Number(/t = ([\d.]+) s/.exec(clock)[1]);
  }

  async untilTime(seconds) {
    await eventually(`t = ${seconds} s`, async () => (await this.time()) >= seconds);
  }

  /** What the tile called `label` shows. */
  async number(label) {
    const term = this.region.getByRole("term").filter({ hasText: new RegExp(`^${label}$`) });
    return (await term.locator("xpath=following-sibling::dd[1]").innerText()).trim();
  }

  /** The tile called `label` as milliseconds or as a plain number. */
  async value(label) {
    return amount(await this.number(label));
  }
}

/** "1.2 s" as 1200, "79 ms" as 79, "3.5%" as 3.5, "1,024/s" as 1024; "–" is not a number. */
export function amount(text) {
  const [, number, unit] = /^([\d.,\u202f\u00a0 ]*\d)\s*(\S*)/u.exec(text) ?? [];
  if (number === undefined) return Number.NaN;
  const factor = { s: 1000, "µs": 0.001, us: 0.001, min: 60_000 }[unit] ?? 1;
  return Number(number.replaceAll(/[^\d.]/g, "")) * factor;
}
