import { CODEC_CONTAINERS, CODECS, CONTAINERS, type Codec } from '@app/jobspec';
import { markdownTable } from './markdown-table.ts';
import {
  CODEC_RULES,
  type CodecRule,
  DNXHD_RASTERS,
  dnxhdRates,
} from '../../libs/engines/src/proxy/codecs/codec-rules.ts';
import {
  AUDIO_DESCRIPTIONS,
  CONTAINER_RULES,
  MXF_RATES,
} from '../../libs/engines/src/proxy/containers/container-rules.ts';
import { sizeName } from '../../libs/engines/src/proxy/video/frame-size.ts';
import { shortRate } from '../../libs/engines/src/media/frame-rate.ts';

/** Section of `docs/ENGINE_CAPABILITIES.md` on proxies, made from the tables that plan them. */
export function outputCodecsSection(): string {
  return [
    '## Output codecs',
    'How FFmpeg encodes each codec that a JobSpec can ask for. [Fidelity](fidelity.md) says how proxies keep frames, time, audio and ' +
      'colour, and [performance](performance.md#presets) what each preset costs.',
    codecTable(),
    NOTES,
    '### DNxHD',
    'DNxHD exists only for these frame sizes and rates; any other is refused. The profile with the lowest bit rate is used.',
    dnxhdTable(),
    '### MXF',
    `Frame rates: ${rateList(MXF_RATES)}.`,
    '### Audio',
    markdownTable(['Container', 'Audio'], audioRows()),
  ].join('\n\n');
}

const NOTES = `Pixels: the first format is the usual one; \`deep\` is for sources of more than 8 bits, \`HDR\` for PQ and HLG, \`alpha\` for
sources with an alpha channel. H.264, H.265, VP9 and AV1 have a keyframe every half second. Fields: "kept" means that an
interlaced source stays interlaced; otherwise it becomes progressive, with a warning.`;

function audioRows(): string[][] {
  return Object.entries(AUDIO_DESCRIPTIONS).map(([kind, description]) => {
    const holders = CONTAINERS.filter((container) => CONTAINER_RULES[container].audio === kind);
    return [holders.join(', '), description];
  });
}

function codecTable(): string {
  const header = ['Codec', 'Containers', 'Encoder and settings', 'Pixels', 'Fields', 'Full range'];
  return markdownTable(header, CODECS.map(codecRow));
}

function codecRow(codec: Codec): string[] {
  const rule = CODEC_RULES[codec];
  return [
    `\`${codec}\``,
    CODEC_CONTAINERS[codec].join(', '),
    `\`${[rule.encoder, ...rule.options, ...bySize(codec)].join(' ')}\``,
    pixels(rule),
    rule.interlaced ? 'kept' : 'progressive',
    rule.fullRange ? 'kept' : 'limited',
  ];
}

function bySize(codec: Codec): string[] {
  if (codec === 'dnxhd') return ['-b:v (by size)'];
  return codec === 'dnxhr' ? ['-profile:v dnxhr_lb, dnxhr_hqx for HDR'] : [];
}

function pixels({ pixels: { standard, deep, hdr, alpha } }: CodecRule): string {
  const others = Object.entries({ deep, HDR: hdr, alpha }).filter(([, format]) => format);
  return [standard, ...others.map(([need, format]) => `${need} ${format}`)].join(', ');
}

function dnxhdTable(): string {
  const rows = DNXHD_RASTERS.map((raster) => [
    sizeName(raster),
    raster.interlaced ? 'interlaced' : 'progressive',
    raster.displayedAs,
    rateList(dnxhdRates(raster.interlaced)),
    raster.bitRate,
  ]);
  return markdownTable(['Size', 'Scan', 'Shown at', 'Frames per second', 'FFmpeg `-b:v`'], rows);
}

function rateList(rates: readonly string[]): string {
  return rates.map(shortRate).join(', ');
}
