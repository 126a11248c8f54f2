SELECT 'extension' AS kind, extname::text AS name, '' AS detail FROM pg_extension
 UNION ALL
SELECT 'user mapping', quote_ident(srvname), CASE umuser WHEN 0 THEN 'PUBLIC' ELSE usename::text END FROM pg_user_mappings
 UNION ALL
SELECT 'publication', quote_ident(pubname), coalesce((SELECT string_agg(format('%s.%s', schemaname, tablename), ', ' ORDER BY 1) FROM pg_publication_tables t WHERE t.pubname = p.pubname), 'no table')
  FROM pg_publication p
 UNION ALL
SELECT 'subscription', quote_ident(subname), pg_get_userbyid(subowner)::text FROM pg_subscription
 WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())
 UNION ALL
SELECT 'replication slot', slot_name::text, coalesce(plugin::text, '') FROM pg_replication_slots WHERE database = current_database()
