"""What a page says and offers, without its looks: the parts that two pages are compared by."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.record.tree import UNREAD, Node, read

if TYPE_CHECKING:
    from collections.abc import Iterator

INLINE = {"a", "span", "strong", "em", "b", "i", "small", "time", "code", "sup", "sub", "abbr", "bdi",
          "label", "button", "option", "text", "tspan"}  # fmt: skip
LIMITS = ("min", "max", "step", "minlength", "maxlength", "pattern", "required", "readonly", "disabled",
          "accept", "autocomplete", "inputmode", "multiple", "checked", "placeholder", "size")  # fmt: skip
NAMES = (
    "aria-label",
    "alt",
    "title",
    "aria-current",
    "aria-pressed",
    "aria-invalid",
    "open",
    "hidden",
    "lang",
)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

Facts = dict[str, list[str]]


def facts_of(html: str) -> Facts:
    """The parts of a page, each a list of lines."""
    root = read(html)
    labels = _labels(root)
    return {
        "title and language": [one.raw.strip() for one in root.all("title")[:1]]
        + [one.get("lang") for one in root.all("html")]
        + [one.get("content") for one in root.all("meta") if one.get("name") == "robots"],
        "headings": [f"{one.tag} {one.text}" for one in root.all(*HEADINGS)],
        "visible text": [line for line in _lines(root) if line],
        "links": [f"{one.text or one.get('aria-label')} -> {one.get('href')}" for one in root.all("a")],
        "forms": list(_forms(root)),
        "fields and labels": [line for one in root.all("input", "select", "textarea", "button")
                              for line in _field(one, labels)],
        "names and states": [f"{one.tag} {name}={one.get(name)}" for one in root.walk() if one.tag != "html"
                             for name in NAMES if one.has(name)],
        "hooks of scripts": sorted(f"{one.tag} {name}={value}" for one in root.walk()
                                   for name, value in one.attributes.items() if name.startswith("data-")),
        "scripts": [line for one in root.all("script") if not one.has("src") for line in _script(one)],
        "drawings": [line for one in root.all("svg") for line in _drawn(one)],
        "pictures": [f"{one.get('src')} {one.get('alt')}" for one in root.all("img")],
    }  # fmt: skip


def _lines(node: Node) -> Iterator[str]:
    """The text as it is read, a line for each block."""
    here: list[str] = []
    for child in node.children:
        if isinstance(child, str):
            here.append(child)
        elif child.tag in INLINE and not any(one.tag not in INLINE for one in child.walk()):
            here.append(child.text if child.tag != "option" else f" {child.text} ")
        elif child.tag not in UNREAD:
            yield " ".join("".join(here).split())
            here = []
            yield from _lines(child)
    yield " ".join("".join(here).split())


def _labels(root: Node) -> dict[str, str]:
    return {one.get("for"): one.text for one in root.all("label") if one.has("for")}


def _forms(root: Node) -> Iterator[str]:
    for form in root.all("form"):
        names = ",".join(one.get("name") for one in form.all("input", "select", "textarea", "button"))
        yield f"{form.get('method', 'get')} {form.get('action')} {form.get('enctype')} [{names}]"


def _field(node: Node, labels: dict[str, str]) -> Iterator[str]:
    around = next((one.text for one in node.above() if one.tag == "label"), "")
    label = labels.get(node.get("id"), "") or around or (node.text if node.tag == "button" else "")
    limits = " ".join(f"{name}={node.get(name)}" for name in LIMITS if node.has(name))
    kind = node.get("type", "submit" if node.tag == "button" else "text")
    value = node.raw if node.tag == "textarea" else node.get("value")
    target = " ".join(node.get(name) for name in ("form", "formaction") if node.has(name))
    yield f"{node.tag} {kind} {node.get('name')}={value!r} «{label}» {limits} {target}".rstrip()
    for option in node.all("option"):
        chosen = " chosen" if option.has("selected") else ""
        yield f"  {option.get('value', option.text)} «{option.text}»{chosen}"


def _script(node: Node) -> list[str]:
    if node.get("type").endswith("json"):
        text = json.dumps(json.loads(node.raw), ensure_ascii=False, indent=1, sort_keys=True)
        return [f"#{node.get('id')}", *text.splitlines()]
    return [line.strip() for line in node.raw.splitlines() if line.strip()]


def _drawn(svg: Node) -> Iterator[str]:
    for one in svg.walk():
        kept = (f"{name}={value}" for name, value in sorted(one.attributes.items()) if name != "class")
        yield f"{one.tag} {' '.join(kept)} {' '.join(one.raw.split())}".rstrip()
