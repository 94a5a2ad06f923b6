import { errorFact, exists, readdir } from '../files/index.ts';
import type { WatchFolder } from '../watch/folder/index.ts';
import { PlanRefusal } from './plan-refusal.ts';

/**
 * What lies in a state folder of a watch folder: nothing as long as no runner has made it.
 *
 * @throws PlanRefusal when that can't be told, for then nobody knows which proxies other jobs make.
 */
export async function namesInState(directory: string): Promise<string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    // A link that leads nowhere is a storage that isn't mounted.
    if (!(await exists(directory).catch(() => true))) return [];
    const sentence = `${directory} can't be listed: ${errorFact(error)}. Without it nobody knows what other jobs make.`;
    throw new PlanRefusal('folder', sentence);
  }
}

/** Lists all state folders before any work. @throws PlanRefusal */
export async function checkStates({ pending, running, completed, failed }: WatchFolder) {
  for (const directory of [pending, running, completed, failed]) await namesInState(directory);
}
