
-- Roles. The attributes that only a superuser may change are right from the start; the findings say whether they still are.
CREATE TEMP TABLE wanted_role AS
  SELECT * FROM (VALUES ('tenant_user', false, false, -1),
                        (:'owner', false, true, -1),
                        (:'reports', false, true, -1),
                        (:'migrator', true, true, :'migrator_connections'::int),
                        (:'app_a', true, false, :'app_connections'::int),
                        (:'app_b', true, false, :'app_connections'::int)) AS role (name, login, inherit, connections);
SELECT bool_or(name = :'migrator') AS migrator_is_new, bool_or(name = :'app_a') AS app_a_is_new, bool_or(name = :'app_b') AS app_b_is_new
  FROM (SELECT name FROM wanted_role WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) UNION ALL VALUES ('')) AS missing \gset
SELECT format('CREATE ROLE %I %s %s NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS', name,
              CASE WHEN login THEN 'LOGIN' ELSE 'NOLOGIN' END, CASE WHEN inherit THEN 'INHERIT' ELSE 'NOINHERIT' END)
  FROM wanted_role WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name)
\gexec

-- From here on a refused repair is no end: the findings name what is still wrong after all of them.
\set ON_ERROR_STOP off
SELECT format('ALTER ROLE %I %s %s NOCREATEDB NOCREATEROLE CONNECTION LIMIT %s', name,
              CASE WHEN login THEN 'LOGIN' ELSE 'NOLOGIN' END, CASE WHEN inherit THEN 'INHERIT' ELSE 'NOINHERIT' END, connections)
       || CASE WHEN rolvaliduntil < 'infinity' THEN format(' VALID UNTIL %L', 'infinity') ELSE '' END
  FROM wanted_role JOIN pg_roles ON rolname = name
 WHERE (rolcanlogin, rolinherit, rolcreatedb, rolcreaterole, rolconnlimit) IS DISTINCT FROM (login, inherit, false, false, connections)
    OR rolvaliduntil < 'infinity'
\gexec
