-- What an instance of RDS has besides PostgreSQL's own: a master user that is no superuser. Variables: master, first.
CREATE ROLE rds_superuser;
CREATE ROLE rds_iam;
CREATE ROLE rds_password;
CREATE ROLE :"master" LOGIN CREATEDB CREATEROLE;
GRANT rds_superuser TO :"master" WITH ADMIN OPTION;
SELECT format('GRANT %I TO rds_superuser WITH ADMIN OPTION', rolname)
  FROM pg_roles
 WHERE rolname IN ('pg_monitor', 'pg_signal_backend', 'pg_checkpoint', 'pg_create_subscription', 'pg_maintain', 'rds_password')
\gexec
SELECT format('ALTER DATABASE %I OWNER TO %I', datname, :'master') FROM pg_database WHERE datname <> 'template0'
\gexec
SELECT format('CREATE DATABASE %I OWNER %I', :'first', :'master') WHERE :'first' <> 'postgres'
\gexec
