"""On which side of the road a country drives."""

from __future__ import annotations

LEFT_DRIVING = frozenset(
    {
        "AG", "AI", "AU", "BB", "BD", "BM", "BN", "BS", "BT", "BW", "CC", "CK", "CX", "CY", "DM", "FJ",
        "FK", "GB", "GD", "GG", "GS", "GY", "HK", "ID", "IE", "IM", "IN", "IO", "JE", "JM", "JP", "KE",
        "KI", "KN", "KY", "LC", "LK", "LS", "MO", "MS", "MT", "MU", "MV", "MW", "MY", "MZ", "NA", "NF",
        "NP", "NR", "NU", "NZ", "PG", "PK", "PN", "SB", "SC", "SG", "SH", "SR", "SZ", "TC", "TH", "TK",
        "TL", "TO", "TT", "TV", "TZ", "UG", "VC", "VG", "VI", "WS", "ZA", "ZM", "ZW",
    }
)  # fmt: skip
"""ISO codes of countries and territories with traffic on the left, as listed by Wikipedia under "Left- and
right-hand traffic" in November 2026.
"""


def drives_left(country: str) -> bool:
    """Whether the traffic of a country keeps to the left."""
    return country in LEFT_DRIVING
