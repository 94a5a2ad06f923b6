import type { FrameSize } from '../plan/proxy-plan.ts';

/** One picture that DNxHD can hold: the smallest profile for it, 8 bit 4:2:2. */
interface DnxhdRaster extends FrameSize {
  interlaced: boolean;
  /** By which FFmpeg picks the profile; the real rate follows from the frame rate. */
  bitRate: string;
  /** Thin rasters stand for a wider picture. */
  shownAt: '16:9';
}

/**
 * DNxHD is a table, not a scale: other sizes don't exist. For each picture the profile with the fewest bits, as befits
 * a proxy: VC-3 compression ids 1253, 1252, 1259, 1258 (progressive), 1242 and 1244 (interlaced). FFmpeg names 1260 for 1440x1080,
 * with 80M, and refuses it: its encoder knows no blocks whose fields change within a picture.
 */
export const DNXHD_RASTERS: readonly DnxhdRaster[] = [
  { width: 1920, height: 1080, interlaced: false, bitRate: '36M', shownAt: '16:9' },
  { width: 1920, height: 1080, interlaced: true, bitRate: '120M', shownAt: '16:9' },
  { width: 1440, height: 1080, interlaced: false, bitRate: '63M', shownAt: '16:9' },
  { width: 1440, height: 1080, interlaced: true, bitRate: '120M', shownAt: '16:9' },
  { width: 1280, height: 720, interlaced: false, bitRate: '60M', shownAt: '16:9' },
  { width: 960, height: 720, interlaced: false, bitRate: '42M', shownAt: '16:9' },
];

export function dnxhdRaster(size: FrameSize, interlaced: boolean): DnxhdRaster | null {
  return (
    DNXHD_RASTERS.find(
      (raster) =>
        raster.width === size.width &&
        raster.height === size.height &&
        raster.interlaced === interlaced,
    ) ?? null
  );
}

/** The frame rates for which DNxHD has profiles. */
export function dnxhdRates(interlaced: boolean): readonly string[] {
  return interlaced ? INTERLACED_RATES : PROGRESSIVE_RATES;
}

const PROGRESSIVE_RATES = '24000/1001 24/1 25/1 30000/1001 30/1 50/1 60000/1001 60/1'.split(' ');
const INTERLACED_RATES = '25/1 30000/1001 30/1'.split(' ');
