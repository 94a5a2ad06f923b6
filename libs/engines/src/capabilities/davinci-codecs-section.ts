import { markdownTable } from './markdown-table.ts';
import { davinciCodecRows, timelineRates } from '../davinci/davinci-codecs.ts';

/** The part of `docs/ENGINE_CAPABILITIES.md` about proxies that Resolve makes, written from the tables that plan them. */
export function davinciCodecsSection(): string {
  return [
    '## Output codecs of Resolve',
    'What camera RAW can become, by the codec ids of the scripting interface; of several, the first that a Resolve has is used. ' +
      'All else is refused before any work, and so is MP4 on Linux, where Resolve has no AAC. Set-up and limits are in ' +
      '[resolve.md](resolve.md).',
    markdownTable(['Codec', 'Containers', "Resolve's codec ids"], davinciCodecRows()),
    `Frame rates: ${timelineRates()}.`,
  ].join('\n\n');
}
