"""Nobody but the one browser that was let in reads or decides anything, and no page asks for anything elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from voc_engine.review.forms import button_value

from .reviewed_study import Browser, desk

POSTS = ("/decide", "/undo", "/run", "/settle")
PAGES = ("/", "/insights", "/insight/i-a", "/document/d01", "/document/talk", "/person/P0001", "/personas", "/persona/p-a",
    "/topics", "/codebook", "/grid?who=plan%3DPro",
    "/agreement", "/agreement?second=ben", "/ask/define/code/new", "/ask/define/insight/i-a",
    "/speakers", "/history", "/notes", "/search?words=export", "/context/m01a",
    "/ask/rename/insight/i-a", "/ask/merge/insight/i-a", "/ask/move/mention/m01a", "/ask/assign/person/P0001",
    "/pick/merge/insight/i-a?q=exp", "/ask/code?document=d01&start=0&end=4&words=Ouch")  # fmt: skip


@pytest.fixture
def browser(tmp_path: Path) -> Browser:
    return Browser(desk(tmp_path))


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize(
    ("headers", "token"),
    [
        ({"origin": "http://evil.example"}, True), ({"origin": "null"}, True), ({"origin": ""}, True),
        ({"host": "evil.example:4321"}, True), ({"host": "localhost:4321"}, True), ({}, False),
    ],
)  # fmt: skip
def test_a_post_from_elsewhere_is_refused(browser: Browser, path: str, headers: dict[str, str], token: bool) -> None:
    fields = {"decision": button_value("mention", "m01a", "reject"), **({} if token else {"token": "x"})}
    assert browser.post(path, headers, **fields).status_code == 403
    assert browser.desk.workspace.decisions.log() == []


@pytest.mark.parametrize("path", [*PAGES, "/assets/review.js", "/events"])
def test_who_was_not_let_in_sees_nothing(browser: Browser, path: str) -> None:
    browser.client.cookies.clear()
    answer = browser.client.get(path)
    assert answer.status_code == 403
    assert "export" not in answer.text


@pytest.mark.parametrize("path", PAGES)
def test_every_page_keeps_foreign_content_out_and_asks_for_nothing_elsewhere(browser: Browser, path: str) -> None:
    answer = browser.client.get(path)
    assert answer.status_code == 200
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert not re.search(r"""(src|href|action|hx-\w+)=["'](https?:)?//""", answer.text)
    assert not re.search(r"<script[^>]*>[^<]|\son\w+=|style=", answer.text)


def test_the_key_is_no_longer_in_the_address_and_the_cookie_is_for_this_app_alone(browser: Browser) -> None:
    answer = browser.client.get(f"/?key={browser.secrets.entry}", follow_redirects=False)
    assert answer.status_code == 303
    assert "key" not in answer.headers["location"]
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


def test_words_of_a_source_are_text_and_never_markup(tmp_path: Path) -> None:
    browser = Browser(desk(tmp_path))
    browser.post("/decide", decision=button_value("insight", "i-a", "rename", "<script>x</script>"))
    browser.post("/decide", decision=button_value("study", "study", "memo", "<img src=x onerror=y>"))
    for path in ("/insights", "/insight/i-a", "/notes", "/history"):
        page = browser.get(path)
        assert "<script>x" not in page
        assert "<img src=x" not in page


def test_a_form_leads_nowhere_but_back_to_the_app(browser: Browser) -> None:
    for back in ("https://evil.example/", "//evil.example", "/\\evil.example"):
        answer = browser.client.post(
            "/undo", data={"token": browser.secrets.form, "back": back}, headers={"origin": browser.secrets.origin},
            follow_redirects=False,
        )  # fmt: skip
        assert answer.headers["location"] == "/"
