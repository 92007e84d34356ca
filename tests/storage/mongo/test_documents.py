"""What a batch's faults mean."""

from typing import Any

import pytest
from pymongo.errors import BulkWriteError

from frontdesk.storage.mongo.documents import list_duplicates

DUPLICATE: dict[str, Any] = {"index": 1, "code": 11000}
TOO_LARGE: dict[str, Any] = {"index": 2, "code": 10334}
NOT_KEPT: dict[str, Any] = {"code": 64, "errmsg": "waiting for replication timed out"}


def fault(*writes: dict[str, Any], concerns: tuple[dict[str, Any], ...] = ()) -> BulkWriteError:
    return BulkWriteError({"writeErrors": [*writes], "writeConcernErrors": [*concerns]})


def test_what_is_there_already_is_no_fault() -> None:
    assert list_duplicates(fault(DUPLICATE)) == [1]


@pytest.mark.parametrize(
    "error", [fault(DUPLICATE, TOO_LARGE), fault(DUPLICATE, concerns=(NOT_KEPT,))]
)
def test_what_no_majority_has_or_was_refused_is_one(error: BulkWriteError) -> None:
    with pytest.raises(BulkWriteError):
        list_duplicates(error)
