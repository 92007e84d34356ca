"""Listening: one uvicorn in this process, with the bounds of `web/connection.py`."""

import ctypes
import gc
import logging
import signal
import socket
from contextlib import suppress

import structlog
import uvicorn
from starlette.types import ASGIApp

from frontdesk.settings import Settings
from frontdesk.web.connection import bounded_connection

KEEP_ALIVE_SECONDS = 15
# Requests leave few cycles behind: Python's own 700 looks for them several times in each.
OBJECTS_BETWEEN_COLLECTIONS = 20_000
_log = structlog.get_logger("frontdesk.server")


def bind(host: str, port: int) -> socket.socket:
    """A listening address; port 0 takes a free one. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    listener.set_inheritable(False)
    return listener


def serve(app: ASGIApp, settings: Settings, listener: socket.socket) -> bool:
    """Serve until SIGINT or SIGTERM, then let requests finish. False where it could not start."""
    config = uvicorn.Config(
        app,
        loop="uvloop",
        http=bounded_connection(settings.request_seconds, settings.request_seconds),
        ws="none",
        lifespan="on",
        log_config=None,
        log_level=logging.WARNING,
        access_log=False,
        proxy_headers=False,  # web/client.py reads them, from the proxies in the settings alone
        server_header=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=settings.shutdown_seconds,
    )
    server = _Server(config)
    # uvicorn raises the signal that stopped it once more. Stopping when told to is no failure.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    host, port = listener.getsockname()[:2]
    _log.info("starting", host=host, port=port)
    with listener, suppress(SystemExit):  # its way of saying that the start failed; it is logged
        server.run(sockets=[listener])
    _log.info("stopped")
    return server.started


class _Server(uvicorn.Server):
    """What is there once the service has started stays: it is never looked through for garbage."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        gc.freeze()
        gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
        with suppress(OSError, AttributeError):  # glibc keeps 8 MB that starting has let go
            ctypes.CDLL(None).malloc_trim(0)
