"""Every kind of mistake in a stack file, and the line that an engineer reads about it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from stacks.errors import SettingsError
from stacks.validation import KEYS
from tests.stacks.example import DIGEST, EXAMPLE, REPOSITORIES, check, edited

RETENTION = "allowed are 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653"
SIZES = "allowed are 512, 1024, 2048, 4096, 8192, 16384"
NETWORK_SIZE = "allowed are /16 (the most a VPC takes) to /20 (room for four tiers in four zones)"
DOMAIN = "is not a domain name: lower-case labels, dots between them, no scheme, no dot at the end"
IMAGE = f"{REPOSITORIES}/ledger{DIGEST}"
OTHER_REGISTRY = f"is in the registry of another account or region than {REPOSITORIES[:-14]}"
NO_IMAGE = "is not an image reference: REGISTRY/REPOSITORY@sha256: and 64 of 0-9, a-f"
NUMBER = "is a number that Pulumi rewrites; write it in plain decimal, or in quotes if it is text"
SWITCH = "is text to Pulumi and a switch to others; write true or false, or put it in quotes"
SECRET = "looks like a secret, and variables are plain; declare it in stacks/catalogue.py"
SERVICES = EXAMPLE[EXAMPLE.index("  turnstay:services:") : EXAMPLE.index("  turnstay:alarms:")]
EDGE = EXAMPLE[EXAMPLE.index("  turnstay:edge:") : EXAMPLE.index("  turnstay:compute:")]
NO_MARKS = "anchors, aliases and tags have no place in a stack file; write the value itself"
EMPTY = "is empty; give it a value or remove the key"


class Mistake(NamedTuple):
    kind: str
    old: str
    new: str
    message: str


MISTAKES = [
    # --- keys
    Mistake("misspelt key", "  cpu: 1024", "  cup: 1024", "services.ledger.cup: is no known key; did you mean cpu?"),
    Mistake("unknown key", "images_kept: 30", "images_kept: 30\n    colour: blue",
     "compute.colour: is no known key; known are log_retention_days, container_insights, cpu_architecture,"
     " fargate_vcpu_quota, rollout_timeout_seconds, images_kept"),
    Mistake("misspelt key in a group", "spot_weight: 1", "spot_wieght: 1",
     "services.recon.capacity.spot_wieght: is no known key; did you mean spot_weight?"),
    Mistake("misspelt key beside the right one", "spot_weight: 1", "spot_weight: 1, spto_weihgt: 1",
     "services.recon.capacity.spto_weihgt: is no known key; known are on_demand_base, on_demand_weight, spot_weight"),
    Mistake("misspelt section", "turnstay:network:", "turnstay:netwrok:", "netwrok: is no known key; did you mean network?"),
    Mistake("unknown section", "turnstay:protect: true", "turnstay:protect: true\n  turnstay:colour: blue",
     f"colour: is no known key; known are {', '.join(KEYS)}"),
    Mistake("misspelt namespace", "turnstay:network:", "turnsaty:network:",
     "turnsaty:network: is not read; did you mean turnstay:network?"),
    Mistake("namespace of a provider", "turnstay:protect: true", "turnstay:protect: true\n  aws:region: eu-west-1",
     "aws:region: is not read; the values of this program start with turnstay:"),
    Mistake("key with and without namespace", "turnstay:protect: true", "turnstay:protect: true\n  protect: true",
     "protect: stands here twice, with and without turnstay:"),
    Mistake("misspelt key of the file", "secretsprovider:", "secretprovider:",
     "secretprovider: is no known key; did you mean secretsprovider?"),
    Mistake("unknown key of the file", "config:", "imports: []\nconfig:",
     "imports: is no known key; known are config, secretsprovider, encryptedkey, encryptionsalt"),
    Mistake("the stack's name as a key", "turnstay:protect: true", "turnstay:protect: true\n  turnstay:stack: demo",
     f"stack: is no known key; known are {', '.join(KEYS)}"),
    Mistake("missing key", "    cidr: 10.20.0.0/16\n", "",
     "network.cidr: is missing: the private addresses of the VPC, /16 to /20"),
    Mistake("missing key in a service", "      cpu: 1024\n", "",
     "services.ledger.cpu: is missing: CPU units of the whole task (1024 are one vCPU), the proxy's 256 among them"),
    Mistake("missing section", "  turnstay:protect: true\n", "",
     "protect: is missing: whether Pulumi refuses to delete what holds data"),
    Mistake("missing services", SERVICES, "",
     "services: is missing: the size of each service of the catalogue, by its name"),
    # --- kinds of value
    Mistake("number as text", "cpu: 1024", 'cpu: "1024"', 'services.ledger.cpu: "1024" is text; write the number without quotes'),
    Mistake("word for a number", "cpu: 1024", "cpu: big", 'services.ledger.cpu: "big" is not a whole number'),
    Mistake("fraction for a number", "cpu: 1024", "cpu: 0.5", "services.ledger.cpu: 0.5 is not a whole number"),
    Mistake("switch for a number", "cpu: 1024", "cpu: true", "services.ledger.cpu: true is not a whole number"),
    Mistake("switch as text", "protect: true", 'protect: "true"', 'protect: "true" is text; write true without quotes'),
    Mistake("number for a switch", "protect: true", "protect: 1", "protect: 1 is not true or false"),
    Mistake("number for text", "LOG_LEVEL: INFO", "LOG_LEVEL: 10",
     "services.ledger.environment.LOG_LEVEL: the value is not text; put it in quotes"),
    Mistake("list for text", "domain: pay.example.com", "domain: [pay.example.com]", 'edge.domain: ["pay.example.com"] is not text'),
    Mistake("text for a list", "availability_zones: [eu-west-1a, eu-west-1b]", "availability_zones: eu-west-1a",
     'network.availability_zones: "eu-west-1a" is not a list (`- value` lines)'),
    Mistake("text for a section", EDGE, "  turnstay:edge: pay.example.com\n",
     'edge: "pay.example.com" is not a mapping (`key: value` lines)'),
    Mistake("list for variables", "environment: {LOG_LEVEL: INFO}", "environment: [LOG_LEVEL]",
     "services.ledger.environment: a list is not a mapping (`key: value` lines)"),
    Mistake("text for services", SERVICES, "  turnstay:services: all\n",
     'services: "all" is not a mapping (`key: value` lines)'),
    Mistake("empty value", "cidr: 10.20.0.0/16", "cidr:", f"network.cidr: {EMPTY}"),
    Mistake("null for what may be absent", "host: api.pay.example.com", "host: null", f"services.turnstay_api.host: {EMPTY}"),
    Mistake("empty item", "[eu-west-1a, eu-west-1b]", "[eu-west-1a, ~]", f"network.availability_zones[1]: {EMPTY}"),
    Mistake("encrypted value", "LOG_LEVEL: INFO", "LOG_LEVEL: {secure: AAABAOaNTi4p}",
     "services.ledger.environment.LOG_LEVEL: is encrypted, and no setting is; a secret is declared in"
     " stacks/catalogue.py"),
    Mistake("unknown choice", "nat_gateways: single", "nat_gateways: one_per_zoen",
     'network.nat_gateways: "one_per_zoen" is none of "single", "one_per_zone"; did you mean one_per_zone?'),
    Mistake("unknown environment", "environment: production", "environment: prod",
     'environment: "prod" is none of "staging", "production"; did you mean production?'),
    Mistake("number too small", "workers: 2", "workers: 0", "services.ledger.workers: 0 is out of range; allowed are 1 to 16"),
    Mistake("number too large", "idle_timeout_seconds: 60", "idle_timeout_seconds: 4001",
     "edge.idle_timeout_seconds: 4001 is out of range; allowed are 1 to 4000"),
    # --- account
    Mistake("account id with 11 digits", '"111122223333"', '"11112222333"',
     'account.id: "11112222333" has 11 digits; an account id has 12, leading zeros included'),
    Mistake("account id without quotes", '"111122223333"', "111122223333",
     "account.id: 111122223333 is not text; put it in quotes"),
    Mistake("account id without quotes and with a leading zero", '"111122223333"', "011122223333",
     f"account.id: 011122223333 {NUMBER}"),
    Mistake("account alias", '"111122223333"', "turnstay-demo",
     'account.id: "turnstay-demo" is not an account id, which is 12 digits in quotes'),
    Mistake("zone for a region", "region: eu-west-1\n", "region: eu-west-1a\n",
     'account.region: "eu-west-1a" is not a region such as eu-west-1'),
    Mistake("any role as a reader", "region: eu-west-1\n", "region: eu-west-1\n    secret_readers: ['*']\n",
     "account.secret_readers[0]: the value is no role of the account by its path and whole name, such as deploy/turnstay"),
    # --- network
    Mistake("network too small", "10.20.0.0/16", "10.20.0.0/21", f'network.cidr: "10.20.0.0/21" has a size of /21; {NETWORK_SIZE}'),
    Mistake("network too large", "10.20.0.0/16", "10.0.0.0/8", f'network.cidr: "10.0.0.0/8" has a size of /8; {NETWORK_SIZE}'),
    Mistake("network of the internet", "10.20.0.0/16", "52.16.0.0/16",
     'network.cidr: "52.16.0.0/16" is not private; allowed are parts of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16'),
    Mistake("network from its middle", "10.20.0.0/16", "10.20.1.0/16",
     'network.cidr: "10.20.1.0/16" is not the start of its network; did you mean 10.20.0.0/16?'),
    Mistake("no network", "10.20.0.0/16", "10.20/16", 'network.cidr: "10.20/16" is not an IPv4 network such as 10.20.0.0/16'),
    Mistake("zone of another region", "eu-west-1b]", "eu-west-2b]",
     'network.availability_zones[1]: "eu-west-2b" is no zone of account.region eu-west-1'),
    Mistake("region for a zone", "eu-west-1b]", "eu-west-1]",
     'network.availability_zones[1]: "eu-west-1" is not an availability zone such as eu-west-1a'),
    Mistake("zone twice", "eu-west-1b]", "eu-west-1a]", 'network.availability_zones: ["eu-west-1a", "eu-west-1a"] has "eu-west-1a" twice'),
    Mistake("one zone", "[eu-west-1a, eu-west-1b]", "[eu-west-1a]",
     'network.availability_zones: ["eu-west-1a"] has 1 zone; allowed are 2 (a load balancer needs them) to 4'),
    Mistake("five zones", "eu-west-1b]", "eu-west-1b, eu-west-1c, eu-west-1d, eu-west-1e]",
     'network.availability_zones: ["eu-west-1a", "eu-west-1b", "eu-west-1c", "eu-west-1d", "eu-west-1e"]'
     " has 5 zones; allowed are 2 (a load balancer needs them) to 4"),
    Mistake("unknown endpoint", "[kms, logs]", "[ecr, logs]",
     'network.interface_endpoints[0]: "ecr" is none of "ecr.api", "ecr.dkr", "kms", "logs", "secretsmanager", "ssm",'
     ' "ssmmessages", "sts"; did you mean ecr.dkr?'),
    Mistake("endpoint twice", "[kms, logs]", "[logs, logs]", 'network.interface_endpoints: ["logs", "logs"] has "logs" twice'),
    Mistake("flow logs kept too short", "flow_log_retention_days: 365", "flow_log_retention_days: 90",
     f"network.flow_log_retention_days: 90 is less than the 12 months that PCI DSS 10.5.1 asks for; {RETENTION}"),
    # --- retention
    Mistake("period that CloudWatch has not", "  log_retention_days: 365", "  log_retention_days: 500",
     f"compute.log_retention_days: 500 is no period that CloudWatch offers; {RETENTION}"),
    Mistake("access logs kept too short", "access_log_retention_days: 400", "access_log_retention_days: 364",
     "edge.access_log_retention_days: 364 is out of range; allowed are 365 to 3653"),
    # --- hosts
    Mistake("zone that does not hold the domain", "hosted_zone: example.com", "hosted_zone: example.org",
     'edge.hosted_zone: "example.org" is neither edge.domain pay.example.com nor a parent of it'),
    Mistake("zone whose end alone is the same", "hosted_zone: example.com", "hosted_zone: ay.example.com",
     'edge.hosted_zone: "ay.example.com" is neither edge.domain pay.example.com nor a parent of it'),
    Mistake("address for a domain", "domain: pay.example.com", "domain: https://pay.example.com",
     f'edge.domain: "https://pay.example.com" {DOMAIN}'),
    Mistake("domain with a dot at its end", "domain: pay.example.com", "domain: pay.example.com.",
     f'edge.domain: "pay.example.com." {DOMAIN}'),
    Mistake("host outside the domain", "host: api.pay.example.com", "host: api.example.com",
     'services.turnstay_api.host: "api.example.com" is not under edge.domain pay.example.com'),
    Mistake("public service without a host", ", host: api.pay.example.com", "",
     "services.turnstay_api.host: is missing: turnstay_api is public and needs a host under pay.example.com"),
    Mistake("internal service with a host", "workers: 2", "workers: 2\n      host: ledger.pay.example.com",
     'services.ledger.host: "ledger.pay.example.com" is not possible: ledger is internal in the catalogue'),
    Mistake("host of two services", "host: cards.pay.example.com", "host: api.pay.example.com",
     'services.secure_card_service.host: "api.pay.example.com" is the host of turnstay_api already'),
    # --- services
    Mistake("misspelt service", "  ledger:\n", "  legder:\n", "services.legder: is no known service; did you mean ledger?"),
    Mistake("slug for a service", "turnstay_api: {", "turnstay-api: {",
     "services.turnstay-api: is no known service; did you mean turnstay_api?"),
    Mistake("unknown service", "    recon:\n", "    refunds: {}\n    recon:\n",
     "services.refunds: is no known service; known are turnstay_api, ledger, recon, treasury, payouts, webhook-service,"
     " secure_card_service"),
    Mistake("missing service", "    payouts: {cpu: 512, memory_mib: 1024, min_tasks: 2, max_tasks: 2}\n", "",
     "services.payouts: is missing: every service of the catalogue has its size here"),
    # --- sizes
    Mistake("no task size", "cpu: 1024", "cpu: 300", f"services.ledger.cpu: 300 is no task size of Fargate; {SIZES}"),
    Mistake("task size that is the proxy's", "cpu: 1024", "cpu: 256",
     f"services.ledger.cpu: 256 leaves nothing beside the Service Connect proxy's 256; {SIZES}"),
    Mistake("memory too small for the CPU", "memory_mib: 2048", "memory_mib: 1024",
     "services.ledger.memory_mib: 1024 does not go with cpu 1024; allowed are 2048 to 8192 in steps of 1024"),
    Mistake("memory between two steps", "memory_mib: 2048", "memory_mib: 2500",
     "services.ledger.memory_mib: 2500 does not go with cpu 1024; allowed are 2048 to 8192 in steps of 1024"),
    Mistake("quota too small", "fargate_vcpu_quota: 20", "fargate_vcpu_quota: 17",
     "compute.fargate_vcpu_quota: 17 is too small: all services at max_tasks, old and new tasks side by side in a"
     " deployment, take 18 vCPU; let AWS raise the quota, or lower max_tasks"),
    Mistake("more tasks at least than at most", "      min_tasks: 2\n      max_tasks: 3", "      min_tasks: 4\n      max_tasks: 3",
     "services.ledger.min_tasks: 4 is more than max_tasks 3"),
    Mistake("one task in production", "      min_tasks: 2\n      max_tasks: 3", "      min_tasks: 1\n      max_tasks: 3",
     "services.ledger.min_tasks: 1 is not enough for production; at least 2, so that the loss of a task is no outage"),
    Mistake("no task", "      min_tasks: 2\n      max_tasks: 3", "      min_tasks: 0\n      max_tasks: 3",
     "services.ledger.min_tasks: 0 is out of range; allowed are 1 to 500"),
    Mistake("Spot for what must not be interrupted", "workers: 2", "workers: 2\n      capacity: {spot_weight: 1}",
     "services.ledger.capacity.spot_weight: 1 is not possible: AWS stops Spot tasks at two minutes' notice, and"
     " ledger is not interruptible in the catalogue"),
    Mistake("Spot alone", "on_demand_base: 1", "on_demand_base: 0",
     "services.recon.capacity.on_demand_base: 0 leaves every task to Spot, which may have none; this or"
     " on_demand_weight is at least 1"),
    Mistake("no weight", "spot_weight: 1", "spot_weight: 0",
     "services.recon.capacity: has two weights of 0, which place no task beyond the base; one is at least 1"),
    Mistake("requests of an internal service", "memory_percent: 70", "requests_per_target_per_minute: 100",
     "services.ledger.scaling.requests_per_target_per_minute: 100 is not possible: only the load balancer counts"
     " requests, and ledger is internal"),
    Mistake("grace that outlasts the rollout", "health_check_grace_seconds: 90", "health_check_grace_seconds: 600",
     "services.ledger.health_check_grace_seconds: 600 is not below compute.rollout_timeout_seconds 600: no rollout"
     " could be judged in time"),
    # --- images
    Mistake("image without a digest", DIGEST, ":1.0",
     f'services.ledger.image: "{REPOSITORIES}/ledger:1.0" has no digest, and a tag may move; write …@sha256:…'),
    Mistake("digest cut off", f"image: {IMAGE}", "image: public.ecr.aws/turnstay/ledger@sha256:0123",
     f'services.ledger.image: "public.ecr.aws/turnstay/ledger@sha256:0123" {NO_IMAGE}'),
    Mistake("address for an image", f"image: {IMAGE}", f"image: https://{IMAGE}",
     f'services.ledger.image: "https://{IMAGE[:91]}…" {NO_IMAGE}'),
    Mistake("image of another service", "/ledger@", "/recon@",
     f'services.ledger.image: "{IMAGE.replace("/ledger", "/recon")[:99]}…" is an image of recon'),
    Mistake("image of another account", f"image: {IMAGE}", f"image: {IMAGE.replace('111122223333', '444455556666')}",
     f'services.ledger.image: "444455556666{IMAGE[12:99]}…" {OTHER_REGISTRY}'),
    Mistake("image of another region", f"image: {IMAGE}", f"image: {IMAGE.replace('eu-west-1', 'eu-west-2')}",
     f'services.ledger.image: "{IMAGE.replace("eu-west-1", "eu-west-2")[:99]}…" {OTHER_REGISTRY}'),
    # --- variables
    Mistake("secret by its name", "LOG_LEVEL: INFO", "STRIPE_KEY: sk_live_51H", f"services.ledger.environment.STRIPE_KEY: {SECRET}"),
    Mistake("password in an address", "LOG_LEVEL: INFO", "BROKER: amqp://ledger:hunter2@broker.internal",
     "services.ledger.environment.BROKER: holds a password in an address; declare it as a secret in stacks/catalogue.py"),
    Mistake("secret of the catalogue", "LOG_LEVEL: INFO", "SLACK_WEBHOOK_URL: https://hooks.slack.com/T0",
     "services.ledger.environment.SLACK_WEBHOOK_URL: is a secret of ledger in the catalogue, which provides it"),
    Mistake("variable of the platform", "LOG_LEVEL: INFO", 'PORT: "9000"',
     "services.ledger.environment.PORT: is set by the platform; remove it"),
    Mistake("variable of uvicorn", "LOG_LEVEL: INFO", 'UVICORN_PORT: "9000"',
     "services.ledger.environment.UVICORN_PORT: is set by the platform; remove it"),
    Mistake("address of a callee", "capacity: {on_demand_base: 1,",
     "environment: {LEDGER_URL: 'http://localhost'}\n      capacity: {on_demand_base: 1,",
     "services.recon.environment.LEDGER_URL: is set by the platform; remove it"),
    Mistake("variable of AWS", "LOG_LEVEL: INFO", "AWS_REGION: eu-west-2",
     "services.ledger.environment.AWS_REGION: is set by the platform; remove it"),
    Mistake("no variable name", "LOG_LEVEL: INFO", "log-level: INFO",
     "services.ledger.environment.log-level: is no variable name: A-Z, 0-9 and _, a letter first"),
    # --- alarms
    Mistake("money flow of a service without one", "environment: {LOG_LEVEL: INFO}",
     "environment: {LOG_LEVEL: INFO}\n      money_flow_hours: 24",
     "services.ledger.money_flow_hours: 24 waits for a money flow, and ledger has none in stacks/catalogue.py;"
     " remove it, or declare it there, as for recon, payouts, webhook-service"),
    Mistake("money flow of more than a week", "capacity: {on_demand_base: 1,",
     "money_flow_hours: 169\n      capacity: {on_demand_base: 1,",
     "services.recon.money_flow_hours: 169 is out of range; allowed are 1 to 168"),
    Mistake("slash at the end", "https://example.com/runbooks", "https://example.com/runbooks/",
     'alarms.runbooks_url: "https://example.com/runbooks/" is no https:// address without a slash at its end'),
    Mistake("no address", "https://example.com/runbooks", "docs/runbooks",
     'alarms.runbooks_url: "docs/runbooks" is no https:// address without a slash at its end'),
    # --- YAML that is read differently
    Mistake("yes", "deletion_protection: true", "deletion_protection: yes", f"edge.deletion_protection: yes {SWITCH}"),
    Mistake("on", "deletion_protection: true", "deletion_protection: on", f"edge.deletion_protection: on {SWITCH}"),
    Mistake("leading zero", "images_kept: 30", "images_kept: 0755", f"compute.images_kept: 0755 {NUMBER}"),
    Mistake("hexadecimal", "images_kept: 30", "images_kept: 0x1F", f"compute.images_kept: 0x1F {NUMBER}"),
    Mistake("thousands", "waf_requests_per_5_minutes: 2000", "waf_requests_per_5_minutes: 2_000",
     f"edge.waf_requests_per_5_minutes: 2_000 {NUMBER}"),
    Mistake("exponent", "waf_requests_per_5_minutes: 2000", "waf_requests_per_5_minutes: 2e3",
     f"edge.waf_requests_per_5_minutes: 2e3 {NUMBER}"),
    Mistake("zeros after the point", "images_kept: 30", "images_kept: 30.0", f"compute.images_kept: 30.0 {NUMBER}"),
    Mistake("time of day", "LOG_LEVEL: INFO", "CUTOFF: 12:30",
     "services.ledger.environment.CUTOFF: the value is text to Pulumi and a number to others; put it in quotes"),
    Mistake("date", "domain: pay.example.com", "domain: 2026-11-25",
     "edge.domain: 2026-11-25 is a date, which Pulumi rewrites with a time; put it in quotes"),
    Mistake("key twice", "images_kept: 30", "images_kept: 30\n    images_kept: 40",
     "compute.images_kept: stands here again, after line 26"),
    Mistake("key that is no text", "LOG_LEVEL: INFO", "8000: INFO",
     "services.ledger.environment: has a key that is not plain text; put it in quotes"),
    Mistake("merged mapping", "LOG_LEVEL: INFO", "<<: {LOG_LEVEL: INFO}",
     "services.ledger.environment: has a key that is not plain text; put it in quotes"),
    Mistake("anchor", "cpu: 1024", "cpu: &size 1024", NO_MARKS),
    Mistake("alias", "cpu: 1024", "cpu: *size", NO_MARKS),
    Mistake("tag", "cpu: 1024", 'cpu: !!int "1024"', NO_MARKS),
    # --- no YAML, or no stack file
    Mistake("tab", "    images_kept: 30", "\timages_kept: 30", "column 1: this is not YAML: a tab; indent with spaces"),
    Mistake("quote left open", 'id: "111122223333"', 'id: "111122223333',
     "column 1: this is not YAML: found unexpected end of stream while scanning a quoted scalar that begins in line 5"),
    Mistake("wrong indentation", "    images_kept: 30", "     images_kept: 30",
     "column 17: this is not YAML: mapping values are not allowed here"),
    Mistake("two documents", "config:", "---\nconfig:", "column 1: this is not YAML: but found another document"),
    Mistake("control character", "cpu: 1024", "cpu: \x07", "a character that YAML does not allow: U+0007"),
    Mistake("list for a file", EXAMPLE, "- turnstay\n", "is not a mapping (`key: value` lines)"),
    Mistake("text for config", EXAMPLE, "config: all\n", "config: is not a mapping (`key: value` lines)"),
    Mistake("key of another stack", "alias/turnstay-state-demo", "alias/turnstay-state-prod",
     'secretsprovider: "awskms:///alias/turnstay-state-prod?region=eu-west-1" is not the key of this stack,'
     " awskms:///alias/turnstay-state-demo"),
]  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES, ids=[mistake.kind for mistake in MISTAKES])
def test_a_mistake_is_told_in_one_line(tmp_path: Path, mistake: Mistake) -> None:
    with pytest.raises(SettingsError) as error:
        check(tmp_path, edited(mistake.old, mistake.new))
    assert [re.sub(r"^line \d+: ", "", each) for each in error.value.problems] == [mistake.message]


def test_the_example_has_no_mistake(tmp_path: Path) -> None:
    assert check(tmp_path, EXAMPLE).stack == "demo"
