"""The client, and what the driver's errors mean to everybody else."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from bson.errors import InvalidDocument
from pymongo import AsyncMongoClient, ReadPreference
from pymongo.errors import (
    ConfigurationError,
    ConnectionFailure,
    DocumentTooLarge,
    DuplicateKeyError,
    OperationFailure,
    PyMongoError,
)

from frontdesk.errors import FrontdeskError, Unavailable
from frontdesk.storage.mongo.documents import Row
from frontdesk.storage.rules import id_taken, too_big, unavailable, unstorable_text

_log = structlog.get_logger("frontdesk.storage")

DEFAULT_DATABASE = "frontdesk"
HEARTBEAT_SECONDS = 5
# BSONObjectTooLarge and its older forms: the server found it too large, not the driver.
_TOO_LARGE = {10334, 17280, 17419, 17420}
_REFUSED = {13: "it does not let this user do that", 18: "it refused the user name or the password"}


def connect(url: str, *, pool_size: int, timeout_seconds: float) -> AsyncMongoClient[Row]:
    """A client that has not connected yet. Raises PyMongoError where the URL is not one.

    What is promised does not depend on the URL's options: a write returns once a majority has it in
    its journal, and nothing is read that a new primary could take back.
    """
    # At level debug the driver logs whole commands, with the phone numbers in them.
    logging.getLogger("pymongo").setLevel(logging.WARNING)
    milliseconds = int(timeout_seconds * 1000)
    return AsyncMongoClient(
        url,
        appname="frontdesk",
        w="majority",
        journal=True,
        readConcernLevel="majority",
        read_preference=ReadPreference.PRIMARY,
        retryWrites=True,
        retryReads=True,
        maxPoolSize=pool_size,
        connectTimeoutMS=milliseconds,
        serverSelectionTimeoutMS=milliseconds,
        heartbeatFrequencyMS=HEARTBEAT_SECONDS * 1000,
    )


def report(error: BaseException) -> None:
    """Leave the driver's reason in the log: its kind and the server's code, never its text."""
    _log.error(
        "the store does not work", error=type(error).__name__, result=getattr(error, "code", None)
    )


def translate(error: PyMongoError) -> FrontdeskError:
    """A driver's error as the project's own. Its text stays inside: it may quote data."""
    if isinstance(error, DuplicateKeyError):
        return id_taken()
    if isinstance(error, DocumentTooLarge) or getattr(error, "code", None) in _TOO_LARGE:
        return too_big()
    report(error)
    return unavailable()


def explain(error: PyMongoError) -> str:
    """Why it cannot be opened, in an operator's words and without what the URL may hold."""
    match error:
        case OperationFailure(code=code) if code in _REFUSED:
            return _REFUSED[code]
        case OperationFailure():
            return f"the server reports {error.code or type(error).__name__}"
        case ConfigurationError():
            return "its URL cannot be understood or looked up"
        case ConnectionFailure():
            return "no server answers there"
        case _:
            return f"the driver reports {type(error).__name__}"


def refusal(reason: str) -> Unavailable:
    return Unavailable("storage_unavailable", f"The MongoDB database cannot be used: {reason}.")


@contextmanager
def own_errors() -> Iterator[None]:
    """Let only the project's own errors out."""
    try:
        yield
    except PyMongoError as error:
        raise translate(error) from None
    except InvalidDocument:
        raise too_big() from None
    except UnicodeEncodeError:
        raise unstorable_text() from None
