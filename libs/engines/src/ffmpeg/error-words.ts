/** As FFmpeg writes them with `-loglevel level+…`: `[mjpeg @ 0x55d1c8] [error] bad vlc`. */
const ERROR_LINE = /^(?:\[([^\]@]+?)(?: @ [^\]]*)?\] )*\[(?:error|fatal|panic)\] (.*\S)/;

/** What follows from an error and doesn't tell it. */
const CONSEQUENCE =
  /^(?:Error (?:submitting|sending|while (?:filtering|opening)|muxing|during demuxing|writing)|Task finished|Terminating|Conversion failed|Could not open encoder|Nothing was written|Decode error rate)/;

const IN_TURN = `make a copy in which they follow each other, with its rate in the place of 25: “ffmpeg -i CLIP -map 0:v -map "0:a?" -vf "setpts='STARTPTS+N/(25)/TB'" -r 25 -c:v prores_ks -c:a pcm_s24le NEW.mov”`;

type Meanings = readonly (readonly [RegExp, string])[];

/** What an error means whatever file FFmpeg reads. */
const OF_THE_MACHINE: Meanings = [
  [
    /Input\/output error|Stale file handle|Transport endpoint/i,
    'the storage gave a read error: check it, then submit the job again',
  ],
  [/Permission denied/i, 'a file can’t be opened: check its permissions'],
  [/Cannot allocate memory/i, 'the machine has too little memory for this clip'],
  [/Too many open files/i, 'the machine lets no more files be opened: raise its limit'],
];

/** What an error of a source means to somebody who has the clip and not FFmpeg's source, first match wins. */
const OF_A_SOURCE: Meanings = [
  [
    /partial file|ended prematurely|stream ends prematurely/i,
    'the source ends in the middle of its data: copy it again',
  ],
  [/Unknown encoder|Encoder not found/i, 'this FFmpeg lacks an encoder: install a full build'],
  [
    /^(?:aost#|s16le|s32le).*non[- ]monoton/i,
    'the sound of the source has times out of order: make a copy whose sound is decoded, as with “ffmpeg -i CLIP -map 0:v -map "0:a?" -c:v copy -af aresample=async=1 -c:a pcm_s24le NEW.mkv”',
  ],
  [
    /non[- ]monoton.*previous: (-?\d+), current: \1\b/i,
    `pictures of the source have the same time: ${IN_TURN}`,
  ],
  [/non[- ]monoton/i, `pictures of the source have times out of order: ${IN_TURN}`],
  [/Unsupported frame rate/i, 'the container can’t hold the frame rate'],
  [
    /non-existing [PSV]PS/,
    'the source begins in the middle of a recording, or is damaged: cut it at a key picture, or copy it again',
  ],
  [
    /corrupt input packet/,
    'a part of the source’s stream is missing, or it was joined from parts: copy it again or, if it is whole, rewrap it, as with “ffmpeg -i CLIP -map 0 -c copy NEW.ts”',
  ],
  [
    /could not fit ratecontrol|buf_ptr < s->buf_end/,
    'the codec has no room for so much detail in so small a picture: choose a larger resolution or another codec',
  ],
  [/encrypt/i, 'the source is encrypted'],
  [
    /^aost#.*(?:Empty output stream|Could not open encoder before EOF)/i,
    'a track of the source has no sound while the picture lasts: rewrap the clip without it',
  ],
  [
    /Empty output stream/,
    'nothing of the source could be decoded: it has a header and no whole picture or sound',
  ],
  [
    /^(?:aic|av1|cfhd|dvvideo|ffv1|h26[34]|hevc|jpeg2000|m?jpeg|mpeg\w*|png|prores|vc1|vp[89]|vvc|wmv3): |Invalid data|error while decoding|corrupt|invalid|illegal|missing|bad |damaged|overread|concealing|no frame|out of range|not found|buffer exhausted/i,
    'the source is damaged, or not as its header says',
  ],
];

export interface FfmpegError {
  /** The part of FFmpeg that speaks, for example `h264`; `null` when none does. */
  component: string | null;
  message: string;
}

/** The errors among what FFmpeg wrote, in their order. */
export function ffmpegErrors(stderr: string): FfmpegError[] {
  return stderr.split('\n').flatMap((line) => {
    const [, component = null, message] = ERROR_LINE.exec(line) ?? [];
    return message === undefined ? [] : [{ component, message }];
  });
}

/** Whether FFmpeg refused a picture for its time, and not sound. */
export function picturesOutOfTurn(stderr: string): boolean {
  return ffmpegErrors(stderr).some(
    ({ component, message }) =>
      /non[- ]monoton/i.test(message) && !/^(?:aost#|s16le|s32le)/.test(component ?? ''),
  );
}

/** Of a proxy that was just written. */
const OF_A_PROXY: Meanings = [[/./, 'check its storage, then submit the job again']];

/** Why FFmpeg ended with a source, by the first error that is a cause, in plain words and in its own; `null` when it named none. */
export function ffmpegReason(stderr: string): string | null {
  return reason(stderr, [...OF_THE_MACHINE, ...OF_A_SOURCE]);
}

/** The same of a finished proxy: nothing is wrong with its source. */
export function proxyReason(stderr: string): string | null {
  return reason(stderr, [...OF_THE_MACHINE, ...OF_A_PROXY]);
}

/** A cause wherever FFmpeg says it, also of what follows from it. */
const LACK = /Cannot allocate memory|Too many open files/i;

function reason(stderr: string, meanings: Meanings): string | null {
  const errors = ffmpegErrors(stderr);
  const lack = errors.find(({ message }) => LACK.test(message));
  const cause = lack ?? errors.find(({ message }) => !CONSEQUENCE.test(message)) ?? errors[0];
  if (cause === undefined) return null;
  const message = cause.message.replace(/\.+$/, '');
  const own = cause.component === null ? message : `${cause.component}: ${message}`;
  const meaning = meanings.find(([pattern]) => pattern.test(own))?.[1];
  return meaning === undefined ? own : `${meaning} (${own})`;
}
