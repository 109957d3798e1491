"""Which addresses may be asked: https, and none in a private network, whatever its name or spelling."""

from __future__ import annotations

import pytest

from planner.download.public import check_public
from planner.errors import InvalidInputError


@pytest.mark.parametrize(
    "url",
    [
        "http://feeds.example/a.zip",
        "ftp://feeds.example/a.zip",
        "https:///a.zip",
        "https://127.0.0.1/a.zip",
        "https://[::1]/a.zip",
        "https://[::ffff:10.0.0.1]/a.zip",
        "https://10.1.2.3/a.zip",
        "https://169.254.169.254/latest",
        "https://192.168.0.4/a.zip",
        "https://100.64.0.1/a.zip",
        "https://0.0.0.0/a.zip",
        "https://inside.example/a.zip",
        "https://both.example/a.zip",
        "https://unknown.example/a.zip",
        "https://a.example:99999/a.zip",
    ],
)
def test_refused(url: str) -> None:
    with pytest.raises(InvalidInputError):
        check_public(url, find=known)


def known(host: str, _port: int) -> list[str]:
    """The numbers of made-up names: of `both` one is private."""
    return {
        "inside.example": ["10.0.0.1"],
        "both.example": ["93.184.216.34", "10.0.0.1"],
        "feeds.example": ["93.184.216.34", "2606:2800:220:1::1"],
    }.get(host, [])


def test_let_pass() -> None:
    check_public("https://feeds.example/a.zip", find=known)
    check_public("http://inside.example/a.zip", exceptions=("inside.example",), find=known)


def test_behind_a_proxy_a_name_may_be_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    check_public("https://unknown.example/a.zip", find=known)
    for url in ("https://127.0.0.1/a.zip", "https://inside.example/a.zip"):
        with pytest.raises(InvalidInputError):
            check_public(url, find=known)
