"""The catalogue differs from version to version; what is found must not."""

from __future__ import annotations

import pytest

from local.account.postgres.programs import Programs
from tests.scripts.audit.ledger import VERSIONS, ledger_on
from tests.scripts.audit.mutations import EVERYWHERE, MUTATIONS


@pytest.mark.parametrize("programs", VERSIONS[1:], ids=lambda each: each.version)
def test_clean_is_clean_and_what_matters_most_is_found(programs: Programs) -> None:
    with ledger_on(programs) as ledger:
        assert ledger.after("SELECT 1") == []
        for name in EVERYWHERE:
            mutation = MUTATIONS[name]
            if mutation.since <= programs.major <= mutation.until:
                found = {
                    (each.severity, each.code, each.object) for each in ledger.after(mutation.sql)
                }
                assert found == mutation.found, name
