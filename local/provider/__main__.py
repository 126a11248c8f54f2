"""The plugin `pulumi-resource-aws`: `python -m local.provider`, started by the engine."""

from __future__ import annotations

from local.provider.plugin import serve
from local.provider.server import AwsProvider

if __name__ == "__main__":
    serve(AwsProvider())
