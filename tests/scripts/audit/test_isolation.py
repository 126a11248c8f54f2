"""What is proven of an expression as PostgreSQL writes it back, and that nothing else is."""

from __future__ import annotations

import pytest

from scripts.audit.expression import Opaque
from scripts.audit.isolation import judge
from scripts.audit.reader import read

SETTING = "NULLIF(current_setting('app.current_tenant'::text, true), ''::text)"
OWN = f"(company_id = ({SETTING})::integer)"

ISOLATES = {
    "template": OWN,
    "bigint": f"(company_id = ({SETTING})::bigint)",
    "subselect": f'(company_id = ( SELECT ({SETTING})::integer AS "nullif"))',
    "and something unknown": f"({OWN} AND (kind = ANY (ARRAY['a'::text, '(or'::text])))",
    "and a true": f"({OWN} AND true)",
    "both sides of or": f"(({OWN} AND (a > 1)) OR ({OWN} AND b))",
    "or never": f"({OWN} OR (1 = 2))",
}
OTHERWISE = {
    "no missing_ok": (
        "(company_id = (current_setting('app.current_tenant'::text))::integer)",
        "raises",
    ),
    "no nullif": (
        "(company_id = (current_setting('app.current_tenant'::text, true))::integer)",
        "raises",
    ),
    "as text": (
        "((company_id)::text = current_setting('app.current_tenant'::text, true))",
        "other",
    ),
    "uuid": (f"(company_id = ({SETTING})::uuid)", "other"),
    "true": ("true", "always"),
    "or true": (f"({OWN} OR true)", "always"),
    "coalesce": ("COALESCE(a, true)", "always"),
    "not null or": ("((a IS NULL) OR (a IS NOT NULL))", "always"),
    "not or": ("((a > 1) OR (NOT (a > 1)))", "always"),
    "one": ("(1 = 1)", "always"),
    "itself": ("(company_id >= company_id)", "always"),
    "false": ("false", "open"),  # nobody's rows: never a proof, and no harm
    "or something": (f"({OWN} OR (kind = 'shared'::text))", "open"),
    "or something unknown": (f"({OWN} OR (kind = ANY (ARRAY['a'::text])))", "open"),
    "not": (f"(NOT {OWN})", "open"),
    "is not false": (f"({OWN} IS NOT FALSE)", "open"),
    "case": (f"CASE WHEN {OWN} THEN true ELSE true END", "open"),
    "case inside": (f"({OWN} = CASE WHEN a THEN true ELSE false END)", "open"),
    "another column": (f"(id = ({SETTING})::integer)", "open"),
    "a column of another table": (f"(other.company_id = ({SETTING})::integer)", "open"),
    "another setting": (OWN.replace("app.current", "app.some"), "open"),
    "another default": (OWN.replace("''::text", "'42'::text"), "open"),
    "a function of the same name": (
        OWN.replace("current_setting", "public.current_setting"),
        "open",
    ),
    "a quoted function": (OWN.replace("NULLIF", '"nullif"'), "open"),
    "an operator of one's own": (OWN.replace(" = ", " OPERATOR(public.=) "), "open"),
    "a type of one's own": (OWN.replace("::integer", "::public.tenant"), "open"),
    "greater": (OWN.replace(" = ", " >= "), "open"),
    "any": (f"(company_id = ANY (ARRAY[({SETTING})::integer, 42]))", "open"),
    "a string that looks like it": (
        f"(note = '{OWN.replace(chr(39), chr(39) * 2)}'::text)",
        "open",
    ),
    "a name that looks like a word": (f'({OWN} OR "AND")', "open"),
    "subselect of all": (
        OWN.replace("(NULL", "( SELECT (NULL").replace("teger)", "teger FROM o))"),
        "open",
    ),
    "exists": ("(EXISTS ( SELECT 1 FROM other WHERE (other.id = 1)))", "open"),
    "sum": (f"(company_id = (({SETTING})::integer + 1))", "open"),
    "array": (f"(company_id[1] = ({SETTING})::integer)", "open"),
    "no end": (OWN[:-1], "open"),
    "empty": ("", "open"),
    "more than one": (f"{OWN} {OWN}", "open"),
}


@pytest.mark.parametrize("name", sorted(ISOLATES))
def test_it_isolates(name: str) -> None:
    assert judge(read(ISOLATES[name]), "company_id") == "isolates"


@pytest.mark.parametrize("name", sorted(OTHERWISE))
def test_it_does_not_or_not_as_it_should(name: str) -> None:
    text, verdict = OTHERWISE[name]
    assert judge(read(text), "company_id") == verdict


def test_a_column_of_any_name_is_compared_letter_by_letter() -> None:
    text = OWN.replace("company_id", '"Company ""Id"""')
    assert judge(read(text), 'Company "Id"') == "isolates"
    assert judge(read(text), 'company "id"') == "open"


def test_parentheses_without_end_are_no_harm() -> None:
    deep = "(" * 5_000 + "true" + ")" * 5_000
    assert judge(read(deep), "company_id") in ("open", "always")
    assert isinstance(read("(" * 5_000), Opaque)
