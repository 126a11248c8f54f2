SELECT a.attrelid::bigint AS relation, a.attname::text AS name, a.attnotnull AS not_null,
       a.attidentity <> '' OR coalesce(pg_get_expr(d.adbin, d.adrelid) ~ '^\(?(nextval|gen_random_uuid|uuidv4|uuidv7|[^( ]*uuid_generate_v[0-9a-z]+)\(', false) AS generated
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
 WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
