from __future__ import annotations

import pytest

from components.delivery import deploy_boundary as limits
from components.delivery import deploy_policy
from components.delivery.deploy_policy import deploy_documents, read_statements
from components.delivery.package_policies import Packages, install_statements, publish_statements
from components.delivery.rights.right import reads, writes
from components.delivery.rights.table import RIGHTS
from components.delivery.statements import (
    MANAGED_LIMIT,
    Place,
    allow,
    deny,
    document,
    size_problem,
)
from components.delivery.workload_boundary import workload_boundary

PLACE = Place(account_id="111122223333", region="eu-west-1", stack="demo")
BOUNDARY = "arn:aws:iam::111122223333:policy/b"
LONGEST = Place(account_id="111122223333", region="ap-southeast-1", stack="s" * 20)


def test_a_statement_is_written_sorted_and_with_what_it_has_alone() -> None:
    assert allow("A", ["s3:Put", "s3:Get", "s3:Get"], ["x"]) == {
        "Sid": "A",
        "Effect": "Allow",
        "Action": ["s3:Get", "s3:Put"],
        "Resource": ["x"],
    }
    assert deny("D", ["a"], ["x"], {"Bool": {"k": "true"}})["Condition"] == {"Bool": {"k": "true"}}


def test_a_region_that_is_where_iam_answers_is_named_once() -> None:
    virginia = Place(account_id="1", region="us-east-1", stack="demo")
    assert virginia.in_region == {"StringEquals": {"aws:RequestedRegion": ["us-east-1"]}}


def test_documents_fit_into_iam_with_the_longest_names_there_are() -> None:
    bucket = "b" * 58
    deploy_documents(LONGEST, boundary_arn=f"{BOUNDARY}{'x' * 40}")
    limits.deploy_boundary(LONGEST, workload_boundary_arn=BOUNDARY, state_bucket=bucket)
    workload_boundary(LONGEST)


def test_a_table_that_outgrew_iam_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    grown = {
        f"t{index}": (writes("s3", "PutObject", f"{index}{'x' * 200}/*"),) for index in range(40)
    }
    monkeypatch.setattr(deploy_policy, "TABLES", {"edge": grown})
    with pytest.raises(
        ValueError, match=r"the policy edge of the deploy role has \d+ characters, IAM"
    ):
        deploy_documents(PLACE, boundary_arn=BOUNDARY)
    assert size_problem("x", [document([])], MANAGED_LIMIT) is None


def test_rights_on_the_same_resources_under_the_same_condition_are_one_statement() -> None:
    found = read_statements(PLACE)
    places = [(str(each["Resource"]), str(each.get("Condition"))) for each in found]
    assert len(set(places)) == len(places)


def test_what_only_looks_is_marked_and_what_acts_is_not() -> None:
    looking = ("Describe", "Get", "List", "View")
    for kind, row in RIGHTS.items():
        for right in row:
            for action in right.actions:
                verb = action.partition(":")[2]
                assert verb.startswith(looking) or not right.reads, f"{kind}: {action} acts"
    assert reads("ecs", "DescribeTasks").narrowing == "region"


def test_no_right_is_everything_of_a_service() -> None:
    for row in RIGHTS.values():
        for right in row:
            assert not [each for each in right.actions if "*" in each]
            assert right.narrowing != "none" or "*" not in right.resources


def test_a_boundary_names_each_service_of_the_table() -> None:
    services = limits.services()
    assert services == sorted(set(services))
    assert {"ecs", "iam", "kms", "rds", "secretsmanager", "s3"} <= set(services)
    assert not {"sts", "organizations", "cloudtrail", "dynamodb"} & set(services)


PACKAGES = Packages(
    account_id="111122223333",
    region="eu-west-1",
    domain="turnstay",
    read_from=("internal", "pypi-store"),
    publish_to="internal",
)


def test_a_publisher_has_one_package_and_a_build_none() -> None:
    (published,) = [
        each for each in publish_statements(PACKAGES, "turnstay-common") if each["Sid"] == "Publish"
    ]
    prefix = "arn:aws:codeartifact:eu-west-1:111122223333"
    assert published["Resource"] == [f"{prefix}:package/turnstay/internal/pypi//turnstay-common"]
    (read,) = [each for each in install_statements(PACKAGES) if each["Sid"] == "Read"]
    assert read["Resource"] == [
        f"{prefix}:repository/turnstay/internal",
        f"{prefix}:repository/turnstay/pypi-store",
    ]
    actions = {action for each in install_statements(PACKAGES) for action in each["Action"]}  # type: ignore[attr-defined]
    assert not [each for each in actions if "Publish" in each or "Put" in each]
