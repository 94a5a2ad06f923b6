"""A QuickTime file as Resolve describes it, by the real ffprobe: its picture is then what a render shows."""

import json
import subprocess


def properties_of(path):
    """Nothing for camera RAW, whose bytes in the tests aren't any."""
    if not path.endswith(".mov"):
        return {}
    entries = "stream=codec_type,width,height,r_frame_rate,nb_frames,channels:stream_tags=timecode,reel_name"
    argv = ["ffprobe", "-v", "error", "-of", "json", "-show_entries", entries, "file:" + path]
    streams = json.loads(subprocess.run(argv, stdout=subprocess.PIPE, check=True).stdout)["streams"]
    video = next((one for one in streams if one["codec_type"] == "video"), None)
    if video is None or not video.get("nb_frames"):
        return {}
    upper, lower = video["r_frame_rate"].split("/")
    reels = [one.get("tags", {}).get("reel_name") for one in streams]
    sound = [one for one in streams if one["codec_type"] == "audio"]
    return {
        "Picture": path,
        "Resolution": "%dx%d" % (video["width"], video["height"]),
        "FPS": round(int(upper) / int(lower), 3),
        "Frames": video["nb_frames"],
        "Start TC": video.get("tags", {}).get("timecode", ""),
        "Reel Name": next((reel for reel in reels if reel), ""),
        "Audio Ch": str(sum(one["channels"] for one in sound)),
    }
