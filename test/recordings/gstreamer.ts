import { execa } from 'execa';
import { makeSource } from '../proxy/support.ts';
import { LONG_GOP, picture, type Recording, SOUND } from './recording.ts';

/** The same pictures and sound by another family of muxers, which recorders and converters are built on. */
export const GSTREAMER: readonly Recording[] = [
  muxed('MXF', 'mxf', 'mxfmux', 'pcm_s16le'),
  muxed('a transport stream that begins after an hour', 'ts', 'mpegtsmux', 'aac'),
  muxed('MOV', 'mov', 'qtmux', 'aac'),
  muxed('MP4 in fragments', 'mp4', 'mp4mux fragment-duration=300', 'aac'),
  muxed('AVI', 'avi', 'avimux', 'pcm_s16le'),
];

function muxed(
  name: string,
  extension: string,
  muxer: string,
  sound: 'aac' | 'pcm_s16le',
): Recording {
  return {
    name: `${name}, by GStreamer`,
    extension,
    make: async (path) => {
      const clip = await makeSource(
        `${path}.source.mov`,
        `${picture()} ${SOUND} ${LONG_GOP} -c:a ${sound}`,
      );
      const audio = sound === 'aac' ? 'aacparse' : 'audioconvert';
      const pipeline = [
        `filesrc location=${clip} ! qtdemux name=source`,
        `source.video_0 ! queue ! h264parse ! ${muxer} name=mux ! filesink location=${path}`,
        `source.audio_0 ! queue ! ${audio} ! mux.`,
      ];
      await execa('gst-launch-1.0', ['-q', ...pipeline.join(' ').split(' ')]);
    },
  };
}
