"""CodeArtifact: moto has nothing of it."""

from __future__ import annotations

from local.account.codeartifact.api import serve

serve()
