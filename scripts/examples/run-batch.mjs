/**
 * Runs instrumented examples one after another in this process, each as a module of its own, and reports them to the parent:
 * one message when an example starts, one with its failures when it ends.
 */
import { installExpectations } from './expectations.mjs';

const failures = installExpectations();
process.on('unhandledRejection', (error) => failures.push(`an unhandled rejection: ${error}`));

process.on('message', async ({ label, url }) => {
  try {
    await import(url);
  } catch (error) {
    const place = new RegExp(`example\\.ts:(\\d+)`).exec(error.stack ?? '');
    failures.push(`${place ? label.replace(/:\d+$/, `:${place[1]}`) : label}: ${error}`);
  }
  process.send({ label, failures: failures.splice(0) });
});
process.send({ ready: true });
