"""What the widget costs a page: beside the bare page and the floor (`bench/widget_floor.js`).

The three are measured in turns in one Chromium, without and with a CPU that is four times slower.
Milliseconds of the page's main thread are CPU time above the bare page in the same round; the time
from the click to a usable panel is wall clock and says less on a busy machine.
"""

import json
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright
from tests.support.browser import CHROMIUM_ARGUMENTS, CHROMIUM_PATH
from tests.widget.stub import ASSETS, Stub, serving
from tests.widget.stub import Page as HostPage

RATES = (1, 4)
GOALS = {"script": {1: "3", 4: "8"}, "usable": {1: "50", 4: "120"}}
WATCH = """
window.seen = {long: 0, shift: 0};
new PerformanceObserver((list) => { seen.long += list.getEntries().length; })
    .observe({type: 'longtask', buffered: true});
new PerformanceObserver((list) => list.getEntries().forEach((it) => { seen.shift += it.value; }))
    .observe({type: 'layout-shift', buffered: true});
"""
# From the trusted click to a panel whose input has the focus, looked at once a frame.
CLICK_TO_USABLE = """() => new Promise((done) => {
    let clicked;
    addEventListener('click', (it) => { clicked ??= it.timeStamp; }, {capture: true});
    const look = () => {
        const root = document.documentElement.lastElementChild.shadowRoot;
        const input = root?.querySelector('[role=dialog] textarea');
        if (clicked && input?.offsetWidth && root.activeElement === input)
            done(performance.now() - clicked);
        else requestAnimationFrame(look);
    };
    look();
})"""


@dataclass(frozen=True, slots=True)
class View:
    """One page view; milliseconds of CPU, or of the clock for `usable`."""

    script: float
    tasks: float
    layout: float
    long_tasks: int
    shift: float
    requests: int
    usable: float | None


def main(rounds: int) -> None:
    manifest = json.loads((ASSETS / "manifest.json").read_text("utf-8"))
    loader, panel = manifest["widget.js"]["brotli_bytes"], manifest["panel"]["brotli_bytes"]
    print(f"loader {loader} B of 4000, with the panel {loader + panel} B of 16000 (brotli)")
    with serving(Stub()) as stub, open_browser() as browser:
        stub.pages = make_pages(stub)
        for rate in RATES:
            views: dict[str, list[View]] = {"/bare": [], "/floor": [], "/ours": []}
            for _ in range(rounds):
                for path, seen in views.items():
                    seen.append(measure(browser, stub, path, rate))
            report(views, rate)


@contextmanager
def open_browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM_PATH, args=CHROMIUM_ARGUMENTS
        )
        yield chromium
        chromium.close()


def make_pages(stub: Stub) -> dict[str, HostPage]:
    floor = Path(__file__).with_name("widget_floor.js").read_text("utf-8")
    text = "<p>Homes beside the river, with a garden and a long walk.</p>" * 200

    def page(tag: str) -> HostPage:
        return HostPage(
            '<!doctype html><html lang="en"><meta charset="utf-8"><title>Palm Grove</title>'
            f'<link rel="icon" href="data:,">{tag}<h1>Palm Grove</h1>{text}'
        )

    return {
        "/bare": page(""),
        "/floor": page('<script async src="/floor.js"></script>'),
        "/floor.js": HostPage(floor, {"content-type": "text/javascript"}),
        "/ours": page(f'<script async src="{stub.origin}/widget.js"></script>'),
    }


def measure(browser: Browser, stub: Stub, path: str, rate: int) -> View:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    devtools = context.new_cdp_session(page)
    devtools.send("Performance.enable", {"timeDomain": "threadTicks"})
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": rate})
    page.add_init_script(WATCH)
    page.goto(stub.site(path=path))
    page.wait_for_load_state("networkidle")
    spent, loaded = read_metrics(devtools), len(asked) - 1
    usable = None if path == "/bare" else click(page)
    seen = page.evaluate("() => seen")
    context.close()
    return View(
        script=spent["ScriptDuration"] + spent["V8CompileDuration"],
        tasks=spent["TaskDuration"],
        layout=spent["LayoutDuration"] + spent["RecalcStyleDuration"],
        long_tasks=seen["long"],
        shift=seen["shift"],
        requests=loaded,
        usable=usable,
    )


def click(page: Page) -> float:
    """As a hand does it: the pointer is there a moment before it presses."""
    page.evaluate(f"() => {{ window.usable = ({CLICK_TO_USABLE})(); }}")
    launcher = page.locator(".launcher")
    launcher.hover()
    launcher.click()
    return float(page.evaluate("() => usable"))


def read_metrics(devtools: CDPSession) -> dict[str, float]:
    """Durations in milliseconds."""
    found: Any = devtools.send("Performance.getMetrics")
    return {metric["name"]: metric["value"] * 1000 for metric in found["metrics"]}


def report(views: dict[str, list[View]], rate: int) -> None:
    goals = f"script under {GOALS['script'][rate]} ms, panel under {GOALS['usable'][rate]} ms"
    print(f"\nCPU {rate}x slower: {goals}" if rate > 1 else f"\nCPU as it is: {goals}")
    print(
        f"{'':8}{'requests':>9}{'script':>9}{'tasks':>9}{'layout':>9}{'usable':>9}{'best':>8}"
        f"{'long':>6}{'shift':>8}"
    )
    for path, seen in views.items():
        bare = views["/bare"]

        def above(name: str, seen: list[View] = seen, bare: list[View] = bare) -> float:
            differences: list[float] = [
                getattr(one, name) - (0 if seen is bare else getattr(other, name))
                for one, other in zip(seen, bare, strict=True)
            ]
            return statistics.median(differences)

        usable = [view.usable for view in seen if view.usable is not None]
        clicked = f"{statistics.median(usable):9.1f}{min(usable):8.1f}" if usable else " " * 17
        print(
            f"{path[1:]:8}{seen[0].requests:9}{above('script'):9.2f}{above('tasks'):9.1f}"
            f"{above('layout'):9.1f}{clicked}{above('long_tasks'):6.0f}"
            f"{max(view.shift for view in seen):8.4f}"
        )
