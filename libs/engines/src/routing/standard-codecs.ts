/** A video codec that FFmpeg decodes and that sources may use. */
export interface StandardCodec {
  /** FFmpeg's name. */
  name: string;
  title: string;
  notes?: string;
}

/** Every codec that goes to FFmpeg; each has a decoder in FFmpeg 7.1. A codec that isn't here is refused. */
export const STANDARD_CODECS: readonly StandardCodec[] = [
  { name: 'prores', title: 'Apple ProRes', notes: 'Proxy to 4444 XQ; ProRes RAW is another codec' },
  { name: 'dnxhd', title: 'Avid DNxHD and DNxHR' },
  { name: 'cfhd', title: 'GoPro CineForm' },
  { name: 'h264', title: 'H.264', notes: 'XAVC, AVC-Intra and XF-AVC too' },
  { name: 'hevc', title: 'H.265, HEVC', notes: 'XAVC HS and XF-HEVC too' },
  { name: 'vvc', title: 'H.266, VVC' },
  { name: 'av1', title: 'AV1' },
  { name: 'vp8', title: 'VP8' },
  { name: 'vp9', title: 'VP9' },
  { name: 'mpeg1video', title: 'MPEG-1' },
  { name: 'mpeg2video', title: 'MPEG-2', notes: 'XDCAM, IMX and XF too' },
  { name: 'mpeg4', title: 'MPEG-4 part 2' },
  { name: 'h263', title: 'H.263' },
  { name: 'vc1', title: 'VC-1' },
  { name: 'wmv3', title: 'Windows Media Video 9' },
  { name: 'theora', title: 'Theora' },
  { name: 'dirac', title: 'Dirac, VC-2' },
  { name: 'dvvideo', title: 'DV, DVCPRO, DVCPRO HD' },
  { name: 'jpeg2000', title: 'JPEG 2000', notes: 'in MXF or MOV; in a REDCODE file it is RAW' },
  { name: 'mjpeg', title: 'Motion JPEG', notes: 'in a clip, not a single image' },
  { name: 'png', title: 'PNG', notes: 'in MOV, not a single image' },
  { name: 'qtrle', title: 'QuickTime Animation' },
  { name: 'aic', title: 'Apple Intermediate Codec' },
  { name: 'pixlet', title: 'Apple Pixlet' },
  { name: 'avui', title: 'Avid Meridien Uncompressed' },
  { name: 'avrp', title: 'Avid 1:1 10-bit RGB Packer' },
  { name: 'rawvideo', title: 'Uncompressed', notes: 'not when its pixels are undeveloped' },
  { name: 'v210', title: 'Uncompressed 4:2:2, 10 bit' },
  { name: 'v308', title: 'Uncompressed 4:4:4, 8 bit' },
  { name: 'v408', title: 'Uncompressed 4:4:4:4, 8 bit' },
  { name: 'v410', title: 'Uncompressed 4:4:4, 10 bit' },
  { name: 'r210', title: 'Uncompressed RGB, 10 bit' },
  { name: 'r10k', title: 'AJA Kona RGB, 10 bit' },
  { name: 'ffv1', title: 'FFV1' },
  { name: 'huffyuv', title: 'HuffYUV' },
  { name: 'ffvhuff', title: 'HuffYUV, FFmpeg variant' },
  { name: 'utvideo', title: 'Ut Video' },
  { name: 'magicyuv', title: 'MagicYUV' },
  { name: 'sheervideo', title: 'SheerVideo' },
  { name: 'hq_hqa', title: 'Canopus HQ, HQA' },
  { name: 'hqx', title: 'Canopus HQX' },
  { name: 'hap', title: 'Hap' },
  { name: 'dxv', title: 'Resolume DXV' },
  { name: 'notchlc', title: 'NotchLC' },
  { name: 'speedhq', title: 'NewTek SpeedHQ' },
];
