from __future__ import annotations

from pathlib import Path

import pytest

from stacks import names
from stacks.delivery_settings import DeliverySettings
from stacks.errors import SettingsError
from stacks.files import check_stack_file
from tests.stacks.example import EXAMPLE

DELIVERY = """\
  turnstay:delivery:
    github:
      organisation: turnstay
      organisation_id: 11
      repository: platform
      repository_id: 22
      manage_provider: true
    preview: approval
    services:
      ledger: {repository: ledger, repository_id: 33}
    packages:
      turnstay-common: {repository: common, repository_id: 44}
"""


def settings(tmp_path: Path, delivery: str, more: str = "") -> DeliverySettings | None:
    file = tmp_path / "Pulumi.demo.yaml"
    text = EXAMPLE.replace("    region: eu-west-1\n", f"    region: eu-west-1\n{more}", 1)
    file.write_text(text + delivery, encoding="utf-8")
    return check_stack_file(file, "demo").delivery


def problems(tmp_path: Path, delivery: str, more: str = "") -> list[str]:
    with pytest.raises(SettingsError) as error:
        settings(tmp_path, delivery, more)
    return [each.partition(": ")[2] for each in error.value.problems]


def edited(*changes: tuple[str, str]) -> str:
    text = DELIVERY
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    return text


def test_a_stack_has_identities_for_a_pipeline_or_none(tmp_path: Path) -> None:
    assert settings(tmp_path, "") is None
    found = settings(tmp_path, DELIVERY)
    assert found is not None
    assert (found.github.repository, found.github.repository_id) == ("platform", 22)
    assert found.services["ledger"].repository_id == 33
    assert found.unknown_ids() == ()


def test_an_id_that_is_not_known_yet_is_told_by_its_path(tmp_path: Path) -> None:
    unknown = edited(("organisation_id: 11", "organisation_id: 0"), ("id: 33", "id: 0"))
    found = settings(tmp_path, unknown)
    assert found is not None
    assert found.unknown_ids() == ("github.organisation_id", "services.ledger.repository_id")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("organisation: turnstay", "organisation: turn/stay", (
            'delivery.github.organisation: "turn/stay" is no name of an organisation on GitHub: up to 39 letters,'
            " digits and hyphens")),
        ("organisation_id: 11", "organisation_id: -1", f"delivery.github.organisation_id: -1 is out of range; allowed are 0 to {2**53}"),
        ("      repository: platform\n", "", "delivery.github.repository: is missing: the name of this project's repository, without the organisation"),
        ("repository: platform", "repository: turnstay/*", (
            'delivery.github.repository: "turnstay/*" is no name of a repository: up to 100 of letters, digits, hyphens,'
            " dots, underscores, no organisation in front")),
        ("manage_provider", "manages_provider", "delivery.github.manages_provider: is no known key; did you mean manage_provider?"),
        ("preview: approval", "preview: approve", 'delivery.preview: "approve" is none of "pull_request", "approval"; did you mean approval?'),
        ("ledger: {", "leger: {", "delivery.services.leger: is no known key; did you mean ledger?"),
        ("id: 33", "id: x", 'delivery.services.ledger.repository_id: "x" is not a whole number'),
        ("id: 33", "id: 22", (
            "delivery.services.ledger.repository_id: 22 is already the number of platform;"
            " gh api repos/turnstay/ledger --jq .id tells this one's")),
        ("repository: common", "repository: ledger", "delivery.packages.turnstay-common.repository_id: 44 is not the number 33 that ledger has elsewhere"),
        ("turnstay-common:", "common:", "delivery.packages.common: is no private package: turnstay-… in lower case, at most 40 characters"),
        ("    preview: approval\n", "    preview: approval\n    state_bucket: A\n", 'delivery.state_bucket: "A" is no name of a state bucket'),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_path_and_the_way_out(
    tmp_path: Path, old: str, new: str, expected: str
) -> None:
    assert problems(tmp_path, edited((old, new))) == [expected]


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    worse = edited(("id: 22", "id: 33"), ("organisation_id: 11", "organisation_id: a"))
    found = problems(tmp_path, worse.replace("turnstay-common", "x").replace("id: 44", "id: -4"))
    assert [each.partition(": ")[0] for each in found] == [
        "delivery.github.organisation_id",
        "delivery.packages.x.repository_id",
    ]


def test_who_deploys_must_be_able_to_read_what_it_sets(tmp_path: Path) -> None:
    readers = "    secret_readers: [admin]\n"
    (found,) = problems(tmp_path, DELIVERY, readers)
    assert found.startswith(
        "account.secret_readers: lacks turnstay-demo-deploy: the pipeline's own"
    )
    both = "    secret_readers: [admin, turnstay-demo-deploy]\n"
    assert settings(tmp_path, DELIVERY, both) is not None


def test_the_longest_names_fit_into_iam() -> None:
    stack = "s" * 20
    assert names.deploy_role_name(stack) == f"turnstay-{stack}-deploy"
    assert names.install_role_name() == "turnstay-install"
    assert names.publish_role_name(f"turnstay-{'x' * 31}").endswith("x")
    assert len(names.release_role_name(stack, "secure_card_service")) == 57
    with pytest.raises(ValueError, match=r"role name has 6[5-9] characters, at most 64"):
        names.release_role_name(stack, "a" * 30)
