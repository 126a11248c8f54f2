"""From the catalogue to the findings. Pure."""

from __future__ import annotations

from scripts.audit.catalogue import Catalogue
from scripts.audit.expectation import Expectation, check_expectation
from scripts.audit.finding import Finding
from scripts.audit.judges.code import judge_code
from scripts.audit.judges.grants import judge_grants
from scripts.audit.judges.keys import judge_keys
from scripts.audit.judges.memberships import judge_memberships
from scripts.audit.judges.outlets import judge_outlets
from scripts.audit.judges.owners import judge_owners
from scripts.audit.judges.policies import judge_policies
from scripts.audit.judges.roles import judge_roles
from scripts.audit.judges.tables import judge_tables
from scripts.audit.subject import Subject

JUDGES = (
    judge_tables,
    judge_policies,
    judge_keys,
    judge_code,
    judge_grants,
    judge_owners,
    judge_roles,
    judge_memberships,
    judge_outlets,
)


def judge(catalogue: Catalogue, expected: Expectation) -> list[Finding]:
    """List every way around tenant isolation, the worst first; AuditError when what is expected is not there at all."""
    check_expectation(expected, catalogue)
    subject = Subject(catalogue, expected)
    found = {finding for each in JUDGES for finding in each(subject)}
    return sorted(found, key=lambda finding: finding.order)
