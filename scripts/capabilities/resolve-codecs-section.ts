import { CODEC_CONTAINERS } from '@app/jobspec';
import { markdownTable } from './markdown-table.ts';
import { SUPPORTED_CODECS, timelineRates } from '../../libs/engines/src/resolve/resolve-codecs.ts';

/** Section of `docs/ENGINE_CAPABILITIES.md` on proxies that Resolve makes, made from the tables that plan them. */
export function resolveCodecsSection(): string {
  return [
    '## Output codecs of Resolve',
    'What camera RAW can become, with the codec ids of the scripting interface. Of several ids, the first one that this Resolve has is used. ' +
      'Anything else is refused before any work, and so is MP4 on Linux, where Resolve has no AAC. [Resolve](resolve.md) has set-up ' +
      'and limits.',
    markdownTable(['Codec', 'Containers', "Resolve's codec ids"], codecRows()),
    `Frame rates: ${timelineRates()}.`,
    KNOWN_OF_CODECS,
  ].join('\n\n');
}

/** Codec, containers, ids. */
function codecRows(): string[][] {
  return SUPPORTED_CODECS.map(([codec, { ids, containers }]) => [
    `\`${codec}\``,
    CODEC_CONTAINERS[codec].filter((one) => containers.includes(one)).join(', '),
    ids.map((id) => `\`${id}\``).join(', '),
  ]);
}

/** Facts that aren't in the tables, with their sources. */
const KNOWN_OF_CODECS = [
  'The runner asks Resolve which codecs it has. If one is missing, the clip fails with the list. Reports say:',
  '',
  '- ProRes is made on macOS, and from 19.1.4 on elsewhere (by release notes that a user quoted, and a list of 21.0 on Linux).',
  '- H.264 and H.265 on Linux need an NVIDIA card (by a list of 21.0; another machine with such a card listed neither).',
  '- AAC is missing on Linux in every edition, and was missing on a Windows machine with 18.6.',
  '- MKV is in a published list of formats. AV1 has been seen only with an NVIDIA card. The ids of AV1 are guesses modelled on those of H.264. Whether ' +
    'Resolve writes timecode into MP4 and MKV is unknown; without it, such a proxy fails its check.',
  '- A clip fails if its proxy in H.264, H.265 or AV1 is larger than every size that Resolve lists for the codec.',
].join('\n');
