"""Loads Resolve's scripting library, and reports whatever prevents that."""

import importlib
import importlib.machinery
import importlib.util
import os
import platform
import sys

from channel import Fault

LIBRARY = "fusionscript"


def load_module(script_api, script_lib):
    """Loads the library from its file if that is known, else by name from the folder of Resolve's loader. The loader itself isn't
    used: it hides every ImportError and blames a default path. A library that wasn't built for this Python may crash it."""
    name_python(os.name, os.environ)
    folder = os.path.join(script_api, "Modules")
    if script_lib and not os.path.isfile(script_lib):
        raise Fault("MODULE_NOT_FOUND", "Resolve's scripting library is not at %s" % script_lib)
    sys.path.insert(1, folder)
    try:
        return _load_file(script_lib) if script_lib else importlib.import_module(LIBRARY)
    except (ImportError, SystemError, AttributeError, SyntaxError) as error:
        if isinstance(error, ModuleNotFoundError) and error.name == LIBRARY:
            message = "Resolve's scripting library %s is not in %s. Set RESOLVE_SCRIPT_LIB to its file" % (LIBRARY, folder)
            raise Fault("MODULE_NOT_FOUND", message)
        python = "Python %s (%s)" % (platform.python_version(), sys.executable)
        message = "%s can't load Resolve's scripting library: %s: %s" % (python, type(error).__name__, error)
        raise Fault("PYTHON_INCOMPATIBLE", message)


def name_python(system, environ):
    """Names this Python for the library: on Windows it would take the newest registered one, whichever has loaded it."""
    if system == "nt" and "PYTHONHOME" not in environ:
        environ.setdefault("FUSION_PYTHON3_HOME", sys.base_prefix)


def _load_file(path):
    loader = importlib.machinery.ExtensionFileLoader(LIBRARY, path)
    module = importlib.util.module_from_spec(importlib.util.spec_from_file_location(LIBRARY, path, loader=loader))
    loader.exec_module(module)
    # Registered by name, as Resolve's loader does, in case the library looks itself up.
    return sys.modules.setdefault(LIBRARY, module)
