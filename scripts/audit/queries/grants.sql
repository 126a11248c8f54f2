WITH acl (kind, relation, object, owner, items) AS (
  SELECT CASE c.relkind WHEN 'S' THEN 'sequence' ELSE 'table' END, c.oid::bigint, format('%I.%I', n.nspname, c.relname), c.relowner, c.relacl
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
     AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
   UNION ALL
  SELECT 'column', c.oid::bigint, format('%I.%I (%I)', n.nspname, c.relname, a.attname), c.relowner, a.attacl
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE a.attacl IS NOT NULL AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
   UNION ALL
  SELECT 'schema', 0, quote_ident(nspname), nspowner, coalesce(nspacl, acldefault('n', nspowner))
    FROM pg_namespace WHERE nspname <> 'information_schema' AND nspname !~ '^pg_'
   UNION ALL
  SELECT 'database', 0, quote_ident(datname), datdba, coalesce(datacl, acldefault('d', datdba)) FROM pg_database WHERE datname = current_database()
   UNION ALL
  SELECT 'default', 0, format('what %I makes%s', pg_get_userbyid(d.defaclrole), ' in schema ' || quote_ident(n.nspname)), d.defaclrole, d.defaclacl
    FROM pg_default_acl d LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace WHERE d.defaclobjtype = 'r'
   UNION ALL
  SELECT 'large object', 0, oid::text, lomowner, lomacl FROM pg_largeobject_metadata
   UNION ALL
  SELECT 'foreign server', 0, quote_ident(srvname), srvowner, srvacl FROM pg_foreign_server
   UNION ALL
  SELECT 'foreign-data wrapper', 0, quote_ident(fdwname), fdwowner, fdwacl FROM pg_foreign_data_wrapper
)
SELECT kind, relation, object, CASE grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(grantee)::text END AS grantee,
       privilege_type AS privilege, is_grantable AS grantable
  FROM acl, aclexplode(items) WHERE grantee <> owner
