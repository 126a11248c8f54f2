"""What AWS would add to each resource type: one line a type, and an unknown type is an error.

A recorded program gets these values for the outputs it did not set itself. They are made of the resource's name, so a
test that sees one knows where it came from.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any, Final

Inputs = dict[str, Any]
ACCOUNT: Final = "111122223333"
REGION: Final = "eu-west-1"


def arn(service: str, name: str) -> str:
    """The ARN that a recorded resource of that name gets."""
    return f"arn:aws:{service}:{REGION}:{ACCOUNT}:{name}"


def _arn_only(service: str) -> Callable[[str, Inputs], Inputs]:
    return lambda name, _: {"arn": arn(service, name)}


def _named(service: str, prefix: str = "") -> Callable[[str, Inputs], Inputs]:
    """Types with a physical name that Pulumi makes up when the program gives none."""

    def outputs(name: str, inputs: Inputs) -> Inputs:
        physical = inputs.get("name", f"{name}-1234567")
        return {"arn": arn(service, f"{prefix}{physical}"), "name": physical}

    return outputs


def _load_balancer(name: str, inputs: Inputs) -> Inputs:
    physical = inputs.get("name", f"{name}-1234567")
    return {
        "arn": arn("elasticloadbalancing", f"loadbalancer/app/{physical}/50dc6c495c0c9188"),
        "arnSuffix": f"app/{physical}/50dc6c495c0c9188",
        "name": physical,
        "dnsName": f"{physical}.{REGION}.elb.amazonaws.com",
        "zoneId": "Z32O12XQLNTSW2",
    }


def _target_group(name: str, inputs: Inputs) -> Inputs:
    physical = inputs.get("name", f"{name}-1234567")
    return {
        "arn": arn("elasticloadbalancing", f"targetgroup/{physical}/73e2d6bc24d8a067"),
        "arnSuffix": f"targetgroup/{physical}/73e2d6bc24d8a067",
        "name": physical,
    }


def _certificate(name: str, inputs: Inputs) -> Inputs:
    hosts = [inputs["domainName"], *inputs.get("subjectAlternativeNames", [])]
    options = [
        {
            "domainName": host,
            "resourceRecordName": f"_validate.{host.removeprefix('*.')}.",
            "resourceRecordType": "CNAME",
            "resourceRecordValue": f"_{index}.acm-validations.aws.",
        }
        for index, host in enumerate(hosts)
    ]
    return {"arn": arn("acm", f"certificate/{name}"), "domainValidationOptions": options}


def _secret_version(name: str, inputs: Inputs) -> Inputs:
    """The same value is the same version; another one is another."""
    number = uuid.uuid5(uuid.NAMESPACE_URL, f"{name} {inputs['secretString']}")
    return {"arn": arn("secretsmanager", f"secret:{name}"), "versionId": str(number)}


def _password(name: str, inputs: Inputs) -> Inputs:
    """Another value for other keepers; the SDK marks both as secret."""
    return {
        "result": f"password-of-{name}-{sorted(inputs.get('keepers', {}).items())}",
        "bcryptHash": f"hash-of-{name}",
    }


def _database(name: str, inputs: Inputs) -> Inputs:
    identifier = inputs["identifier"]
    return {
        "arn": arn("rds", f"db:{identifier}"),
        "address": f"{identifier}.c1a2b3.{REGION}.rds.amazonaws.com",
        "resourceId": f"db-{name.upper()}",
        "masterUserSecrets": [
            {
                "secretArn": arn("secretsmanager", f"secret:rds!db-{name}-AbCdEf"),
                "kmsKeyId": inputs.get("masterUserSecretKmsKeyId", ""),
                "secretStatus": "active",
            }
        ],
    }


def _queue(name: str, inputs: Inputs) -> Inputs:
    physical = inputs.get("name", f"{name}-1234567")
    url = f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/{physical}"
    return {"arn": arn("sqs", physical), "name": physical, "url": url}


def _random_id(name: str, inputs: Inputs) -> Inputs:
    """Another value for other keepers."""
    text = f"{name} {sorted(inputs.get('keepers', {}).items())}"
    return {"hex": uuid.uuid5(uuid.NAMESPACE_URL, text).hex[: 2 * inputs["byteLength"]]}


def _nothing(_name: str, _inputs: Inputs) -> Inputs:
    return {}


OUTPUTS: Final[dict[str, Callable[[str, Inputs], Inputs]]] = {
    "pulumi:pulumi:Stack": _nothing,
    "pulumi:index:Stash": lambda _, inputs: {"output": inputs["input"]},
    "pulumi:providers:aws": _nothing,
    "aws:acm/certificate:Certificate": _certificate,
    "aws:acm/certificateValidation:CertificateValidation": _nothing,
    "aws:appautoscaling/policy:Policy": _named("autoscaling", "scalingPolicy/"),
    "aws:appautoscaling/target:Target": _arn_only("application-autoscaling"),
    "aws:backup/plan:Plan": _arn_only("backup"),
    "aws:backup/selection:Selection": _nothing,
    "aws:backup/vault:Vault": _named("backup", "backup-vault:"),
    "aws:budgets/budget:Budget": _named("budgets", "budget/"),
    "aws:cloudwatch/compositeAlarm:CompositeAlarm": lambda _, inputs: {
        "arn": arn("cloudwatch", f"alarm:{inputs['alarmName']}")
    },
    "aws:cloudwatch/dashboard:Dashboard": lambda _, inputs: {
        "dashboardArn": arn("cloudwatch", f"dashboard/{inputs['dashboardName']}")
    },
    "aws:cloudwatch/eventApiDestination:EventApiDestination": _named("events", "api-destination/"),
    "aws:cloudwatch/eventConnection:EventConnection": _named("events", "connection/"),
    "aws:cloudwatch/eventRule:EventRule": _named("events", "rule/"),
    "aws:cloudwatch/eventTarget:EventTarget": _arn_only("events"),
    "aws:cloudwatch/logDataProtectionPolicy:LogDataProtectionPolicy": _nothing,
    "aws:cloudwatch/logGroup:LogGroup": _named("logs", "log-group:"),
    "aws:cloudwatch/logMetricFilter:LogMetricFilter": _named("logs"),
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": _nothing,
    "aws:cloudwatch/metricAlarm:MetricAlarm": _named("cloudwatch", "alarm:"),
    "aws:codeartifact/domain:Domain": lambda _, inputs: {
        "arn": arn("codeartifact", f"domain/{inputs['domain']}"),
        "owner": ACCOUNT,
    },
    "aws:codeartifact/domainPermissions:DomainPermissions": _nothing,
    "aws:codeartifact/repository:Repository": lambda _, inputs: {
        "arn": arn("codeartifact", f"repository/{inputs['domain']}/{inputs['repository']}"),
    },
    "aws:codeartifact/repositoryPermissionsPolicy:RepositoryPermissionsPolicy": _nothing,
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": _arn_only("ec2"),
    "aws:ec2/eip:Eip": lambda name, _: {"arn": arn("ec2", name), "allocationId": f"{name}-id"},
    "aws:ec2/flowLog:FlowLog": _arn_only("ec2"),
    "aws:ec2/internetGateway:InternetGateway": _arn_only("ec2"),
    "aws:ec2/natGateway:NatGateway": _nothing,
    "aws:ec2/networkAcl:NetworkAcl": _arn_only("ec2"),
    "aws:ec2/networkAclRule:NetworkAclRule": _nothing,
    "aws:ec2/networkAclAssociation:NetworkAclAssociation": _nothing,
    "aws:ec2/route:Route": _nothing,
    "aws:ec2/routeTable:RouteTable": _arn_only("ec2"),
    "aws:ec2/routeTableAssociation:RouteTableAssociation": _nothing,
    "aws:ec2/securityGroup:SecurityGroup": _named("ec2", "security-group/"),
    "aws:ec2/subnet:Subnet": _arn_only("ec2"),
    "aws:ec2/vpc:Vpc": lambda name, _: {"arn": arn("ec2", f"vpc/{name}")},
    "aws:ec2/vpcEndpoint:VpcEndpoint": lambda name, _: {
        "arn": arn("ec2", name),
        "prefixListId": f"{name}-prefix-list",
    },
    "aws:ecr/lifecyclePolicy:LifecyclePolicy": _nothing,
    "aws:ecr/pullThroughCacheRule:PullThroughCacheRule": _nothing,
    "aws:ecr/repository:Repository": lambda name, inputs: {
        "arn": arn("ecr", f"repository/{inputs.get('name', name)}"),
        "repositoryUrl": f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/{inputs.get('name', name)}",
        "name": inputs.get("name", name),
    },
    "aws:ecr/repositoryPolicy:RepositoryPolicy": _nothing,
    "aws:ecs/cluster:Cluster": lambda name, inputs: {
        "arn": arn("ecs", f"cluster/{inputs.get('name', name)}"),
        "name": inputs.get("name", name),
    },
    "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": _nothing,
    "aws:ecs/service:Service": lambda name, inputs: {
        "arn": arn("ecs", f"service/{inputs.get('name', name)}"),
        "name": inputs.get("name", name),
    },
    "aws:ecs/taskDefinition:TaskDefinition": lambda _, inputs: {
        "arn": arn("ecs", f"task-definition/{inputs['family']}:1"),
        "arnWithoutRevision": arn("ecs", f"task-definition/{inputs['family']}"),
        "revision": 1,
    },
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider": lambda _, inputs: {
        "arn": f"arn:aws:iam::{ACCOUNT}:oidc-provider/{inputs['url'].removeprefix('https://')}"
    },
    "aws:iam/policy:Policy": lambda name, inputs: {
        "arn": f"arn:aws:iam::{ACCOUNT}:policy/{inputs.get('name', name)}",
        "name": inputs.get("name", name),
    },
    "aws:iam/role:Role": lambda name, inputs: {
        "arn": f"arn:aws:iam::{ACCOUNT}:role/{inputs.get('name', name)}",
        "name": inputs.get("name", name),
    },
    "aws:iam/rolePolicy:RolePolicy": lambda name, _: {"name": name},
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": _nothing,
    "aws:kms/alias:Alias": lambda _, inputs: {"arn": arn("kms", inputs["name"])},
    "aws:kms/key:Key": lambda name, _: {
        "arn": arn("kms", f"key/{name}"),
        "keyId": f"{name}-id",
    },
    "aws:lambda/function:Function": _named("lambda", "function:"),
    "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": _nothing,
    "aws:lambda/permission:Permission": _nothing,
    "aws:lb/listener:Listener": _arn_only("elasticloadbalancing"),
    "aws:lb/listenerRule:ListenerRule": _arn_only("elasticloadbalancing"),
    "aws:lb/loadBalancer:LoadBalancer": _load_balancer,
    "aws:lb/targetGroup:TargetGroup": _target_group,
    "aws:rds/eventSubscription:EventSubscription": _named("rds", "es:"),
    "aws:rds/instance:Instance": _database,
    "aws:rds/parameterGroup:ParameterGroup": _named("rds", "pg:"),
    "aws:rds/subnetGroup:SubnetGroup": _named("rds", "subgrp:"),
    "aws:route53/record:Record": lambda _, inputs: {"fqdn": inputs["name"]},
    "aws:s3/bucket:Bucket": lambda name, inputs: {
        "arn": f"arn:aws:s3:::{inputs.get('bucket', f'{name}-1234567')}",
        "bucket": inputs.get("bucket", f"{name}-1234567"),
    },
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": _nothing,
    "aws:s3/bucketLogging:BucketLogging": _nothing,
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": _nothing,
    "aws:s3/bucketPolicy:BucketPolicy": _nothing,
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": _nothing,
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": _nothing,
    "aws:s3/bucketVersioning:BucketVersioning": _nothing,
    "aws:scheduler/schedule:Schedule": _named("scheduler", "schedule/"),
    "aws:scheduler/scheduleGroup:ScheduleGroup": _named("scheduler", "schedule-group/"),
    "aws:secretsmanager/secret:Secret": lambda name, inputs: {
        "arn": arn("secretsmanager", f"secret:{inputs.get('name', name)}-AbCdEf"),
        "name": inputs.get("name", name),
    },
    "aws:secretsmanager/secretPolicy:SecretPolicy": _nothing,
    "aws:secretsmanager/secretRotation:SecretRotation": _nothing,
    "aws:secretsmanager/secretVersion:SecretVersion": _secret_version,
    "aws:servicediscovery/httpNamespace:HttpNamespace": lambda name, inputs: {
        "arn": arn("servicediscovery", f"namespace/{inputs.get('name', name)}")
    },
    "aws:sns/topic:Topic": _named("sns"),
    "aws:sns/topicPolicy:TopicPolicy": _nothing,
    "aws:sns/topicSubscription:TopicSubscription": _arn_only("sns"),
    "aws:sqs/queue:Queue": _queue,
    "aws:sqs/queuePolicy:QueuePolicy": _nothing,
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": _arn_only("ec2"),
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": _arn_only("ec2"),
    "aws:wafv2/webAcl:WebAcl": _arn_only("wafv2"),
    "aws:wafv2/webAclAssociation:WebAclAssociation": _nothing,
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": _nothing,
    "random:index/randomId:RandomId": _random_id,
    "random:index/randomPassword:RandomPassword": _password,
}

INVOKES: Final[dict[str, Callable[[Inputs], Inputs]]] = {
    "aws:elb/getServiceAccount:getServiceAccount": lambda _: {
        "arn": "arn:aws:iam::156460612806:root",
        "id": "156460612806",
    },
    "aws:kms/getAlias:getAlias": lambda args: {
        "id": arn("kms", args["name"]),
        "arn": arn("kms", args["name"]),
        "name": args["name"],
        "targetKeyId": f"{args['name'].removeprefix('alias/')}-id",
        "targetKeyArn": arn("kms", f"key/{args['name'].removeprefix('alias/')}"),
    },
    "aws:route53/getZone:getZone": lambda args: {
        "zoneId": f"zone-of-{args['name']}",
        "name": args["name"],
        "arn": "arn:aws:route53:::hostedzone/zone",
        "id": f"zone-of-{args['name']}",
    },
}
