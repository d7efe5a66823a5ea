// Times a run of a model in wasm: the same in Node and in a browser's worker.

/// What `bench model SUBJECT NAME` prints natively: customers, nanoseconds, bytes of memory.
export function measure(bench, subject, name) {
  // Once unmeasured, because the browser's compiler replaces quickly made code by fast code as it runs.
  bench.model(subject, name, 0.1);
  const start = performance.now();
  const served = bench.model(subject, name, 1);
  const nanoseconds = Math.round((performance.now() - start) * 1e6);
  return `model ${subject} ${name} ${served} ${nanoseconds} ${bench.memory_bytes()}`;
}
