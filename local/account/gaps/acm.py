"""ACM: a certificate is issued when its validation records are in a zone of the account, and not before.

moto issues it after a time, whatever the DNS says, breaks on a list of certificates that have options, and makes every
key RSA, whatever was asked for.
"""

from __future__ import annotations

import json

from moto.acm.models import AWSCertificateManagerBackend, CertBundle
from moto.acm.responses import AWSCertificateManagerResponse
from moto.route53.models import route53_backends

from local.account.gaps.patch import Function, Untyped, parameter, replaces


@replaces(CertBundle)
def check(moto: Function, self: CertBundle) -> None:
    """Go on only when each name is validated."""
    if self.type != "AMAZON_ISSUED" or self.status != "PENDING_VALIDATION" or _validated(self):
        moto(self)


@replaces(AWSCertificateManagerBackend)
def request_certificate(moto: Function, self: Untyped, *args: Untyped, **options: Untyped) -> str:
    """Complete the options of a certificate."""
    arn: str = moto(self, *args, **options)
    certificate = self._certificates[arn]
    certificate.cert_options = {"Export": "DISABLED", **certificate.cert_options}
    return arn


@replaces(AWSCertificateManagerResponse, "request_certificate")
def keep_key_algorithm(moto: Function, self: Untyped) -> Untyped:
    """Remember which kind of key was asked for; the key itself stays moto's."""
    answer = moto(self)
    if isinstance(answer, str) and (algorithm := parameter(self, "KeyAlgorithm")):
        made = json.loads(answer)["CertificateArn"]
        self.acm_backend._certificates[made].algorithm = algorithm  # noqa: SLF001 - moto's own
    return answer


@replaces(CertBundle, "describe")
def show_key_algorithm(moto: Function, self: Untyped) -> Untyped:
    """Answer the kind of key that was asked for, written as AWS writes it in answers."""
    described = moto(self)
    if algorithm := getattr(self, "algorithm", None):
        described["Certificate"]["KeyAlgorithm"] = algorithm.replace("RSA_", "RSA-")
    return described


def _validated(certificate: CertBundle) -> bool:
    account_id = certificate.arn.split(":")[4]
    present = {
        (record.name.rstrip("."), value)
        for zone in route53_backends[account_id]["aws"].zones.values()
        for record in zone.rrsets
        if record.type == "CNAME"
        for value in record.records
    }
    wanted = [
        each["ResourceRecord"]
        for each in certificate.describe()["Certificate"]["DomainValidationOptions"]
    ]
    return all((each["Name"].rstrip("."), each["Value"]) in present for each in wanted)
