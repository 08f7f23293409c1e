"""What stands between the app and everything else on the machine: loopback, a token, this origin, no foreign content."""

from __future__ import annotations

from dataclasses import dataclass, field
from hmac import compare_digest
from secrets import token_urlsafe

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = "127.0.0.1"
_BYTES = 32  # 256 bits, as Python's secrets advises for tokens that nobody may guess
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True)
class Secrets:
    """``entry`` stands in the address that is opened and is good for that alone; ``cookie`` and ``form`` are for the
    browser that came in by it."""

    port: int
    entry: str = field(default_factory=lambda: token_urlsafe(_BYTES))
    cookie: str = field(default_factory=lambda: token_urlsafe(_BYTES))
    form: str = field(default_factory=lambda: token_urlsafe(_BYTES))

    @property
    def address(self) -> str:
        """What the browser opens."""
        return f"{self.origin}/?key={self.entry}"

    @property
    def origin(self) -> str:
        """Scheme, host and port of every page."""
        return f"http://{LOOPBACK}:{self.port}"

    @property
    def cookie_name(self) -> str:
        """Two apps on one machine share their host: each has a cookie of its own."""
        return f"voc-review-{self.port}"


class Guard:
    """Refuses with 403 what does not come from a page of this app in the browser that was let in."""

    def __init__(self, app: ASGIApp, secrets: Secrets) -> None:
        self.app, self.secrets = app, secrets

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check, then answer; every answer carries the headers that keep foreign content out."""

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            request = Request(scope)
            answer: ASGIApp = self._refusal(request) or self._let_in(request) or self.app
            await answer(scope, receive, guarded)

    def _refusal(self, request: Request) -> Response | None:
        host = f"{LOOPBACK}:{self.secrets.port}"
        # Another name that leads to this machine is how a foreign page would read what is answered here.
        if request.headers.get("host") != host:
            return PlainTextResponse("This address is not served here.", 403)
        if request.method not in ("GET", "HEAD"):
            if request.headers.get("origin") != self.secrets.origin:
                return PlainTextResponse("Only pages of this app may decide.", 403)
        elif request.headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
            return None if "key" in request.query_params else PlainTextResponse("Only for this app's own pages.", 403)
        return None

    def _let_in(self, request: Request) -> Response | None:
        """The key is exchanged for a cookie and leaves the address; who has neither sees nothing."""
        key = request.query_params.get("key", "")
        if request.method == "GET" and key and compare_digest(key.encode(), self.secrets.entry.encode()):
            response = RedirectResponse(request.url.path, 303)
            response.set_cookie(
                self.secrets.cookie_name, self.secrets.cookie, httponly=True, samesite="strict", path="/"
            )
            return response
        cookie = request.cookies.get(self.secrets.cookie_name, "")
        if not compare_digest(cookie.encode(), self.secrets.cookie.encode()):
            return PlainTextResponse("Open the address that 'voc review' printed: this browser was not let in.", 403)
        return None

    @staticmethod
    def form_is_ours(secrets: Secrets, token: str) -> bool:
        """Whether a form came with the token that its page was given."""
        return compare_digest(token.encode(), secrets.form.encode())
