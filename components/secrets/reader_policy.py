"""The resource policy of a secret: who may read its value.

It denies, and only reading, to everybody but the readers. IAM still has to allow them: the policy takes rights away and
gives none, so it can make no secret public. And it can lock nobody out: metadata and version ids, new values, deletion
and the policy itself stay with the account's IAM, so a wrong list of readers is mended like any other setting.

Whoever runs an update is a reader, too. The provider reads each value back, when it has written one, when it deletes an
old version and whenever it refreshes: a deploy role that only lists version ids would break on the first new password.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, TypeAlias

Arn: TypeAlias = object
"""A string, or an output of another resource."""
Document: TypeAlias = dict[str, object]

READING: Final = "secretsmanager:GetSecretValue"  # BatchGetSecretValue asks for it for each secret
# Roles by their whole name. People come in by roles of IAM Identity Center, whose names end in letters made up by AWS.
ROLE: Final = re.compile(
    r"arn:aws:iam::\d{12}:role/"
    r"(?:aws-reserved/sso\.amazonaws\.com/(?:[a-z0-9-]+/)?AWSReservedSSO_[\w+=,.@-]+_(?:\*|\w+)"
    r"|[\w+=,.@/-]+)"
)


def reader_policy(readers: Sequence[Arn]) -> Document:
    """The document; `readers` are ARNs of roles."""
    return {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "ReadersOnly",
                "Effect": "Deny",
                "Principal": "*",
                "Action": READING,
                "Resource": "*",  # in a secret's policy: this secret
                # Of a session, the key holds the ARN of its role.
                "Condition": {"ArnNotLike": {"aws:PrincipalArn": list(readers)}},
            }
        ],
    }


def reader_problems(readers: Sequence[Arn]) -> list[str]:
    """Readers that are too many, or none at all; empty when each is a role by its name."""
    if not readers:
        return ["at least one role may read a secret, got none"]
    return [
        f"a reader is the ARN of a role by its whole name, got {each}"
        for each in readers
        if isinstance(each, str) and not ROLE.fullmatch(each)
    ]
