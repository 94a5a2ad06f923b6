import type { ClipTask, MediaInfo, ProxyRequest } from '@app/engines';
import { clipFilesOf } from '../sources/index.ts';
import { resolveSource } from './resolve-source.ts';
import { RenderRecord } from './render-record.ts';

/**
 * Begins the record of a render with what lies at its source.
 *
 * @throws JobFailure `EngineError` when frames were lost since the job was validated; the system's error.
 */
export async function openRecord(
  task: ClipTask,
  request: ProxyRequest,
  probed: MediaInfo | null,
): Promise<RenderRecord> {
  const source = await resolveSource(task.sourcePath);
  const record = new RenderRecord({ task, request, probed, source });
  record.takeFiles(await clipFilesOf(task.sourcePath));
  return record;
}
