
-- Settings of the logins. `role` makes every migration act as the owner from its first statement: all tables have one
-- owner and get the default privileges. Whatever else is set there goes, such as a tenant that a login would begin with.
CREATE TEMP TABLE wanted_setting AS
  SELECT login, name, value FROM (VALUES
      (:'migrator', 'role', :'owner'),
      (:'migrator', 'search_path', quote_ident(:'schema')),
      (:'migrator', 'statement_timeout', :'migrator_statement_timeout'),
      (:'migrator', 'lock_timeout', :'migrator_lock_timeout'),
      (:'migrator', 'idle_in_transaction_session_timeout', :'migrator_idle_timeout')) AS setting (login, name, value)
  UNION ALL
  SELECT login, name, value FROM (VALUES (:'app_a'), (:'app_b')) AS app (login), (VALUES
      ('search_path', quote_ident(:'schema')),
      ('statement_timeout', :'app_statement_timeout'),
      ('lock_timeout', :'app_lock_timeout'),
      ('idle_in_transaction_session_timeout', :'app_idle_timeout')) AS setting (name, value);
CREATE TEMP VIEW setting AS
  SELECT rolname AS login, datname AS database, split_part(line, '=', 1) AS name, substr(line, strpos(line, '=') + 1) AS value
    FROM pg_db_role_setting LEFT JOIN pg_roles role ON role.oid = setrole LEFT JOIN pg_database db ON db.oid = setdatabase,
         unnest(setconfig) AS line;
CREATE TEMP VIEW stray_setting AS
  SELECT login, database, name FROM setting
   WHERE login IN (SELECT login FROM wanted_setting)
     AND (database IS NOT NULL OR (login, name) NOT IN (SELECT login, name FROM wanted_setting))
  UNION ALL
  SELECT login, database, name FROM setting
   WHERE login IS NULL AND database = :'database' AND (name LIKE 'app.%' OR name IN ('role', 'row_security', 'search_path', 'session_authorization'));
SELECT CASE WHEN login IS NULL THEN format('ALTER DATABASE %I RESET %s', database, setting)
            WHEN database IS NULL THEN format('ALTER ROLE %I RESET %s', login, setting)
            ELSE format('ALTER ROLE %I IN DATABASE %I RESET %s', login, database, setting) END
  FROM (SELECT login, database, string_agg(quote_ident(part), '.' ORDER BY position) AS setting
          FROM stray_setting, string_to_table(name, '.') WITH ORDINALITY AS parts (part, position) GROUP BY login, database, name) AS stray
\gexec
SELECT format('ALTER ROLE %I SET %I = ', login, name) || CASE name WHEN 'search_path' THEN value ELSE quote_literal(value) END
  FROM wanted_setting wanted WHERE NOT EXISTS (
    SELECT FROM setting s WHERE s.database IS NULL AND s.login = wanted.login AND s.name = wanted.name AND s.value = wanted.value)
\gexec
