"""What a test needs and a machine may lack: on somebody's own machine a reason to skip, in CI a fault."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def lacking(reason: str) -> NoReturn:
    """Skip the test with a reason that says what to do; CI installs all of it, so there the test fails."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
