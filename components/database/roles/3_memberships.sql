
-- Memberships. A plain GRANT means SET, and INHERIT as the member's attribute says, on every version; 16 and later let a
-- grant say otherwise, and keep one for each grantor.
CREATE TEMP VIEW membership AS
  SELECT role.rolname AS role, member.rolname AS member, admin_option,
         coalesce((to_jsonb(m) ->> 'inherit_option')::boolean, member.rolinherit) AS inherits,
         coalesce((to_jsonb(m) ->> 'set_option')::boolean, true) AS sets
    FROM pg_auth_members m JOIN pg_roles role ON role.oid = roleid JOIN pg_roles member ON member.oid = m.member;
CREATE TEMP TABLE wanted_membership AS
  SELECT * FROM (VALUES (:'owner', current_user::text, true),  -- the master acts as the owner below
                        (:'owner', :'migrator', true),
                        ('tenant_user', :'app_a', false),
                        ('tenant_user', :'app_b', false)) AS membership (role, member, inherits);
-- What nobody meant: any way into a role of ours but these, and any way from a role of ours to another. Members of
-- tenant_user are the app logins of all services, those of reports are the operators' choice, the master administers all.
CREATE TEMP VIEW stray_membership AS
  SELECT role, member FROM membership
   WHERE (member IN (SELECT name FROM wanted_role)
          OR role IN (:'owner', :'migrator', :'app_a', :'app_b') AND member <> current_user
          OR role = 'tenant_user' AND member <> current_user AND member NOT LIKE '%\_app\__')
     AND (role, member) NOT IN (SELECT role, member FROM wanted_membership);
CREATE TEMP VIEW wrong_membership AS
  SELECT wanted.* FROM wanted_membership wanted
   WHERE NOT EXISTS (SELECT FROM membership m WHERE m.role = wanted.role AND m.member = wanted.member AND sets AND m.inherits = wanted.inherits)
      OR NOT wanted.inherits AND EXISTS (SELECT FROM membership m WHERE m.role = wanted.role AND m.member = wanted.member AND m.inherits);
SELECT format('REVOKE %I FROM %I', role, member) FROM stray_membership
\gexec
SELECT format('REVOKE ADMIN OPTION FOR %I FROM %I', role, member) FROM membership
 WHERE admin_option AND member IN (SELECT name FROM wanted_role)
\gexec
SELECT format('GRANT %I TO %I', role, member)
       || CASE WHEN current_setting('server_version_num')::int >= 160000 THEN format(' WITH INHERIT %s, SET TRUE', inherits::text) ELSE '' END
  FROM wrong_membership
\gexec
