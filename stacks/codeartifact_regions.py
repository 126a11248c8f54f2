"""Where AWS offers CodeArtifact.

The list is that of the AWS SDK's endpoints for the service `codeartifact`; a test compares the two, so a new version of
the SDK brings a new region here by a failing test.
"""

from __future__ import annotations

from typing import Final

REGIONS: Final = (
    *("ap-northeast-1", "ap-south-1", "ap-southeast-1", "ap-southeast-2"),
    *("eu-central-1", "eu-north-1", "eu-south-1", "eu-west-1", "eu-west-2", "eu-west-3"),
    *("us-east-1", "us-east-2", "us-west-2"),
)
