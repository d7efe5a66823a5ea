// Runs the benchmark's wasm in Node and prints what `bench` prints natively.
// Usage: node run.mjs PATH-TO/bench.js fingerprint | throughput | hold | model SUBJECT NAME

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

/// Nanoseconds for taking and adding an event, the least of some rounds; nothing behind the last case.
function hold(number, isHeap) {
  const hold = bench.Hold.begin(number, isHeap);
  if (!hold) return undefined;
  const turns = hold.turns();
  const rounds = Array.from({ length: hold.rounds() }, () => {
    const start = hrtime.bigint();
    hold.turn(turns);
    return Number(hrtime.bigint() - start) / turns;
  });
  const line = [hold.name(), Math.min(...rounds).toFixed(1)];
  hold.free();
  return line;
}

if (command === "hold") {
  for (let number = 0, agenda; (agenda = hold(number, false)); number++) {
    console.log(`hold ${agenda.join(" ")} ${hold(number, true)[1]}`);
  }
} else if (command === "model") {
  console.log(measure(bench, ...words));
} else {
  const answer = { fingerprint: bench.fingerprint, throughput }[command];
  if (!answer) throw new Error(`there is no command ${command}`);
  for (let workload = 0; workload < bench.count(); workload++) {
    console.log(`${command} ${bench.name(workload)} ${answer(workload)}`);
  }
}
if (command === "fingerprint") console.log(bench.draws());
