/** The contender's side of the dialogue in Node: a request a line in, a reply a line out, until the input ends. */
import { createInterface } from 'node:readline';
import type { Dialogue, RequestLine, Verb } from './protocol.js';

/** What a contender knows how to do. */
export type Handlers = { [V in Verb]: (request: Dialogue[V]['request']) => Promise<Dialogue[V]['reply']> };

/** Answers requests one after another. */
export async function serveLines(
  handlers: Handlers,
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): Promise<void> {
  for await (const line of createInterface({ input })) {
    const request = JSON.parse(line) as RequestLine;
    output.write(`${JSON.stringify(await reply(handlers, request))}\n`);
  }
}

async function reply(handlers: Handlers, request: RequestLine): Promise<object> {
  const { id } = request;
  try {
    const handle = handlers[request.do] as (request: RequestLine) => Promise<object>;
    return { id, reply: await handle(request) };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}
