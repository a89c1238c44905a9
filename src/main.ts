import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { startService } from './app/service.ts';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import { ConfigurationError } from './kernel/errors.ts';
import { createLog } from './kernel/log.ts';

try {
  const config = readConfig(process.env);
  if (config.mode === 'rehearsal' && config.world === null) rehearse();
  else {
    const log = createLog(config.logLevel);
    const app = await createApp(config, log);
    const service = await startService(app);
    process.stdout.write(`Changeover listens on ${service.url}\n`);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        service
          .stop()
          .then(() => process.exit(0))
          .catch((error: unknown) => {
            log.error({ err: error }, 'the service did not stop cleanly');
            process.exit(1);
          });
      });
    }
  }
} catch (error) {
  const known = error instanceof ConfigurationError;
  process.stderr.write(
    `${known ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exit(known ? 2 : 3);
}

/** Nothing is configured: the rehearsal's own start brings up its world, and then this program again with its addresses. */
function rehearse(): void {
  const start = fileURLToPath(new URL('./rehearsal/start.ts', import.meta.url));
  const child = spawn(process.execPath, [start], { stdio: 'inherit' });
  // Ctrl+C reaches the whole group; the child ends by itself, and we with its code.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => process.exit(code ?? 1));
}
