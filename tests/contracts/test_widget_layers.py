"""What widgets inherit is kept by versions, and never overwritten unseen."""

import pytest

from frontdesk.errors import Conflict
from frontdesk.projects.layers import WidgetDraft, WidgetLayer, WidgetVersion
from frontdesk.projects.model import WidgetSettings
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


async def test_a_draft_is_kept_beside_the_versions_and_overwritten_by_nobody_unseen(
    storage: Storage,
) -> None:
    layer = make_layer("project:palm-grove")
    draft = WidgetDraft(settings=WidgetSettings(theme="dark"), author="Ravi", saved_at=later())
    drafted = layer.model_copy(update={"draft": draft})
    only = WidgetLayer(key="group:Towers", draft=draft)
    await storage.save_widget_layer(layer, expected=None)
    await storage.save_widget_layer(drafted, expected=layer)
    await storage.save_widget_layer(only, expected=None)
    with pytest.raises(Conflict):
        await storage.save_widget_layer(layer, expected=layer)
    assert await storage.find_widget_layers([only.key, layer.key]) == [only, drafted]
    await storage.save_widget_layer(layer, expected=drafted)
    assert await storage.find_widget_layers([layer.key]) == [layer]


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
