import { basename, join, resolve } from 'node:path';
import { JobFailure, parseJobSpec, printable } from '@app/jobspec';
import { ExitCode } from './exit-code.ts';
import {
  errorMessage,
  exists,
  openNamed,
  submitFile,
  outerFolderOf,
  readJobFile,
  WatchFolder,
  isNameBusy,
} from '@app/storage';
import { printLines } from '../logging/print.ts';
import { misuse, Refusal } from '@app/assistant';
import { refusalOfName } from '@app/jobspec/folder';
import { failureLines } from './failure-lines.ts';

/**
 * Submits a JobSpec to a watch folder: complete, durable, and without replacing another. Checks the contract first, but neither
 * media nor engines, because the submitting machine need not have them.
 *
 * @returns the exit code.
 */
export async function submit(file: string, root: string): Promise<number> {
  const bytes = await readChecked(file);
  const folder = new WatchFolder(resolve(root));
  await checkTarget(folder, basename(file));
  const path = await drop(bytes, folder, basename(file));
  printLines([`Submitted as ${path}`]);
  return ExitCode.Success;
}

async function readChecked(file: string): Promise<Uint8Array> {
  const { bytes, reading } = await readJobFile(file, openNamed).catch((error: unknown) => {
    const message = `The JobSpec ${printable(file)} can't be read: ${errorMessage(error)}`;
    throw misuse(message);
  });
  try {
    parseJobSpec(reading);
  } catch (error) {
    if (!(error instanceof JobFailure)) throw error;
    const { type: failure_type, message: failure_reason, violations } = error;
    const lines = failureLines({ file, failure_type, failure_reason, violations });
    throw new Refusal('failed', ...lines);
  }
  return bytes;
}

/** Checks the name and the folder. A missing folder isn't created, because it may be a share that isn't mounted. */
async function checkTarget(folder: WatchFolder, name: string) {
  const refusal = refusalOfName(name);
  if (refusal !== null) {
    const message = `${printable(name)} can't be a job: ${refusal}. Rename it.`;
    throw misuse(message);
  }
  if (!(await exists(folder.pending).catch(() => false))) {
    const advice = 'Start a runner on it first, or check the path and the mount.';
    throw new Refusal('folder', `${printable(folder.root)} is not a watch folder. ${advice}`);
  }
  const outer = await outerFolderOf(folder.root);
  if (outer?.isInside) {
    const sentence = `${printable(folder.root)} belongs to the watch folder ${printable(outer.root)}. Name that one.`;
    throw new Refusal('folder', sentence);
  }
  // Without access to running/ the name counts as free; if it isn't, the job waits in pending/.
  if (await isNameBusy(folder, name).catch(() => false)) throw taken(join(folder.running, name));
}

async function drop(bytes: Uint8Array, folder: WatchFolder, name: string): Promise<string> {
  try {
    return await submitFile(bytes, folder.pending, name);
  } catch (error) {
    if (error instanceof JobFailure) throw taken(join(folder.pending, name));
    const message = `The job can't be written to ${printable(folder.pending)}: ${errorMessage(error)}`;
    throw new Refusal('folder', message);
  }
}

function taken(path: string): Refusal {
  const message = `${printable(path)} exists already and is not replaced. Rename the JobSpec, or wait until that job has ended.`;
  return new Refusal('failed', message);
}
