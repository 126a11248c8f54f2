"""Go through the requirements one by one: tell what is so, and make so what is not."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Final

from scripts.bootstrap.errors import BootstrapError
from scripts.bootstrap.report import finding_lines, shown
from scripts.bootstrap.requirement import Finding, Requirement, Verdict

# S3 and IAM may answer with the old state for some seconds after a change.
WAITS_SECONDS: Final = (1, 2, 3, 4, 5)


def work_through(
    requirements: Iterable[Requirement],
    *,
    apply: bool,
    say: Callable[[str], None],
    sleep: Callable[[float], None] = time.sleep,
) -> Counter[Verdict]:
    """Count how each requirement was found. With `apply`, those found otherwise are met afterwards, or it raises."""
    verdicts: Counter[Verdict] = Counter()
    place = None
    for requirement in requirements:
        if requirement.place != place:
            place = requirement.place
            say(f"\n{place}")
        finding = requirement.examine()
        if apply and finding.verdict != "ok":
            requirement.write()
            _read_back(requirement, sleep)
        verdicts[finding.verdict] += 1
        for line in finding_lines(finding, applied=apply):
            say(line)
    return verdicts


def _read_back(requirement: Requirement, sleep: Callable[[float], None]) -> Finding:
    finding = requirement.examine()
    for seconds in WAITS_SECONDS:
        if finding.verdict == "ok":
            break
        sleep(seconds)
        finding = requirement.examine()
    if finding.verdict != "ok":
        raise BootstrapError(
            f"{finding.place}: {finding.name} was written, but reads back as {shown(finding.found)} instead of"
            f" {shown(finding.wanted)}; does something else in the account change it back?"
        )
    return finding
