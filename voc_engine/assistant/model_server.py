"""A server that speaks the OpenAI protocol (chat completions): one question, one answer, or a reason why there is none.

Standard library alone, for what a general client does by itself is what must not happen here: no redirect is followed, no
proxy of the environment is used, no answer is read beyond what one may need, and the time for one answer is that of the
whole answer and not that between two of its bytes.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import ip_address
from threading import Event, Timer
from typing import Any
from urllib.parse import urlsplit

from voc_engine.records import Question

_MOST_BYTES = 256 * 1024  # an answer of 400 tokens has about 2 KB; more comes from no such server, and is not held
_MOST_TOKENS = 400  # a name or a few ids, as asked for here; a model that talks on is cut and refused
_OK = 200  # the status of RFC 9110


class Unanswered(Exception):
    """There is no answer; the text tells why, in words that say nothing of what was asked."""


@dataclass(frozen=True, slots=True)
class ModelServer:
    """``endpoint`` ends before "/chat/completions"; ``seconds`` for the whole of one answer."""

    endpoint: str
    model: str = ""
    key: str | None = None
    seconds: float = 60.0

    def ask(self, question: Question) -> str:
        """What the model says, as it says it. Raises Unanswered."""
        completion = _json(self._post(json.dumps(self._body(question), ensure_ascii=False).encode()))
        try:
            content = completion["choices"][0]["message"]["content"]
        except (LookupError, TypeError):
            content = None
        if not isinstance(content, str):
            raise Unanswered("no chat completion")
        return content

    def _body(self, question: Question) -> dict[str, Any]:
        messages = [{"role": "system", "content": question.role}, {"role": "user", "content": question.text}]
        named = {"model": self.model} if self.model else {}
        return {**named, "messages": messages, "temperature": 0, "seed": 0, "max_tokens": _MOST_TOKENS, "stream": False}

    def _post(self, body: bytes) -> bytes:
        parts = urlsplit(self.endpoint)
        kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        connection = kind(parts.hostname or "", parts.port, timeout=self.seconds)
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        over = Event()
        try:
            with _until(self.seconds, connection, over):
                connection.request("POST", f"{parts.path.rstrip('/')}/chat/completions", body, headers)
                response = connection.getresponse()
                if response.status != _OK:
                    raise Unanswered(f"status {response.status}")
                content = response.read(_MOST_BYTES + 1)
        except (OSError, HTTPException, ValueError) as error:
            slow = over.is_set() or isinstance(error, TimeoutError)
            raise Unanswered("too slow" if slow else "no connection") from error
        finally:
            connection.close()
        if over.is_set():
            raise Unanswered("too slow")
        if len(content) > _MOST_BYTES:
            raise Unanswered("too long")
        return content


@contextmanager
def _until(seconds: float, connection: HTTPConnection, over: Event) -> Iterator[None]:
    """The block, cut off after so many seconds: a socket's own time begins anew with every byte."""

    def end() -> None:
        over.set()
        with suppress(OSError, AttributeError):
            connection.sock.shutdown(socket.SHUT_RDWR)

    timer = Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _json(data: bytes) -> Any:
    try:
        return json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise Unanswered("not JSON") from error


def is_this_machine(endpoint: str) -> bool:
    """Whether the address is of this machine itself, by what it says and not by what a name server would say."""
    host = (urlsplit(endpoint).hostname or "").casefold()
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
