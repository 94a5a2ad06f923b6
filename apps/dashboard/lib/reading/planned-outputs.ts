import { outputNames } from '@app/jobspec/folder';
import type { FoundClip } from '../jobs/clip-row.ts';
import { text } from './narrow.ts';
import type { JobSpecFacts } from './read-job.ts';

const NAMED_BY = [
  'output_directory',
  'naming_template',
  'container',
  'codec',
  'resolution',
] as const;

/**
 * Clips of a running job with the files that they will be: what the runner has made of it must not count as another proxy than
 * its result tells of. Without them where the JobSpec does not say.
 */
export function withOutputs(clips: FoundClip[], facts: JobSpecFacts | null): FoundClip[] {
  const { spec = {}, job_id = null, sources = [] } = facts ?? {};
  const [directory, naming_template, container, codec, resolution] = NAMED_BY.map((field) =>
    text(spec[field]),
  );
  if (directory == null || naming_template == null || job_id === null) return clips;
  if (container == null || codec == null || resolution == null) return clips;
  const created_at = text(spec['created_at']) ?? '';
  const asked = { naming_template, container, codec, resolution, created_at, sources };
  const names = outputNames(asked, job_id);
  const folder = directory.replace(/\/+$/u, '');
  return clips.map((clip, at) => ({ ...clip, output_path: `${folder}/${names[at] ?? ''}` }));
}
