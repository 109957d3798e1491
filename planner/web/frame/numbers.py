"""Numbers of rows in addresses: what is too large for a database's whole number is the number of nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from werkzeug.routing import IntegerConverter, ValidationError

from planner.domain.limits import LARGEST_NUMBER

if TYPE_CHECKING:
    from flask import Flask


class RowNumber(IntegerConverter):
    """The `int` of an address."""

    def to_python(self, value: str) -> int:
        """Read a number that a row may have."""
        number: int = super().to_python(value)
        if number > LARGEST_NUMBER:
            raise ValidationError
        return number


def install(app: Flask) -> None:
    """Read the numbers in the addresses of an application's rooms."""
    app.url_map.converters["int"] = RowNumber
