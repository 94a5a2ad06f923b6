import type { FileHandle } from '../files/index.ts';

/** What the holder of a Resolve's lock leaves in the lock file for the next one, whoever that is. */
export interface LockNote {
  /** `unfinished`: projects of ours may be left in Resolve. `hung`: it missed a deadline, and isn't trusted. */
  state: 'unfinished' | 'hung';
  /** UTC, ISO 8601. */
  since: string;
  /** Of the driver. */
  phase: string;
}

/** All notes are that long, filled up with spaces: one write replaces the last one, and a runner that is ended meanwhile leaves one of both. */
const NOTE_BYTES = 80;

export function noteNow(state: LockNote['state'], phase: string): LockNote {
  return { state, since: new Date().toISOString(), phase };
}

/** The note in a lock file; `null` without one. Everybody can write there, so what isn't exactly a note counts as none. */
export async function readNote(file: FileHandle): Promise<LockNote | null> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(NOTE_BYTES + 1), 0, NOTE_BYTES + 1, 0);
  const [, since, state, phase] =
    /^(\d{4}-\d\d-\d\dT[\d:.]{8,12}Z) (unfinished|hung) ([a-z_]{1,32}) *\n$/.exec(
      buffer.toString('latin1', 0, bytesRead),
    ) ?? [];
  if (!since || !phase) return null;
  return { state: state === 'hung' ? 'hung' : 'unfinished', since, phase };
}

/** Replaces the note; the lock must be held. */
export async function writeNote(file: FileHandle, note: LockNote | null): Promise<void> {
  if (note === null) return await file.truncate(0);
  const line = `${note.since} ${note.state} ${note.phase}`;
  await file.write(`${line.padEnd(NOTE_BYTES - 1)}\n`, 0);
  await file.truncate(NOTE_BYTES);
}
