"""Whose certificates are believed."""

import ssl
from functools import cache


@cache
def system_trust() -> ssl.SSLContext:
    """Read once: the system's certificates take 20 ms, and nobody changes what is trusted."""
    return ssl.create_default_context()
