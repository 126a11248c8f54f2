SELECT datname::text AS database, pg_get_userbyid(datdba)::text AS owner, current_setting('server_version_num')::int AS version,
       session_user::text AS "user", nullif(current_setting('app.current_tenant', true), '') AS tenant
  FROM pg_database WHERE datname = current_database()
