// The worker in which `browser.mjs` measures: one run, one answer.

import load, * as bench from "./bench.js";
import { measure } from "./measure.mjs";

onmessage = async ({ data: [subject, name] }) => {
  await load();
  postMessage(measure(bench, subject, name));
};
