-- From PostgreSQL 15 on: who may set what otherwise only a superuser may.
SELECT 'parameter' AS kind, 0::bigint AS relation, parname AS object, CASE grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(grantee)::text END AS grantee,
       privilege_type AS privilege, is_grantable AS grantable
  FROM pg_parameter_acl, aclexplode(paracl) WHERE grantee <> 10
