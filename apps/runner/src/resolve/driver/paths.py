"""Paths as Resolve's interface wants them: with slashes on every system, since backslashes break it on Windows."""

import os


def for_api(path, flavour=os.path):
    """On Windows both kinds separate; elsewhere a backslash is a letter like any other."""
    return path.replace("\\", "/") if flavour.sep == "\\" else path


def contains(folder, path, flavour=os.path):
    """Whether a path is a folder or lies in it, however either is written. Nothing is looked up."""
    inner, outer = _plain(path, flavour), _plain(folder, flavour)
    return inner == outer or inner.startswith(outer.rstrip(flavour.sep) + flavour.sep)


def _plain(path, flavour):
    return flavour.normcase(flavour.normpath(path))
