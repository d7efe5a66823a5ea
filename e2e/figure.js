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
    // The numbers beside sliders have the role of a status as well.
    this.status = region.locator("p").and(region.getByRole("status"));
  }

  button(name) {
    return this.region.getByRole("button", { name, exact: true });
  }

  /** A node of the picture, by its name; its own name says what state it is in as well. */
  node(name) {
    return this.region.getByRole("button", { name: new RegExp(`^${name}: `) });
  }

  /** The node, once it says that its state is `state`. */
  inState(name, state) {
    return this.region.getByRole("button", { name: new RegExp(`^${name}: .*state ${state}`) });
  }

  /**
   * Whether the canvas shows anything between two nodes that stand beside each other.
   *
   * Only what travels is there: what waits or is served is drawn at its node.
   */
  async isEmptyBetween(left, right) {
    const [from, to] = [await this.node(left).boundingBox(), await this.node(right).boundingBox()];
    // Past the outlines of both nodes, and past the row of those who wait before one.
    const [start, end] = [from.x + from.width + 8, (from.x + from.width + to.x) / 2];
    return this.region.locator("canvas").evaluate(
      (canvas, [start, end]) => {
        const { left, width } = canvas.getBoundingClientRect();
        const scale = canvas.width / width;
        const x = Math.round((start - left) * scale);
        const columns = Math.round((end - start) * scale);
        const { data } = canvas.getContext("2d").getImageData(x, 0, columns, canvas.height);
        return data.every((value) => value === 0);
      },
      [start, end],
    );
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
    return Number(/t = ([\d.,]+) s/.exec(clock)[1].replaceAll(",", ""));
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
