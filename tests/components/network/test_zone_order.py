from __future__ import annotations

import pytest

from components.network.tiered_vpc import ISOLATED, MADE
from components.network.zone_order import of_group

# As awsx 3.11.0 returned them for the groups public, private, data, card in two zones.
ISOLATED_SUBNETS = ["data-1", "card-1", "data-2", "card-2"]
ROUTE_TABLES = [
    *("public-1", "private-1", "data-1", "card-1"),
    *("public-2", "private-2", "data-2", "card-2"),
]


@pytest.mark.parametrize("group", ["data", "card"])
def test_isolated_subnets_are_found_by_position(group: str) -> None:
    found = of_group(ISOLATED_SUBNETS, group=group, groups=ISOLATED)

    assert found == [f"{group}-1", f"{group}-2"]


@pytest.mark.parametrize("group", ["public", "private", "data", "card"])
def test_route_tables_are_found_by_position(group: str) -> None:
    assert of_group(ROUTE_TABLES, group=group, groups=MADE) == [f"{group}-1", f"{group}-2"]


def test_a_list_that_does_not_fit_the_groups_is_refused() -> None:
    with pytest.raises(ValueError, match=r"same number of ids for each of \['data', 'card'\]"):
        of_group(ISOLATED_SUBNETS[:3], group="data", groups=ISOLATED)
