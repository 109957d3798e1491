"""How long a group takes to get into a coach and out of it."""

from __future__ import annotations

from math import ceil

COUNTED_S = 60
"""Each time a group gets in or out somebody counts heads, and doors and bags take a while: a minute.

An assumption: no source was found for it.
"""

BOARDING_PERSON_S = 2.5
ALIGHTING_PERSON_S = 3.3
"""Seconds a person, one after the other through the front door and without paying.

The usual values of "Characteristics of Bus Rapid Transit for Decision-Making" (FTA, p. 3-25, read as others
quote it): 2.25 to 2.75 s to get in with the fare paid before, 2.6 to 3.7 s to get out by the front door. They
are of city buses: no measurement of a touring coach, which has more steps, was found.
"""


def boarding_s(people: int) -> int:
    """Return the whole seconds that a group needs to get into a coach and out of it: 381 s for 45 people."""
    return 2 * COUNTED_S + ceil(people * (BOARDING_PERSON_S + ALIGHTING_PERSON_S))
