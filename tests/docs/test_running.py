"""What is there for running it: each file is described, and names nothing that is not there."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from planner.paths import ROOT

DEPLOY = ROOT / "docs" / "deploy"
RUNNING = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
SETTINGS = set(re.findall(r"`([A-Z][A-Z_]+)`", README.partition("## Settings")[2].partition("\n## ")[0]))
OF_PYTHON = {"PATH", "PYTHONDONTWRITEBYTECODE"}


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_every_file_is_described_and_every_link_leads_to_one() -> None:
    linked = {Path(found).name for found in re.findall(r"\]\((?:deploy|\.\.)/([^)]*)\)", RUNNING)} - {""}
    assert linked == {file.name for file in DEPLOY.iterdir()} | {"Dockerfile", "compose.yaml"}


def test_what_they_set_is_a_setting() -> None:
    unit = text_of("docs/deploy/planner.service") + text_of("docs/deploy/planner-backup.service")
    container = text_of("Dockerfile").partition("ENV ")[2].partition("USER")[0]
    composed = text_of("compose.yaml").partition("planner:\n")[2].partition("volumes:")[0]
    named = {
        *re.findall(r"(?:^Environment=| )([A-Z_]+)=", unit, re.MULTILINE),
        *re.findall(r"([A-Z_]+)=", container),
        *re.findall(r"^ +([A-Z_]+):", composed, re.MULTILINE),
    }
    assert named >= {"PLANNER_DATA_DIR", "DATABASE_URL", "PUBLIC_URL", "TRUSTED_PROXIES", "HOST"}
    assert named - OF_PYTHON <= SETTINGS


def test_what_is_made_and_started_is_there() -> None:
    told = RUNNING + text_of("Dockerfile") + text_of("docs/deploy/serve.sh")
    targets = set(re.findall(r"\bmake ((?!caddy|npm)[a-z-]+)\b", told))
    makefile = text_of("Makefile")
    assert {"files", "installed"} <= targets
    assert [name for name in targets if not re.search(rf"^{name}:", makefile, re.MULTILINE)] == []
    started = re.findall(
        r"docs/deploy/[\w.-]+", text_of("Dockerfile") + text_of("docs/deploy/planner.service")
    )
    assert started
    assert all((ROOT / name).is_file() for name in started)


@pytest.mark.dear
@pytest.mark.skipif(shutil.which("nginx") is None, reason="nginx is not installed: apt install nginx-light")
def test_nginx_takes_its_example(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=localhost",
        "-days",
        "2",
    ]
    subprocess.run([*made, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    example = re.sub(
        r"/etc/letsencrypt/\S*fullchain.pem", str(certificate), text_of("docs/deploy/nginx.conf")
    )
    example = re.sub(r"/etc/letsencrypt/\S*privkey.pem", str(key), example)
    example = re.sub(r"/var/(log|cache)/nginx/", f"{tmp_path}/", example)
    whole = tmp_path / "nginx.conf"
    whole.write_text(
        f"pid {tmp_path}/pid; error_log {tmp_path}/error.log; events {{}} http {{ {example} }}",
        encoding="utf-8",
    )
    tried = subprocess.run(["nginx", "-t", "-c", whole], capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr
