"""How fast the review app answers over many mentions: each page and each decision, beside the plain query's time.

python -m benchmarks.review --mentions 100000 --browser
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

EVERY = 40  # requests of each kind
# The page may be loaded before it is painted.
_PAINTED = """() => new Promise((done) => new PerformanceObserver((list) => {
    for (const one of list.getEntriesByName("first-contentful-paint")) done(one.startTime);
}).observe({ type: "paint", buffered: true }))"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print for each kind of request the median and the 95th percentile in milliseconds of processor time, which other work
    on the machine does not change."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.review", description=__doc__)
    parser.add_argument("--mentions", type=int, default=100_000, help="default: 100,000")
    parser.add_argument("--browser", action="store_true", help="measure the first paint too, in a headless Chromium")
    given = parser.parse_args(arguments)
    from tests.review.reviewed_study import Browser, crowd

    with tempfile.TemporaryDirectory() as folder:
        started = time.process_time()
        place = crowd(Path(folder), given.mentions)
        browser = Browser(place)
        browser.get("/insights")
        print(f"{given.mentions:,} mentions, {len(place.overlay.counted):,} findings; "
              f"made and first page in {time.process_time() - started:.1f} s of processor time")  # fmt: skip
        _measure(browser, given.mentions)
        if given.browser:
            _first_paint(browser)
    return 0


def _measure(browser: object, mentions: int) -> None:
    from tests.review.reviewed_study import Browser
    from voc_engine.review.forms import button_value

    assert isinstance(browser, Browser)
    material = browser.desk.material
    names, talks = list(material.mentions), list(material.documents)

    def decide(number: int) -> None:
        decision = button_value("mention", names[number * 37 % mentions], "accept")
        browser.client.post(
            "/decide", data={"token": browser.secrets.form, "back": "/", "decision": decision},
            headers={"origin": browser.secrets.origin}, follow_redirects=False,
        )  # fmt: skip

    kinds: list[tuple[str, Callable[[int], object]]] = [
        ("plain query: 40 mentions by id", lambda n: [material.mentions[names[(n * 91 + k) % mentions]] for k in range(40)]),
        ("queue", lambda n: browser.get("/")), ("findings", lambda n: browser.get(f"/insights?page={n}")),
        ("a finding", lambda n: browser.get(f"/insight/{list(material.insights)[n]}")),
        ("a document", lambda n: browser.get(f"/document/{talks[n * 13]}")),
        ("context of a passage", lambda n: browser.get(f"/context/{names[n * 17]}")),
        ("search", lambda n: browser.get(f"/search?words=number+{n}")), ("a decision", decide),
    ]  # fmt: skip
    for name, act in kinds:
        times = []
        for number in range(EVERY):
            began = time.process_time()
            act(number)
            times.append(1000 * (time.process_time() - began))
        times.sort()
        print(f"{name:32} median {times[EVERY // 2]:8.2f} ms   95% {times[int(EVERY * 0.95)]:8.2f} ms")


def _first_paint(browser: object) -> None:
    """Milliseconds by the clock from asking for a page to its first words on the screen; other work counts too."""
    import shutil
    import threading

    import uvicorn
    from playwright.sync_api import sync_playwright

    from tests.review.reviewed_study import Browser
    from voc_engine.review.app import ReviewApp
    from voc_engine.review.guard import Secrets
    from voc_engine.review.serving import listen

    assert isinstance(browser, Browser)
    with listen() as sock:
        secrets = Secrets(sock.getsockname()[1])
        server = uvicorn.Server(uvicorn.Config(ReviewApp(browser.desk, secrets).asgi(), log_level="critical"))
        threading.Thread(target=server.run, kwargs={"sockets": [sock]}, daemon=True).start()
        with sync_playwright() as playwright:
            made = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            page = made.new_page()
            page.goto(secrets.address)
            for path in ("/", "/insights", "/codebook", "/search?words=number"):
                times = []
                for _ in range(9):
                    page.goto(secrets.origin + path)
                    times.append(page.evaluate(_PAINTED))
                times.sort()
                print(f"first paint of {path:24} median {times[len(times) // 2]:8.0f} ms   worst {times[-1]:8.0f} ms")
            made.close()
        server.should_exit = True


if __name__ == "__main__":
    raise SystemExit(main())
