"""The models that the settings name, in the order in which they answer."""

from frontdesk.chat.links import Link
from frontdesk.llm.gemini import Gemini
from frontdesk.llm.openai import OpenAi
from frontdesk.outbound.operators import OperatorClient
from frontdesk.settings import Settings


def list_model_servers(settings: Settings) -> list[str]:
    """The base addresses of the models that are set up."""
    gemini = settings.gemini_base_url if settings.gemini_api_key.get_secret_value() else ""
    return [url for url in (gemini, settings.openai_base_url) if url]


def make_links(settings: Settings, client: OperatorClient) -> list[Link]:
    """The models that answer, in their order; none where none is set up."""
    links: dict[str, Link] = {}
    if key := settings.gemini_api_key.get_secret_value():
        gemini = Gemini(client, key, settings.gemini_base_url, settings.gemini_model)
        links["gemini"] = Link("gemini", gemini, settings.gemini_concurrency)
    if url := settings.openai_base_url:
        key = settings.openai_api_key.get_secret_value()
        openai = OpenAi(client, key, url, settings.openai_model)
        links["openai"] = Link("openai", openai, settings.openai_concurrency)
    return [links[kind] for kind in settings.model_order if kind in links]
