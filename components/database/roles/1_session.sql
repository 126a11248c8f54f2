-- Roles, grants and passwords of one service on a PostgreSQL server, as its master: see service_roles.py and docs/databases.md.
-- Every part compares what is with what should be and changes the difference, so a second run writes nothing. Statements
-- that need a name or a value are built by format with %I and %L and run by \gexec: there is no other quoting.
\set QUIET on
\set ON_ERROR_STOP on
SET client_min_messages = warning;
SET lock_timeout = '2min';
SET search_path = pg_catalog;  -- what somebody else has made is not run as the master
\set owner :service _owner
\set migrator :service _migrator
\set app_a :service _app_a
\set app_b :service _app_b
\set reports :service _reports
\set schema :service

-- Names are cut at 63 bytes without a word: two logins could become one.
SELECT CASE
         WHEN current_setting('server_version_num')::int < 140000 THEN 'PostgreSQL 14 is the oldest that this works on'
         WHEN octet_length(:'migrator') > 63 OR octet_length(:'database') > 63 THEN
           format('a name has at most 63 bytes: %s, %s', :'migrator', :'database')
         WHEN current_setting('password_encryption') <> 'scram-sha-256' THEN
           format('password_encryption is %s; it must be scram-sha-256', current_setting('password_encryption'))
         ELSE ''
       END AS problem \gset
\set weak `for name in MIGRATOR_PASSWORD APP_A_PASSWORD APP_B_PASSWORD; do eval value=\"\$$name\"; [ "${#value}" -ge 16 ] || printf '%s is missing or shorter than 16 characters; ' "$name"; done`
SELECT set_config('roles.problem', concat_ws('; ', nullif(:'problem', ''), nullif(rtrim(:'weak', '; '), '')), false) AS problem \gset
DO $$ BEGIN
  IF current_setting('roles.problem') <> '' THEN
    RAISE EXCEPTION 'nothing was changed: %', current_setting('roles.problem');
  END IF;
END $$;

-- Services share tenant_user, the memberships and the list of databases: one run at a time. All of them wait here, since
-- a lock is one database's and every run begins in the same one.
SELECT pg_advisory_lock(hashtext('roles of the services')) AS locked \gset
