"""A tone for every channel of a clip, in the tracks that Resolve would make of them."""

from . import store


def sound_arguments(clip, mode, seconds, codec):
    """A stereo mix is what nobody has asked for and most likely gets; of individual clips the manual says better."""
    channels = int(clip.get("Audio Ch") or 0) or 2
    tones = ["sin(%d*2*PI*t)/8" % (200 + 100 * channel) for channel in range(channels)]
    how = store.knob("sound", "stereo" if mode == 1 else "mono")
    mixed = "|".join("+".join(tones[side::2] or tones) for side in range(2))
    tracks = {"stereo": [mixed], "mono": tones, "channels": ["|".join(tones)], "muted": ["0|0"]}[how]
    inputs, maps = [], []
    for index, expression in enumerate(tracks):
        inputs += ["-f", "lavfi", "-i", "aevalsrc=%s:s=48000:d=%f" % (expression, seconds)]
        maps += ["-map", "%d:a" % (index + 1)]
    return inputs, maps + ["-c:a", codec]
