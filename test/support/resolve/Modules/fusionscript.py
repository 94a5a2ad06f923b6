"""Stands in for Resolve's native library. Built from documentation; see the README beside this folder."""

import os
import signal
import sys
import time

from stand_in import store

_knob = store.knob("module", "ok")
if _knob == "missing_native":
    raise ImportError("libfusion.so: cannot open shared object file")
if _knob == "system_error":
    raise SystemError("initialization of fusionscript failed without raising an exception")
if _knob == "segv_on_import":
    os.kill(os.getpid(), signal.SIGSEGV)
if _knob == "segv_at_exit":
    os._exit = lambda _: os.kill(os.getpid(), signal.SIGSEGV)
if _knob == "hang_on_import":
    store.hang("import")
if store.knob("prints"):
    print("fusionscript says hello on stdout")
if store.knob("stderr_bytes"):
    sys.stderr.write(("x" * 99 + "\n") * (store.knob("stderr_bytes") // 100))


def scriptapp(name, *_):
    """None for every reason that Resolve can have."""
    if store.knob("modal_at") == "scriptapp":
        store.hang("scriptapp")
    store.log("scriptapp", [name], None)
    time.sleep(store.knob("call_block_s", 0))
    with store.state() as state:
        state.setdefault("first_call", time.time())
        is_up = time.time() - state["first_call"] >= store.knob("boot_s", 0)
        session = state.get("session", 0)
    reachable = store.knob("running", True) and store.knob("pref", "local") == "local"
    if name != "Resolve" or not is_up or not reachable or store.knob("edition", "studio") == "free":
        return None
    store.CONNECTION["session"] = session
    from stand_in.application import Resolve, Resolve211

    return Resolve211() if store.version() >= (21, 1) else Resolve()
