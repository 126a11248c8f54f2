
-- What is still wrong with the server, whoever changed it before. It is read while no other run changes it, and reported
-- at the end with the rest.
CREATE TEMP VIEW finding AS
  SELECT format('%s has %s, which only a superuser can take away', rolname, attribute) AS finding
    FROM pg_roles, LATERAL (VALUES ('SUPERUSER', rolsuper), ('BYPASSRLS', rolbypassrls), ('REPLICATION', rolreplication)) AS has (attribute, yes)
   WHERE yes AND rolname IN (SELECT name FROM wanted_role)
  UNION ALL
  SELECT format('%s is not %s', name, concat_ws(' ', CASE WHEN login THEN 'LOGIN' ELSE 'NOLOGIN' END, CASE WHEN inherit THEN 'INHERIT' ELSE 'NOINHERIT' END,
                'NOCREATEDB NOCREATEROLE CONNECTION LIMIT', connections))
    FROM wanted_role JOIN pg_roles ON rolname = name
   WHERE (rolcanlogin, rolinherit, rolcreatedb, rolcreaterole, rolconnlimit) IS DISTINCT FROM (login, inherit, false, false, connections)
      OR rolvaliduntil < 'infinity'
  UNION ALL
  SELECT format('%s is a member of %s', member, role) FROM stray_membership
  UNION ALL
  SELECT format('%s may grant %s', member, role) FROM membership WHERE admin_option AND member IN (SELECT name FROM wanted_role)
  UNION ALL
  SELECT format('%s %s %s', member, CASE WHEN inherits THEN 'does not act as' ELSE 'is not a member by SET ROLE alone of' END, role) FROM wrong_membership
  UNION ALL
  SELECT format('%s begins with a setting of its own: %s', concat_ws(' in ', login, database), name) FROM stray_setting
  UNION ALL
  SELECT DISTINCT format('%s may %s %s', grantee, privilege, database) FROM stray_database_grant
  UNION ALL
  SELECT format('database %s belongs to %s and not to the master', datname, pg_get_userbyid(datdba))
    FROM pg_database WHERE datname = :'database' AND NOT pg_has_role(datdba, 'USAGE');
SELECT coalesce(string_agg(finding, '; ' ORDER BY finding), '') AS server_findings FROM finding \gset
-- Another owner's database is none of ours to close. No login of a service has a password there that anyone knows.
SELECT coalesce(string_agg(DISTINCT format('%s may %s %s', grantee, privilege, database), '; '), '') AS others
  FROM database_grant WHERE public AND NOT pg_has_role(owner, 'USAGE') \gset
