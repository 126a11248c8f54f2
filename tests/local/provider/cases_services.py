"""The types of the edge and of the services."""

from __future__ import annotations

import json
from typing import Any

from local.provider.resources.waf import rules_to_aws
from tests.local.provider.case import BLOCKS, NUMBERS, Case, Need, fresh
from tests.local.provider.driver import Props

NOT_FOUND = {"type": "fixed-response", "fixedResponse": {"contentType": "text/plain", "messageBody": "no such host", "statusCode": "404"}}  # fmt: skip
METRICS = {"cloudwatchMetricsEnabled": True, "sampledRequestsEnabled": False}
TRANSFORMATION = [{"priority": 0, "type": "NONE"}]


def _host(*hosts: str) -> list[dict[str, Any]]:
    return [{"hostHeader": {"values": list(hosts)}}]


def _rate(limit: int) -> dict[str, Any]:
    return {
        "name": "rate",
        "priority": 10,
        "action": {"block": {"customResponse": {"responseCode": 429}}},
        "statement": {
            "rateBasedStatement": {
                "limit": limit,
                "evaluationWindowSec": 300,
                "aggregateKeyType": "IP",
            }
        },
        "visibilityConfig": {**METRICS, "metricName": "rate"},
    }


def _bodies() -> dict[str, Any]:
    body = {
        "fieldToMatch": {"body": {"oversizeHandling": "MATCH"}},
        "comparisonOperator": "GT",
        "size": 8192,
        "textTransformations": TRANSFORMATION,
    }
    path = {
        "searchString": "/upload",
        "positionalConstraint": "STARTS_WITH",
        "fieldToMatch": {"uriPath": {}},
        "textTransformations": TRANSFORMATION,
    }
    statements = [
        {"sizeConstraintStatement": body},
        {"notStatement": {"statements": [{"byteMatchStatement": path}]}},
    ]
    return {
        "name": "bodies",
        "priority": 20,
        "action": {"block": {}},
        "statement": {"andStatement": {"statements": statements}},
        "visibilityConfig": {**METRICS, "metricName": "bodies"},
    }


def _managed() -> dict[str, Any]:
    return {
        "name": "common",
        "priority": 30,
        "overrideAction": {"none": {}},
        "statement": {
            "managedRuleGroupStatement": {
                "vendorName": "AWS",
                "name": "AWSManagedRulesCommonRuleSet",
                "ruleActionOverrides": [{"name": "NoUserAgent", "actionToUse": {"count": {}}}],
            }
        },
        "visibilityConfig": {**METRICS, "metricName": "common"},
    }


def _container(**changes: Any) -> str:
    container = {
        "name": "app",
        "image": "registry/ledger@sha256:0",
        "essential": True,
        "portMappings": [{"name": "http", "containerPort": 8000, "appProtocol": "http"}],
        "environment": [{"name": "ENVIRONMENT", "value": "staging"}],
        **changes,
    }
    return json.dumps([container], indent=2, sort_keys=True)


def _validates(number: int) -> Case:
    def inputs(need: Need) -> Props:
        option = need("certificate").outputs["domainValidationOptions"][number]
        return {
            "zoneId": need("zone").id,
            "name": option["resourceRecordName"],
            "type": option["resourceRecordType"],
            "records": [option["resourceRecordValue"]],
            "ttl": 300,
            "allowOverwrite": True,
        }

    return Case(type="aws:route53/record:Record", inputs=inputs)


def _share(provider: str, weight: int) -> dict[str, Any]:
    return {"capacityProvider": provider, "base": 0, "weight": weight}


SERVICES: dict[str, Case] = {
    "load balancer": Case(
        type="aws:lb/loadBalancer:LoadBalancer",
        inputs=lambda need: {
            "internal": False,
            "loadBalancerType": "application",
            "securityGroups": [need("security group").id],
            "subnets": [need("subnet of lb-a").id, need("other zone").id],
            "idleTimeout": 120,
            "dropInvalidHeaderFields": True,
            "enableDeletionProtection": False,
            "desyncMitigationMode": "strictest",
            "xffHeaderProcessingMode": "append",
            "accessLogs": {"bucket": need("bucket").id, "enabled": True, "prefix": "access"},
        },
        updates=(
            {"idleTimeout": 60},
            {"dropInvalidHeaderFields": None},
            {"accessLogs": None},
            {"tags": {"Name": "edge"}},
        ),
        replaces=({"name": "chosen"}, {"internal": True}),
        drift=lambda aws, balancer: aws("elbv2").modify_load_balancer_attributes(
            LoadBalancerArn=balancer.id,
            Attributes=[{"Key": "idle_timeout.timeout_seconds", "Value": "999"}],
        ),
        drifted="idleTimeout",
    ),
    "other zone": Case(
        type="aws:ec2/subnet:Subnet",
        inputs=lambda need: {
            "vpcId": need("vpc").id,
            "availabilityZone": "eu-west-1b",
            "cidrBlock": next(BLOCKS),
        },
    ),
    "target group": Case(
        type="aws:lb/targetGroup:TargetGroup",
        inputs=lambda need: {
            "port": 8000,
            "protocol": "HTTP",
            "targetType": "ip",
            "vpcId": need("vpc").id,
            "deregistrationDelay": 30,
            "loadBalancingAlgorithmType": "least_outstanding_requests",
            "healthCheck": {
                "path": "/health",
                "matcher": "200",
                "interval": 10,
                "timeout": 5,
                "healthyThreshold": 2,
                "unhealthyThreshold": 3,
            },
        },
        updates=({"deregistrationDelay": 60}, {"healthCheck": {"path": "/ready"}}),
        replaces=({"port": 9000}, {"vpcId": "vpc-00000000000000000"}),
        drift=lambda aws, group: aws("elbv2").modify_target_group(
            TargetGroupArn=group.id, HealthCheckPath="/"
        ),
        drifted="healthCheck",
    ),
    "listener": Case(
        type="aws:lb/listener:Listener",
        inputs=lambda need: {
            "loadBalancerArn": need("load balancer").id,
            "port": 10_000 + next(NUMBERS),
            "protocol": "HTTPS",
            "sslPolicy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
            "certificateArn": need("validation").outputs["certificateArn"],
            "defaultActions": [NOT_FOUND],
        },
        updates=(
            {"sslPolicy": "ELBSecurityPolicy-TLS13-1-3-2021-06"},
            {"defaultActions": [{"type": "fixed-response", "fixedResponse": {"contentType": "text/plain", "statusCode": "503"}}]},
        ),
        drift=lambda aws, listener: aws("elbv2").modify_listener(
            ListenerArn=listener.id, SslPolicy="ELBSecurityPolicy-2016-08"
        ),
        drifted="sslPolicy",
    ),
    "listener rule": Case(
        type="aws:lb/listenerRule:ListenerRule",
        inputs=lambda need: {
            "listenerArn": need("listener").id,
            "priority": 100,
            "conditions": _host("api.turnstay.example"),
            "actions": [{"type": "forward", "targetGroupArn": need("target group").id}],
        },
        updates=(
            {"priority": 200},
            {"conditions": _host("a.turnstay.example", "b.turnstay.example")},
            {"actions": [NOT_FOUND]},
        ),
        drift=lambda aws, rule: aws("elbv2").modify_rule(
            RuleArn=rule.id,
            Conditions=[{"Field": "path-pattern", "PathPatternConfig": {"Values": ["/*"]}}],
        ),
        drifted="conditions",
    ),
    "certificate": Case(
        type="aws:acm/certificate:Certificate",
        inputs=lambda _: {
            "domainName": "turnstay.example",
            "subjectAlternativeNames": ["api.turnstay.example", "cards.turnstay.example"],
            "validationMethod": "DNS",
            "keyAlgorithm": "RSA_2048",
        },
        updates=({"tags": {"Name": "edge"}},),
        replaces=({"subjectAlternativeNames": []}, {"keyAlgorithm": "EC_prime256v1"}),
    ),
    "validation": Case(
        type="aws:acm/certificateValidation:CertificateValidation",
        inputs=lambda need: {
            "certificateArn": need("certificate").id,
            "validationRecordFqdns": [
                need(f"validation record {number}").outputs["fqdn"] for number in range(3)
            ],
        },
        replaces=({"certificateArn": "arn:aws:acm:eu-west-1:111122223333:certificate/other"},),
        stays=True,
    ),
    **{f"validation record {number}": _validates(number) for number in range(3)},
    "record": Case(
        type="aws:route53/record:Record",
        inputs=lambda need: {
            "zoneId": need("zone").id,
            "name": "api.turnstay.example",
            "type": "A",
            "aliases": [
                {
                    "name": need("load balancer").outputs["dnsName"],
                    "zoneId": need("load balancer").outputs["zoneId"],
                    "evaluateTargetHealth": True,
                }
            ],
        },
        updates=({"aliases": None, "records": ["192.0.2.1"], "ttl": 60},),
        replaces=({"name": "www.turnstay.example"},),
    ),
    "text record": Case(
        type="aws:route53/record:Record",
        inputs=lambda need: {
            "zoneId": need("zone").id,
            "name": "_a1.turnstay.example.",
            "type": "CNAME",
            "records": ["_b2.acm-validations.aws."],
            "ttl": 300,
        },
        updates=({"ttl": 60}, {"type": "TXT", "records": ['"text"']}),
    ),
    "web acl": Case(
        type="aws:wafv2/webAcl:WebAcl",
        inputs=lambda _: {
            "scope": "REGIONAL",
            "defaultAction": {"allow": {}},
            "rules": [_rate(1000), _bodies(), _managed()],
            "visibilityConfig": {**METRICS, "metricName": "acl"},
        },
        updates=(
            {"defaultAction": {"block": {}}},
            {"rules": [_rate(2000), _managed()]},
            {"tags": {"Name": "firewall"}},
        ),
        replaces=({"name": "chosen"},),
        drift=lambda aws, acl: aws("wafv2").update_web_acl(
            Id=acl.id,
            Name=acl.outputs["name"],
            Scope="REGIONAL",
            LockToken=aws("wafv2").get_web_acl(
                Id=acl.id, Name=acl.outputs["name"], Scope="REGIONAL"
            )["LockToken"],
            DefaultAction={"Allow": {}},
            Rules=rules_to_aws([_managed()]),
            VisibilityConfig={
                "CloudWatchMetricsEnabled": True,
                "SampledRequestsEnabled": False,
                "MetricName": "acl",
            },
        ),
        drifted="rules",
    ),
    "web acl association": Case(
        type="aws:wafv2/webAclAssociation:WebAclAssociation",
        inputs=lambda need: {
            "webAclArn": need("web acl").outputs["arn"],
            "resourceArn": need("load balancer").id,
        },
        replaces=({"resourceArn": "arn:aws:elasticloadbalancing:::other"},),
        drift=lambda aws, association: aws("wafv2").disassociate_web_acl(
            ResourceArn=association.outputs["resourceArn"]
        ),
    ),
    "web acl logging": Case(
        type="aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
        inputs=lambda need: {
            "resourceArn": need("web acl").outputs["arn"],
            "logDestinationConfigs": [need("waf log group").outputs["arn"]],
            "redactedFields": [{"singleHeader": {"name": "authorization"}}, {"queryString": {}}],
        },
        updates=({"redactedFields": [{"singleHeader": {"name": "cookie"}}]},),
        drift=lambda aws, logging: aws("wafv2").delete_logging_configuration(
            ResourceArn=logging.id
        ),
    ),
    "waf log group": Case(
        type="aws:cloudwatch/logGroup:LogGroup",
        inputs=lambda _: {"name": fresh("aws-waf-logs-turnstay-#"), "retentionInDays": 30},
    ),
    "namespace": Case(
        type="aws:servicediscovery/httpNamespace:HttpNamespace",
        inputs=lambda _: {"description": "services"},
        updates=({"tags": {"Name": "namespace"}},),
        replaces=({"name": "other"}, {"description": "all services"}),
    ),
    "cluster": Case(
        type="aws:ecs/cluster:Cluster",
        inputs=lambda need: {
            "settings": [{"name": "containerInsights", "value": "enhanced"}],
            "configuration": {
                "executeCommandConfiguration": {
                    "logging": "OVERRIDE",
                    "kmsKeyId": need("key").outputs["arn"],
                    "logConfiguration": {
                        "cloudWatchEncryptionEnabled": True,
                        "cloudWatchLogGroupName": need("log group").id,
                    },
                }
            },
            "serviceConnectDefaults": {"namespace": need("namespace").outputs["arn"]},
        },
        updates=(
            {"settings": [{"name": "containerInsights", "value": "enabled"}]},
            {"tags": {"Name": "cluster"}},
        ),
        replaces=({"name": "chosen"},),
        drift=lambda aws, cluster: aws("ecs").update_cluster(
            cluster=cluster.id, settings=[{"name": "containerInsights", "value": "disabled"}]
        ),
        drifted="settings",
    ),
    "capacity providers": Case(
        type="aws:ecs/clusterCapacityProviders:ClusterCapacityProviders",
        inputs=lambda need: {
            "clusterName": need(fresh("cluster of providers #")).outputs["name"],
            "capacityProviders": ["FARGATE", "FARGATE_SPOT"],
            "defaultCapacityProviderStrategies": [_share("FARGATE", 1)],
        },
        updates=({"capacityProviders": ["FARGATE"]},),
        drift=lambda aws, providers: aws("ecs").put_cluster_capacity_providers(
            cluster=providers.id,
            capacityProviders=["FARGATE"],
            defaultCapacityProviderStrategy=[_share("FARGATE", 1)],
        ),
        drifted="capacityProviders",
        stays=True,
    ),
    "task definition": Case(
        type="aws:ecs/taskDefinition:TaskDefinition",
        inputs=lambda need: {
            "family": "turnstay-test-ledger",
            "cpu": "256",
            "memory": "512",
            "networkMode": "awsvpc",
            "requiresCompatibilities": ["FARGATE"],
            "runtimePlatform": {"cpuArchitecture": "ARM64", "operatingSystemFamily": "LINUX"},
            "executionRoleArn": need("role").outputs["arn"],
            "taskRoleArn": need("role").outputs["arn"],
            "containerDefinitions": _container(),
        },
        updates=({"skipDestroy": True}, {"tags": {"service": "ledger"}}),
        replaces=(
            {"containerDefinitions": _container(image="registry/ledger@sha256:1")},
            {"cpu": "512", "memory": "1024"},
        ),
        drift=lambda aws, definition: aws("ecs").deregister_task_definition(
            taskDefinition=definition.outputs["arn"]
        ),
    ),
    "service": Case(
        type="aws:ecs/service:Service",
        inputs=lambda need: {
            "cluster": need("capacity providers").id,
            "taskDefinition": need("service definition").outputs["arn"],
            "desiredCount": 0,
            "capacityProviderStrategies": [_share("FARGATE", 1)],
            "forceNewDeployment": True,
            "platformVersion": "LATEST",
            "networkConfiguration": {
                "subnets": [need("subnet").id],
                "securityGroups": [need("security group").id],
                "assignPublicIp": False,
            },
            "loadBalancers": [
                {
                    "targetGroupArn": need("attached group").outputs["actions"][0]["targetGroupArn"],
                    "containerName": "app",
                    "containerPort": 8000,
                }
            ],
            "serviceConnectConfiguration": {
                "enabled": True,
                "namespace": need("namespace").outputs["arn"],
                "services": [
                    {
                        "portName": "http",
                        "discoveryName": fresh("ledger-#"),
                        "clientAlias": [{"port": 8000, "dnsName": "ledger"}],
                        "timeout": {"perRequestTimeoutSeconds": 30},
                    }
                ],
            },
            "deploymentMinimumHealthyPercent": 100,
            "deploymentMaximumPercent": 200,
            "deploymentCircuitBreaker": {"enable": True, "rollback": True},
            "availabilityZoneRebalancing": "ENABLED",
            "healthCheckGracePeriodSeconds": 60,
            "enableExecuteCommand": False,
            "enableEcsManagedTags": True,
            "propagateTags": "SERVICE",
            "waitForSteadyState": False,
        },
        updates=(
            {"deploymentMaximumPercent": 150},
            {"healthCheckGracePeriodSeconds": 90},
            {"capacityProviderStrategies": [_share("FARGATE_SPOT", 1), _share("FARGATE", 1)]},
            {"loadBalancers": None},
            {"tags": {"service": "ledger"}},
        ),
        replaces=({"name": "chosen"}, {"launchType": "FARGATE"}),
        drift=lambda aws, service: aws("ecs").update_service(
            cluster=service.outputs["cluster"], service=service.id, enableExecuteCommand=True
        ),
        drifted="enableExecuteCommand",
    ),
    "service definition": Case(
        type="aws:ecs/taskDefinition:TaskDefinition",
        inputs=lambda need: {
            "family": "turnstay-test-service",
            "cpu": "256",
            "memory": "512",
            "networkMode": "awsvpc",
            "requiresCompatibilities": ["FARGATE"],
            "executionRoleArn": need("role").outputs["arn"],
            "containerDefinitions": _container(),
            "skipDestroy": True,
        },
        stays=True,
    ),
    "attached group": Case(
        type="aws:lb/listenerRule:ListenerRule",
        inputs=lambda need: {
            "listenerArn": need("listener").id,
            "priority": 1000 + next(NUMBERS),
            "conditions": _host("ledger.turnstay.example"),
            "actions": [{"type": "forward", "targetGroupArn": need("target group of service").id}],
        },
    ),
    "scaling target": Case(
        type="aws:appautoscaling/target:Target",
        inputs=lambda need: {
            "serviceNamespace": "ecs",
            "scalableDimension": "ecs:service:DesiredCount",
            "resourceId": "/".join(
                [
                    "service",
                    need("capacity providers").id,
                    need(fresh("service of scaling #")).outputs["name"],
                ]
            ),
            "minCapacity": 2,
            "maxCapacity": 6,
        },
        updates=({"maxCapacity": 9}, {"tags": {"service": "ledger"}}),
        drift=lambda aws, target: aws("application-autoscaling").register_scalable_target(
            ServiceNamespace="ecs",
            ScalableDimension="ecs:service:DesiredCount",
            ResourceId=target.id,
            MaxCapacity=99,
        ),
        drifted="maxCapacity",
    ),
    "scaling policy": Case(
        type="aws:appautoscaling/policy:Policy",
        inputs=lambda need: {
            "serviceNamespace": "ecs",
            "scalableDimension": "ecs:service:DesiredCount",
            "resourceId": need("scaling target").id,
            "policyType": "TargetTrackingScaling",
            "targetTrackingScalingPolicyConfiguration": {
                "predefinedMetricSpecification": {
                    "predefinedMetricType": "ECSServiceAverageCPUUtilization"
                },
                "targetValue": 60,
                "scaleInCooldown": 300,
                "scaleOutCooldown": 60,
            },
        },
        updates=(
            {
                "targetTrackingScalingPolicyConfiguration": {
                    "predefinedMetricSpecification": {
                        "predefinedMetricType": "ECSServiceAverageMemoryUtilization"
                    },
                    "targetValue": 75.5,
                }
            },
        ),
        replaces=({"name": "chosen"},),
    ),
}  # fmt: skip
