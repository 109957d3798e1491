"""The served OpenAPI document as a judge of what is asked and answered, and what it lost of an older one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator, FormatChecker

if TYPE_CHECKING:
    from collections.abc import Iterator

Schema = dict[str, Any]
FORMATS = FormatChecker(formats=())
LIMITS = (
    "minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "format", "pattern", "default",
    "additionalProperties", "enum", "types",
)  # fmt: skip
TYPE_OF = {str: "string", bool: "boolean", int: "integer", float: "number", type(None): "null"}


@FORMATS.checks("date-time", raises=ValueError)
def _has_offset(value: object) -> bool:
    return not isinstance(value, str) or dt.datetime.fromisoformat(value).utcoffset() is not None


@FORMATS.checks("date", raises=ValueError)
def _is_date(value: object) -> bool:
    return not isinstance(value, str) or bool(dt.date.fromisoformat(value))


@dataclass(frozen=True)
class Described:
    """An OpenAPI document. Where it leaves open what else an object has, nothing else may be there."""

    document: Schema

    @cached_property
    def _closed(self) -> Schema:
        closed: Schema = _closed(self.document)
        return closed

    def mismatches(self, value: Any, schema: Schema) -> list[str]:
        """Where a value does not fit a schema of the document, or has a field that is not described."""
        validator = Draft202012Validator({**self._closed, **_closed(schema)}, format_checker=FORMATS)
        return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)]

    def answered(self, value: Any, schema: Schema) -> Iterator[str]:
        """The fields, as `Component.field`, that a value has."""
        name, schema = self._named(schema)
        for choice in schema.get("anyOf", []):
            if not self.mismatches(value, choice):
                yield from self.answered(value, choice)
        if isinstance(value, list):
            for item in value:
                yield from self.answered(item, schema.get("items", {}))
        if isinstance(value, dict):
            for field, inner in schema.get("properties", {}).items():
                if field in value:
                    yield f"{name}.{field}"
                    yield from self.answered(value[field], inner)

    def fields(self, schema: Any) -> set[str]:
        """All fields, as `Component.field`, that a schema leads to."""
        if isinstance(schema, list):
            return set().union(*map(self.fields, schema))
        if not isinstance(schema, dict):
            return set()
        if "$ref" not in schema:
            return set().union(*map(self.fields, schema.values()))
        name, target = self._named(schema)
        return {f"{name}.{field}" for field in target.get("properties", {})} | self.fields(target)

    def _named(self, schema: Schema) -> tuple[str, Schema]:
        if "$ref" not in schema:
            return "", schema
        name = schema["$ref"].rsplit("/", 1)[1]
        return name, self.document["components"]["schemas"][name]

    def meaning(self, schema: Schema) -> Schema:
        """A schema without references, written in one way only; `descriptions` are all it has."""
        _, target = self._named(schema)
        made = {} if target is schema else self.meaning(target)
        made |= {key: value for key, value in schema.items() if key in LIMITS}
        texts = {schema["description"]} if "description" in schema else set()
        made["descriptions"] = made.get("descriptions", set()) | texts
        made["required"] = made.get("required", set()) | set(schema.get("required", []))
        if "const" in schema:
            made["enum"] = [schema["const"]]
        for key in ("items", "properties", "prefixItems"):
            if key in schema:
                made[key] = self._inner(schema[key], is_schema=key == "items")
        kinds = schema.get("type", [])
        made["types"] = made.get("types", set()) | ({kinds} if isinstance(kinds, str) else set(kinds))
        if "enum" in made:
            made["enum"] = set(made["enum"])
            made["types"] |= {TYPE_OF[type(value)] for value in made["enum"]}
        for choice in schema.get("anyOf", []):
            _add(made, self.meaning(choice))
        return made

    def _inner(self, value: Any, *, is_schema: bool) -> Any:
        if is_schema:
            return self.meaning(value)
        if isinstance(value, list):
            return [self.meaning(one) for one in value]
        return {name: self.meaning(one) for name, one in value.items()}


def _add(made: Schema, choice: Schema) -> None:
    """Let a schema be one of its choices too; more than one beside null must be of different types."""
    for key, value in choice.items():
        if key in ("types", "descriptions", "required"):
            made[key] |= value
        else:
            assert key not in made, f"two choices have {key}"
            made[key] = value
    if choice["types"] == {"null"} and "enum" in made:
        made["enum"] |= {None}


def _closed(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_closed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: _closed(value) for key, value in schema.items()}
    return {"additionalProperties": False, **closed} if isinstance(schema.get("properties"), dict) else closed


def lost(old: Described, new: Described) -> Iterator[str]:
    """What an older document says of paths and of what is asked and answered, and a newer one does not."""
    yield from _lost(old.document["paths"], new.document["paths"], "", old, new)
    for name in old.document["components"]["schemas"]:
        if name not in new.document["components"]["schemas"]:
            yield f"component {name}"


def _lost(was: Any, now: Any, at: str, old: Described, new: Described) -> Iterator[str]:
    if at.endswith("/schema") and isinstance(now, dict):
        yield from _less(old.meaning(was), new.meaning(now), at)
    elif isinstance(was, dict) and isinstance(now, dict):
        for key, value in was.items():
            yield from _lost(value, now.get(key), f"{at}/{key}", old, new)
    elif isinstance(was, list) and isinstance(now, list) and len(was) == len(now):
        for index, (before, after) in enumerate(zip(was, now, strict=True)):
            yield from _lost(before, after, f"{at}/{index}", old, new)
    elif was != now:
        yield f"{at}: {was!r} became {now!r}"


def _less(was: Schema, now: Schema, at: str) -> Iterator[str]:
    for key in LIMITS:
        if key == "enum" and set(was.get(key, ())) <= set(now.get(key) or ()):
            continue  # an answer may have a new word; `what_is_asked` holds those of requests
        if was.get(key, set()) != set() and was[key] != now.get(key):
            yield f"{at}: {key} {was[key]!r} became {now.get(key)!r}"
    for key in ("required", "descriptions"):
        if was[key] - now[key]:
            yield f"{at}: {key} {was[key] - now[key]!r}"
    for name, before in was.get("properties", {}).items():
        if name not in now.get("properties", {}):
            yield f"{at}/{name}"
        else:
            yield from _less(before, now["properties"][name], f"{at}/{name}")
    if "items" in was and was["items"] is not None:
        yield from _less(was["items"], now["items"], f"{at}/-") if "items" in now else [f"{at}/-"]
    for index, before in enumerate(was.get("prefixItems", [])):
        yield from _less(before, now["prefixItems"][index], f"{at}/{index}")
