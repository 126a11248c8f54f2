SELECT quote_ident(datname) AS database,
       ARRAY(SELECT r.rolname::text FROM pg_roles r WHERE r.rolname = ANY ($1::text[]) AND NOT r.rolsuper AND has_database_privilege(r.oid, d.oid, 'CONNECT') ORDER BY 1) AS reached_by
  FROM pg_database d WHERE datallowconn AND datname <> current_database()
