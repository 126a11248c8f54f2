"""The environment of the engine and of the program: this machine's account, and no way to any other."""

from __future__ import annotations

import os

from local.state import State

FOREIGN = ("AWS_", "PULUMI_", "MOTO_")
KEPT = "PULUMI_BIN"
LOOPBACK = "127.0.0.1,localhost"


def forget_logins() -> None:
    """Drop whatever the person's shell is logged in to: nothing here may ever reach a real account.

    Later calls add the local account's endpoint; until then AWS has keys that open nothing.
    """
    for name in [each for each in os.environ if each.startswith(FOREIGN) and each != KEPT]:
        del os.environ[name]
    os.environ |= {
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_EC2_METADATA_DISABLED": "true",
        # Profiles hold endpoints and roles too.
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    }
    for name in ("NO_PROXY", "no_proxy"):
        mine = os.environ.get(name)
        os.environ[name] = f"{mine},{LOOPBACK}" if mine else LOOPBACK


def enter(state: State, *, endpoint: str, region: str, checkpoints: bool) -> None:
    """Set what the engine, its providers and the program's own clients read from the environment.

    Without `checkpoints` the engine writes its state once, at the end, instead of after each of some hundred steps.
    """
    os.environ |= {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_REGION": region,
        "AWS_DEFAULT_REGION": region,
        "AWS_MAX_ATTEMPTS": "2",
        # Metadata beside each file would be written in place: an engine killed at that moment leaves an empty one,
        # and no engine reads the state behind it again ("failed to load checkpoint: EOF").
        "PULUMI_BACKEND_URL": f"file://{state.backend}?metadata=skip",
        "PULUMI_HOME": str(state.home),
        "PULUMI_CONFIG_PASSPHRASE": state.passphrase,
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
        "PULUMI_DISABLE_CHECKPOINT_BACKUPS": "true",
    }
    if not checkpoints:
        os.environ |= {"PULUMI_EXPERIMENTAL": "true", "PULUMI_SKIP_CHECKPOINTS": "true"}
