import { writeFileSync } from 'node:fs';
import { Socket } from 'node:net';

/** Pipes, sockets and terminals write all or say that they can't. All else has a file's stream. */
export function isFileStdout(): boolean {
  return !(process.stdout instanceof Socket);
}

/**
 * Lets a stdout that is a file take all that is written, or fail. Node's own stream writes once and doesn't look at how many bytes
 * the system took, so what a nearly full disk has no room for would be missing without an error.
 */
export function writeStdoutWhole(): void {
  if (!isFileStdout()) return;
  const { fd } = process.stdout;
  const write = (chunk: Uint8Array, _encoding: string, done: (error?: Error) => void) => {
    try {
      writeFileSync(fd, chunk);
      done();
    } catch (error) {
      done(error as Error);
    }
  };
  Object.defineProperty(process.stdout, '_write', { value: write });
}
