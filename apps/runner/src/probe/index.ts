export * from './ffmpeg-tools.ts';
export * from './ffprobe.service.ts';
export * from './output-verifier.ts';
export * from './thumbnails.ts';
export * from './probe.module.ts';
export * from './source-wholeness.ts';
