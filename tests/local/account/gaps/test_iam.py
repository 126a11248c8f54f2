from __future__ import annotations

from moto.iam.models import IAMBackend

from local.account.gaps.install import install


def test_a_role_may_be_made_while_the_roles_are_looked_through() -> None:
    install()
    backend = IAMBackend("aws", "210987650001")
    backend.create_role("first", "{}", "/", None, "", [], "3600")
    for role in backend.get_roles():
        backend.roles["another"] = role
    assert len(list(backend.get_roles())) == 2
