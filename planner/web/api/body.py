"""Reading a request's JSON body: every fault with a pointer to its place, never a 500."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NoReturn, TypeVar

from flask import request
from pydantic import BaseModel, ValidationError

from planner.errors import Fault, InvalidInputError, MalformedBodyError

if TYPE_CHECKING:
    from collections.abc import Iterable

M = TypeVar("M", bound=BaseModel)

BODY_LIMIT = 1_000_000
MOST_FAULTS = 50


def read_body(model: type[M]) -> M:
    """Return the request's body as a model.

    Raises
    ------
    MalformedBodyError
        If the body is no JSON object.
    InvalidInputError
        With a fault for everything that does not fit.
    """
    request.max_content_length = BODY_LIMIT
    try:
        document = json.loads(request.get_data(), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        reason = "nested too deep" if isinstance(error, RecursionError) else str(error)
        msg = f"the body is not JSON: {reason}"
        raise MalformedBodyError(msg) from error
    if not isinstance(document, dict):
        msg = f"the body is a JSON {_json_name(document)}, an object is needed"
        raise MalformedBodyError(msg, details=(Fault("", "not_an_object", msg),))
    try:
        return model.model_validate(document)
    except ValidationError as error:
        raise invalid(error) from error


def invalid(error: ValidationError) -> InvalidInputError:
    """The faults of a validation, in our error."""
    faults = tuple(_faults(error))
    many = f"{error.error_count()} things are wrong with this request"
    return InvalidInputError(faults[0].message if len(faults) == 1 else many, details=faults)


def _faults(error: ValidationError) -> Iterable[Fault]:
    for found in error.errors(include_url=False, include_input=False)[:MOST_FAULTS]:
        pointer = "".join(f"/{_escaped(str(step))}" for step in found["loc"])
        message = found["msg"].removeprefix("Value error, ")
        yield Fault(pointer, found["type"], f"{pointer or 'the body'}: {message}")


def _escaped(step: str) -> str:
    return step.replace("~", "~0").replace("/", "~1")


def _no_constant(name: str) -> NoReturn:
    msg = f"{name} is no JSON number"
    raise ValueError(msg)


def _json_name(value: object) -> str:
    names = {list: "list", str: "string", bool: "boolean", type(None): "null"}
    return names.get(type(value), "number")
