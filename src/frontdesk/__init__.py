"""Frontdesk: every visitor is answered, every lead is delivered."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("frontdesk")
except PackageNotFoundError:  # run from a checkout that was never installed
    __version__ = "0+checkout"
