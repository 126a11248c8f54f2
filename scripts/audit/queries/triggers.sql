SELECT 'trigger' AS kind, t.tgrelid::bigint AS relation, t.tgname::text AS name, t.tgenabled::text AS enabled,
       t.tgconstraint <> 0 AND t.tgisinternal AS foreign_key
  FROM pg_trigger t
 UNION ALL
SELECT 'rule', r.ev_class::bigint, r.rulename::text, r.ev_enabled::text, false
  FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE r.rulename <> '_RETURN' AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
