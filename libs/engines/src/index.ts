export * from './engine.ts';
export * from './media/media-info.ts';
export * from './proxy/proxy-request.ts';
