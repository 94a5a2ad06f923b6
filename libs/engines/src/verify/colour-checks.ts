import type { HeaderCheck } from '@app/jobspec';
import { CODEC_RULES } from '../proxy/codecs/codec-rules.ts';
import { hdrSideData, sameTag, type TagName, type VideoStream } from '../media/index.ts';
import type { ColourPlan } from '../proxy/plan/proxy-plan.ts';
import { check, differs, type Check } from './check.ts';
import type { ProxyExpectation } from './proxy-expectation.ts';

const UNTAGGED = 'untagged';

export const COLOUR_CHECKS: readonly Check[] = [
  tag('color_primaries', 'primaries', (video) => video.colorPrimaries),
  tag('color_transfer', 'transfer', (video) => video.colorTransfer),
  tag('color_matrix', 'matrix', (video) => video.colorMatrix),
  check({
    name: 'color_range',
    says: differs('colour range'),
    expected: ({ video: { colour } }) =>
      colour === null ? undefined : colour.range === 'pc' ? 'full' : 'limited',
    // Every codec of ours means limited when it says nothing.
    actual: ({ video }) => (video?.colorRange === 'pc' ? 'full' : 'limited'),
  }),
  check<readonly string[]>({
    name: 'hdr_metadata',
    says: differs('HDR metadata'),
    expected: ({ video: { colour } }) =>
      colour !== null && colour.hdrMetadata.length > 0 ? colour.hdrMetadata : undefined,
    actual: ({ video }) => video && hdrSideData(video),
  }),
];

function tag(name: HeaderCheck, key: TagName, read: (video: VideoStream) => string | null): Check {
  return check({
    name,
    says: differs(`colour tag for its ${key}`),
    expected: (plan) =>
      plan.video.colour === null ? undefined : expectedTag(plan, plan.video.colour[key]),
    actual: ({ video }) => (video && read(video)) ?? UNTAGGED,
    agrees: (expected, actual) => actual !== null && sameTag(key, expected, actual),
  });
}

/** DNxHD and DNxHR always say a colour space: untagged is read as BT.709. */
function expectedTag({ codec }: ProxyExpectation, value: ColourPlan['matrix']): string | undefined {
  if (value === null && CODEC_RULES[codec].encoder === 'dnxhd') return undefined;
  return value ?? UNTAGGED;
}
