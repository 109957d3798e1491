"""How much of everything there may be: for pages, the API, files and commands alike.

Where the API lets more or less through than a page does, both stand here side by side.
"""

from __future__ import annotations

LANGUAGES = ("pl", "en")
"""The languages of the product, the one that counts where nothing is said first."""

# A visit and its days.

FIRST_YEAR, LAST_YEAR = 2000, 2100
MOST_DAYS = 14
MOST_STOPS = 60
"""Of a day."""

MOST_OFFERED = 20
"""Times of a host that are tried for one stop."""

LONGEST_LATER_MIN = 60
"""So much later the sturdiest order may end."""

MOST_PLAYED = 5_000
"""Days that are played to tell how sure one is."""

MOST_WINDOWS = 20
"""Of a stop, in the API; a page offers three."""

LONGEST_DWELL_MIN = 720
LONGEST_RESERVE_MIN, LONGEST_ASKED_RESERVE_MIN = 240, 120
"""Minutes kept after a leg: on a page, and in the API."""

LEAST_ASSUMED_LEG_MIN, LONGEST_ASSUMED_LEG_MIN = 1, 120
"""Minutes that a leg is assumed to take to or from a place that is not on the map."""

SLOWEST_TALK = 3
"""How many times as long an interpreted talk may take."""

MOST_INTERPRETERS = 9

GREATEST_WEIGHT = 100
"""Of a stop that may be left out; the least is 1."""

SLOWEST_KMH, FASTEST_KMH = 0.5, 10

MOST_LINKS = 8
"""Where the organiser leads participants to after the visit."""

# People.

MOST_PEOPLE = 2000
MOST_ROOM, MOST_CAPACITY = 5_000, 100_000
"""What a stop holds: on the parties' page, and in the catalogue and the API."""

FEWEST_PARTIES = 2
MOST_PARTIES, MOST_ASKED_PARTIES = 6, 8
"""On a page, where more cannot be told apart on a map, and in the API: programs need no colours."""

# Texts, in characters.

LINE_LENGTH, TEXT_LENGTH = 200, 2_000
"""A title, a name or an address; a note."""

HOURS_LENGTH = 500
CLOCK_TIME_LENGTH = 20
SITE_ID_LENGTH, STOP_ID_LENGTH = 80, 64
PARTY_NAME_LENGTH, ASKED_PARTY_NAME_LENGTH, PARTY_TEXT_LENGTH = 20, 40, 80
USER_NAME_LENGTH = 60

# What is sent.

MOST_POINTS = 100
"""Of a table of distances."""

BODY_BYTES = 1_000_000
"""Of a question to the API."""

UPLOAD_BYTES = 25 * 1024 * 1024
PHOTO_BYTES = 10 * 1024 * 1024
"""Of a site's photo, as it comes from a telephone."""

MOST_ROWS = 50_000
"""Of a file for the catalogue."""

LARGEST_NUMBER = 2**31 - 1
"""No row has a larger one: databases differ in how much more they hold."""
