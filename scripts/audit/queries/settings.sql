SELECT coalesce(r.rolname::text, '') AS role, coalesce(d.datname::text, '') AS database,
       split_part(each, '=', 1) AS name, substr(each, strpos(each, '=') + 1) AS value
  FROM pg_db_role_setting s LEFT JOIN pg_roles r ON r.oid = s.setrole LEFT JOIN pg_database d ON d.oid = s.setdatabase, unnest(s.setconfig) AS each
 WHERE s.setdatabase = 0 OR d.datname = current_database()
 UNION ALL
SELECT '', '', name, reset_val FROM pg_settings
 WHERE name IN ('row_security', 'session_replication_role', 'lo_compat_privileges') AND source IN ('configuration file', 'command line', 'environment variable')
