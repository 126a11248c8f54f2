"""How much of everything one environment gets: the values of one stack file, checked and frozen.

The text under a field says what its value means; a message about a missing value quotes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, PlainSerializer

from stacks.alarm_settings import AlarmSettings
from stacks.alert_delivery_settings import AlertDeliverySettings
from stacks.approvals import Approvals
from stacks.database_settings import DatabasesSettings, DatabaseUse
from stacks.delivery_settings import DeliverySettings
from stacks.field_types import (
    AccountId,
    Cidr,
    DomainName,
    ImageReference,
    InterfaceEndpoints,
    Region,
    RetentionDays,
    RoleNames,
    StackName,
    Switch,
    TargetPercent,
    TaskCount,
    Variables,
    Weight,
    Zones,
    between,
)
from stacks.package_settings import PackagesSettings
from stacks.secret_settings import Secrets, Supplied
from stacks.section import Section


class AccountSettings(Section):
    """The AWS account; `pulumi up` with the credentials of another one is refused."""

    id: AccountId
    """the account's 12 digits, in quotes"""
    region: Region
    """the region of everything, such as eu-west-1"""
    secret_readers: RoleNames = ()
    """roles that deploy or help in an emergency; besides them only the services' own tasks read a secret's value"""


class NetworkSettings(Section):
    """The VPC."""

    cidr: Cidr
    """the private addresses of the VPC, /16 to /20"""
    availability_zones: Zones
    """2 to 4 zones of the region; zones are appended, never reordered"""
    nat_gateways: Literal["single", "one_per_zone"]
    """single (its zone's failure cuts every zone's way out) or one_per_zone"""
    interface_endpoints: InterfaceEndpoints = ()
    """AWS services reached without NAT, by short name; each costs 0.011 USD per hour and zone"""
    flow_log_retention_days: RetentionDays
    """days that the network's flow logs are kept, at least 365"""


class EdgeSettings(Section):
    """What the internet reaches."""

    domain: DomainName
    """the domain under which the public services have their hosts"""
    hosted_zone: DomainName
    """the existing public Route 53 zone: the domain itself or a parent of it"""
    waf_requests_per_5_minutes: Annotated[int, between(100, 2_000_000_000)]
    """requests of one address in five minutes before the firewall blocks it"""
    access_log_retention_days: Annotated[int, between(365, 3653)]
    """days that the load balancer's access logs are kept, at least 365"""
    idle_timeout_seconds: Annotated[int, between(1, 4000)]
    """seconds without a byte before the load balancer closes a connection"""
    deletion_protection: Switch
    """whether AWS refuses to delete the load balancer"""


class ComputeSettings(Section):
    """What all services share."""

    log_retention_days: RetentionDays
    """days that the services' logs are kept, at least 365"""
    container_insights: Literal["enabled", "enhanced"]
    """enabled (metrics per service) or enhanced (per task and container, at a higher price)"""
    cpu_architecture: Literal["ARM64", "X86_64"]
    """what the images are built for: X86_64, or ARM64, a fifth cheaper"""
    fargate_vcpu_quota: Annotated[int, between(1, 100_000)]
    """the account's Fargate On-Demand vCPU quota in the region"""
    rollout_timeout_seconds: Annotated[int, between(10, 7200)]
    """seconds that `pulumi up` waits for a service's new revision"""
    images_kept: Annotated[int, between(10, 1000)]
    """newest images that a repository keeps; older ones cannot be rolled back to"""


class CapacitySettings(Section):
    """How tasks are spread over On-Demand and Spot."""

    on_demand_base: Annotated[int, between(0, 500)] = 1
    """tasks that are always On-Demand"""
    on_demand_weight: Weight = 1
    """share of the tasks beyond the base that is On-Demand"""
    spot_weight: Weight = 0
    """share of the tasks beyond the base that is Spot; only services that may be interrupted"""


class ScalingSettings(Section):
    """What autoscaling keeps a service at."""

    cpu_percent: TargetPercent = 60
    """average CPU use of the tasks, in percent"""
    memory_percent: TargetPercent = 75
    """average memory use of the tasks, in percent"""
    requests_per_target_per_minute: Annotated[int, between(1, 1_000_000)] | None = None
    """requests per task and minute; public services only"""


class ServiceSettings(Section):
    """One service's share."""

    image: ImageReference | None = None
    """the image to run, by digest; a release writes it, and without one there are no tasks yet"""
    cpu: int
    """CPU units of the whole task (1024 are one vCPU), the proxy's 256 among them"""
    memory_mib: int
    """MiB of the whole task, the proxy's 64 among them"""
    min_tasks: TaskCount
    """tasks that run at least"""
    max_tasks: TaskCount
    """tasks that autoscaling may reach"""
    host: DomainName | None = None
    """the public host name, for public services only"""
    capacity: CapacitySettings = CapacitySettings()
    """On-Demand and Spot"""
    scaling: ScalingSettings = ScalingSettings()
    """targets of the autoscaling"""
    database: DatabaseUse = DatabaseUse()
    """how the service uses its database"""
    environment: Variables = Field(default_factory=lambda: MappingProxyType({}))
    """plain variables of the service; secrets are declared in the catalogue"""
    secrets: Secrets = Field(default_factory=lambda: MappingProxyType({}))
    """sources of the secrets declared in the catalogue; an optional one is used when it stands here"""
    workers: Annotated[int, between(1, 16)] = 1
    """uvicorn processes per task"""
    money_flow_hours: Annotated[int, between(1, 168)] | None = None
    """hours without the service's money flow before somebody is woken; none: not watched"""
    health_check_grace_seconds: Annotated[int, between(0, 1800)] = 60
    """seconds a new task has to start before failed health checks count"""

    @property
    def pooled_connections(self) -> int:
        """Connections to its database when every process of every task at its maximum holds its whole pool."""
        pool = self.database.pool_size + self.database.pool_overflow
        return self.max_tasks * self.workers * pool


class StackSettings(Section):
    """Everything that one environment decides, checked as a whole by `stacks.validation`."""

    stack: StackName
    """the stack's name"""
    environment: Literal["staging", "production"]
    """what the services see as ENVIRONMENT: staging or production"""
    account: AccountSettings
    """the AWS account: id, region"""
    network: NetworkSettings
    """the VPC: cidr, availability_zones, nat_gateways, …"""
    edge: EdgeSettings
    """what the internet reaches: domain, hosted_zone, …"""
    compute: ComputeSettings
    """what all services share: log_retention_days, cpu_architecture, …"""
    databases: DatabasesSettings
    """the PostgreSQL servers: general, card"""
    alarms: AlarmSettings
    """who hears of what: runbooks_url, monthly_budget_usd, audit_trail"""
    protect: Switch
    """whether Pulumi refuses to delete what holds data"""
    image_digest_required: Switch
    """whether an image without @sha256:… is refused"""
    services: Annotated[
        Mapping[str, ServiceSettings], AfterValidator(MappingProxyType), PlainSerializer(dict)
    ]
    """the size of each service of the catalogue, by its name"""
    supplied: Supplied = Field(default_factory=lambda: MappingProxyType({}))
    """encrypted values of secrets, by service and variable"""
    packages: PackagesSettings = Field(default_factory=PackagesSettings)
    """the private packages: manage, readers, publishers; one stack manages them for all"""
    delivery: DeliverySettings | None = None
    """who deploys, releases and publishes from GitHub; without it the stack has no identities for a pipeline"""
    alert_delivery: AlertDeliverySettings = AlertDeliverySettings()
    """who hears of alerts outside AWS: honeybadger_url, slack_check_in, honeybadger_check_in"""
    approvals: Approvals = ()
    """changes that the preview's report would hold up, each approved by a named person until a day"""
    automatic_releases: Switch = False
    """whether the pull request of a release merges itself once its checks have passed"""
