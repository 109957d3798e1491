"""A form of a page as a browser would send it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tests.record.tree import Node

Fields = list[tuple[str, str]]
Typed = str | list[str] | None
"""What is typed into a field: one value, several ticked boxes, or the field is not sent."""


@dataclass(frozen=True)
class Sent:
    """What goes out when a form is sent."""

    method: str
    path: str
    fields: Fields
    is_multipart: bool


class NoSuchFormError(LookupError):
    """The page has no such form or button."""


def form_of(page: Node, action: str, **having: str) -> Node:
    """The first form whose action, or that of a button of it, ends so, with fields of these values."""
    for form in page.all("form"):
        actions = {form.get("action"), *(button.get("formaction") for button in form.all("button"))}
        if any(one.split("?")[0].endswith(action) for one in actions) and _has(form, having):
            return form
    raise NoSuchFormError(action, having)


def _has(form: Node, having: Mapping[str, str]) -> bool:
    fields = fields_of(form)
    return all((name, value) in fields for name, value in having.items())


def fields_of(form: Node) -> Fields:
    """The form's fields as they stand."""
    found: Fields = []
    for node in form.all("input", "select", "textarea"):
        name = node.get("name")
        if name and not node.has("disabled"):
            found += [(name, value) for value in _values(node)]
    return found


def _values(node: Node) -> list[str]:
    if node.tag == "textarea":
        return [node.raw.removeprefix("\n")]
    if node.tag == "select":
        options = node.all("option")
        chosen = [one for one in options if one.has("selected")] or options[:1]
        return [one.get("value", one.text) for one in chosen]
    kind = node.get("type", "text")
    if kind in {"checkbox", "radio"}:
        return [node.get("value", "on")] if node.has("checked") else []
    return [] if kind in {"submit", "button", "file", "reset"} else [node.get("value")]


def sent(form: Node, here: str, button: str = "", typed: Mapping[str, Typed] | None = None) -> Sent:
    """What the form sends from the page `here` when a button (its id, or name=value) is pressed."""
    pressed = _button(form, button) if button else None
    fields = _with(fields_of(form), typed or {})
    if pressed is not None and pressed.get("name"):
        fields.append((pressed.get("name"), pressed.get("value")))
    action = (pressed.get("formaction") if pressed else "") or form.get("action") or here
    method = form.get("method", "get").upper()
    return Sent(method, action, fields, form.get("enctype") == "multipart/form-data")


def _button(form: Node, wanted: str) -> Node:
    for one in form.all("button"):
        if wanted in {one.get("id"), f"{one.get('name')}={one.get('value')}"}:
            return one
    raise NoSuchFormError(wanted)


def _with(fields: Iterable[tuple[str, str]], typed: Mapping[str, Typed]) -> Fields:
    """The fields with what is typed in their places; what the form does not have goes to the end."""
    found: Fields = []
    placed: set[str] = set()
    for name, value in fields:
        if name not in typed:
            found.append((name, value))
        elif name not in placed:
            placed.add(name)
            found += [(name, one) for one in _listed(typed[name])]
    return found + [(name, one) for name in typed if name not in placed for one in _listed(typed[name])]


def _listed(value: Typed) -> list[str]:
    if value is None:
        return []
    return [value] if isinstance(value, str) else value
