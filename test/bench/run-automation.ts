import { startAutomation } from '../executors/automation.ts';

/** The automation as a process of its own, so that its work is not measured as ours: prints its address, takes orders as lines of JSON. */
const count = Number(process.argv[2] ?? 1500);
const old = { organisation: 'XR1', asid: '200000000220' };
const services = Array.from({ length: count }, (_, at) => ({ serviceId: String(7_000_001 + at), ...old }));
const automation = await startAutomation(services);
automation.limits = { maximumSeconds: 30, maximumBatch: 100 };
process.stdout.write(`${JSON.stringify({ url: automation.url, secret: automation.secret })}\n`);

process.stdin.setEncoding('utf8');
process.stdin.on('data', (text: string) => {
  const order = JSON.parse(text.trim()) as { delay: number };
  automation.delayMilliseconds = order.delay;
  automation.forget();
  for (const service of automation.services.values()) Object.assign(service, old, { lastKey: null, applied: 0 });
  process.stdout.write('{"ready":true}\n');
});
process.stdin.on('end', () => process.exit(0));
