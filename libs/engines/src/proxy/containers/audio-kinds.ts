/** What each kind of sound is, in the words of the documents. */
export const SOUND_DESCRIPTIONS = {
  pcm: 'PCM, 16 bits, or 24 for sources with more',
  'studio-pcm': 'PCM as above, at 48 kHz, ending with the picture',
  aac: 'AAC, 96 kb/s a channel; Opus where AAC has no such number of channels',
  opus: 'Opus, 64 kb/s a channel, at 48 kHz',
} as const;

/** How a container's sound is coded; `proxy/sound` has one rule for each. */
export type AudioKind = keyof typeof SOUND_DESCRIPTIONS;
