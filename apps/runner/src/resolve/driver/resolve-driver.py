"""Makes one proxy with DaVinci Resolve, or asks it who it is. One process is one command.

The first line on stdin is the request, JSON lines on stdout are what happens; see channel.py. Standard library only,
Python 3.6 or newer. Nothing in here decides how a proxy must look: the runner does, and sends it as a plan.
"""

import os
import sys

# Python's isolated mode leaves the script's own folder out.
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
    # Resolve's library can crash while Python shuts down; by now everything is said.
    os._exit(channel.exit_code)


main()
