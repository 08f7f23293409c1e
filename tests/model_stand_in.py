"""A server that speaks the OpenAI protocol, and answers as a test wants it to: a real one, on a port of this machine."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

# What a test may have it answer with: (status, headers, body), made of the text of the question.
Reply = Callable[[str], tuple[int, dict[str, str], bytes]]


def completion(said: str) -> tuple[int, dict[str, str], bytes]:
    """A chat completion as such servers send it."""
    body = {"object": "chat.completion", "choices": [{"index": 0, "message": {"role": "assistant", "content": said}}]}
    return 200, {"Content-Type": "application/json"}, json.dumps(body).encode()


def sensible(question: str) -> str:
    """A good answer to each of the questions: a heading out of the first quote, all that is asked about stays."""
    if '"same"' in question:
        numbers = [int(number) for number in re.findall(r"^(\d+)\. ", question, re.MULTILINE)]
        return f"Sure! ```json\n{json.dumps({'same': numbers})}\n```"
    if '"own"' in question:
        return '{"kind": true, "own": true, "worth": true}'
    return '{"name": "The export: does not work"}'


@dataclass
class StandIn:
    """``asked`` holds every request's body, ``heard`` its headers."""

    reply: Reply
    asked: list[dict[str, Any]] = field(default_factory=list)
    heard: list[dict[str, str]] = field(default_factory=list)
    over: Event = field(default_factory=Event)
    endpoint: str = ""

    @property
    def texts(self) -> str:
        """All that was sent."""
        return json.dumps(self.asked, ensure_ascii=False)


@contextmanager
def serving(reply: Reply | Callable[[str], str]) -> Iterator[StandIn]:
    """A server for the length of a block; ``reply`` gives what the model says, or a whole response."""
    stand_in = StandIn(lambda text: completion(found) if isinstance(found := reply(text), str) else found)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            stand_in.asked.append(body)
            stand_in.heard.append(dict(self.headers))
            status, headers, content = stand_in.reply(body["messages"][-1]["content"])
            self.send_response(status)
            for name, value in {"Content-Length": str(len(content)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                self.wfile.write(content)
            except OSError:
                return  # who asked has hung up

        do_GET = do_POST

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    stand_in.endpoint = f"http://127.0.0.1:{server.server_port}/v1"
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield stand_in
    finally:
        stand_in.over.set()
        server.shutdown()
        server.server_close()
