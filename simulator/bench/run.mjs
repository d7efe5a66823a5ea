// Runs the benchmark's wasm in Node and prints what `bench` prints natively.
// Usage: node run.mjs PATH-TO/bench.js fingerprint | throughput | model SUBJECT NAME

import { createRequire } from "node:module";
import { resolve } from "node:path";
import { argv, hrtime } from "node:process";

import { measure } from "./measure.mjs";

const [, , path, command, ...words] = argv;
const bench = createRequire(import.meta.url)(resolve(path));
const LONG_ENOUGH = 300_000_000n;

function throughput(workload) {
  // Once unmeasured, because the browser's compiler replaces quickly made code by fast code as it runs.
  bench.events(workload);
  const start = hrtime.bigint();
  let events = 0n;
  while (hrtime.bigint() - start < LONG_ENOUGH) events += bench.events(workload);
  return `${events} ${hrtime.bigint() - start}`;
}

if (command === "model") {
  console.log(measure(bench, ...words));
} else {
  const answer = { fingerprint: bench.fingerprint, throughput }[command];
  if (!answer) throw new Error(`there is no command ${command}`);
  for (let workload = 0; workload < bench.count(); workload++) {
    console.log(`${command} ${bench.name(workload)} ${answer(workload)}`);
  }
}
if (command === "fingerprint") console.log(bench.draws());
