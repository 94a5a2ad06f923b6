export * from './engine.ts';
export * from './media/ffprobe-arguments.ts';
export * from './media/media-info.ts';
export * from './media/parse-ffprobe.ts';
export * from './media/prober.ts';
export * from './media/rational.ts';
export * from './proxy/proxy-request.ts';
