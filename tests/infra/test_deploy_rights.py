"""The pipeline may do what this program does, and no more."""

from __future__ import annotations

from pathlib import Path

from components.delivery.rights.table import BY_ADMINISTRATORS, RIGHTS
from tests.infra.deployable import recorded_types, written_types

HOOK = "hook:"


def test_every_type_that_the_program_registers_has_a_row_and_every_row_is_of_such_a_type() -> None:
    deployed = (recorded_types() | written_types()) - BY_ADMINISTRATORS
    table = {kind for kind in RIGHTS if not kind.startswith(HOOK)}
    # An attachment belongs to the deploy role alone, which no pipeline changes.
    deployed.discard("aws:iam/rolePolicyAttachment:RolePolicyAttachment")
    assert table == deployed


def test_a_type_that_only_other_settings_register_is_seen_in_the_code(tmp_path: Path) -> None:
    (tmp_path / "components").mkdir()
    (tmp_path / "components" / "new.py").write_text(
        "import pulumi_aws as aws\naws.sqs.Queue('q')\naws.get_region_output()\naws.ec2.VpcArgs()\n"
    )
    assert written_types(tmp_path) == {"aws:sqs/queue:Queue"}


def test_what_would_widen_the_pipelines_own_rights_is_an_administrators() -> None:
    assert recorded_types() >= BY_ADMINISTRATORS
    assert not BY_ADMINISTRATORS & set(RIGHTS)
