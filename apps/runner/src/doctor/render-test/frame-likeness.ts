import { ssimIn } from '@app/engines';
import { runProcess } from '../../process/child-process.ts';

const STALL_SECONDS = 60;
/** Small, so that a proxy of another size is compared for its shape and not for its detail. */
const ALIKE = 'settb=1/25,setpts=N,format=yuv422p,scale=160:90';

/** A picture that was cropped, squeezed or put into bars is far below; a proxy's compression costs a few hundredths. */
export const LEAST_LIKENESS = 0.9;

/**
 * How alike the pictures of a clip and its proxy are, frame by frame: 1 is the same, by FFmpeg's SSIM.
 *
 * @returns `null` when FFmpeg can't compare them.
 */
export async function likenessOf(clip: string, proxy: string): Promise<number | null> {
  const inputs = ['-i', `file:${clip}`, '-i', `file:${proxy}`];
  const compare = `[0:v]${ALIKE}[a];[1:v]${ALIKE}[b];[a][b]ssim`;
  const { stderr } = await runProcess(
    [
      'ffmpeg',
      '-v',
      'info',
      '-nostats',
      '-nostdin',
      ...inputs,
      '-lavfi',
      compare,
      '-f',
      'null',
      '-',
    ],
    { stallSeconds: STALL_SECONDS },
  );
  return ssimIn(stderr);
}
