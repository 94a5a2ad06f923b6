import type { ClipResult, JobResult } from '@app/jobspec';
import { ffprobe } from './ffprobe.ts';
import { primaryVideo, type VideoStream } from '../../libs/engines/src/media/media-info.ts';

/** The only clip of a completed job, and its proxy's picture as ffprobe sees it. @throws with why the job failed. */
export async function proxyOf(job: JobResult): Promise<{ clip: ClipResult; video: VideoStream }> {
  const [clip] = job.clips;
  if (job.final_status !== 'COMPLETED' || !clip) throw new Error(`Job failed: ${why(job)}`);
  const probed = await ffprobe(clip.resolved_output_path, { packets: true });
  const video = 'media' in probed ? primaryVideo(probed.media) : null;
  if (!video) throw new Error(`${clip.resolved_output_path} has no picture`);
  return { clip, video };
}

function why({ failure_reason, clips }: JobResult): string {
  return [failure_reason, ...clips.map(({ stderr }) => stderr)].filter(Boolean).join('\n');
}
