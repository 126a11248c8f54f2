SELECT 'schema' AS kind, quote_ident(nspname) AS object, pg_get_userbyid(nspowner)::text AS owner FROM pg_namespace WHERE nspname !~ '^pg_'
 UNION ALL
SELECT 'database', quote_ident(datname), pg_get_userbyid(datdba)::text FROM pg_database WHERE datname = current_database()
 UNION ALL
SELECT 'large object', oid::text, pg_get_userbyid(lomowner)::text FROM pg_largeobject_metadata
