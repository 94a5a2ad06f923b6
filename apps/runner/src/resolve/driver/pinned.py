"""Project and timeline settings, set and read back: a default that somebody has saved must not get into a proxy."""


class PinnedSettings:
    """What was set in a project, what it kept, and what it refused."""

    def __init__(self, channel):
        self._channel = channel
        self.values = {}
        self._told = {}

    def pin(self, target, settings):
        """Sets each alone; a refusal is told and ends nothing. `target` is a project or a timeline."""
        refused = [key for key, value in settings.items() if not self.set(target, key, value)]
        if refused:
            listed = ", ".join("%s (is %s)" % (key, self.values[key]["read"]) for key in refused)
            self._channel.warn("Resolve refuses the project settings %s." % listed)
        return refused

    def set(self, target, key, value):
        """Whether it is what Resolve keeps. Numbers come back as numbers, whatever they were given as."""
        answer = target.SetSetting(key, value)
        read = target.GetSetting(key)
        self.note(key, value, read, answer)
        return same(read, value)

    def note(self, key, value, read, answer):
        """What has a call of its own, and can be read back too."""
        self.values[key] = {"set": value, "read": read, "answer": bool(answer)}

    def tell(self):
        """Tells what is new: whatever ends the command, it is known what was set until then."""
        if self.values != self._told:
            self._told = dict(self.values)
            self._channel.emit("project", settings=self.values)


def same(read, value):
    return str(read) == str(value) or (number(value) is not None and number(read) == number(value))


def number(value):
    """`29.97 DF` is a number too."""
    try:
        return round(float(str(value).split()[0]), 2)
    except (ValueError, IndexError):
        return None
