"""Controls on image repositories: each function gives its findings over a recorded program, and none is good."""

from __future__ import annotations

from typing import Any, Final

from tests.engine.recording import Recording

REPOSITORY: Final = "aws:ecr/repository:Repository"
LIFECYCLE: Final = "aws:ecr/lifecyclePolicy:LifecyclePolicy"
FEWEST_IMAGES: Final = 10


def images_are_scanned(recording: Recording) -> list[str]:
    """ECR.1."""
    return [
        f"{each.name}: images are not scanned"
        for each in recording.all(REPOSITORY)
        if each.inputs.get("imageScanningConfiguration") != {"scanOnPush": True}
    ]


def tags_never_move(recording: Recording) -> list[str]:
    """ECR.2."""
    return [
        f"{each.name}: tags are {each.inputs.get('imageTagMutability', 'MUTABLE')}"
        for each in recording.all(REPOSITORY)
        if each.inputs.get("imageTagMutability") != "IMMUTABLE"
    ]


def images_expire_but_not_what_is_deployed(recording: Recording) -> list[str]:
    """ECR.3; what was deployed is kept by a rule of its own that comes first."""
    policies = {each.inputs["repository"]: each for each in recording.all(LIFECYCLE)}
    findings = []
    for each in recording.all(REPOSITORY):
        policy = policies.get(each.inputs["name"])
        if policy is None:
            findings.append(f"{each.name}: images never expire")
            continue
        rules = sorted(policy.json("policy")["rules"], key=lambda rule: int(rule["rulePriority"]))
        first = rules[0]["selection"]
        if first.get("tagPatternList") != ["deployed-*"] or _kept(first) < 100:
            findings.append(f"{each.name}: what is deployed may expire")
        builds = [
            rule["selection"] for rule in rules if rule["selection"]["tagStatus"] != "untagged"
        ]
        if any(_kept(selection) < FEWEST_IMAGES for selection in builds):
            findings.append(f"{each.name}: too few images are kept to go back")
    return findings


def images_are_encrypted_with_our_key(recording: Recording) -> list[str]:
    """ECR.5."""
    return [
        f"{each.name}: not encrypted with a key of ours"
        for each in recording.all(REPOSITORY)
        for encryption in (each.inputs.get("encryptionConfigurations") or [{}])
        if encryption.get("encryptionType") != "KMS" or not encryption.get("kmsKey")
    ]


def repositories_are_protected(recording: Recording) -> list[str]:
    """Nothing can be rolled back without its image; for stacks whose settings ask for protection."""
    return [
        f"{each.name}: protect is {each.protect}, forceDelete {each.inputs.get('forceDelete')}"
        for each in recording.all(REPOSITORY)
        if not each.protect or each.inputs.get("forceDelete")
    ]


def _kept(selection: dict[str, Any]) -> int:
    return int(selection["countNumber"]) if selection["countType"] == "imageCountMoreThan" else 0
