"""The file that a render makes: a moving picture of the wanted size, rate, length and timecode, by the real FFmpeg."""

import os
import subprocess

from .render import rate_of

ENCODERS = {
    "ProRes422P": ["prores_ks", "-profile:v", "proxy"],
    "ProRes422LT": ["prores_ks", "-profile:v", "lt"],
    "ProRes422": ["prores_ks", "-profile:v", "standard"],
    "ProRes422HQ": ["prores_ks", "-profile:v", "hq"],
    "ProRes4444": ["prores_ks", "-profile:v", "4444", "-pix_fmt", "yuv444p10le"],
    "DNxHRLB": ["dnxhd", "-profile:v", "dnxhr_lb", "-pix_fmt", "yuv422p"],
    "H264": ["libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"],
    "H265": ["libx265", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-x265-params", "log-level=error"],
}
EXTENSIONS = {"mov": "mov", "mxf_op1a": "mxf", "mp4": "mp4"}
NTSC = {23.976: "24000/1001", 29.97: "30000/1001", 47.952: "48000/1001", 59.94: "60000/1001"}


def encode(job, how, folder):
    """The bytes of the rendered file."""
    if how in ("no_file", "zero_bytes"):
        return b""
    path = os.path.join(folder, "rendered." + EXTENSIONS[job["format"]])
    subprocess.run(["ffmpeg", "-v", "error", "-y"] + _arguments(job, how) + ["file:" + path], check=True)
    with open(path, "rb") as file:
        return file.read()


def targets(job, how):
    """Where it goes; Resolve now and then finds a name of its own."""
    settings = job["settings"]
    names = {"no_file": [], "name_suffix": ["_0"], "two_files": ["", "_0"]}.get(how, [""])
    extension = EXTENSIONS[job["format"]]
    return [os.path.join(settings["TargetDir"], settings["CustomName"] + suffix + "." + extension) for suffix in names]


def _arguments(job, how):
    settings, number = job["settings"], rate_of(job)
    rate = NTSC.get(number, "%g" % number)
    size = (settings["FormatWidth"], settings["FormatHeight"])
    width, height = (320, 180) if how == "wrong_size" else size
    seconds = int(job["clip"]["Frames"]) / job["clip"]["FPS"]
    is_short = how == "short" or not settings.get("SelectAllFrames")
    frames = max(1, round(seconds * number) // (2 if is_short else 1))
    codec = "H264" if how == "wrong_codec" else job["codec"]
    arguments = ["-f", "lavfi", "-i", "testsrc2=size=%dx%d:rate=%s,trim=end_frame=%d" % (width, height, rate, frames)]
    has_sound = settings.get("ExportAudio") and how != "silent"
    is_sound_only = how == "audio_only" or not settings.get("ExportVideo")
    if has_sound or is_sound_only:
        arguments += ["-f", "lavfi", "-i", "sine=sample_rate=48000:duration=%f" % seconds]
    arguments += ["-map", "1:a"] if is_sound_only else ["-map", "0:v"] + (["-map", "1:a"] if has_sound else [])
    arguments += ["-c:v"] + ENCODERS[codec] + ["-c:a", "aac" if job["format"] == "mp4" else "pcm_s16le"]
    timecode = "01:00:00:00" if how == "wrong_tc" else job["start"]
    return arguments if is_sound_only else arguments + ["-timecode", timecode]
