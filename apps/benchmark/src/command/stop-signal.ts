/** Ctrl-C as an abort signal. */

/**
 * A signal that the first Ctrl-C or a SIGTERM raises; a second Ctrl-C ends the process at once.
 *
 * @param message - what the first Ctrl-C answers on standard error
 */
export function stopSignal(message: string): AbortSignal {
  const controller = new AbortController();
  process.once('SIGINT', () => {
    process.stderr.write(`\n${message}\n`);
    controller.abort();
    process.once('SIGINT', () => process.exit(130));
  });
  process.once('SIGTERM', () => controller.abort());
  return controller.signal;
}
