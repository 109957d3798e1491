"""A form as a page shows it: a label, a control, and what does not fit, for each field.

A field of a `Form` says how it is shown by an `Input` among its annotations.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeVar

from pydantic import ValidationError

from planner.web.frame.form_base import Form

if TYPE_CHECKING:
    from collections.abc import Iterator

FormT = TypeVar("FormT", bound=Form)
Choices = tuple[tuple[str, object], ...]

NO_INPUT = frozenset({"textarea", "select", "radio", "checkboxes"})


class Faults(dict[str, tuple[str, ...]]):
    """What does not fit in a form: sentences by the name of their field, none twice."""

    def add(self, name: str, sentence: str) -> None:
        """Say one thing more about a field."""
        told = self.get(name, ())
        if sentence not in told:
            self[name] = (*told, sentence)


NO_FAULTS: Final = Faults()


@dataclass(frozen=True)
class Input:
    """How a field is shown: its label, the kind of its control, the control's attributes, its choices.

    The kind is the type of an <input>, or "textarea", "select", "radio", "checkboxes".
    """

    label: object = ""
    kind: str = "text"
    attributes: Mapping[str, object] = field(default_factory=dict)
    choices: Choices = ()


TEXT = Input()
"""How a field is shown that does not say it."""


@dataclass(frozen=True)
class FieldView:
    """A field on a page. Its name is its id too."""

    name: str
    input: Input
    value: Any = ""
    errors: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The id that the label points to."""
        return self.name

    @property
    def label(self) -> str:
        """What the field is called, in the reader's language."""
        return str(self.input.label)

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The values to choose from, with their words."""
        return [(value, str(words)) for value, words in self.input.choices]

    @property
    def attributes(self) -> dict[str, object]:
        """The attributes of the control; a password is never sent back."""
        own = {**self.input.attributes, "id": self.id, "name": self.name}
        if self.input.kind == "checkbox":
            return {**own, "type": "checkbox", "value": "y", **({"checked": True} if self.value else {})}
        if self.input.kind in NO_INPUT:
            return own
        return {**own, "type": self.input.kind, "value": "" if self.input.kind == "password" else self.value}


@dataclass(frozen=True)
class FormView:
    """The fields of a form in their order, each by its name too."""

    fields: Mapping[str, FieldView]

    def __getitem__(self, name: str) -> FieldView:
        return self.fields[name]

    def __contains__(self, name: str) -> bool:
        return name in self.fields

    def __iter__(self) -> Iterator[FieldView]:
        return iter(self.fields.values())

    @property
    def is_wrong(self) -> bool:
        """Whether something does not fit."""
        return any(view.errors for view in self)


def read_sent(model: type[FormT], sent: Mapping[str, str]) -> FormT | Faults:
    """Return the form that was sent, or what does not fit in it."""
    try:
        return model.model_validate(dict(sent))
    except ValidationError as error:
        faults = Faults()
        for detail in error.errors():
            faults.add(str(detail["loc"][0]), detail["msg"].removeprefix("Value error, "))
        return faults


def form_view(model: type[Form], values: Mapping[str, Any], faults: Faults = NO_FAULTS) -> FormView:
    """Return a form with these values in its fields, and what does not fit beside them."""
    fields = {}
    for name, info in model.model_fields.items():
        shown = next(mark for mark in (*info.metadata, TEXT) if isinstance(mark, Input))
        fields[name] = FieldView(name, shown, values.get(name, info.default), faults.get(name, ()))
    return FormView(fields)
