"""ACM: a certificate is issued when its validation records are in a zone of the account, and not before.

moto issues it after a time, whatever the DNS says, and breaks on a list of certificates that have options.
"""

from __future__ import annotations

from moto.acm.models import AWSCertificateManagerBackend, CertBundle
from moto.route53.models import route53_backends

from local.account.gaps.patch import Function, Untyped, replaces


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
