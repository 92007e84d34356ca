"""What widgets inherit is kept by versions, and never overwritten unseen."""

import pytest

from frontdesk.errors import Conflict
from frontdesk.projects.model import WidgetLayer, WidgetSettings, WidgetVersion
from frontdesk.storage.base import Storage
from tests.support.samples import later


def make_layer(key: str = "installation", *accents: str) -> WidgetLayer:
    versions = [
        WidgetVersion(
            number=number,
            settings=WidgetSettings(accent=accent, texts={"a.b$": "Hello."}),
            author="Nandini Kulkarni",
            published_at=later(),
        )
        for number, accent in enumerate(accents or ("#112233",), 1)
    ]
    return WidgetLayer(key=key, versions=tuple(versions))


async def test_layers_come_back_as_they_were_saved(storage: Storage) -> None:
    assert await storage.find_widget_layers(["installation"]) == []
    both = [make_layer("group:Towers"), make_layer()]
    for layer in both:
        await storage.save_widget_layer(layer, expected=None)
    asked = ["installation", "group:Towers", "group:Villas"]
    assert await storage.find_widget_layers(asked) == both
    assert await storage.find_widget_layers([]) == []


async def test_of_two_who_publish_at_once_one_does(storage: Storage) -> None:
    first, second = make_layer(), make_layer("installation", "#112233", "#445566")
    await storage.save_widget_layer(first, expected=None)
    with pytest.raises(Conflict) as caught:
        await storage.save_widget_layer(second, expected=None)
    assert caught.value.code == "changed_meanwhile"
    await storage.save_widget_layer(second, expected=first)
    with pytest.raises(Conflict):
        await storage.save_widget_layer(first, expected=first)
    assert await storage.find_widget_layers(["installation"]) == [second]
