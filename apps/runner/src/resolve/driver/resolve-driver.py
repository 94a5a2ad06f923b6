"""Makes one proxy with DaVinci Resolve, or asks for its version. Each process runs one command.

The first line on stdin is the request; events are JSON lines on stdout; see channel.py. Standard library only,
Python 3.6 or newer. The runner decides what a proxy must be like, and sends a plan.
"""

import os
import sys

# In isolated mode, Python doesn't search the script's own folder.
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from channel import Channel  # noqa: E402
from connection import connect, describe, ensure_idle, wait_until_ready  # noqa: E402
from library import load_module  # noqa: E402
from render_job import RenderJob  # noqa: E402


def run(channel):
    request = channel.request
    channel.phase("load_module")
    module = load_module(request["scriptApi"], request["scriptLib"])
    channel.phase("connect", request["connectSeconds"])
    resolve = connect(channel, module, request["connectSeconds"])
    channel.phase("ready", request["connectSeconds"])
    manager = wait_until_ready(channel, resolve, request["connectSeconds"])
    channel.phase("gate")
    channel.emit("info", resolve=describe(resolve, module, request["minimumVersion"]))
    if request["command"] == "render":
        return RenderJob(channel, resolve, manager).run()
    if request["mustBeIdle"]:
        ensure_idle(manager)
    channel.emit("result")


def main():
    channel = Channel()
    try:
        run(channel)
    except Exception as error:  # pylint: disable=broad-except
        channel.fail(error)
    sys.stdout.flush()
    sys.stderr.flush()
    # Resolve's library can crash while Python shuts down, so the process ends here, once everything is sent.
    os._exit(channel.exit_code)


main()
