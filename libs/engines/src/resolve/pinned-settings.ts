/**
 * What a project of ours has, whatever defaults somebody has saved in Resolve: the whole picture, undistorted, in square
 * pixels, progressive, at its own size, the clip's rate kept, and no colour management, so that the picture is what the camera
 * has recorded. Keys and values are those of `Project.SetSetting`; its type stub of 21.1 lists them. How a size is fitted into
 * the output is disabled in Resolve while both are the same, which the third setting says. Rate and size follow from the clip.
 */
export const PROJECT_SETTINGS = {
  timelineInputResMismatchBehavior: 'scaleToFit',
  timelineInputResMismatchUseCustomPreset: '0',
  timelineOutputResMatchTimelineRes: '1',
  timelinePixelAspectRatio: 'square',
  timelineFrameRateMismatchBehavior: 'resolve',
  timelineInterlaceProcessing: '0',
  superScale: '1',
  colorScienceMode: 'davinciYRGB',
} as const;
