"""A right stack file, to be made wrong in one place."""

from __future__ import annotations

from pathlib import Path

from stacks.files import check_stack_file
from stacks.settings import StackSettings

DIGEST = f"@sha256:{'0123456789abcdef' * 4}"
REPOSITORIES = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/turnstay-demo"
EXAMPLE = f"""\
secretsprovider: awskms:///alias/turnstay-state-demo?region=eu-west-1
config:
  turnstay:environment: production
  turnstay:account:
    id: "111122223333"
    region: eu-west-1
  turnstay:network:
    cidr: 10.20.0.0/16
    availability_zones: [eu-west-1a, eu-west-1b]
    nat_gateways: single
    interface_endpoints: [kms, logs]
    flow_log_retention_days: 365
  turnstay:edge:
    domain: pay.example.com
    hosted_zone: example.com
    waf_requests_per_5_minutes: 2000
    access_log_retention_days: 400
    idle_timeout_seconds: 60
    deletion_protection: true
  turnstay:compute:
    log_retention_days: 365
    container_insights: enabled
    cpu_architecture: ARM64
    fargate_vcpu_quota: 20
    rollout_timeout_seconds: 600
    images_kept: 30
  turnstay:protect: true
  turnstay:image_digest_required: true
  turnstay:services:
    turnstay_api: {{cpu: 512, memory_mib: 1024, min_tasks: 2, max_tasks: 2, host: api.pay.example.com}}
    ledger:
      image: {REPOSITORIES}/ledger{DIGEST}
      cpu: 1024
      memory_mib: 2048
      min_tasks: 2
      max_tasks: 3
      workers: 2
      health_check_grace_seconds: 90
      database: {{pool_size: 4, pool_overflow: 2, rotation: 3, ssl: verify-full}}
      scaling: {{cpu_percent: 50, memory_percent: 70}}
      environment: {{LOG_LEVEL: INFO}}
    recon:
      cpu: 512
      memory_mib: 1024
      min_tasks: 2
      max_tasks: 2
      capacity: {{on_demand_base: 1, on_demand_weight: 0, spot_weight: 1}}
    treasury: {{cpu: 512, memory_mib: 1024, min_tasks: 2, max_tasks: 2}}
    payouts: {{cpu: 512, memory_mib: 1024, min_tasks: 2, max_tasks: 2}}
    webhook-service: {{cpu: 512, memory_mib: 1024, min_tasks: 2, max_tasks: 2, host: webhooks.pay.example.com}}
    secure_card_service: {{cpu: 512, memory_mib: 1024, min_tasks: 2, max_tasks: 2, host: cards.pay.example.com}}
  turnstay:alarms:
    runbooks_url: https://example.com/runbooks
    monthly_budget_usd: 900
    audit_trail: true
  turnstay:databases:
    general:
      engine_version: '17'
      instance_class: db.t4g.large
      storage_gib: 20
      max_storage_gib: 40
      multi_az: true
      backup_retention_days: 14
      backup_window: 01:00-01:30
      maintenance_window: sun:02:00-sun:03:00
      master_rotation_days: 60
      deletion_protection: false
      apply_immediately: true
    card:
      engine_version: '18'
      instance_class: db.t4g.small
      storage_gib: 20
      max_storage_gib: 40
      multi_az: true
      backup_retention_days: 14
      backup_window: 01:00-01:30
      maintenance_window: sun:02:00-sun:03:00
      master_rotation_days: 60
      deletion_protection: false
"""


def edited(old: str, new: str, text: str = EXAMPLE) -> str:
    """The text with one place changed."""
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the text"
    return text.replace(old, new)


def check(folder: Path, text: str, stack: str = "demo") -> StackSettings:
    """What the check of a stack file with this text gives."""
    path = folder / f"Pulumi.{stack}.yaml"
    path.write_text(text, encoding="utf-8")
    return check_stack_file(path, stack)
