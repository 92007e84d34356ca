"""Every single line that a widget says, by language: the own ones over what is inherited."""

from collections.abc import Awaitable, Callable
from typing import Annotated, NamedTuple

from fastapi import APIRouter, Depends
from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import Response

from frontdesk.accounts.guard import Caller
from frontdesk.dashboard.forms import Faults, Form, read_form, tell_invalid
from frontdesk.dashboard.rendering import render
from frontdesk.dashboard.widget_saving import editor_path, save_settings
from frontdesk.errors import Conflict
from frontdesk.projects import defaults
from frontdesk.projects.layer_service import PlaceSettings, WidgetLayers
from frontdesk.projects.layers import Place
from frontdesk.projects.model import WidgetSettings
from frontdesk.projects.texts import (
    EVERY_LANGUAGE,
    base_of,
    key_of,
    shipped_line,
    shipped_texts,
    texts_in,
)

LANGUAGES = {EVERY_LANGUAGE: "Every language", "en": "English", "hi": "Hindi"}
_FIELD = "line."

Located = tuple[Caller, Place]
Locate = Callable[..., Awaitable[Located]]


class Line(NamedTuple):
    """One line: what it says in English, its own text here, and what stands behind that."""

    name: str
    english: str
    own: str
    behind: str
    source: str


def add_words(
    pages: APIRouter, path: str, layers: WidgetLayers, in_address: Locate, in_form: Locate
) -> None:
    @pages.get(path)
    async def show_words(
        located: Annotated[Located, Depends(in_address)], language: str = EVERY_LANGUAGE
    ) -> Response:
        caller, place = located
        return _show(caller, place, await layers.get(place), base_of(language))

    @pages.post(path)
    async def save_words(
        located: Annotated[Located, Depends(in_form)], request: Request
    ) -> Response:
        caller, place = located
        form = await read_form(request)
        state = await layers.get(place)
        language = base_of(form.text("language"))
        before = _edited(state)
        try:
            settings = _read(form, before, language)
        except ValidationError as error:
            return _show(caller, place, state, language, form, tell_invalid(error), 422)
        try:
            return await save_settings(layers, caller, place, state, settings, form)
        except Conflict as error:
            return _show(caller, place, state, language, form, {"": error.detail}, 409)


def list_lines(state: PlaceSettings, settings: WidgetSettings, language: str) -> list[Line]:
    """In the order in which they are shipped, and then those that somebody has added."""
    shipped = shipped_texts()[defaults.LANGUAGE]
    prefix = key_of(language, "")
    mine = [key.removeprefix(prefix) for key in settings.texts if key.startswith(prefix)]
    added = sorted({name for name in mine if ":" not in name and name not in shipped})
    layers = [("the group " + g if g else "everywhere", said) for g, said in state.inherited]
    lines = []
    for name in (*shipped, *added):
        # One for every language stands here behind the language's own.
        here = [("here, in every language", settings.texts.get(name))] if language else []
        behind = [
            *here,
            *((label, texts_in(said, language).get(name)) for label, said in layers),
            ("Frontdesk", shipped_line(language, name)),
        ]
        source, text = next(one for one in behind if one[1] is not None)
        own = settings.texts.get(key_of(language, name), "")
        lines.append(Line(name, shipped.get(name, ""), own, text or "", source))
    return lines


def _read(form: Form, before: WidgetSettings, language: str) -> WidgetSettings:
    """Raises ValidationError."""
    texts = dict(before.texts)
    for name in form.names():
        if name.startswith(_FIELD):
            key = key_of(language, name.removeprefix(_FIELD))
            texts.pop(key, None)
            if text := " ".join(form.text(name).split()):
                texts[key] = text
    said = before.model_dump(mode="json", exclude_none=True) | {"texts": texts}
    return WidgetSettings.model_validate(said)


def _edited(state: PlaceSettings) -> WidgetSettings:
    return state.layer.draft.settings if state.layer.draft else state.settings


def _show(
    caller: Caller,
    place: Place,
    state: PlaceSettings,
    language: str,
    form: Form | None = None,
    faults: Faults | None = None,
    status_code: int = 200,
) -> Response:
    settings = _edited(state)
    own = settings.language or next(
        (said.language for _, said in state.inherited if said.language), defaults.LANGUAGE
    )
    languages = LANGUAGES | {base_of(own): LANGUAGES.get(base_of(own), own)}
    lines = list_lines(state, settings, language)
    if form is not None:
        lines = [line._replace(own=form.text(_FIELD + line.name)) for line in lines]
    return render(
        "widget_words.html",
        caller=caller,
        place="projects",
        status_code=status_code,
        where=place,
        project=state.project,
        path=editor_path(place),
        languages=languages,
        language=language,
        own_language=base_of(own),
        lines=lines,
        mark=state.mark,
        has_draft=state.layer.draft is not None,
        faults=faults or {},
    )
