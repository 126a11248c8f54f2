"""No look-alike on the public index is ever installed in the place of a private package."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from contextlib import closing
from http.client import HTTPConnection
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.packages.index import TOKEN, PackageIndex, PublishRefusedError
from tests.packages.installers import (
    UnresolvedError,
    find_poetry,
    pip_resolves,
    poetry_resolves,
)
from tests.packages.wheels import Wheel

LOGIN = ("aws", TOKEN)
PAGE = Path(__file__).parents[2] / "docs" / "private-packages.md"
Resolve = Callable[[Path, PackageIndex, str], dict[str, str]]


def opened(aws: Any) -> None:
    """The upstream is opened for `turnstay-common`."""
    aws.update_package_group_origin_configuration(
        domain="turnstay",
        packageGroup="/pypi//turnstay-common$",
        restrictions={"EXTERNAL_UPSTREAM": "ALLOW", "INTERNAL_UPSTREAM": "ALLOW"},
    )


def project(wanted: str, url: str) -> str:
    """What service teams are told to write, with another need and the index of this machine."""
    (text,) = re.findall(r"^```toml\n(.*?)^```$", PAGE.read_text(), re.MULTILINE | re.DOTALL)
    text, needs = re.subn(
        r"^dependencies = .*$", f'dependencies = ["{wanted}"]', text, flags=re.MULTILINE
    )
    text, urls = re.subn(r'^url = ".*"$', f'url = "{url}"', text, flags=re.MULTILINE)
    assert (needs, urls) == (1, 1)
    return text


def by_pip(folder: Path, index: PackageIndex, wanted: str) -> dict[str, str]:
    if find_spec("pip") is None:
        pytest.skip("no pip in the environment that runs the tests")
    return pip_resolves(folder, index.url, LOGIN, wanted)


def by_poetry(folder: Path, index: PackageIndex, wanted: str) -> dict[str, str]:
    poetry = find_poetry()
    if poetry is None:
        pytest.skip("no Poetry 2: neither on PATH nor made by scripts/install_dependencies.sh")
    (folder / "pyproject.toml").write_text(project(wanted, index.url))
    return poetry_resolves(folder, poetry, LOGIN)


BOTH = pytest.mark.parametrize("resolve", [by_pip, by_poetry])


@BOTH
def test_a_service_gets_ours_and_public_packages_beside_it(
    tmp_path: Path, index: PackageIndex, resolve: Resolve
) -> None:
    assert resolve(tmp_path, index, "turnstay-common>=1") == {
        "turnstay-common": "1.2.0",
        "pocket": "1.1",
    }


@BOTH
def test_without_the_control_it_would_get_the_look_alike(
    tmp_path: Path, index: PackageIndex, resolve: Resolve, aws: Any
) -> None:
    opened(aws)
    assert resolve(tmp_path, index, "turnstay-common>=1") == {"turnstay-common": "9.9.9"}


@pytest.mark.parametrize("wanted", ["turnstay-common>=2", "turnstay-next", "Turnstay_Next"])
def test_what_we_have_not_published_does_not_come_from_somebody(
    tmp_path: Path, index: PackageIndex, wanted: str
) -> None:
    with pytest.raises(UnresolvedError, match="No matching distribution found"):
        by_pip(tmp_path, index, wanted)


def test_a_domain_as_aws_makes_it_would_let_anybody_take_a_name_of_ours(
    tmp_path: Path, index: PackageIndex, aws: Any
) -> None:
    for pattern in ("/pypi//turnstay-common$", "/pypi//turnstay~"):
        aws.delete_package_group(domain="turnstay", packageGroup=pattern)
    assert by_pip(tmp_path, index, "turnstay-next") == {"turnstay-next": "1.0"}


@pytest.mark.parametrize(
    ("repository", "name"),
    [("pypi-store", "turnstay-common"), ("internal", "pocket"), ("internal", "turnstay-next")],
)
def test_nothing_else_is_published_and_nothing_elsewhere(
    index: PackageIndex, repository: str, name: str
) -> None:
    with pytest.raises(PublishRefusedError):
        index.publish(repository, Wheel(name=name, version="3.0", origin="somebody's"))


def test_publishing_would_be_open_if_root_were(index: PackageIndex, aws: Any) -> None:
    aws.update_package_group_origin_configuration(
        domain="turnstay", packageGroup="/*", restrictions={"PUBLISH": "ALLOW"}
    )
    index.publish("internal", Wheel(name="pocket", version="3.0", origin="somebody's"))


def test_without_the_token_nothing_is_told(index: PackageIndex) -> None:
    login = base64.b64encode(":".join(LOGIN).encode()).decode()
    assert asked(index, {}) == (401, b"")
    assert asked(index, {"Authorization": "Basic guess"}) == (401, b"")
    status, page = asked(index, {"Authorization": f"Basic {login}"})
    assert status == 200
    assert b"turnstay_common-1.2.0" in page


def asked(index: PackageIndex, headers: dict[str, str]) -> tuple[int, bytes]:
    place = urlsplit(index.url)
    with closing(HTTPConnection(place.netloc)) as connection:
        connection.request("GET", f"{place.path}turnstay-common/", headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
