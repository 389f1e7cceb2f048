/** Output whose reader has gone: Ctrl-C ends every program of a pipe, and ours has a report to write still. */

/** Drops what is written to a pipe that nobody reads any more; every other error of the output stays one. */
export function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
}
