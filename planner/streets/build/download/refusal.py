"""What a refusal of Nominatim or Overpass means to who asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.download.patience import check_not_busy
from planner.errors import ServiceError

if TYPE_CHECKING:
    import requests


def check_status(response: requests.Response, host: str, hint: str = "") -> None:
    """Refuse an answer that is none.

    Raises
    ------
    TryAgainError
        If asking again may help.
    ServiceError
        If it will not.
    """
    check_not_busy(response, host)
    if not response.ok:
        said = f": {hint}" if hint else ""
        refused = f"{host} refuses the request ({response.status_code}){said}"
        msg = f"{refused}; check its address and OVERPASS_CONTACT"
        raise ServiceError(msg)
