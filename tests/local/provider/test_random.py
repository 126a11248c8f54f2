"""Passwords and ids: as the program wants them, never twice the same, and in the engine's state alone."""

from __future__ import annotations

import base64
import string
from typing import Any

import pytest
from google.protobuf.message import Message
from pulumi.runtime.proto import provider_pb2

from local.provider.random import RandomProvider
from local.provider.values import UNKNOWN, decode, encode
from tests.local.provider.driver import Context, Props, RefusedError

PASSWORD = "random:index/randomPassword:RandomPassword"
ID = "random:index/randomId:RandomId"
PROVIDER = RandomProvider()
SPECIAL = "!@#$%&*()-_=+[]{}<>:?"


def call(name: str, request: Message) -> Any:
    sent = type(request).FromString(request.SerializeToString())
    return getattr(PROVIDER, name)(sent, Context())


def urn(kind: str) -> str:
    return f"urn:pulumi:test::project::turnstay:a:Component${kind}::name"


def check(kind: str, inputs: Props) -> dict[str, str]:
    answer = call("Check", provider_pb2.CheckRequest(urn=urn(kind), news=encode(inputs)))
    assert decode(answer.inputs) == inputs
    return {each.property: each.reason for each in answer.failures}


def create(kind: str, inputs: Props, *, preview: bool = False) -> tuple[str, Props]:
    assert check(kind, inputs) == {}
    answer = call(
        "Create",
        provider_pb2.CreateRequest(urn=urn(kind), properties=encode(inputs), preview=preview),
    )
    outputs = decode(answer.properties)
    assert {key: outputs[key] for key in inputs} == inputs
    return answer.id, outputs


def password(**inputs: Any) -> str:
    identity, outputs = create(PASSWORD, inputs)
    assert identity == "none"
    return str(outputs["result"])


def diff(kind: str, old: Props, new: Props) -> provider_pb2.DiffResponse:
    answer = call(
        "Diff", provider_pb2.DiffRequest(urn=urn(kind), old_inputs=encode(old), news=encode(new))
    )
    assert isinstance(answer, provider_pb2.DiffResponse)
    return answer


@pytest.mark.parametrize(
    ("inputs", "signs"),
    [
        ({}, string.ascii_letters + string.digits + SPECIAL),
        ({"special": False}, string.ascii_letters + string.digits),
        ({"special": False, "numeric": False, "upper": False}, string.ascii_lowercase),
        ({"lower": False, "upper": False, "overrideSpecial": "~"}, string.digits + "~"),
    ],
    ids=["all", "no special ones", "small letters", "own special ones"],
)
def test_a_password_has_the_signs_it_may_have_and_all_of_them(inputs: Props, signs: str) -> None:
    made = password(length=2000, **inputs)
    assert len(made) == 2000
    assert set(made) == set(signs)


def test_a_password_has_at_least_what_is_asked_for_and_not_in_one_place() -> None:
    asked = {"minLower": 2, "minUpper": 3, "minNumeric": 4, "minSpecial": 5}
    made = [password(length=14, **asked) for _ in range(200)]
    for each in made:
        assert sum(sign in string.ascii_lowercase for sign in each) >= 2
        assert sum(sign in string.ascii_uppercase for sign in each) >= 3
        assert sum(sign in string.digits for sign in each) >= 4
        assert sum(sign in SPECIAL for sign in each) >= 5
    assert len({each[0] in string.ascii_lowercase for each in made}) == 2


def test_no_two_are_the_same() -> None:
    assert len({password(length=40) for _ in range(50)}) == 50
    assert len({create(ID, {"byteLength": 4})[0] for _ in range(50)}) == 50


def test_an_id_is_the_same_bytes_in_all_its_forms() -> None:
    identity, made = create(ID, {"byteLength": 5})
    content = bytes.fromhex(made["hex"])
    assert len(content) == 5
    assert base64.b64decode(made["b64Std"]) == content
    assert base64.urlsafe_b64decode(made["b64Url"] + "=") == content
    assert int(made["dec"]) == int.from_bytes(content, "big")
    assert identity == made["b64Url"]


def test_a_prefix_is_before_every_form_of_an_id_and_no_part_of_its_identity() -> None:
    identity, made = create(ID, {"byteLength": 3, "prefix": "final-"})
    forms = [made[form] for form in ("hex", "b64Std", "b64Url", "dec")]
    assert all(each.startswith("final-") for each in forms)
    assert made["b64Url"] == f"final-{identity}"


@pytest.mark.parametrize(
    ("kind", "old", "new", "changed"),
    [
        (PASSWORD, {"keepers": {"epoch": "0"}}, {"keepers": {"epoch": "1"}}, ["keepers"]),
        (PASSWORD, {"keepers": {"epoch": "0"}}, {"keepers": UNKNOWN}, ["keepers"]),
        (PASSWORD, {"length": 40}, {"length": 41}, ["length"]),
        (PASSWORD, {"special": False}, {}, ["special"]),
        (PASSWORD, {}, {"special": True}, []),
        (PASSWORD, {"minLower": 0}, {}, []),
        (ID, {"byteLength": 4}, {"byteLength": 8, "prefix": "a"}, ["byteLength", "prefix"]),
        (ID, {"keepers": {"key": "a"}}, {"keepers": {"key": "a"}}, []),
    ],
)
def test_whatever_changes_makes_another_one(
    kind: str, old: Props, new: Props, changed: list[str]
) -> None:
    found = diff(kind, old, new)
    assert list(found.diffs) == list(found.replaces) == changed
    assert (found.changes == found.DIFF_SOME) == bool(changed)


@pytest.mark.parametrize(
    ("kind", "inputs", "made"),
    [(PASSWORD, {"length": 40}, {"result"}), (ID, {"byteLength": 4}, {"b64Std", "b64Url", "dec", "hex"})],
)  # fmt: skip
def test_a_preview_makes_nothing(kind: str, inputs: Props, made: set[str]) -> None:
    identity, planned = create(kind, {**inputs, "keepers": UNKNOWN}, preview=True)
    assert identity == ""
    assert planned == {**inputs, "keepers": UNKNOWN, **dict.fromkeys(made, UNKNOWN)}


@pytest.mark.parametrize(
    ("kind", "inputs", "reason"),
    [
        (PASSWORD, {"length": 3, "minLower": 2, "minUpper": 2}, "length is at least 4, got 3"),
        (PASSWORD, {"length": 0}, "length is at least 1, got 0"),
        (PASSWORD, {}, "length is at least 1, got None"),
        (ID, {"byteLength": 0}, "byteLength is at least 1, got 0"),
    ],
)
def test_a_length_that_cannot_be_is_refused(kind: str, inputs: Props, reason: str) -> None:
    assert list(check(kind, inputs).values()) == [reason]


def test_a_length_that_a_preview_does_not_know_may_be_right() -> None:
    assert check(PASSWORD, {"length": UNKNOWN, "minLower": UNKNOWN}) == {}


def test_an_input_that_would_be_ignored_is_refused_with_those_there_are() -> None:
    reason = check(ID, {"byteLength": 4, "bytes": 4})["bytes"]
    assert reason.startswith(f"{ID} takes no bytes in the local account; it takes byteLength, k")
    assert "number" in check(PASSWORD, {"length": 4, "number": True})


def test_a_password_of_no_signs_is_refused() -> None:
    with pytest.raises(RefusedError, match="a password has lower, upper, numeric or special signs"):
        create(PASSWORD, {"length": 4, **dict.fromkeys(("lower", "upper", "numeric", "special"), False)})  # fmt: skip


def test_an_unknown_type_is_named() -> None:
    with pytest.raises(RefusedError, match=r"does not know random:index/randomPet:RandomPet; it k"):
        check("random:index/randomPet:RandomPet", {})


def test_a_refresh_finds_what_was_made_and_an_import_nothing() -> None:
    recorded = {"length": 4, "result": "abcd"}
    request = provider_pb2.ReadRequest(
        id="none", urn=urn(PASSWORD), properties=encode(recorded), inputs=encode({"length": 4})
    )
    found = call("Read", request)
    assert (found.id, decode(found.properties), decode(found.inputs)) == (
        "none",
        recorded,
        {"length": 4},
    )
    with pytest.raises(RefusedError, match="is in the state alone, and cannot be imported"):
        call("Read", provider_pb2.ReadRequest(id="none", urn=urn(PASSWORD)))
