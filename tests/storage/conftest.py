"""A shared directory, and an S3 of moto's on loopback."""

from __future__ import annotations

import http.client
import subprocess
import time
from typing import TYPE_CHECKING

import pytest

from planner.paths import ROOT
from planner.storage.place import Storage
from tests.kit.missing import lacking
from tests.kit.web.served import HOST, free_port

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BUCKET = "planner"
S3 = ROOT / ".s3" / "bin" / "python"
PATIENCE_S = 60.0


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    """The address of an S3 with a bucket; moto's server, which keeps all in its memory."""
    if not S3.exists():
        lacking("there is no S3 to try: make .s3/.stamp")
    port = free_port()
    with subprocess.Popen(
        [S3, "-m", "moto.server", "-H", HOST, "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        try:
            _make_bucket(port)
            yield f"http://{HOST}:{port}"
        finally:
            server.terminate()


def _make_bucket(port: int) -> None:
    """Make it as soon as the server answers."""
    ends = time.monotonic() + PATIENCE_S
    while True:
        try:
            connection = http.client.HTTPConnection(HOST, port, timeout=PATIENCE_S)
            connection.request("PUT", f"/{BUCKET}")
            assert connection.getresponse().status == 200
            connection.close()
        except OSError:
            assert time.monotonic() < ends
            time.sleep(0.1)
        else:
            return


@pytest.fixture(params=["file", pytest.param("s3", marks=pytest.mark.dear)])
def storage(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Storage:
    """A storage of each kind, empty, and set for builds too."""
    url = f"file://{tmp_path / 'shared'}"
    if request.param == "s3":
        for name, value in {
            "AWS_ENDPOINT_URL": request.getfixturevalue("s3_server"),
            "AWS_ACCESS_KEY_ID": "tests",
            "AWS_SECRET_ACCESS_KEY": "tests",
            "AWS_REGION": "us-east-1",
        }.items():
            monkeypatch.setenv(name, value)
        url = f"s3://{BUCKET}/{tmp_path.name}"
    monkeypatch.setenv("STORAGE_URL", url)
    return Storage(url)
