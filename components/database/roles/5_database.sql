
-- The database. It comes from template0, which nobody can have edited, and belongs to the master: no login can drop it.
\set ON_ERROR_STOP on
SELECT format('CREATE DATABASE %I TEMPLATE template0', :'database') WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database')
\gexec
\set ON_ERROR_STOP off
-- Who may do what with a database. It is closed to PUBLIC, and so are those that came with the server.
CREATE TEMP VIEW database_grant AS
  SELECT datname AS database, datdba AS owner, coalesce(rolname, 'PUBLIC') AS grantee, grantee = 0 AS public, privilege_type AS privilege
    FROM pg_database, aclexplode(coalesce(datacl, acldefault('d', datdba))) LEFT JOIN pg_roles role ON role.oid = grantee
   WHERE datallowconn AND grantee <> datdba;
CREATE TEMP VIEW stray_database_grant AS
  SELECT * FROM database_grant
   WHERE pg_has_role(owner, 'USAGE')
     AND CASE WHEN public THEN true
              WHEN database = :'database' THEN privilege <> 'CONNECT' OR grantee NOT IN (:'migrator', :'app_a', :'app_b', :'reports')
              ELSE grantee IN (SELECT name FROM wanted_role) END;
SELECT DISTINCT format('REVOKE ALL ON DATABASE %I FROM %s', database, CASE WHEN public THEN 'PUBLIC' ELSE quote_ident(grantee) END)
  FROM stray_database_grant
\gexec
SELECT format('GRANT CONNECT ON DATABASE %I TO %I', :'database', name)
  FROM wanted_role WHERE name IN (:'migrator', :'app_a', :'app_b', :'reports')
   AND NOT EXISTS (SELECT FROM database_grant g WHERE g.database = :'database' AND g.grantee = name AND g.privilege = 'CONNECT' AND NOT public)
\gexec
