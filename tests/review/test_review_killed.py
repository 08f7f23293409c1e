"""A decision is on disk before it is answered: whenever the program is killed, each is there whole or not at all."""

from __future__ import annotations

import os
import random
import signal
import socket
from collections import Counter
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlencode

import pytest

from voc_engine.review.app import ReviewApp
from voc_engine.review.forms import button_value
from voc_engine.review.guard import Secrets
from voc_engine.review.serving import listen

from .reviewed_study import desk


def served(folder: Path, sock: socket.socket, secrets: Secrets) -> int:
    """A process that serves the study on a socket that listens already; its id."""
    import uvicorn

    child = os.fork()
    if not child:
        try:
            config = uvicorn.Config(ReviewApp(desk(folder), secrets).asgi(), log_level="critical", lifespan="off")
            uvicorn.Server(config).run(sockets=[sock])
        finally:
            os._exit(0)
    return child


def click(secrets: Secrets, number: int) -> bytes:
    """What a browser sends for one click that decides on two passages."""
    pieces = [("piece", f"m{number % 12 + 1:02d}{letter}") for letter in "ab"]
    decision = ("decision", button_value("mention", "*", "severity", ("high", "low")[number % 2]))
    body = urlencode([("token", secrets.form), ("back", "/"), decision, *pieces])
    head = (
        f"POST /decide HTTP/1.1\r\nHost: 127.0.0.1:{secrets.port}\r\nOrigin: {secrets.origin}\r\n"
        f"Cookie: {secrets.cookie_name}={secrets.cookie}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return (head + body).encode()


def answered(connection: socket.socket) -> bool:
    head = b""
    while b"\r\n\r\n" not in head:
        more = connection.recv(4096)
        if not more:
            return False
        head += more
    assert head.startswith(b"HTTP/1.1 303"), head
    return True


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(50))
def test_what_was_answered_is_there_and_no_step_is_half(tmp_path: Path, seed: int) -> None:
    """Over a real connection, killed at a random moment between a click and its answer."""
    dice = random.Random(seed)
    with listen() as sock:
        sock.listen()
        secrets = Secrets(sock.getsockname()[1])
        child = served(tmp_path, sock, secrets)
        before, done = dice.randrange(1, 6), 0
        with socket.create_connection(("127.0.0.1", secrets.port)) as connection:
            for number in range(before):
                connection.sendall(click(secrets, number))
                done += answered(connection)
            connection.sendall(click(secrets, before))
            for _ in range(dice.randrange(400_000)):
                pass
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            with suppress(ConnectionError):
                done += answered(connection)
    steps = Counter(one.step for one in desk(tmp_path).workspace.decisions.log())
    assert set(steps.values()) == {2}
    assert before <= done <= len(steps) <= before + 1
