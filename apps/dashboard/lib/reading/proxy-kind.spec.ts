import { describe, expect, it } from 'vitest';
import { askedKind, madeKind } from './proxy-kind.ts';

const made = (path: string, ...command: string[]) =>
  madeKind({ resolved_output_path: path, ffmpeg_command: command });

describe('which proxy is asked for', () => {
  it.each([
    ['prores_proxy', 'mov', ['-c:v:0', 'prores_ks', '-profile:v:0', 'proxy']],
    ['prores_hq', 'mov', ['-c:v:0', 'prores_ks', '-profile:v:0', 'hq']],
    ['h264', 'mp4', ['-c:v', 'rawvideo', '-c:v:0', 'libx264', '-c:a:0', 'aac']],
    ['h265', 'mkv', ['-c:v:0', 'libx265']],
    ['hevc', 'mkv', ['-c:v:0', 'libx265']],
    ['dnxhd', 'mxf', ['-c:v:0', 'dnxhd']],
    ['dnxhr', 'mxf', ['-c:v:0', 'dnxhd', '-profile:v:0', 'dnxhr_lb']],
    ['vp9', 'webm', ['-c:v:0', 'libvpx-vp9']],
    ['av1', 'mp4', ['-c:v:0', 'libsvtav1']],
  ])(
    'is told alike by the JobSpec and by what was made of it: %s in %s',
    (codec, container, of) => {
      const asked = askedKind({ codec, container });
      expect(asked).not.toBeNull();
      expect(made(`/proxies/a.b.${container}`, 'ffmpeg', ...of)).toBe(asked);
    },
  );

  it('is another one in another size, which only who asked tells', () => {
    const asked = { codec: 'h264', container: 'mp4', resolution: 'half' };
    expect(askedKind(asked)).toBe('h264 mp4 half');
    expect(askedKind({ ...asked, resolution: '1280x720' })).toBe('h264 mp4 1280x720');
    expect(made('/proxies/a.mp4', '-c:v', 'libx264')).toBe('h264 mp4');
  });

  it('is not known without a command, a name or a codec', () => {
    expect(made('/proxies/a.mov')).toBeNull();
    expect(made('', '-c:v', 'libx264')).toBeNull();
    expect(made('/proxies/a.mov', '-c:v', 'copy')).toBeNull();
    expect(askedKind({ codec: 3, container: 'mov' })).toBeNull();
  });
});
