"""What is said of ways that are more than a walk: paths in rough country, slopes, ferries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.warnings.codes import HikingPath, LongClimb, SteepWay
from planner.words.formats import distance_text
from planner.words.translation import gettext

if TYPE_CHECKING:
    from planner.domain.warnings.codes import Ferry


def rough(warning: HikingPath | SteepWay | LongClimb | Ferry, language: str) -> str:
    """Return the sentence in the language in force, which is `language`."""
    if isinstance(warning, HikingPath):
        return _hiking(warning, language)
    if isinstance(warning, SteepWay):
        return _steep(warning, language)
    if isinstance(warning, LongClimb):
        return _climb(warning)
    return gettext("A part of the way is by ferry: check when it runs, the wait is assumed.")


def _hiking(warning: HikingPath, language: str) -> str:
    distance = "" if warning.metres is None else distance_text(warning.metres, language)
    if warning.scale:
        return gettext(
            "%(distance)s are a hiking path, up to %(scale)s (mountain path): sure feet, boots, more time.",
            distance=distance,
            scale=warning.scale,
        )
    if distance:
        return gettext("%(distance)s are a hiking path: good shoes, and more time.", distance=distance)
    return gettext("A part of the way is a hiking path: good shoes, and more time.")


def _steep(warning: SteepWay, language: str) -> str:
    if warning.metres is None or warning.percent is None:
        return gettext("A part of the way is steep for wheels.")
    return gettext(
        "%(distance)s are steep for wheels: up to %(percent)s %% by a height model.",
        distance=distance_text(warning.metres, language),
        percent=warning.percent,
    )


def _climb(warning: LongClimb) -> str:
    if warning.metres is None:
        return gettext("The way climbs.")
    return gettext(
        "The way climbs %(metres)s m in all: it takes longer than on the level.", metres=warning.metres
    )
