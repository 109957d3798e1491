"""Ends with 0 where the service of this machine answers and can be used, else with what it says."""

from __future__ import annotations

import os
import sys
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

URL = f"http://127.0.0.1:{os.environ.get('PORT') or 8000}/healthz"

try:
    with urlopen(URL, timeout=4):
        sys.exit(0)
except HTTPError as error:
    sys.exit(error.read().decode("utf-8", "replace"))
except (URLError, TimeoutError) as error:
    sys.exit(f"{URL}: {getattr(error, 'reason', error)}")
