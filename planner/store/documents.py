"""Documents in and out of JSON: the domain's own dataclasses, validated by pydantic."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter

T = TypeVar("T")


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def to_json(value: object) -> dict[str, Any]:
    """The plain JSON form of a domain object."""
    return _adapter(cast("Any", type(value))).dump_python(value, mode="json")  # type: ignore[no-any-return]


def to_text(value: object) -> bytes:
    """The same as JSON text."""
    return _adapter(cast("Any", type(value))).dump_json(value)


def from_text(kind: type[T], text: bytes) -> T:
    """Read a domain object back from JSON text.

    Raises
    ------
    pydantic.ValidationError
        If it does not fit, or is no JSON: a ValueError.
    """
    return cast("T", _adapter(cast("Any", kind)).validate_json(text))


def from_json(kind: type[T], document: Any) -> T:
    """Read a domain object back.

    Raises
    ------
    pydantic.ValidationError
        If the document does not fit, a ValueError.
    """
    return cast("T", _adapter(cast("Any", kind)).validate_python(document))
