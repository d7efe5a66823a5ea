// The built site that the journeys are made on: where it is, and which pages it has.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const { DIST, BASE_PATH = "/" } = process.env;

if (!DIST || !existsSync(join(DIST, "index.html"))) {
  throw new Error("DIST has to be a built site; `cargo xtask test` builds one and sets it");
}

export const dist = DIST;
export const base = BASE_PATH;

/** Every page, as the path inside the site: `""`, `"playground/"`, and so on; not 404.html. */
export const pages = readdirSync(dist, { recursive: true })
  .map((file) => String(file).replaceAll("\\", "/"))
  .filter((file) => file === "index.html" || file.endsWith("/index.html"))
  .map((file) => file.slice(0, -"index.html".length))
  // A page that only sends its readers on is not read.
  .filter((page) => !/http-equiv="?refresh/i.test(readFileSync(join(dist, page, "index.html"), "utf8")))
  .sort();

/** The chapters, whose figures readers meet first. */
export const chapters = pages.filter((page) =>
  readFileSync(join(dist, page, "index.html"), "utf8").includes("data-figure-id"),
);
