
-- What must be true now, in one message with what is wrong on the server.
CREATE TEMP VIEW own_finding AS
  SELECT format('%s belongs to %s and not to %s', object, pg_get_userbyid(owner), :'owner') AS finding FROM stray_object
  UNION ALL
  SELECT format('schema %s belongs to %s and not to %s', nspname, pg_get_userbyid(nspowner), :'owner')
    FROM pg_namespace WHERE nspname = :'schema' AND pg_get_userbyid(nspowner) <> :'owner'
  UNION ALL
  SELECT format('%s has %s on schema %s, which belongs to %s', grantee, privilege, schema, pg_get_userbyid(owner))
    FROM stray_schema_grant WHERE schema <> 'public' OR privilege = 'CREATE'
  UNION ALL
  SELECT format('%s reaches %s', grantee, object) FROM version_grant
  UNION ALL
  SELECT format('%s gets %s on the %s that %s makes', grantee, privilege, lower(words), :'owner') FROM stray_default
  UNION ALL
  SELECT format('%s does not get %s on the %s that %s makes', grantee, privilege, lower(words), :'owner')
    FROM wanted_default w, unnest(privileges) AS privilege
   WHERE NOT EXISTS (SELECT FROM default_grant g WHERE in_schema AND g.kind = w.kind AND g.grantee = w.grantee AND g.privilege = privilege)
  UNION ALL
  SELECT format('a session of %s begins with tenant %s', current_database(), current_setting('app.current_tenant', true))
   WHERE current_setting('app.current_tenant', true) <> '';
SELECT concat_ws('; ', nullif(:'server_findings', ''), nullif(rtrim(:'refused', '; '), ''), (SELECT string_agg(finding, '; ' ORDER BY finding) FROM own_finding)) AS findings \gset
SELECT set_config('roles.findings', :'findings', false) AS findings, :'findings' <> '' AS any_is_left \gset
\if :any_is_left
DO $$ BEGIN
  RAISE EXCEPTION 'roles are not as they should be, and could not be put right: %', current_setting('roles.findings');
END $$;
\endif
SELECT concat(format('%s: database %s is ready on PostgreSQL %s', :'service', :'database', current_setting('server_version')),
              '; of another owner: ' || nullif(:'others', '')) AS result \gset
\echo :result
