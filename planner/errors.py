"""What can go wrong, each a child of the built-in error it is a kind of.

The message is written for the person who can do something about it; the web
turns these into a page or into the one JSON error shape, the commands into
one line on standard error.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with an input: where (a JSON pointer), what kind, in words."""

    pointer: str
    code: str
    message: str


class PlannerError(Exception):
    """The base of all errors raised on purpose."""

    code = "error"
    status = 400

    def __init__(self, message: str, *, details: tuple[Fault, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.details = details


class InvalidInputError(PlannerError, ValueError):
    """A value is of the wrong form or outside its limits."""

    code = "invalid"
    status = 422

    @property
    def faults(self) -> tuple[Fault, ...]:
        """All that is wrong: the details, else the message itself."""
        return self.details or (Fault("", self.code, self.message),)


class SettingError(PlannerError, ValueError):
    """A setting of the environment cannot be used; the service does not start with it."""

    code = "bad_setting"


class MalformedBodyError(PlannerError, ValueError):
    """The request's body is not JSON, or not an object."""

    code = "malformed"
    status = 400


class NotThereError(PlannerError, LookupError):
    """The thing asked for does not exist, or not for this person."""

    code = "not_found"
    status = 404


class SourceFileError(PlannerError, ValueError):
    """A file given to a build or an import cannot be used."""

    code = "bad_file"
    status = 422


class NetworkMissingError(PlannerError, RuntimeError):
    """No street network has been built in the data directory."""

    code = "no_network"
    status = 503


class ServiceError(PlannerError, RuntimeError):
    """A service elsewhere, asked by a build command, cannot be reached or does not answer as it should."""

    code = "bad_service"
    status = 503
