export * from './ffmpeg-tools.ts';
export * from './ffmpeg-version.ts';
export * from './ffprobe.service.ts';
export * from './output-verifier.ts';
export * from './thumbnails.ts';
export * from './probe.module.ts';
export * from './required-tool.ts';
export * from './source-wholeness.ts';
