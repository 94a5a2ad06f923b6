"""Objects as Resolve's are: failures are values, unknown attributes exist and can't be called."""

import functools
import os
import signal
import time

from . import store


class Remote:
    """Public methods begin with a capital; each is logged, and hangs where the scenario says so."""

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        for name, function in list(vars(cls).items()):
            if name[0].isupper():
                setattr(cls, name, _request(cls.__name__, name, function))

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return None


def _request(owner, name, function):
    method = "%s.%s" % (owner, name)

    @functools.wraps(function)
    def call(self, *arguments):
        if store.knob("modal_at") == method:
            store.hang(method, arguments)
        if store.knob("segv_at") == method:
            os.kill(os.getpid(), signal.SIGSEGV)
        if store.wait_for_dialog(method, arguments):
            return None
        time.sleep(store.knob("slow", {}).get(method, 0))
        with store.state() as state:
            is_stale = state.get("session", 0) != store.CONNECTION["session"]
            current = state["current"]
            store.meanwhile(state, method)
        answer = None if is_stale else function(self, *arguments)
        store.log(method, arguments, answer, current=current)
        return answer

    return call
