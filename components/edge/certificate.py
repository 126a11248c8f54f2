"""The certificate of the public hosts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import pulumi
import pulumi_aws as aws
from pulumi_aws.acm.outputs import CertificateDomainValidationOption

from components.edge.host_names import certificate_names

# 128 bits of strength where RSA 2048 has 112, and the TLS policy's 1.2 suites are GCM only: Windows clients up to
# Server 2012 R2 have those with an elliptic key and not with an RSA one.
KEY_ALGORITHM: Final = "EC_prime256v1"
RECORD_TTL_SECONDS: Final = 300
# ACM sees a record within minutes. The provider would wait 75 for a zone that nobody delegated.
VALIDATION_TIMEOUT: Final = "30m"


@dataclass(frozen=True, kw_only=True)
class CertificateArgs:
    """Inputs of Certificate. The names decide structure and are plain."""

    domain: str
    hosts: Sequence[str]
    zone_id: pulumi.Input[str]
    """The public zone that answers for the domain."""

    def __post_init__(self) -> None:
        certificate_names(self.domain, self.hosts)


class Certificate(pulumi.ComponentResource):
    """One certificate for the domain and its hosts, proved by DNS and renewed by ACM as long as the records stay.

    Every name is spelt out: a wildcard would also vouch for hosts that nobody has thought of yet. The domain is the
    subject, because a subject has at most 64 characters and the domain is the shortest of the names. Other hosts make a
    new certificate, which is in use before the old one goes.
    """

    arn: pulumi.Output[str]
    """Arrives when the certificate is valid."""

    def __init__(
        self, name: str, args: CertificateArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:edge:Certificate", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        domain, *others = names = certificate_names(args.domain, args.hosts)

        certificate = aws.acm.Certificate(
            f"{name}-certificate",
            domain_name=domain,
            subject_alternative_names=others,
            validation_method="DNS",
            key_algorithm=KEY_ALGORITHM,
            opts=child,
        )
        # A record per name, not per option: a preview knows the names, and neither the number nor the order of options.
        records = [
            self._record(f"{name}-validates-{host}", certificate, host, args.zone_id)
            for host in names
        ]
        validation = aws.acm.CertificateValidation(
            f"{name}-validation",
            certificate_arn=certificate.arn,
            validation_record_fqdns=[record.fqdn for record in records],
            opts=pulumi.ResourceOptions(
                parent=self, custom_timeouts=pulumi.CustomTimeouts(create=VALIDATION_TIMEOUT)
            ),
        )

        self.arn = validation.certificate_arn
        self.register_outputs({"arn": self.arn})

    def _record(
        self, name: str, certificate: aws.acm.Certificate, host: str, zone_id: pulumi.Input[str]
    ) -> aws.route53.Record:
        option = certificate.domain_validation_options.apply(partial(_option_of, host=host))
        return aws.route53.Record(
            name,
            zone_id=zone_id,
            name=option.resource_record_name,
            type=option.resource_record_type,
            records=[option.resource_record_value],
            ttl=RECORD_TTL_SECONDS,
            opts=pulumi.ResourceOptions(parent=self),
        )


def _option_of(
    options: Sequence[CertificateDomainValidationOption], *, host: str
) -> CertificateDomainValidationOption:
    for option in options:
        if option.domain_name == host:
            return option
    raise ValueError(
        f"ACM gave no validation record for {host}, only for"
        f" {sorted(str(option.domain_name) for option in options)}; run `pulumi refresh` and try again"
    )
