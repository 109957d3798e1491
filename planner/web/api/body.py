"""Reading a request's JSON body: every fault with a pointer to its place, never a 500."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeVar

from flask import request
from pydantic import BaseModel, ValidationError
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType

from planner.domain.limits import BODY_BYTES
from planner.errors import Fault, InvalidInputError, MalformedBodyError
from planner.web.frame.gate.texts import NUL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

M = TypeVar("M", bound=BaseModel)

MOST_FAULTS = 50
MOST_KEYS = 100
"""Of one object; no question has a third of it, and every key too many is a fault to be told."""
MOST_LETTERS = 80
"""Of a key that an answer quotes."""


def read_body(model: type[M], more: Callable[[dict[str, Any]], Iterable[Fault]]) -> M:
    """Return the request's body as a model.

    Parameters
    ----------
    more
        Asked for further faults once the form is found wrong, so that all are told at once.

    Raises
    ------
    UnsupportedMediaType, RequestEntityTooLarge
        If the body is declared to be something else than JSON, or longer than the limit.
    MalformedBodyError
        If the body is no JSON object.
    InvalidInputError
        With a fault for everything that does not fit.
    """
    if request.mimetype and not request.is_json:
        raise UnsupportedMediaType("send the body as application/json")
    try:
        document = json.loads(raw_body())  # NaN passes here: its field refuses it, with a pointer
    except (ValueError, RecursionError) as error:
        reason = "nested too deep" if isinstance(error, RecursionError) else str(error)
        msg = f"the body is not JSON: {reason}"
        raise MalformedBodyError(msg, details=(Fault("", "not_json", msg),)) from error
    if not isinstance(document, dict):
        msg = f"the body is a JSON {_json_name(document)}, an object is needed"
        raise MalformedBodyError(msg, details=(Fault("", "not_an_object", msg),))
    unfit = next(_unfit(document), None)
    if unfit is not None:
        raise invalid([unfit])
    try:
        return model.model_validate(document)
    except ValidationError as error:
        raise invalid([*_faults(error), *more(document)]) from error


def raw_body() -> bytes:
    """The body as it came. What comes in chunks werkzeug cuts at its limit: a byte more is let in.

    Raises
    ------
    RequestEntityTooLarge
        If it is longer than the limit.
    """
    request.max_content_length = BODY_BYTES + 1
    body = request.get_data()
    if len(body) > BODY_BYTES:
        raise RequestEntityTooLarge
    return body


def invalid(faults: list[Fault]) -> InvalidInputError:
    """One error for all faults, the first of them told."""
    many = f"{len(faults)} things are wrong with this request"
    return InvalidInputError(
        faults[0].message if len(faults) == 1 else many, details=tuple(faults[:MOST_FAULTS])
    )


def _faults(error: ValidationError) -> Iterable[Fault]:
    for detail in error.errors(include_url=False, include_input=False):
        pointer = "".join(f"/{_escaped(str(step))}" for step in detail["loc"])
        message = detail["msg"].removeprefix("Value error, ")
        yield Fault(pointer, detail["type"], f"{pointer or 'the body'}: {message}")


def _unfit(document: dict[str, Any]) -> Iterator[Fault]:
    """Objects with more keys than any has, and texts with NUL: told before each of them is judged."""
    inside: list[tuple[str, Any]] = [("", document)]
    while inside:
        pointer, value = inside.pop()
        if isinstance(value, dict) and len(value) > MOST_KEYS:
            yield Fault(
                pointer,
                "too_many_keys",
                f"{pointer or 'the body'}: at most {MOST_KEYS} keys, not {len(value)}",
            )
        elif isinstance(value, str) and NUL in value:
            message = f"{pointer or 'the body'}: a text holds no NUL"
            yield Fault(pointer, "nul", message)
        elif isinstance(value, dict):
            inside += [(f"{pointer}/{_escaped(key)}", one) for key, one in value.items()]
        elif isinstance(value, list):
            inside += [(f"{pointer}/{at}", one) for at, one in enumerate(value)]


def _escaped(step: str) -> str:
    cut = step if len(step) <= MOST_LETTERS else f"{step[:MOST_LETTERS]}…"
    whole = cut.encode(errors="replace").decode()  # half a letter, which JSON can hold, cannot be sent
    return whole.replace("~", "~0").replace("/", "~1")


def _json_name(value: object) -> str:
    names = {list: "list", str: "string", bool: "boolean", type(None): "null"}
    return names.get(type(value), "number")
