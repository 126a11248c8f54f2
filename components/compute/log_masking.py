"""Card numbers that reach a log by mistake are masked for every reader."""

from __future__ import annotations

from typing import Final

# Managed identifiers of CloudWatch Logs. Security codes and expiry dates are only found near words
# that announce them, so they cost no false alarms.
CARD_DATA: Final = ("CreditCardExpiration", "CreditCardNumber", "CreditCardSecurityCode")


def masking_policy() -> dict[str, object]:
    """A data protection policy. CloudWatch demands both statements, with the same identifiers."""
    identifiers = [f"arn:aws:dataprotection::aws:data-identifier/{each}" for each in CARD_DATA]
    return {
        "Name": "card-data",
        "Version": "2021-06-01",
        "Statement": [
            {
                "Sid": "Count",
                "DataIdentifier": identifiers,
                "Operation": {"Audit": {"FindingsDestination": {}}},
            },
            {
                "Sid": "Mask",
                "DataIdentifier": identifiers,
                "Operation": {"Deidentify": {"MaskConfig": {}}},
            },
        ],
    }
