-- $1: the roles whose reach is asked for; a superuser's, which is a finding of its own, is left out. Extensions' own tables are the extension's business.
SELECT c.oid::bigint AS oid, n.nspname::text AS schema, c.relname::text AS name, c.relkind::text AS kind,
       pg_get_userbyid(c.relowner)::text AS owner, c.relrowsecurity AS row_security, c.relforcerowsecurity AS forced,
       c.relispartition AS partition, coalesce(c.reloptions, '{}')::text[] AS options,
       ARRAY(SELECT inhparent::bigint FROM pg_inherits WHERE inhrelid = c.oid ORDER BY 1) AS parents,
       ARRAY(SELECT r.rolname::text FROM pg_roles r
              WHERE r.rolname = ANY ($1::text[]) AND NOT r.rolsuper AND c.relkind <> 'S'
                AND (has_table_privilege(r.oid, c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE')
                     OR has_any_column_privilege(r.oid, c.oid, 'SELECT, INSERT, UPDATE'))
              ORDER BY 1) AS reached_by
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
   AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
