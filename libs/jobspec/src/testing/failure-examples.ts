import type { ArgumentsOf, CauseCode } from '../failure/causes.ts';
import type { EndingCause } from '../failure/proxy-causes.ts';
import { FINDINGS } from '../failure/findings.ts';
import type { Violation } from '../failure/cause.ts';
import { sameName } from '../wording/messages.ts';

const CLIP = '/media/A001C003.mov';
const DIRECTORY = '/proxies';
const COMMAND = 'ffmpeg -i ./A001C003.mov -map 0 -dn -c copy ./A001C003.mov.mov';

const ended = (said: string | null) => ({ exit_code: 183, signal: null, said });
const differing = (difference: string, remedy = '', ...checks: string[]) => ({
  checks,
  difference: `the proxy differs from its source: ${difference}`,
  remedy,
});
const driver = {
  driver_code: 'RESOLVE_HUNG',
  phase: 'render',
  said: 'Resolve does not answer',
  hint: 'Close what it asks on its screen.',
};

const ENDINGS: Record<EndingCause, string | null> = {
  source_damaged: 'h264: error while decoding MB 3 4',
  decoder_lacking:
    'dec:jpeg2000: Error submitting packet to decoder: Not yet implemented in FFmpeg, patches welcome',
  source_encrypted: 'mov: encrypted',
  source_begins_between: 'h264: non-existing PPS 0 referenced',
  stream_has_gaps: 'in#0/mpegts: corrupt input packet in stream 0',
  pictures_out_of_turn: 'vost#0:0/prores: non monotonically increasing dts',
  sound_out_of_turn: 'aost#3:1/pcm_s16le: Non-monotonic DTS; previous: 95232, current: 0',
  track_silent: 'aost#1:0/pcm_s16le: Empty output stream',
  machine_refused: 'mov: Input/output error',
  ffmpeg_lacking: 'AVFilterGraph: No such filter: bwdif',
  rate_not_held: 'mxf: Unsupported frame rate 17/1',
  codec_has_no_room: 'dnxhd: could not fit ratecontrol',
  encoder_exited: null,
};

const ENDING_EXAMPLES = Object.fromEntries(
  Object.entries(ENDINGS).map(([code, said]) => [code, ended(said)]),
) as { [C in EndingCause]: ArgumentsOf<C> };

/** One realistic failure for each cause. */
export const FAILURE_EXAMPLES: { [C in CauseCode]: ArgumentsOf<C> } = {
  ...ENDING_EXAMPLES,
  invalid_json: { detail: 'a comma is missing', line: 4, column: 12 },
  contract_broken: { fields: ['codec', 'naming_template'], count: 2 },
  sources_missing: { sources: [CLIP], advice: '' },
  outside_roots: { role: 'Source', roots: ['/media'], paths: ['/etc/passwd'] },
  output_in_watch_folder: { directory: '/jobs/pending/out', state: 'pending/' },
  engines_mixed: { ffmpeg: [CLIP], resolve: ['/media/A002C001.r3d'] },
  format_unsupported: { findings: ['cut_off'], remedy: FINDINGS.cut_off },
  source_look_stalled: { path: CLIP, seconds: 900 },
  source_changed: { path: CLIP, is_gone: false, is_sequence: false },
  source_cut: { damage: 'it ends 18151925 bytes before its mdat atom does', remedy: '' },
  frames_damaged: { damaged: 19, frames: 25 },
  picture_goes_on: { stream: 2, seconds: '2.00' },
  track_changes: { stream: 1, seconds: '61.00' },
  track_begins_late: { stream: 2 },
  output_exists: { paths: [`${DIRECTORY}/A001C003_proxy.mov`] },
  output_directory_unusable: { directory: DIRECTORY, problem: 'does not exist' },
  output_directory_replaced: { directory: DIRECTORY },
  no_scratch_space: { directory: '/scratch', bytes: 2_400_000_000 },
  scratch_outgrown: { directory: '/scratch', bytes: 2_400_000_000 },
  no_space: { directory: DIRECTORY },
  output_not_written: { directory: DIRECTORY, error: 'EROFS: read-only file system' },
  journal_not_written: { directory: '/jobs/.runner', error: 'EROFS: read-only file system' },
  output_missing: { why: null },
  output_changed: { directory: DIRECTORY },
  output_replaced: { directory: DIRECTORY },
  output_unreadable: { error: 'moov atom not found' },
  output_undecodable: differing('it can’t be decoded: prores: error decoding picture header'),
  source_times: differing(
    'one time of the source goes back, and FFmpeg shows what follows 0.332 s late',
    'Make a copy that keeps all others: “ffmpeg -copyts -i CLIP -map 0:v -map "0:a?" -c copy NEW.mkv”.',
    'clock_moved_seconds',
  ),
  source_uneven: differing(
    'it has 238 frames where its length has room for 240: frames are missing in the source, in the middle or at the end',
    'Copy the clip again. If it was recorded so, make a copy without holes.',
    'unbroken_frames',
  ),
  source_short: differing(
    'it has 216 frames, the source 240',
    `If this is all of it, as with a segment of a stream, rewrap it in its folder: ${COMMAND}`,
    'frame_count',
  ),
  proxy_short: differing('it has 239 frames, the source 240', '', 'frame_count'),
  picture_differs: differing(
    'its colours differ from the source throughout: U is higher by 6.02 levels of 255',
    '',
    'colours_off_levels',
  ),
  sound_differs: differing(
    'its sound doesn’t start where the source’s does: that of audio track 1 is 20 ms early',
    '',
    'sound_start_off_ms',
  ),
  output_differs: differing(
    'its start timecode is 10:00:00:01 and should be 10:00:00:00',
    '',
    'start_timecode',
  ),
  render_ambiguous: { files: ['a.mov', 'b.mov'], folder: DIRECTORY },
  program_missing: { program: 'ffmpeg' },
  program_broken: { path: '/usr/bin/ffmpeg', ending: 127 },
  program_not_started: { program: 'ffmpeg', error: 'EACCES: permission denied' },
  engine_stopped_short: { error: 'EIO: i/o error' },
  probe_ended: { path: CLIP, signal: 'SIGKILL' },
  probe_stalled: { path: CLIP, seconds: 900 },
  encoder_stalled: { seconds: 900 },
  comparison_ended: { file: 'proxy', signal: 'SIGKILL' },
  comparison_stalled: { file: 'source', seconds: 900 },
  interrupted: {},
  internal: { error: 'x is undefined' },
  resolve_unavailable: { ...driver, since: null, hung_in: null },
  resolve_failed: { ...driver, driver_code: 'RENDER_FAILED' },
  resolve_stalled: driver,
  resolve_media_offline: {
    path: '/media/A002C001.r3d',
    frames: 12,
    first: 0,
    hint: 'Look at the clip there.',
  },
  resolve_silent: { path: '/media/A002C001.r3d' },
  resolve_refuses_clip: {
    path: '/media/A002C001.r3d',
    why: 'Resolve finds no media in it.',
  },
};

/** Violations of examples whose sentences are made from them. */
export const EXAMPLE_VIOLATIONS: Partial<Record<CauseCode, readonly Violation[]>> = {
  contract_broken: [
    { path: 'codec', message: 'codec is missing' },
    {
      path: 'naming_template',
      message: sameName('C0001_proxy', ['sources[0]', 'sources[1]']),
    },
  ],
  format_unsupported: [
    {
      path: 'sources[0]',
      message: `${CLIP} is cut short or unfinished: it has no index (moov atom). ${FINDINGS.cut_off}`,
    },
  ],
};
