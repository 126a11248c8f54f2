"""Ways in which a Dockerfile leaves a token in an image: in its history, or in a file of a layer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

SECRET_NAME: Final = re.compile(r"token|passw|secret|credential|http_basic", re.IGNORECASE)
SECRET_FILE: Final = re.compile(r"\.netrc|pip\.conf|\.pypirc|auth\.toml|\.aws|\.env\b")
# What reads a token, or asks for one.
USES_TOKEN: Final = re.compile(r"/run/secrets|HTTP_BASIC|get-authorization-token", re.IGNORECASE)
# What writes it down: a redirection, a copy, or the settings of an installer.
WRITES: Final = re.compile(r"(?<![-=])>|\b(?:cp|mv|tee|install -m|dd|ln)\b|\bconfig\b|\blogin\b")
URL_WITH_LOGIN: Final = re.compile(r"://[^\s/\"']+:[^\s/\"']*@")
INSTRUCTION: Final = re.compile(
    r"(?:ADD|ARG|CMD|COPY|ENTRYPOINT|ENV|EXPOSE|FROM|HEALTHCHECK|LABEL|RUN|USER|WORKDIR)\b"
)


def instructions(text: str) -> list[str]:
    """Each instruction in one line, without comments; ValueError for a line that is none."""
    lines = [
        each for each in text.splitlines() if each.strip() and not each.lstrip().startswith("#")
    ]
    found = [
        re.sub(r"\s+", " ", each).strip()
        for each in "\n".join(lines).replace("\\\n", " ").splitlines()
    ]
    if wrong := [each for each in found if not INSTRUCTION.match(each)]:
        raise ValueError(f"no instruction of a Dockerfile: {wrong[0]}")
    return found


def leaks(text: str) -> list[str]:
    """What would leave a token in the image, each with its instruction; empty for a Dockerfile that is right."""
    return [f"{why}: {each}" for each in instructions(text) for why in _reasons(each)]


def _reasons(instruction: str) -> Iterator[str]:
    kind, _, rest = instruction.partition(" ")
    if kind in ("ARG", "ENV", "LABEL") and SECRET_NAME.search(rest):
        yield "stays in the history"
    if kind in ("ADD", "COPY") and SECRET_FILE.search(rest):
        yield "brings a file with logins"
    if URL_WITH_LOGIN.search(rest):
        yield "has a login in an address"
    if kind == "RUN" and USES_TOKEN.search(rest):
        if "--mount=type=secret," not in rest:
            yield "uses a token that is no secret of the build"
        if WRITES.search(rest):
            yield "writes a token down"
