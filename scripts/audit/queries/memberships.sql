-- Before PostgreSQL 16 every member may SET ROLE, and inherits as its own attribute says.
SELECT role.rolname::text AS role, member.rolname::text AS member, bool_or(m.admin_option) AS admin,
       bool_or(coalesce((to_jsonb(m) ->> 'inherit_option')::boolean, member.rolinherit)) AS inherits,
       bool_or(coalesce((to_jsonb(m) ->> 'set_option')::boolean, true)) AS sets
  FROM pg_auth_members m JOIN pg_roles role ON role.oid = m.roleid JOIN pg_roles member ON member.oid = m.member
 GROUP BY 1, 2
