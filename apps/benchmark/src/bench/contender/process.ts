/** A contender in a process of its own: started here, asked here, ended here. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Dialogue, ReplyLine, Verb } from './protocol.js';

/** How to start a contender. */
export interface ContenderCommand {
  /** What errors call it. */
  name: string;
  program: string;
  args: readonly string[];
}

/** A running contender. */
export interface ContenderProcess {
  /**
   * Asks and waits for the reply.
   *
   * @throws (rejects) Error with what the contender reports, or with the end of its error output where it is gone
   */
  ask<V extends Verb>(verb: V, request: Dialogue[V]['request']): Promise<Dialogue[V]['reply']>;
  /** Ends the process and waits until it is gone. */
  close(): Promise<void>;
}

interface Pending {
  id: number;
  resolve(reply: never): void;
  reject(reason: Error): void;
}

/** Characters of a contender's error output that are kept for a message. */
const KEPT_OUTPUT = 2000;

/** Milliseconds that a contender has to end by itself. */
const GRACE = 2000;

/** Starts a contender; that it cannot be started shows in the first question. */
export function startContender({ name, program, args }: ContenderCommand): ContenderProcess {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  const gone = once(child, 'close').catch(() => undefined);
  let pending: Pending | undefined;
  let ended: Error | undefined;
  let errors = '';
  let lastId = 0;

  const end = (reason: string): void => {
    ended ??= new Error(`${name} ${reason}${errors === '' ? '' : `:\n${errors.trim()}`}`);
    pending?.reject(ended);
    pending = undefined;
  };
  child.on('error', (error) => end(`could not be started (${error.message})`));
  child.on('close', (code, signal) => end(`ended with ${signal ?? `code ${code}`}`));
  // A write to a process that is gone is reported by its end.
  child.stdin.on('error', () => undefined);
  child.stderr.on('data', (text: Buffer) => (errors = (errors + text.toString()).slice(-KEPT_OUTPUT)));
  createInterface({ input: child.stdout }).on('line', (line) => {
    const reply = parseReply(line);
    if (pending === undefined || reply?.id !== pending.id) {
      end(`said something that was not asked for: ${line.slice(0, 200)}`);
      child.kill();
      return;
    }
    const { resolve, reject } = pending;
    pending = undefined;
    if ('error' in reply) reject(new Error(`${name}: ${reply.error}`));
    else resolve(reply.reply as never);
  });

  return {
    ask(verb, request) {
      if (ended !== undefined) return Promise.reject(ended);
      if (pending !== undefined) return Promise.reject(new Error(`${name} is asked "${verb}" before it has replied`));
      const id = ++lastId;
      return new Promise((resolve, reject) => {
        pending = { id, resolve, reject };
        child.stdin.write(`${JSON.stringify({ id, do: verb, ...request })}\n`);
      });
    },
    close: () => closeChild(child, gone),
  };
}

function parseReply(line: string): ReplyLine | undefined {
  try {
    return JSON.parse(line) as ReplyLine;
  } catch {
    return undefined;
  }
}

/** The end of its input asks a process to end; one that is in the middle of something is not waited for. */
async function closeChild(child: ChildProcess, gone: Promise<unknown>): Promise<void> {
  child.stdin?.end();
  const timer = setTimeout(() => child.kill('SIGKILL'), GRACE);
  await gone;
  clearTimeout(timer);
}
