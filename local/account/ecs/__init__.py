"""Tasks of ECS that are processes of this machine."""

from local.account import ec2_import as ec2_import  # before moto.ecs, which imports moto.ec2
