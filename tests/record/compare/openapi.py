"""Two descriptions of the API by meaning: references inlined, ways of writing the same made one."""

from __future__ import annotations

from typing import Any

from tests.record.compare.differences import in_json

UNREAD = {"title", "description", "summary", "operationId", "tags", "example", "examples"}
REFERENCE = "#/components/schemas/"
LISTS = ("anyOf", "oneOf", "allOf")


def differences(before: dict[str, Any], after: dict[str, Any]) -> tuple[str, ...]:
    """Every path, parameter, field, type, limit and value that differs."""
    return tuple(in_json(_operations(before), _operations(after)))


def _operations(document: dict[str, Any]) -> dict[str, Any]:
    return {
        f"{method.upper()} {path}": _operation(operation, document)
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    }


def _operation(operation: dict[str, Any], root: dict[str, Any]) -> dict[str, Any]:
    parameters = operation.get("parameters", [])
    body = operation.get("requestBody", {})
    return {
        "parameters": {
            f"{one['in']} {one['name']}": [bool(one.get("required")), meaning(one.get("schema", {}), root)]
            for one in parameters
        },
        "body": {"required": bool(body.get("required")), **_content(body, root)},
        "answers": {status: _content(one, root) for status, one in operation["responses"].items()},
    }


def _content(part: dict[str, Any], root: dict[str, Any]) -> dict[str, Any]:
    return {kind: meaning(one.get("schema", {}), root) for kind, one in part.get("content", {}).items()}


def meaning(schema: Any, root: dict[str, Any], inside: tuple[str, ...] = ()) -> Any:
    """A schema with everything that says the same written in one way."""
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(REFERENCE)
        if name in inside:
            return {"again": name}
        rest = {key: value for key, value in schema.items() if key != "$ref"}
        return meaning({**root["components"]["schemas"][name], **rest}, root, (*inside, name))
    found = {key: value for key, value in schema.items() if key not in UNREAD}
    for key in ("properties", "patternProperties"):
        if key in found:
            found[key] = {name: meaning(one, root, inside) for name, one in found[key].items()}
    for key in ("items", "additionalProperties"):
        if key in found:
            found[key] = meaning(found[key], root, inside)
    if "prefixItems" in found:
        found["prefixItems"] = [meaning(one, root, inside) for one in found["prefixItems"]]
    return _one_way(_choices(found, root, inside))


def _choices(found: dict[str, Any], root: dict[str, Any], inside: tuple[str, ...]) -> dict[str, Any]:
    """Of choices those that differ; one alone, or one beside null, is the schema itself."""
    for key in LISTS:
        if key not in found:
            continue
        options = [meaning(one, root, inside) for one in found.pop(key)]
        own = [one for one in options if one != {"type": ["null"]}]
        if len(own) == 1:
            merged = {**own[0], **found}
            if len(own) < len(options):
                merged["type"] = sorted({*own[0].get("type", []), "null"})
                if "enum" in merged:
                    merged["enum"] = sorted({*merged["enum"], None}, key=repr)
            found = merged
        else:
            found[key] = sorted(options, key=repr)
    return found


def _one_way(found: dict[str, Any]) -> dict[str, Any]:
    if "const" in found:
        found["enum"] = [found.pop("const")]
    if "enum" in found:
        found["enum"] = sorted(found["enum"], key=repr)
        names = {type(one).__name__ for one in found["enum"]}
        kinds = {"str": "string", "NoneType": "null", "int": "integer", "bool": "boolean"}
        found.setdefault("type", sorted(kinds.get(name, name) for name in names))
    if "type" in found:
        found["type"] = sorted([found["type"]] if isinstance(found["type"], str) else found["type"])
    if "required" in found:
        found["required"] = dict.fromkeys(found["required"], True)
    return found
