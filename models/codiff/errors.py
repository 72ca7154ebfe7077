"""Mistakes of the person at the command line, told in one line without a traceback."""


class UsageError(ValueError):
    """What is wrong, and what to do about it."""
