"""Where a service's secrets come from: what the file says, what it need not say, and every mistake in it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from stacks.catalogue import CATALOGUE, SERVICES
from stacks.errors import SettingsError
from stacks.secret_sources import ISSUED_ELSEWHERE, SecretUse, secrets_of
from stacks.settings import StackSettings
from tests.stacks.example import EXAMPLE, check, edited

LEDGER = "      workers: 2\n"
END = "  turnstay:alarms:\n"
SET = ".venv/bin/python -m scripts.service_secrets set --stack demo --service ledger"
SUPPLY = "pulumi config set --stack demo --secret --path turnstay:supplied.ledger."
KNOWN = (
    "DESCOPE_PROJECT_ID, DESCOPE_MANAGEMENT_KEY, SECRET_KEY, HONEYBADGER_API_KEY, SLACK_WEBHOOK_URL"
)
DECLARED = f"is no secret that stacks/catalogue.py declares; those of ledger are {KNOWN}"
CLEAR = (
    "the value is in clear text and so known to whoever reads this file: have a new one issued,"
    " and set that by `pulumi config set --secret --path`"
)


def text(secrets: str = "{}", supplied: str = "{}") -> str:
    """The example with these `secrets` of the ledger, and these `supplied` values of all services."""
    changed = edited(LEDGER, f"{LEDGER}      secrets: {secrets}\n")
    return edited(END, f"  turnstay:supplied: {supplied}\n{END}", changed)


def uses(settings: StackSettings, service: str = "ledger") -> tuple[SecretUse, ...]:
    return secrets_of(CATALOGUE[service], settings.services[service])


def test_a_service_has_its_required_secrets_and_no_optional_one_without_a_word(
    tmp_path: Path,
) -> None:
    settings = check(tmp_path, EXAMPLE)
    for service in CATALOGUE:
        assert uses(settings, service) == (
            SecretUse(variable="DESCOPE_PROJECT_ID", source="external"),
            SecretUse(variable="DESCOPE_MANAGEMENT_KEY", source="external"),
            SecretUse(variable="SECRET_KEY", source="generated"),
        )


def test_a_secret_is_added_in_one_line_of_the_catalogue(tmp_path: Path) -> None:
    settings = check(tmp_path, EXAMPLE)
    ledger = replace(CATALOGUE["ledger"], secrets=(*CATALOGUE["ledger"].secrets, "STRIPE_KEY"))
    added = secrets_of(ledger, settings.services["ledger"])[-1]
    assert added == SecretUse(variable="STRIPE_KEY", source="external")


def test_the_file_switches_optional_secrets_on_and_chooses_sources(tmp_path: Path) -> None:
    settings = check(
        tmp_path,
        text(
            "{SLACK_WEBHOOK_URL: {}, SECRET_KEY: {rotate: 3}, DESCOPE_PROJECT_ID: {source: supplied}}",
            "{ledger: {DESCOPE_PROJECT_ID: {secure: AAABAOaNTi4p}}}",
        ),
    )
    assert uses(settings) == (
        SecretUse(variable="DESCOPE_PROJECT_ID", source="supplied"),
        SecretUse(variable="DESCOPE_MANAGEMENT_KEY", source="external"),
        SecretUse(variable="SECRET_KEY", source="generated", rotate=3),
        SecretUse(variable="SLACK_WEBHOOK_URL", source="external"),
    )
    assert settings.model_dump()["supplied"] == {"ledger": ["DESCOPE_PROJECT_ID"]}
    assert "AAABAOaNTi4p" not in repr(settings)
    with pytest.raises(TypeError):
        settings.services["ledger"].secrets["X"] = None  # type: ignore[index]
    with pytest.raises(TypeError):
        settings.supplied["ledger"]["X"] = None  # type: ignore[index]


class Mistake(NamedTuple):
    kind: str
    secrets: str
    supplied: str
    message: str


MISTAKES = [
    Mistake("unknown variable", "{STRIPE_KEY: {}}", "{}", f"services.ledger.secrets.STRIPE_KEY: {DECLARED}"),
    Mistake("misspelt variable", "{SLACK_WEBHOK_URL: {}}", "{}",
     f"services.ledger.secrets.SLACK_WEBHOK_URL: {DECLARED}"),
    Mistake("the database's", "{DATABASE_URL: {source: supplied}}", "{}",
     "services.ledger.secrets.DATABASE_URL: comes with the database of ledger; services.ledger.database.rotation gives"
     " it a new password"),
    Mistake("unknown source", "{SECRET_KEY: {source: extrenal}}", "{}",
     'services.ledger.secrets.SECRET_KEY.source: the value is none of "generated", "supplied", "external";'
     " did you mean external?"),
    Mistake("a source without its key", "{SECRET_KEY: generated}", "{}",
     "services.ledger.secrets.SECRET_KEY: the value is not a mapping (`key: value` lines)"),
    Mistake("misspelt key", "{SECRET_KEY: {rotat: 1}}", "{}",
     "services.ledger.secrets.SECRET_KEY.rotat: is no known key; did you mean rotate?"),
    Mistake("a value in the wrong place", "{SECRET_KEY: hunter2}", "{}",
     "services.ledger.secrets.SECRET_KEY: the value is not a mapping (`key: value` lines)"),
    Mistake("an encrypted value in the wrong place", "{SECRET_KEY: {secure: AAAB}}", "{}",
     "services.ledger.secrets.SECRET_KEY: is encrypted, and stands elsewhere: the value of a secret is"
     " supplied.SERVICE.VARIABLE"),
    Mistake("empty", "{SECRET_KEY: ~}", "{}",
     "services.ledger.secrets.SECRET_KEY: is empty; give it a value or remove the key"),
    Mistake("rotation below 0", "{SECRET_KEY: {rotate: -1}}", "{}",
     "services.ledger.secrets.SECRET_KEY.rotate: the value is out of range; allowed are 0 to 100000"),
    Mistake("rotation of an external secret", "{DESCOPE_PROJECT_ID: {rotate: 1}}", "{}",
     "services.ledger.secrets.DESCOPE_PROJECT_ID: is external, and rotate makes no new value for it; this sets one:"
     f" {SET} DESCOPE_PROJECT_ID"),
    Mistake("rotation of a supplied secret", "{SECRET_KEY: {source: supplied, rotate: 1}}", "{ledger: {SECRET_KEY: {secure: AAAB}}}",
     "services.ledger.secrets.SECRET_KEY: is supplied, and rotate makes no new value for it; this sets one:"
     f" {SUPPLY}SECRET_KEY"),
    Mistake("what others issue, generated", "{SLACK_WEBHOOK_URL: {source: generated}}", "{}",
     "services.ledger.secrets.SLACK_WEBHOOK_URL: cannot be generated: Slack issues it; its source is external or"
     " supplied"),
    Mistake("supplied without a value", "{SECRET_KEY: {source: supplied}}", "{}",
     f"services.ledger.secrets.SECRET_KEY: is supplied, and has no value yet; this sets it: {SUPPLY}SECRET_KEY"),
    Mistake("supplied with the value of another service", "{SECRET_KEY: {source: supplied}}", "{ledger: {}}",
     f"services.ledger.secrets.SECRET_KEY: is supplied, and has no value yet; this sets it: {SUPPLY}SECRET_KEY"),
    Mistake("value of a generated secret", "{}", "{ledger: {SECRET_KEY: {secure: AAAB}}}",
     "services.ledger.secrets.SECRET_KEY: is generated, and has a value in this file all the same; write"
     " source: supplied, or remove the value: pulumi config rm --stack demo --path turnstay:supplied.ledger.SECRET_KEY"),
    Mistake("value of an optional secret that is off", "{}", "{ledger: {SLACK_WEBHOOK_URL: {secure: AAAB}}}",
     "services.ledger.secrets.SLACK_WEBHOOK_URL: is used by nothing: SLACK_WEBHOOK_URL is optional, and"
     " services.ledger.secrets does not name it"),
    Mistake("value of an unknown variable", "{}", "{ledger: {STRIPE_KEY: {secure: AAAB}}}",
     f"supplied.ledger.STRIPE_KEY: {DECLARED}"),
    Mistake("value of an unknown service", "{}", "{legder: {SECRET_KEY: {secure: AAAB}}}",
     "supplied.legder: is no known service; did you mean ledger?"),
    Mistake("plain value", "{SECRET_KEY: {source: supplied}}", "{ledger: {SECRET_KEY: hunter2}}", f"supplied.ledger.SECRET_KEY: {CLEAR}"),
    Mistake("plain number", "{SECRET_KEY: {source: supplied}}", "{ledger: {SECRET_KEY: 12}}", f"supplied.ledger.SECRET_KEY: {CLEAR}"),
    Mistake("plain value of a secret that is not supplied", "{}", "{ledger: {SECRET_KEY: hunter2}}", f"supplied.ledger.SECRET_KEY: {CLEAR}"),
    Mistake("plain value for a service", "{}", "{ledger: hunter2}",
     "supplied.ledger: the value is not a mapping (`key: value` lines)"),
    Mistake("one value for all of a service's", "{}", "{ledger: {secure: AAAB}}",
     "supplied.ledger: is encrypted, and stands elsewhere: the value of a secret is supplied.SERVICE.VARIABLE"),
    Mistake("misspelt source with a value", "{SECRET_KEY: {source: suplied}}", "{ledger: {SECRET_KEY: {secure: AAAB}}}",
     'services.ledger.secrets.SECRET_KEY.source: the value is none of "generated", "supplied", "external";'
     " did you mean supplied?"),
]  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES, ids=[mistake.kind for mistake in MISTAKES])
def test_a_mistake_is_told_in_one_line_without_the_value(tmp_path: Path, mistake: Mistake) -> None:
    with pytest.raises(SettingsError) as error:
        check(tmp_path, text(mistake.secrets, mistake.supplied))
    assert [re.sub(r"^line \d+: ", "", each) for each in error.value.problems] == [mistake.message]
    assert "hunter2" not in str(error.value)
    assert "AAAB" not in str(error.value)


def test_all_mistakes_are_told_at_once_each_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as error:
        check(
            tmp_path,
            text(
                "{SECRET_KEY: {source: supplied}, DESCOPE_PROJECT_ID: {rotate: 1}, STRIPE_KEY: {}}",
                "{recon: {SECRET_KEY: {secure: AAAB}}}",
            ),
        )
    services = text().splitlines().index("      secrets: {}") + 1
    places = [each.split(": ")[:2] for each in error.value.problems]
    assert sorted(places) == [
        [f"line {services}", "services.ledger.secrets.DESCOPE_PROJECT_ID"],
        [f"line {services}", "services.ledger.secrets.SECRET_KEY"],
        [f"line {services}", "services.ledger.secrets.STRIPE_KEY"],
        [f"line {services + 5}", "services.recon.secrets.SECRET_KEY"],
    ]


def test_no_variable_of_the_catalogue_is_plain_or_a_login() -> None:
    for service in SERVICES:
        variables = (*service.secrets, *service.optional_secrets)
        assert len(set(variables)) == len(variables)
        assert not {"DATABASE_URL", "MIGRATOR", "APP_A", "APP_B"} & set(variables)
    known = {name for each in SERVICES for name in (*each.secrets, *each.optional_secrets)}
    assert ISSUED_ELSEWHERE.keys() <= known
