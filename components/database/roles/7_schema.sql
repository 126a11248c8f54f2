
-- The schema, in the service's database. The name may look like a connection string, so it is put into one.
SELECT 'dbname=''' || replace(replace(:'database', '\', '\\'), '''', '\''') || '''' AS connection \gset
\set ON_ERROR_STOP on
\connect -reuse-previous=on :"connection"
SET client_min_messages = warning;
SET lock_timeout = '2min';
SET search_path = pg_catalog;
SELECT pg_advisory_lock(hashtext('roles of the services')) AS locked \gset
SELECT format('CREATE SCHEMA %I AUTHORIZATION %I', :'schema', :'owner') WHERE NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = :'schema')
\gexec
\set ON_ERROR_STOP off
-- Alembic would make this table with the privileges below; tenants must not reach it. It gets its owner with the rest.
SELECT format('CREATE TABLE %I.alembic_version (version_num varchar(32) CONSTRAINT alembic_version_pkc PRIMARY KEY)', :'schema')
 WHERE to_regclass(format('%I.alembic_version', :'schema')) IS NULL
\gexec
-- What the owner makes is usable at once: rows by tenant_user, under the policies, and to read by reports. Nothing more:
-- TRUNCATE knows no policy, REFERENCES and TRIGGER see through them.
CREATE TEMP TABLE wanted_default AS
  SELECT * FROM (VALUES ('r', 'TABLES', 'tenant_user', ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']),
                        ('r', 'TABLES', :'reports', ARRAY['SELECT']),
                        ('S', 'SEQUENCES', 'tenant_user', ARRAY['USAGE']),
                        ('f', 'FUNCTIONS', 'tenant_user', ARRAY['EXECUTE'])) AS wanted (kind, words, grantee, privileges);
CREATE TEMP VIEW default_grant AS
  SELECT defaclnamespace <> 0 AS in_schema, kind, words, coalesce(rolname, 'PUBLIC') AS grantee, grantee = 0 AS public, privilege_type AS privilege
    FROM pg_default_acl JOIN (VALUES ('r', 'TABLES'), ('S', 'SEQUENCES'), ('f', 'FUNCTIONS')) AS object (kind, words) ON kind = defaclobjtype::text,
         aclexplode(defaclacl) LEFT JOIN pg_roles role ON role.oid = grantee
   WHERE defaclrole = (SELECT oid FROM pg_roles WHERE rolname = :'owner') AND grantee <> defaclrole
     AND defaclnamespace IN (0, (SELECT oid FROM pg_namespace WHERE nspname = :'schema'));
CREATE TEMP VIEW stray_default AS
  SELECT * FROM default_grant g
   WHERE NOT EXISTS (SELECT FROM wanted_default w WHERE in_schema AND w.kind = g.kind AND w.grantee = g.grantee AND g.privilege = ANY (w.privileges));
SELECT format('ALTER DEFAULT PRIVILEGES FOR ROLE %I %s REVOKE %s ON %s FROM %s', :'owner',
              CASE WHEN in_schema THEN format('IN SCHEMA %I', :'schema') ELSE '' END, privilege, words,
              CASE WHEN public THEN 'PUBLIC' ELSE quote_ident(grantee) END)
  FROM stray_default
\gexec
-- Of functions alone PUBLIC has a privilege without a word, and a schema cannot take it back.
SELECT format('ALTER DEFAULT PRIVILEGES FOR ROLE %I REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC', :'owner')
 WHERE NOT EXISTS (SELECT FROM pg_default_acl WHERE defaclrole = (SELECT oid FROM pg_roles WHERE rolname = :'owner') AND defaclnamespace = 0 AND defaclobjtype = 'f')
\gexec
SELECT format('ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA %I GRANT %s ON %s TO %I', :'owner', :'schema', privilege, words, grantee)
  FROM wanted_default w, unnest(privileges) AS privilege
 WHERE NOT EXISTS (SELECT FROM default_grant g WHERE in_schema AND g.kind = w.kind AND g.grantee = w.grantee AND g.privilege = privilege)
\gexec
