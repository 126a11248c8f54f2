"""Controls on functions: each function gives its findings over a recorded program, and none is good."""

from __future__ import annotations

from typing import Final

from stacks.secret_names import looks_secret
from tests.engine.recording import Recording
from tests.engine.values import Secret

FUNCTION: Final = "aws:lambda/function:Function"
PERMISSION: Final = "aws:lambda/permission:Permission"


def functions_are_called_by_named_sources(recording: Recording) -> list[str]:
    """Lambda.1."""
    return [
        f"{each.name}: {each.inputs['principal']} for any customer"
        for each in recording.all(PERMISSION)
        if each.inputs["principal"] == "*" or not each.inputs.get("sourceArn")
    ]


def functions_are_bounded_and_logged(recording: Recording) -> list[str]:
    """Lambda.2: a runtime that is supported, a limit of copies, and a log group of this program."""
    groups = {each.inputs["name"] for each in recording.all("aws:cloudwatch/logGroup:LogGroup")}
    findings = []
    for each in recording.all(FUNCTION):
        if each.inputs["runtime"] not in ("python3.13", "python3.14"):
            findings.append(f"{each.name}: runtime {each.inputs['runtime']}")
        if not 0 < each.inputs.get("reservedConcurrentExecutions", -1) <= 10:
            findings.append(f"{each.name}: as many copies as the account has")
        if each.inputs.get("loggingConfig", {}).get("logGroup") not in groups:
            findings.append(f"{each.name}: logs where nothing is encrypted or deleted")
    return findings


def functions_have_no_secrets_in_their_environment(recording: Recording) -> list[str]:
    """A name that announces a secret, or a value that is one; ARNs of secrets are none."""
    return [
        f"{each.name}: {name} is in the environment"
        for each in recording.all(FUNCTION)
        for name, value in each.inputs.get("environment", {}).get("variables", {}).items()
        if looks_secret(name) or isinstance(value, Secret) or "hooks.slack.com" in str(value)
    ]
