"""Stands in for Resolve's own loader, which tries three places and tells nothing of what went wrong at any of them."""

import importlib.machinery
import importlib.util
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from stand_in import store  # noqa: E402

if store.knob("module") == "uses_imp":
    import imp  # noqa: F401


def _load():
    try:
        import fusionscript

        return fusionscript
    except ImportError:
        pass
    path = os.environ.get("RESOLVE_SCRIPT_LIB")
    if path:
        try:
            loader = importlib.machinery.ExtensionFileLoader("fusionscript", path)
            return loader.load_module()
        except ImportError:
            pass
    raise ImportError("Could not locate module dependencies")


sys.modules[__name__] = _load()
