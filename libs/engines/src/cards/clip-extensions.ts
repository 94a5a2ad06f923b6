/** Extensions that clips have. Such a file that no engine takes is told; another that can't be opened is just no clip. */
export const CLIP_EXTENSIONS: readonly string[] = (
  '.mov .mp4 .m4v .mxf .mts .m2ts .m2t .ts .avi .mkv .webm .mpg .mpeg .m2v .vob .mod .tod .3gp .wmv .flv .dv .insv .360 ' +
  '.r3d .braw .crm .nev .cine .mlv .rmf .krw'
).split(' ');
