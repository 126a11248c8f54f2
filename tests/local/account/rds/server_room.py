"""What tests need to make databases in an account."""

from __future__ import annotations

import json
import uuid
from typing import Any

from local.account.postgres.server import Server
from local.account.rds.databases import databases_of
from tests.local.account.postgres.clients import answer, speaks_tls
from tests.local.account.workbench import Json, Workbench

FAMILY = "postgres17"


class ServerRoom:
    """Databases of one account, with a subnet group and a key for all of them."""

    def __init__(self, bench: Workbench) -> None:
        self.bench = bench
        self.rds, self.secrets = bench.client("rds"), bench.client("secretsmanager")
        self.key = bench.client("kms").create_key()["KeyMetadata"]["Arn"]
        self.subnets = f"s{uuid.uuid4().hex[:8]}"
        self.rds.create_db_subnet_group(
            DBSubnetGroupName=self.subnets,
            DBSubnetGroupDescription="isolated",
            SubnetIds=bench.subnets,
        )

    def group(self, **parameters: str) -> str:
        """Make a parameter group."""
        name = f"p{uuid.uuid4().hex[:8]}"
        self.rds.create_db_parameter_group(
            DBParameterGroupName=name, DBParameterGroupFamily=FAMILY, Description="server"
        )
        self.set(name, **parameters)
        return name

    def set(self, group: str, **parameters: str) -> None:
        """Set parameters; __ stands for a dot."""
        wanted = [
            {
                "ParameterName": name.replace("__", "."),
                "ParameterValue": value,
                "ApplyMethod": "immediate",
            }
            for name, value in parameters.items()
        ]
        if wanted:
            self.rds.modify_db_parameter_group(DBParameterGroupName=group, Parameters=wanted)

    def make(self, **more: Any) -> str:
        """Make an instance; its identifier."""
        name = f"d{uuid.uuid4().hex[:8]}"
        wanted = {
            "DBInstanceIdentifier": name,
            "Engine": "postgres",
            "EngineVersion": "17",
            "DBInstanceClass": "db.t4g.micro",
            "AllocatedStorage": 20,
            "StorageType": "gp3",
            "MasterUsername": "turnstay_master",
            "ManageMasterUserPassword": True,
            "DBSubnetGroupName": self.subnets,
            "Port": 5433,
        } | more
        self.rds.create_db_instance(**wanted)
        return name

    def shown(self, name: str) -> Json:
        """What DescribeDBInstances says."""
        found: Json = self.rds.describe_db_instances(DBInstanceIdentifier=name)["DBInstances"][0]
        return found

    def modify(self, name: str, **changes: Any) -> None:
        """Change an instance at once."""
        self.rds.modify_db_instance(DBInstanceIdentifier=name, ApplyImmediately=True, **changes)

    def delete(self, name: str) -> None:
        """Delete an instance without a snapshot."""
        self.rds.delete_db_instance(DBInstanceIdentifier=name, SkipFinalSnapshot=True)

    def master(self, name: str) -> Json:
        """Name and password of the master user, from the secret that RDS manages."""
        arn = self.shown(name)["MasterUserSecret"]["SecretArn"]
        value: Json = json.loads(self.secrets.get_secret_value(SecretId=arn)["SecretString"])
        return value

    def ask(self, name: str, sql: str) -> str:
        """Run SQL as the master user, with the password in the secret."""
        wanted = self.master(name)
        login = {"PGUSER": wanted["username"], "PGPASSWORD": wanted["password"]}
        return answer(self.server(name), sql, **login)

    def server(self, name: str) -> Server:
        """The server behind an instance."""
        databases = databases_of(self.bench.account.account_id)
        assert databases
        found = databases.of(self.shown(name)["DbiResourceId"])
        assert found
        return found


def speaking_folder() -> str:
    """The folder of a psql that speaks TLS."""
    return str(speaks_tls().folder)
