import type { ReadClip } from '@app/jobspec/result';
import { Command } from '@/components/job/failure.tsx';
import { shellCommand } from '@/lib/text/shell-quote.ts';

/** The encoder's last words; they stand open where they tell why the clip failed. */
export function Stderr({ clip, isOpen }: { clip: Pick<ReadClip, 'stderr'>; isOpen: boolean }) {
  const text = clip.stderr?.trim() ?? '';
  if (text === '') return null;
  return <Folded title="What the engine said" text={text} isOpen={isOpen} />;
}

/** The exact command of a clip, ready for a shell, or what Resolve was asked for. */
export function ClipCommand({ clip: { ffmpeg_command, resolve_job } }: { clip: ReadClip }) {
  if (ffmpeg_command !== undefined && ffmpeg_command.length > 0)
    return <Folded title="Exact command" text={shellCommand(ffmpeg_command)} />;
  if (resolve_job === undefined) return null;
  return <Folded title="What Resolve was asked for" text={JSON.stringify(resolve_job, null, 2)} />;
}

function Folded({ title, text, isOpen }: { title: string; text: string; isOpen?: boolean }) {
  return (
    <details open={isOpen}>
      <summary>{title}</summary>
      <Command label={title} text={text} />
    </details>
  );
}
