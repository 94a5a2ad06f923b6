/**
 * What a project of ours has, whatever defaults somebody has saved in Resolve: the whole picture, undistorted, in square
 * pixels, progressive, at its own size, and the clip's rate kept. Keys and values are those of `Project.SetSetting`; its
 * type stub of 21.1 lists them. Rate and size follow from the clip.
 */
export const PROJECT_SETTINGS = {
  timelineInputResMismatchBehavior: 'scaleToFit',
  timelineInputResMismatchUseCustomPreset: '0',
  timelineOutputResMatchTimelineRes: '1',
  timelineOutputResMismatchBehavior: 'scaleToFit',
  timelineOutputResMismatchUseCustomPreset: '0',
  timelinePixelAspectRatio: 'square',
  timelineFrameRateMismatchBehavior: 'resolve',
  timelineInterlaceProcessing: '0',
  superScale: '1',
} as const;

/** Those of them that a timeline with settings of its own has again. */
export const TIMELINE_SETTINGS = {
  timelineInputResMismatchBehavior: PROJECT_SETTINGS.timelineInputResMismatchBehavior,
  timelineOutputResMatchTimelineRes: PROJECT_SETTINGS.timelineOutputResMatchTimelineRes,
  timelineOutputResMismatchBehavior: PROJECT_SETTINGS.timelineOutputResMismatchBehavior,
  timelinePixelAspectRatio: PROJECT_SETTINGS.timelinePixelAspectRatio,
  timelineInterlaceProcessing: PROJECT_SETTINGS.timelineInterlaceProcessing,
  superScale: PROJECT_SETTINGS.superScale,
} as const;
