
-- Privileges on the schema, on PostgreSQL's own and on what is in it.
CREATE TEMP VIEW schema_grant AS
  SELECT nspname AS schema, nspowner AS owner, coalesce(rolname, 'PUBLIC') AS grantee, grantee = 0 AS public, privilege_type AS privilege
    FROM pg_namespace, aclexplode(coalesce(nspacl, acldefault('n', nspowner))) LEFT JOIN pg_roles role ON role.oid = grantee
   WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' AND grantee <> nspowner;
CREATE TEMP VIEW stray_schema_grant AS
  SELECT * FROM schema_grant
   WHERE CASE WHEN schema = :'schema' THEN public OR privilege <> 'USAGE' OR grantee NOT IN ('tenant_user', :'reports')
              ELSE public AND schema = 'public' OR privilege = 'CREATE' AND (public OR grantee IN ('tenant_user', :'app_a', :'app_b', :'reports')) END;
CREATE TEMP VIEW stray_object AS
  SELECT c.oid::regclass::text AS object, relowner AS owner, CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
         WHEN 'S' THEN 'SEQUENCE' WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END AS kind
    FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
   WHERE nspname = :'schema' AND relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND pg_get_userbyid(relowner) <> :'owner'
     AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = c.oid AND deptype IN ('a', 'i') AND relkind = 'S')
  UNION ALL
  SELECT p.oid::regprocedure::text, proowner, 'ROUTINE' FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace
   WHERE nspname = :'schema' AND pg_get_userbyid(proowner) <> :'owner'
     AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_proc'::regclass AND objid = p.oid AND deptype = 'e');
CREATE TEMP VIEW version_grant AS  -- of Alembic's table, to whoever is not its owner
  SELECT c.oid::regclass::text AS object, coalesce(rolname, 'PUBLIC') AS grantee, grantee = 0 AS public
    FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace, aclexplode(relacl) LEFT JOIN pg_roles role ON role.oid = grantee
   WHERE nspname = :'schema' AND relname = 'alembic_version' AND grantee <> relowner AND (grantee = 0 OR rolname IN ('tenant_user', :'reports', :'app_a', :'app_b'));
SELECT format('ALTER SCHEMA %I OWNER TO %I', nspname, :'owner') FROM pg_namespace WHERE nspname = :'schema' AND pg_get_userbyid(nspowner) <> :'owner'
\gexec
SELECT format('ALTER %s %s OWNER TO %I', kind, object, :'owner') FROM stray_object WHERE pg_has_role(owner, 'USAGE')
\gexec
SELECT DISTINCT format('REVOKE ALL ON SCHEMA %I FROM %s', schema, CASE WHEN public THEN 'PUBLIC' ELSE quote_ident(grantee) END)
  FROM stray_schema_grant WHERE pg_has_role(owner, 'USAGE')
\gexec
SELECT format('GRANT USAGE ON SCHEMA %I TO %I', :'schema', grantee) FROM (VALUES ('tenant_user'), (:'reports')) AS wanted (grantee)
 WHERE NOT EXISTS (SELECT FROM schema_grant g WHERE g.schema = :'schema' AND g.grantee = wanted.grantee AND g.privilege = 'USAGE' AND NOT public)
\gexec
SELECT DISTINCT format('REVOKE ALL ON %s FROM %s', object, CASE WHEN public THEN 'PUBLIC' ELSE quote_ident(grantee) END) FROM version_grant
\gexec
