"""The line to the runner: a request and commands in, events out, a deadline for every phase."""

import faulthandler
import io
import json
import os
import queue
import signal
import sys
import threading
import time
import traceback

# The runner acts when a deadline has passed; this is for a driver whose runner is gone.
SELF_DEADLINE_MARGIN_S = 15


class Fault(Exception):
    """Ends the command with a code that the runner knows, and what was wrong."""

    def __init__(self, code, message):
        Exception.__init__(self, message)
        self.code = code


class Channel:
    """JSON lines, ASCII only. stdout proper goes to stderr, so that nothing a module prints gets between the lines."""

    def __init__(self):
        self._out = os.fdopen(os.dup(1), "w", encoding="ascii", newline="\n")
        os.dup2(2, 1)
        lines = io.TextIOWrapper(os.fdopen(0, "rb", buffering=0), encoding="utf-8", newline="\n")
        self.request = json.loads(lines.readline())
        self.exit_code = 0
        self._started = time.monotonic()
        self._phase = "request"
        self._deadline_s = self.request["phaseSeconds"]
        self._plans = queue.Queue()
        self._cancelled = threading.Event()
        # The runner ends a driver that hangs by this signal: where it hung is told then. Windows has none.
        if hasattr(faulthandler, "register"):
            faulthandler.register(signal.SIGTERM, chain=True)
        threading.Thread(target=self._read, args=(lines,), daemon=True).start()

    def phase(self, name, extra_seconds=0):
        """Begins a phase, before its first call to Resolve. Ends the command when it was cancelled."""
        self.check()
        self.enter(name, extra_seconds)

    def enter(self, name, extra_seconds=0):
        """Begins a phase that a cancelled command goes through too."""
        self._phase = name
        self._deadline_s = self.request["phaseSeconds"] + extra_seconds
        self.emit("phase", phase=name, seconds=self._deadline_s)

    def emit(self, event, **facts):
        """Tells the runner; whatever is told is a sign of life and starts the phase's deadline again.

        Resolve can block for ever inside a call, with Python's lock held, and then no Python code runs. The watchdog of
        faulthandler is no Python code: it ends the process and leaves where it hung on stderr.
        """
        faulthandler.dump_traceback_later(self._deadline_s + SELF_DEADLINE_MARGIN_S, exit=True)
        facts["event"] = event
        facts["ms"] = int((time.monotonic() - self._started) * 1000)
        try:
            self._out.write(json.dumps(facts, default=str) + "\n")
            self._out.flush()
        except OSError:
            # The runner is gone; stdin says so too, and the command is on its way to an orderly end.
            self._cancelled.set()

    def fail(self, error):
        """Tells what ended the command."""
        self.exit_code = 1
        if isinstance(error, Fault):
            return self.emit("error", code=error.code, phase=self._phase, message=str(error))
        traceback.print_exc()
        self.emit("error", code="API_ERROR", phase=self._phase, message="%s: %s" % (type(error).__name__, error))

    def observe(self, what, value):
        """Tells how Resolve behaved where no document says how it does."""
        self.emit("observed", what=what, value=value)

    def check(self):
        if self._cancelled.is_set():
            raise Fault("CANCELLED", "The render was cancelled.")

    def wait(self, seconds):
        """Waits, and ends the command as soon as it is cancelled."""
        self._cancelled.wait(seconds)
        self.check()

    def plan(self):
        """The runner's answer to what was found out about the clip."""
        plan = self._plans.get()
        self.check()
        return plan

    def _read(self, lines):
        try:
            for line in lines:
                command = json.loads(line)
                if command["command"] != "plan":
                    break
                self._plans.put(command["plan"])
        except (OSError, ValueError, KeyError) as error:
            sys.stderr.write("unreadable command: %s\n" % error)
        # A cancel, or the end of stdin: the runner died.
        self._cancelled.set()
        self._plans.put(None)
