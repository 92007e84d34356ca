"""The indexes mean what they say."""

from frontdesk.storage.mongo.schema import INDEXES


def test_no_sparse_index_has_several_fields() -> None:
    """It would take in every row that has one of them, and be searched through with all of them."""
    several = [
        index.document["name"]
        for indexes in INDEXES.values()
        for index in indexes
        if index.document.get("sparse") and len(index.document["key"]) > 1
    ]
    assert several == []
