"""The file that a render makes, by the real FFmpeg: the clip's picture as the project's settings would have it."""

import os
import subprocess
import time

from .render import rate_of
from .sound import sound_arguments

X264 = ["libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]
X265 = ["libx265", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-x265-params", "log-level=error"]
ENCODERS = {
    "ProRes422P": ["prores_ks", "-profile:v", "proxy"],
    "ProRes422LT": ["prores_ks", "-profile:v", "lt"],
    "ProRes422": ["prores_ks", "-profile:v", "standard"],
    "ProRes422HQ": ["prores_ks", "-profile:v", "hq"],
    "ProRes4444": ["prores_ks", "-profile:v", "4444", "-pix_fmt", "yuv444p10le"],
    "DNxHRLB": ["dnxhd", "-profile:v", "dnxhr_lb", "-pix_fmt", "yuv422p"],
    "H264": X264,
    "H264_NVIDIA": X264,
    "H265": X265,
    "H265_NVIDIA": X265,
    "AV1_NVIDIA": ["libsvtav1", "-preset", "12", "-pix_fmt", "yuv420p"],
}
EXTENSIONS = {"mov": "mov", "mxf_op1a": "mxf", "mp4": "mp4", "mkv": "mkv"}
NTSC = {23.976: "24000/1001", 29.97: "30000/1001", 47.952: "48000/1001", 59.94: "60000/1001"}
# Four corners of four colours on a moving test picture: what is cut off or squeezed can be seen.
CORNERS = [("red", "0", "0"), ("lime", "iw-w", "0"), ("blue", "0", "ih-h"), ("yellow", "iw-w", "ih-h")]
# Resolve's picture for a clip that it can't read: a red card with white words, whatever the language.
OFFLINE_CARD = "color=c=0xA01010:size=%s:rate=%s,drawbox=x=iw/4:y=ih*7/16:w=iw/2:h=ih/8:color=white:t=fill"


def encode(job, how, folder, is_stopped):
    """The bytes of the rendered file; of one that was stopped meanwhile none."""
    if how in ("no_file", "zero_bytes"):
        return b""
    path = os.path.join(folder, "rendered." + EXTENSIONS[job["format"]])
    encoder = subprocess.Popen(["ffmpeg", "-v", "error", "-nostdin", "-y"] + _arguments(job, how) + ["file:" + path])
    while encoder.poll() is None:
        if is_stopped():
            encoder.kill()
            encoder.wait()
            return b""
        time.sleep(0.02)
    with open(path, "rb") as file:
        return file.read()


def targets(job, how):
    """Where it goes; Resolve now and then finds a name of its own, and individual clips have the names of their sources."""
    settings = dict(job["settings"])
    if job["mode"] == 0:
        settings["CustomName"] = os.path.splitext(job["clip"]["File Name"])[0]
    names = {"no_file": [], "name_suffix": ["_0"], "two_files": ["", "_0"]}.get(how, [""])
    extension = EXTENSIONS[job["format"]]
    return [os.path.join(settings["TargetDir"], settings["CustomName"] + suffix + "." + extension) for suffix in names]


def _arguments(job, how):
    settings, number = job["settings"], job["clip"]["FPS"] if job["mode"] == 0 else rate_of(job)
    rate = NTSC.get(number, "%g" % number)
    seconds = int(job["clip"]["Frames"]) / job["clip"]["FPS"]
    is_short = how == "short" or not settings.get("SelectAllFrames")
    frames = max(1, round(seconds * number) // (2 if is_short else 1))
    is_sound_only = how == "audio_only" or not settings.get("ExportVideo")
    has_sound = is_sound_only or (settings.get("ExportAudio") and how != "silent")
    sound = sound_arguments(job["clip"], job["mode"], seconds, "aac" if job["format"] == "mp4" else "pcm_s16le") if has_sound else ([], [])
    if is_sound_only:
        return _source(job, how, rate, frames) + sound[0] + sound[1]
    codec = "H264" if how == "wrong_codec" else job["codec"]
    # MXF wants the picture first.
    arguments = _source(job, how, rate, frames) + sound[0] + ["-map", "0:v", "-vf", _sizing(job, how)] + sound[1]
    timecode = "01:00:00:00" if how == "wrong_tc" else job["start"]
    reel = []
    if job["mode"] == 0:
        timecode = job["clip"]["Start TC"] or "00:00:00:00"
        reel = ["-metadata:s:v", "reel_name=" + job["clip"]["Reel Name"]]
    return arguments + ["-c:v"] + ENCODERS[codec] + ["-timecode", timecode] + reel


def _source(job, how, rate, frames):
    size = job["clip"]["Resolution"]
    if how == "black":
        return ["-f", "lavfi", "-i", "color=c=black:size=%s:rate=%s,trim=end_frame=%d" % (size, rate, frames)]
    if job["clip"].get("is_offline"):
        return ["-f", "lavfi", "-i", (OFFLINE_CARD + ",trim=end_frame=%d") % (size, rate, frames)]
    if how.startswith("cards:"):
        # From one frame on to before another.
        first, end = map(int, how[6:].split("-"))
        card = (OFFLINE_CARD + ",trim=end_frame=%d") % (size, rate, frames)
        shown = "testsrc2=size=%s:rate=%s,trim=end_frame=%d[a];%s[b];[a][b]overlay=enable='between(n,%d,%d)'"
        return ["-f", "lavfi", "-i", shown % (size, rate, frames, card, first, end - 1)]
    if "Picture" in job["clip"]:
        return ["-i", "file:" + job["clip"]["Picture"]]
    corner = "drawbox=x=%s:y=%s:w=iw/8:h=ih/8:color=%s:t=fill"
    corners = ",".join(corner % (x, y, colour) for colour, x, y in CORNERS)
    moving = "loop=loop=-1:size=1" if how == "still" else "null"
    drawn = (size, rate, moving, frames, corners)
    return ["-f", "lavfi", "-i", "testsrc2=size=%s:rate=%s,%s,trim=end_frame=%d,%s" % drawn]


def _sizing(job, how):
    """Clip into timeline, timeline into output: each with a behaviour of its own."""
    timeline, settings = job["timeline"], job["settings"]
    if job["mode"] == 0:
        return "null"
    size = (int(timeline["timelineResolutionWidth"]), int(timeline["timelineResolutionHeight"]))
    output = (320, 180) if how == "wrong_size" else (settings["FormatWidth"], settings["FormatHeight"])
    squeeze = {"square": 1, "cinemascope": 2, "16_9": 4 / 3, "4_3": 8 / 9}[timeline["timelinePixelAspectRatio"]]
    steps = [_fit(timeline["timelineInputResMismatchBehavior"], size, squeeze)]
    if timeline["timelineOutputResMatchTimelineRes"] != "1" or output != size:
        steps.append(_fit(timeline["timelineOutputResMismatchBehavior"], output, 1))
    if settings.get("DataBurnIn", "None") != "None":
        steps.append("drawbox=x=iw/4:y=ih*3/4:w=iw/2:h=ih/8:color=white:t=fill")
    return ",".join(steps + ["setsar=1"])


def _fit(behaviour, size, squeeze):
    """Pixels that are wider than high hold the picture squeezed."""
    width, height = size
    if behaviour == "stretch":
        return "scale=%d:%d" % size
    squeezed = "scale=round(iw/%f/2)*2:ih," % squeeze if squeeze != 1 else ""
    if behaviour == "scaleToFit":
        return squeezed + "scale=%d:%d:force_original_aspect_ratio=decrease,pad=%d:%d:-1:-1" % (size + size)
    if behaviour == "scaleToCrop":
        return squeezed + "scale=%d:%d:force_original_aspect_ratio=increase,crop=%d:%d" % (size + size)
    return squeezed + "pad=max(iw\\,%d):max(ih\\,%d):-1:-1,crop=%d:%d" % (size + size)
