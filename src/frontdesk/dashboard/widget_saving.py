"""What a widget's editors have in common: where they stand, and how what they say is kept."""

from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response

from frontdesk.accounts.guard import Caller
from frontdesk.dashboard.forms import Form
from frontdesk.dashboard.project_access import path_of
from frontdesk.projects.layer_service import PlaceSettings, WidgetLayers
from frontdesk.projects.layers import Place
from frontdesk.projects.model import WidgetSettings
from frontdesk.projects.widget_api import tell_place, tell_publishing

WIDGET_PATH = "/dashboard/widget"


def editor_path(place: Place) -> str:
    return path_of(place.project_id, "widget") if place.project_id else WIDGET_PATH


def go_to_editor(place: Place, notice: str) -> Response:
    query = {"notice": notice} | ({"group": place.group} if place.group else {})
    return RedirectResponse(f"{editor_path(place)}?{urlencode(query)}", 303)


async def save_settings(
    layers: WidgetLayers,
    caller: Caller,
    place: Place,
    before: PlaceSettings,
    settings: WidgetSettings,
    form: Form,
) -> Response:
    """Keep a draft or publish, as the button pressed says. Raises Conflict."""
    author, mark = caller.name or caller.id, form.text("mark") or None
    if form.text("act") == "draft":
        await layers.save_draft(place, settings, author, mark)
        caller.notes.changes = (tell_place(place), "a draft saved")
        return go_to_editor(place, "draft")
    after = await layers.publish(place, settings, author, mark)
    caller.notes.changes = tell_publishing(place, before.settings, settings, after)
    return go_to_editor(place, "published")
