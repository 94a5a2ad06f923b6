"""What can go wrong, by codes that the runner maps to a failure and a hint."""

EXIT_CODES = {
    "MODULE_NOT_FOUND": 10,
    "PYTHON_INCOMPATIBLE": 11,
    "NOT_CONNECTED": 12,
    "NOT_STUDIO": 13,
    "VERSION_TOO_OLD": 14,
    "RESOLVE_WEDGED": 15,
    "RESOLVE_BUSY": 16,
    "PROJECT_OPEN": 17,
    "PROJECT_CREATE": 20,
    "IMPORT_FAILED": 21,
    "MEDIA_OFFLINE": 22,
    "TIMELINE_FAILED": 23,
    "FPS_UNSUPPORTED": 24,
    "CODEC_UNAVAILABLE": 26,
    "SIZE_UNAVAILABLE": 25,
    "SETTINGS_REJECTED": 27,
    "RENDER_PATH": 28,
    "QUEUE_FAILED": 29,
    "START_REFUSED": 30,
    "RENDER_FAILED": 31,
    "RENDER_STALLED": 32,
    "CANCELLED": 33,
    "API_ERROR": 40,
}


class Fault(Exception):
    """Ends the command with a code, what was wrong, and facts that help to find out why."""

    def __init__(self, code, message, detail=None):
        Exception.__init__(self, message)
        self.code = code
        self.message = message
        self.detail = detail
