"""Which images a repository forgets."""

from __future__ import annotations

from typing import Final

# A release gives the digest that it writes into a stack file one more tag of this form, for example
# `deployed-prod-2026-11-25`. ECR expires an image by the first rule that its tags match and by no
# later one, so no number of builds pushes out what a revision still names: a service that scales out
# or rolls back pulls it again.
DEPLOYED_TAGS: Final = "deployed-*"
DEPLOYED_IMAGES_KEPT: Final = 1000
UNTAGGED_DAYS: Final = 30


def lifecycle_policy(images_kept: int) -> dict[str, object]:
    """Keeps what was deployed, and the newest builds beside it.

    An untagged image that an image index refers to is no candidate: ECR keeps it as long as the index.
    """
    return {
        "rules": [
            _rule(1, "what was deployed", _tagged(DEPLOYED_TAGS, DEPLOYED_IMAGES_KEPT)),
            _rule(
                2,
                "what lost its tag or never had one",
                {
                    "tagStatus": "untagged",
                    "countType": "sinceImagePushed",
                    "countUnit": "days",
                    "countNumber": UNTAGGED_DAYS,
                },
            ),
            _rule(3, "builds", _tagged("*", images_kept)),
        ]
    }


def _tagged(pattern: str, kept: int) -> dict[str, object]:
    return {
        "tagStatus": "tagged",
        "tagPatternList": [pattern],
        "countType": "imageCountMoreThan",
        "countNumber": kept,
    }


def _rule(priority: int, description: str, selection: dict[str, object]) -> dict[str, object]:
    return {
        "rulePriority": priority,
        "description": description,
        "selection": selection,
        "action": {"type": "expire"},
    }
