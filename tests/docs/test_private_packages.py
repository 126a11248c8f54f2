"""What docs/private-packages.md tells service teams to write can be written, and leaves no token behind."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from components.packages.names import index_url
from components.packages.origin_controls import origin_controls
from stacks.files import check_stack_file
from tests.docs.dockerfiles import instructions, leaks

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "private-packages.md").read_text()
PACKAGES = check_stack_file(ROOT / "Pulumi.prod.yaml", "prod")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
MOUNT = "--mount=type=secret,id=codeartifact_token,required=true "


def blocks(kind: str) -> list[str]:
    return [text for each, text in BLOCKS if each == kind]


(DOCKERFILE,) = blocks("dockerfile")


def test_the_source_is_the_index_of_the_committed_stack_and_the_only_one() -> None:
    (text,) = blocks("toml")
    (source,) = tomllib.loads(text)["tool"]["poetry"]["source"]
    account = PACKAGES.account
    assert source == {
        "name": "codeartifact",
        "url": index_url(account_id=account.id, region=account.region),
        "priority": "primary",
    }


@pytest.mark.parametrize("text", blocks("bash"))
def test_a_script_can_be_read_by_bash_and_gives_no_token_as_an_argument(text: str) -> None:
    read = subprocess.run(
        ["bash", "-n"], input=text, capture_output=True, text=True, check=False  # noqa: S607
    )
    assert (read.returncode, read.stderr) == (0, "")
    for line in text.splitlines():
        assert "poetry config" not in line
        # A token stands only where a variable is set.
        assert "$CODEARTIFACT_TOKEN" not in re.sub(r"^export \w+=\S+$", "", line)


def test_scripts_ask_for_the_shortest_token_and_use_the_source_s_name() -> None:
    for text in blocks("bash"):
        assert text.count("get-authorization-token") == text.count("--duration-seconds 900")
    own = (ROOT / "scripts" / "install_dependencies.sh").read_text()
    for words in (
        "--domain turnstay",
        "POETRY_HTTP_BASIC_CODEARTIFACT_PASSWORD",
        "--duration-seconds 900",
    ):
        assert words in own
        assert words in PAGE


def test_the_dockerfile_leaves_no_token_in_a_layer() -> None:
    assert leaks(DOCKERFILE) == []
    assert [each for each in instructions(DOCKERFILE) if MOUNT in each]
    assert "docker build --secret id=codeartifact_token,env=" in PAGE


LEAKS = [
    ("a build argument", "WORKDIR /app\n", "WORKDIR /app\nARG CODEARTIFACT_TOKEN\n", "stays in the history"),
    ("a variable", "WORKDIR /app\n", "ENV POETRY_HTTP_BASIC_CODEARTIFACT_PASSWORD=x\n", "stays in the history"),
    ("an argument of the build", MOUNT, "", "uses a token that is no secret of the build"),
    ("a mount of another kind", "type=secret", "type=cache", "uses a token that is no secret of the build"),
    ("settings of Poetry", "poetry install --only", "poetry config http-basic.codeartifact aws x && poetry install --only",
     "writes a token down"),
    ("a file", "poetry install --only", "cat /run/secrets/codeartifact_token > /t && poetry install --only", "writes a token down"),
    ("a copy", "poetry install --only", "cp /run/secrets/codeartifact_token /t && poetry install --only", "writes a token down"),
    ("a login in an address", "poetry==2.5.1", "-i https://aws:$T@example.com/simple poetry", "has a login in an address"),
    ("a file from outside", "COPY app app", "COPY .netrc /root/.netrc", "brings a file with logins"),
    ("a token of the build's own", "RUN pip", "RUN aws codeartifact get-authorization-token; pip",
     "uses a token that is no secret of the build"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "why"), [each[1:] for each in LEAKS], ids=[each[0] for each in LEAKS]
)
def test_a_dockerfile_that_keeps_a_token_is_found(old: str, new: str, why: str) -> None:
    assert old in DOCKERFILE
    assert any(each.startswith(f"{why}: ") for each in leaks(DOCKERFILE.replace(old, new, 1)))


def test_a_line_that_is_no_instruction_is_told() -> None:
    with pytest.raises(ValueError, match="no instruction of a Dockerfile: RUNN pip"):
        leaks("FROM python\nRUNN pip")


def test_the_page_names_every_group_and_every_package() -> None:
    for name in PACKAGES.packages.publishers:
        assert f"`{name}`" in PAGE
    first, second, third, *_ = [
        each["pattern"] for each in origin_controls(sorted(PACKAGES.packages.publishers))
    ]
    assert all(f"`{each}`" in PAGE for each in (first, second, third))
