SELECT p.oid::regprocedure::text AS name, pg_get_userbyid(p.proowner)::text AS owner, p.prosecdef AS definer,
       p.proleakproof AS leakproof, l.lanpltrusted AS trusted,
       coalesce(array_to_string(p.proconfig, ' ') ~ '(^| )search_path=', false) AS search_path,
       ARRAY(SELECT r.rolname::text FROM pg_roles r
              WHERE r.rolname = ANY ($1::text[]) AND NOT r.rolsuper AND has_function_privilege(r.oid, p.oid, 'EXECUTE') ORDER BY 1) AS reached_by,
       ARRAY(SELECT DISTINCT t.tgrelid::regclass::text FROM pg_trigger t WHERE t.tgfoid = p.oid ORDER BY 1) AS trigger_of
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
 WHERE n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
   AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
