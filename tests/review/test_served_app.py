"""The app as 'voc review' serves it: on loopback, with the run to download and to make again."""

from __future__ import annotations

import asyncio
import io
import re
import zipfile
from pathlib import Path
from signal import SIGTERM
from socket import create_connection
from threading import Thread
from typing import Any

import httpx
import pytest
from tiny_study import TinyStudy

from voc_engine.errors import ConfigError
from voc_engine.review import rerun, serving
from voc_engine.review.forms import button_value
from voc_engine.review.rerun import Rerun
from voc_engine.review.sitting import Desk
from voc_engine.store.workspace import Workspace

from .reviewed_study import Browser, desk


def test_a_format_is_one_download_and_several_files_are_one_archive(study: TinyStudy) -> None:
    browser = Browser(Desk.open(Workspace(study.root)))
    offered = re.findall(r'href="/export/(\w+)"', browser.get("/export"))
    assert set(offered[:2]) == {"xlsx", "csv"}, "spreadsheets first"
    run = study.run_id
    sheets = browser.client.get("/export/xlsx")
    assert sheets.headers["content-disposition"] == f'attachment; filename="{run}-xlsx.xlsx"'
    assert "xl/workbook.xml" in zipfile.ZipFile(io.BytesIO(sheets.content)).namelist()
    rows = browser.client.get("/export/csv")
    assert rows.headers["content-disposition"] == f'attachment; filename="{run}-csv.zip"'
    archive = zipfile.ZipFile(io.BytesIO(rows.content))
    assert any(b"export" in archive.read(name) for name in archive.namelist() if name.endswith(".csv"))


def test_what_takes_more_than_a_click_is_not_offered(study: TinyStudy) -> None:
    browser = Browser(Desk.open(Workspace(study.root)))
    for key in ("pdf", "crm", "nothing"):
        assert f'href="/export/{key}"' not in browser.get("/export")
        answer = browser.client.get(f"/export/{key}")
        assert (answer.status_code, answer.text) == (404, "There is no such format.")


def test_a_run_that_cannot_be_exported_says_why(tmp_path: Path) -> None:
    answer = Browser(desk(tmp_path)).client.get("/export/csv")
    assert answer.status_code == 409
    assert "run-1" in answer.text


def test_run_again_tells_how_it_goes_and_why_it_failed(study: TinyStudy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rerun, "_INTERVAL", 0.01)
    browser = Browser(Desk.open(Workspace(study.root)))
    browser.app.rerun = again = Rerun([str(study.root / "nowhere.toml")])
    assert "Run again" not in browser.get("/")
    browser.post("/decide", decision=button_value("study", "study", "memo", "prices next time"))
    page = browser.get("/")
    assert "1 step since the run" in page
    assert "Run again" in page
    with browser.client:
        assert "Running again" in browser.post("/run", back="/").text
        lines = browser.get("/events")
        assert lines.startswith("data: starting\n\n")
        assert lines.endswith("event: done\ndata: done\n\n")
        assert (again.running, again.code, again.finished) == (False, 2, 1)
        assert "The run failed: " in browser.get("/")
        assert "The run failed: " not in browser.get("/"), "told once"


def test_closing_the_app_ends_a_run_that_is_under_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app, begin = Browser(desk(tmp_path)).app, asyncio.create_subprocess_exec
    app.rerun = again = Rerun(["voc.toml"])

    async def sitting() -> int | None:
        begun: asyncio.Queue[asyncio.subprocess.Process] = asyncio.Queue()

        async def noted(*arguments: Any, **more: Any) -> asyncio.subprocess.Process:
            begun.put_nowait(made := await begin(*arguments, **more))
            return made

        monkeypatch.setattr(asyncio, "create_subprocess_exec", noted)
        served = app.asgi()
        async with served.router.lifespan_context(served):
            assert again.start()
            assert not again.start(), "one at a time"
            process = await begun.get()
        await process.communicate()
        return process.returncode

    assert asyncio.run(sitting()) == -SIGTERM
    assert not again.running
    assert again.finished == 0


def test_nothing_is_run_again_where_nobody_told_how(tmp_path: Path) -> None:
    browser = Browser(desk(tmp_path))
    answer = browser.post("/run")
    assert (answer.status_code, "voc run" in answer.text) == (409, True)
    assert browser.get("/events") == "event: done\ndata: done\n\n"


def test_a_visitor_who_comes_before_the_server_has_started_waits_in_line() -> None:
    with serving.listen() as sock, create_connection(sock.getsockname(), timeout=5) as early:
        early.sendall(b"hello")
        served, _ = sock.accept()
        with served:
            assert served.recv(5) == b"hello"


def test_a_port_in_use_is_refused_by_number() -> None:
    with serving.listen() as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ConfigError, match=f"Port {port} cannot be used"):
            serving.listen(port)


def test_the_address_that_is_told_lets_in_and_an_idle_app_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place, pages, visits = desk(tmp_path), [], []

    def visit(address: str) -> None:
        with httpx.Client(follow_redirects=True, trust_env=False) as client:
            pages.append(client.get(address))
        # From here on nobody comes: eight hours are over.
        monkeypatch.setattr(serving, "IDLE_HOURS", 0)

    def browse(address: str) -> None:
        visits.append(Thread(target=visit, args=(address,)))
        visits[-1].start()

    monkeypatch.setattr(serving, "_LOOK", 0.02)
    monkeypatch.setattr(serving.webbrowser, "open", browse)
    addresses: list[str] = []
    serving.serve(place, None, port=0, browser=True, tell=addresses.append)
    visits[0].join()
    assert addresses[0].startswith("http://127.0.0.1:")
    assert pages[0].status_code == 200
    assert "Larkbook" in pages[0].text
    assert "server" not in pages[0].headers
