import type { Measured } from './harness.js';

/** Does `transfer`, and prints what it cost as a line of JSON. */
export async function measure(transfer: () => Promise<unknown>): Promise<void> {
  const before = process.memoryUsage.rss();
  let peak = before;
  const sampler = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 5);
  const cpuBefore = process.cpuUsage();
  const begun = performance.now();
  await transfer();
  const ms = performance.now() - begun;
  const cpu = process.cpuUsage(cpuBefore);
  clearInterval(sampler);
  peak = Math.max(peak, process.memoryUsage.rss());
  const measured: Measured = { ms, cpuMs: (cpu.user + cpu.system) / 1000, megabytes: (peak - before) / 1e6 };
  console.log(JSON.stringify(measured));
  process.exit(0);
}
