from __future__ import annotations

import pytest

from components.database.versions import (
    VERSIONS,
    parameter_family,
    version_problems,
    version_warning,
)


@pytest.mark.parametrize("version", ["14", "15", "16", "17", "18"])
def test_a_major_version_that_rds_offers_is_taken(version: str) -> None:
    assert version_problems(version) == []
    assert parameter_family(version) == f"postgres{version}"


@pytest.mark.parametrize("version", ["13", "19", "17.5", "17.10", "", "v17"])
def test_another_or_a_minor_version_is_refused(version: str) -> None:
    assert version_problems(version) == [
        f"engine_version is a major version, one of 14, 15, 16, 17, 18, got {version!r}"
    ]


def test_only_a_version_without_support_warns() -> None:
    assert [version for version in VERSIONS if version_warning(version)] == ["14"]
    assert "no community support since 2026-11-12" in str(version_warning("14"))
    assert "Upgrade to 17" in str(version_warning("14"))
