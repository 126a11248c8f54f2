"""The settings of load balancers, listeners and target groups that the API keeps as pairs of texts.

One row an input: the attribute's key, and its value when the input is not set any more. Members of a nested input are
written with a dot.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias

from local.provider.values import Props, Value

Table: TypeAlias = Mapping[str, tuple[str, Value]]

LOAD_BALANCER: Final[Table] = {
    "accessLogs.bucket": ("access_logs.s3.bucket", ""),
    "accessLogs.enabled": ("access_logs.s3.enabled", False),
    "accessLogs.prefix": ("access_logs.s3.prefix", ""),
    "clientKeepAlive": ("client_keep_alive.seconds", 3600),
    "connectionLogs.bucket": ("connection_logs.s3.bucket", ""),
    "connectionLogs.enabled": ("connection_logs.s3.enabled", False),
    "connectionLogs.prefix": ("connection_logs.s3.prefix", ""),
    "desyncMitigationMode": ("routing.http.desync_mitigation_mode", "defensive"),
    "dropInvalidHeaderFields": ("routing.http.drop_invalid_header_fields.enabled", False),
    "enableDeletionProtection": ("deletion_protection.enabled", False),
    "enableHttp2": ("routing.http2.enabled", True),
    "enableTlsVersionAndCipherSuiteHeaders": (
        "routing.http.x_amzn_tls_version_and_cipher_suite.enabled",
        False,
    ),
    "enableWafFailOpen": ("waf.fail_open.enabled", False),
    "enableXffClientPort": ("routing.http.xff_client_port.enabled", False),
    "idleTimeout": ("idle_timeout.timeout_seconds", 60),
    "preserveHostHeader": ("routing.http.preserve_host_header.enabled", False),
    "xffHeaderProcessingMode": ("routing.http.xff_header_processing.mode", "append"),
}
LISTENER: Final[Table] = {
    "routingHttpResponseServerEnabled": ("routing.http.response.server.enabled", True),
    "routingHttpResponseStrictTransportSecurityHeaderValue": (
        "routing.http.response.strict_transport_security.header_value",
        "",
    ),
    "routingHttpResponseXContentTypeOptionsHeaderValue": (
        "routing.http.response.x_content_type_options.header_value",
        "",
    ),
    "routingHttpResponseXFrameOptionsHeaderValue": (
        "routing.http.response.x_frame_options.header_value",
        "",
    ),
}
TARGET_GROUP: Final[Table] = {
    "deregistrationDelay": ("deregistration_delay.timeout_seconds", 300),
    "loadBalancingAlgorithmType": ("load_balancing.algorithm.type", "round_robin"),
    "loadBalancingAnomalyMitigation": ("load_balancing.algorithm.anomaly_mitigation", "off"),
    "loadBalancingCrossZoneEnabled": (
        "load_balancing.cross_zone.enabled",
        "use_load_balancer_configuration",
    ),
    "slowStart": ("slow_start.duration_seconds", 0),
    "stickiness.cookieDuration": ("stickiness.lb_cookie.duration_seconds", 86400),
    "stickiness.enabled": ("stickiness.enabled", False),
    "stickiness.type": ("stickiness.type", "lb_cookie"),
}


def names(table: Table) -> frozenset[str]:
    """List the inputs of a table."""
    return frozenset(path.split(".")[0] for path in table)


def changed(table: Table, old: Props, new: Props) -> list[dict[str, str]]:
    """Write the attributes that have to change from the old outputs to the new inputs."""
    pairs = []
    for path, (key, default) in table.items():
        before, after = _at(old, path), _at(new, path)
        if after is None and before is not None:
            after = default
        if after is not None and after != before:
            pairs.append({"Key": key, "Value": _text(after)})
    return pairs


def read(table: Table, answer: list[dict[str, str]]) -> Props:
    """Read the inputs of a table from AWS's attributes; one that AWS does not answer has its default."""
    texts = {pair["Key"]: pair["Value"] for pair in answer}
    found: Props = {}
    for path, (key, default) in table.items():
        value = _typed(texts[key], default) if texts.get(key) else default
        name, _, member = path.partition(".")
        if member:
            found.setdefault(name, {})[member] = value
        else:
            found[name] = value
    return found


def _at(values: Props, path: str) -> Value:
    name, _, member = path.partition(".")
    value = values.get(name)
    return (value or {}).get(member) if member else value


def _text(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _typed(text: str, like: Value) -> Value:
    if isinstance(like, bool):
        return text == "true"
    return int(text) if isinstance(like, int) else text
