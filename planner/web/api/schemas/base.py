"""How a request is read: unknown fields and what does not go together are told with every other fault."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from pydantic import BaseModel, ConfigDict, ModelWrapValidatorHandler, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic.config import JsonDict

Loc = tuple[str | int, ...]
"""Where in a document: the steps of a JSON pointer."""


class RequestModel(BaseModel):
    """No unknown fields: a misspelt one is told, not dropped."""

    model_config = ConfigDict(extra="forbid")

    @classmethod
    def mismatches(cls, document: dict[str, Any]) -> Iterator[tuple[Loc, str]]:
        """What does not go together in a document whose fields may be of any form; where, in words."""
        _ = document
        yield from ()

    @model_validator(mode="wrap")
    @classmethod
    def _all_faults(cls, document: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        """Tell what does not go together also when a single field is wrong."""
        pairs = cls.mismatches(document) if isinstance(document, dict) else ()
        faults = [_line(loc, "value_error", message) for loc, message in pairs]
        try:
            made = handler(document)
        except ValidationError as error:
            lines = error.errors(include_url=False, include_input=False)
            faults[:0] = [_line(line["loc"], line["type"], line["msg"]) for line in lines]
        if faults:
            raise ValidationError.from_exception_data(cls.__name__, faults)
        return made


def _line(loc: Loc, code: str, message: str) -> InitErrorDetails:
    text = message.removeprefix("Value error, ")
    return {"type": PydanticCustomError(code, text), "loc": loc, "input": None}


def listed(value: object) -> list[Any]:
    """A list, or an empty one for what is none."""
    return value if isinstance(value, list) else []


def said(field: str, schema: JsonDict, **others: JsonDict) -> JsonDict:
    """The schema of an object that has a field of a form; of others it may have, those named have theirs."""
    return {"required": [field], "properties": {field: schema, **others}, "additionalProperties": True}
