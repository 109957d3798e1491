"""What all of the editor's forms are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from planner.domain.sites import Site
from planner.services.catalogue_rules import RuleContext

if TYPE_CHECKING:
    from planner.domain.visits import Visit


@dataclass(frozen=True)
class Setting:
    """What a form is read against: the town, and the catalogue's sites by id."""

    rules: RuleContext
    sites: Mapping[str, Site]


class EditForm(BaseModel):
    """A form of the editor: `change` is the edit it stands for."""

    model_config = ConfigDict(extra="ignore", str_strip_whitespace=True)

    def change(self, visit: Visit, setting: Setting) -> Visit:
        """Return the next document; ValueError where it does not fit. Each form has its own."""
        raise TypeError(type(self).__name__, visit, setting)
