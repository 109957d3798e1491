"""The table of ASVS 5.0: every requirement of levels 1 and 2 once, and every test that it names."""

from __future__ import annotations

import re

from planner.paths import ROOT

TABLE = (ROOT / "docs" / "asvs.md").read_text(encoding="utf-8")
ROW = re.compile(
    r"^\| ([\d.]+)(?: to ([\d.]+))? \| ([12]) \| ([^|]+) \| (\w+) \|([^|]*)\|([^|]*)\|$", re.MULTILINE
)
LEVELS = """
1.1: 22  1.2: 111112222  1.3: 11222222222  1.4: 222  1.5: 12
2.1: 122  2.2: 112  2.3: 1222  2.4: 2
3.2: 11  3.3: 1222  3.4: 112222  3.5: 11122  3.7: 22
4.1: 122  4.2: 2  4.3: 22  4.4: 1222
5.1: 2  5.2: 112  5.3: 11  5.4: 222
6.1: 122  6.2: 111111112222  6.3: 1122  6.4: 1122  6.5: 22222  6.6: 222  6.8: 2222
7.1: 222  7.2: 1111  7.3: 22  7.4: 11222  7.5: 22  7.6: 22
8.1: 12  8.2: 112  8.3: 1  8.4: 2
9.1: 111  9.2: 1222
10.1: 22  10.2: 22  10.3: 2222  10.4: 11111222222  10.5: 22222  10.6: 22  10.7: 222
11.1: 22  11.2: 222  11.3: 112  11.4: 1222  11.5: 2  11.6: 2
12.1: 122  12.2: 11  12.3: 2222
13.1: 2  13.2: 22222  13.3: 22  13.4: 12222
14.1: 22  14.2: 1222  14.3: 122
15.1: 122  15.2: 122  15.3: 1222222
16.1: 2  16.2: 22222  16.3: 2222  16.4: 222  16.5: 222
17.1: 2  17.2: 2222  17.3: 22
"""
"""The levels of a section's requirements from the first on; those of level 3 stand behind them everywhere."""


PLAIN = {"6.2.10", "6.4.2"}
"""What is met by there being nothing of the kind."""


def asked() -> dict[str, str]:
    """The level of each requirement of levels 1 and 2, by its number."""
    sections = re.findall(r"([\d.]+): (\d+)", LEVELS)
    return {f"{one}.{at}": level for one, levels in sections for at, level in enumerate(levels, start=1)}


def told() -> list[tuple[str, str]]:
    """The numbers in the table with their levels, one by one."""
    found = []
    for first, last, level, *_ in ROW.findall(TABLE):
        section, begin = first.rsplit(".", 1)
        end = (last or first).rsplit(".", 1)[1]
        found += [(f"{section}.{number}", level) for number in range(int(begin), int(end) + 1)]
    return found


def test_every_requirement_of_levels_1_and_2_is_in_the_table_once() -> None:
    numbers = told()
    assert len(numbers) == len({number for number, _ in numbers})
    assert dict(numbers) == asked()


def test_every_row_has_a_state_and_says_why_where_it_is_not_met() -> None:
    for first, _, _, _, state, how, test in ROW.findall(TABLE):
        assert state in {"yes", "part", "no", "none"}, first
        assert how.strip() or state in {"yes", "none"}, first
        assert test.strip() or state != "yes" or how.strip() or first in PLAIN, first
        for file in re.findall(r"`(tests/[^`]+)`", test):
            assert (ROOT / file).is_file(), file
