"""Communication with the runner: a request and commands in, events out, a deadline for every phase."""

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

# Seconds after a deadline until the driver ends itself, in case the runner, which would end it at the deadline, is gone.
SELF_DEADLINE_MARGIN_S = 15


class Fault(Exception):
    """Error that ends the command, with a code that the runner knows."""

    def __init__(self, code, message):
        Exception.__init__(self, message)
        self.code = code


class Channel:
    """JSON lines in ASCII. Anything else printed to stdout is redirected to stderr, so that it can't get between the lines."""

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
        # The runner ends a hung driver by this signal; Python then prints to stderr where it hung. Not available on Windows.
        if hasattr(faulthandler, "register"):
            faulthandler.register(signal.SIGTERM, chain=True)
        threading.Thread(target=self._read, args=(lines,), daemon=True).start()

    def phase(self, name, extra_seconds=0):
        """Begins a phase, before its first call to Resolve. Ends the command if it was cancelled."""
        self.check()
        self.enter(name, extra_seconds)

    def enter(self, name, extra_seconds=0):
        """Begins a phase that cancelled commands go through, too."""
        self._phase = name
        self._deadline_s = self.request["phaseSeconds"] + extra_seconds
        self.emit("phase", phase=name, seconds=self._deadline_s)

    def emit(self, event, **facts):
        """Sends an event to the runner; every event restarts the phase's deadline.

        Resolve can block for ever inside a call while holding Python's global lock, so that no Python code runs. The
        watchdog of faulthandler isn't Python code: it ends the process and prints to stderr where it hung.
        """
        faulthandler.dump_traceback_later(self._deadline_s + SELF_DEADLINE_MARGIN_S, exit=True)
        facts["event"] = event
        facts["ms"] = int((time.monotonic() - self._started) * 1000)
        try:
            self._out.write(json.dumps(facts, default=str) + "\n")
            self._out.flush()
        except OSError:
            # The runner is gone, so the command is cancelled, which lets it clean up.
            self._cancelled.set()

    def fail(self, error):
        """Sends the error that ended the command."""
        self.exit_code = 1
        if isinstance(error, Fault):
            return self.emit("error", code=error.code, phase=self._phase, message=str(error))
        traceback.print_exc()
        self.emit("error", code="API_ERROR", phase=self._phase, message="%s: %s" % (type(error).__name__, error))

    def observe(self, what, value):
        """Reports undocumented behaviour of Resolve."""
        self.emit("observed", what=what, value=value)

    def check(self):
        if self._cancelled.is_set():
            raise Fault("CANCELLED", "The render was cancelled.")

    def wait(self, seconds):
        """Waits, and ends the command as soon as it is cancelled."""
        self._cancelled.wait(seconds)
        self.check()

    def plan(self):
        """Waits for the runner's answer to a `clip` event."""
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
        # Either a cancellation, or the end of stdin, because the runner died.
        self._cancelled.set()
        self._plans.put(None)
