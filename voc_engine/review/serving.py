"""Serve the app on this machine alone, on a free port, until it is stopped or nobody has used it for hours."""

from __future__ import annotations

import asyncio
import socket
import webbrowser
from collections.abc import Callable
from contextlib import suppress

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from voc_engine.errors import ConfigError
from voc_engine.review.app import ReviewApp
from voc_engine.review.guard import LOOPBACK, Secrets
from voc_engine.review.rerun import Rerun
from voc_engine.review.sitting import Desk

IDLE_HOURS = 8  # a choice: a day's work with its breaks
_LOOK = 60.0  # seconds
_HOUR = 3600  # seconds


class Attended:
    """Passes everything on, and remembers when something was last asked for."""

    def __init__(self, app: ASGIApp, clock: Callable[[], float]) -> None:
        self.app, self.clock, self.last = app, clock, clock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.last = self.clock()
        await self.app(scope, receive, send)


def listen(port: int = 0) -> socket.socket:
    """A socket on the loopback device that takes calls already, so that a browser sent there before the server has started
    waits instead of being refused; a free port for 0. Raises ConfigError."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((LOOPBACK, port))
        listener.listen()
    except OSError as error:
        listener.close()
        raise ConfigError(f"Port {port} cannot be used.", found=str(error), do="leave --port out") from error
    return listener


def serve(
    desk: Desk, arguments: list[str] | None, *, port: int, browser: bool, tell: Callable[[str], None],
    blind: int = 0,
) -> None:  # fmt: skip
    """Serve until Ctrl-C, or eight hours in which nothing was asked. ``arguments`` of 'voc run' for "Run again";
    ``blind``: how many sentences are coded blind, for the pages of a second coder alone."""
    with listen(port) as sock:
        secrets = Secrets(sock.getsockname()[1])
        app = ReviewApp(desk, secrets, None if arguments is None else Rerun(arguments), blind)
        tell(secrets.address)
        if browser:
            webbrowser.open(secrets.address)
        # Ctrl-C is how it is meant to end.
        with suppress(KeyboardInterrupt):
            asyncio.run(_serve(app, sock))


async def _serve(app: ReviewApp, sock: socket.socket) -> None:
    loop = asyncio.get_running_loop()
    attended = Attended(app.asgi(), loop.time)
    config = uvicorn.Config(
        attended,
        log_level="critical",
        access_log=False,
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=2,
    )
    server = uvicorn.Server(config)
    app.closing = lambda: server.should_exit

    async def close_when_idle() -> None:
        while not server.should_exit:
            await asyncio.sleep(_LOOK)
            running = app.rerun is not None and app.rerun.running
            if loop.time() - attended.last > IDLE_HOURS * _HOUR and not running:
                server.should_exit = True

    watch = loop.create_task(close_when_idle())
    try:
        await server.serve(sockets=[sock])
    finally:
        watch.cancel()
