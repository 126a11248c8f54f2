"""Copies of Pulumi.yaml and of a stack's file that fit the local account.

Written as JSON, which is YAML that no two parsers read differently.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from local.passphrase import Encryption
from local.project import Project
from local.state import State

# What says where the real state is kept and how the engine starts the program; here the runner does both.
NOT_LOCAL = ("main", "runtime", "backend", "plugins", "options")


def write_working_copy(
    project: Project, state: State, *, image: str, plugins: Mapping[str, Path], outside: str = ""
) -> None:
    """Write both files into the state's work folder; the project's own files stay as they are."""
    own = {key: value for key, value in project.settings.items() if key not in NOT_LOCAL}
    providers = [{"name": name, "path": str(path)} for name, path in plugins.items()]
    _write(
        state.work / "Pulumi.yaml",
        own | {"runtime": "python", "plugins": {"providers": providers}},
    )
    file = project.stack_file(state.stack)
    values = yaml.safe_load(file.read_text(encoding="utf-8"))["config"]
    if outside:
        values |= alerts_to(outside, values, project=project.name)
    made = local_values(values, project=project.name, image=image, key=state.passphrase.encode())
    _write(state.work / file.name, _encrypted(made, state.passphrase))


def local_values(
    values: Mapping[str, Any], *, project: str, image: str, key: bytes
) -> dict[str, Any]:
    """Compute the values of a stack for the local account.

    An encrypted value cannot be read here: a made-up one, the same in each run, takes its place, still behind `secure`.
    A service without an image gets the sample's. All else is the stack's own.
    """
    made = {name: _readable(value, key, name) for name, value in values.items()}
    services = made.get(f"{project}:services")
    if isinstance(services, dict):
        for service in services.values():
            if service.get("image") is None:
                service["image"] = image
    return made


def alerts_to(outside: str, values: Mapping[str, Any], *, project: str) -> dict[str, Any]:
    """The values by which alerts go to the account's own Slack and Honeybadger, whatever the stack says.

    Whether the stack has Honeybadger's key yet or not, here it has one.
    """
    supplied = dict(values.get(f"{project}:supplied") or {})
    own = {"HONEYBADGER_API_KEY": {"secure": ""}, **(supplied.get("platform") or {})}
    return {
        f"{project}:supplied": {**supplied, "platform": own},
        f"{project}:alert_delivery": {
            "honeybadger_url": outside,
            "slack_check_in": "slack",
            "honeybadger_check_in": "honeybadger",
        },
    }


def _readable(value: Any, key: bytes, place: str) -> Any:  # noqa: ANN401 - any YAML
    if isinstance(value, dict):
        if set(value) == {"secure"}:
            made_up = hmac.new(key, place.encode(), hashlib.sha256).hexdigest()[:32]
            return {"secure": f"local-{made_up}"}
        return {name: _readable(each, key, f"{place}.{name}") for name, each in value.items()}
    if isinstance(value, list):
        return [_readable(each, key, f"{place}.{i}") for i, each in enumerate(value)]
    return value


def _encrypted(values: Mapping[str, Any], passphrase: str) -> dict[str, Any]:
    """The content of the file; without a secret in it the engine makes a salt of its own."""
    encryption: list[Encryption] = []

    def deep(value: Any) -> Any:  # noqa: ANN401 - any YAML
        if isinstance(value, dict):
            if set(value) == {"secure"}:
                if not encryption:
                    encryption.append(Encryption(passphrase))
                return {"secure": encryption[0].encrypt(value["secure"])}
            return {name: deep(each) for name, each in value.items()}
        return [deep(each) for each in value] if isinstance(value, list) else value

    config = deep(dict(values))
    return {"config": config} | ({"encryptionsalt": encryption[0].salt} if encryption else {})


def _write(path: Path, content: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(content, indent=1), encoding="utf-8")
