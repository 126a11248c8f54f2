-- A partition's index is reported with that of its parent. What an index merely INCLUDEs is not part of the key.
SELECT i.indrelid::bigint AS relation, x.relname::text AS name,
       ARRAY(SELECT coalesce(a.attname::text, '') FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k (number, place)
               LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number AND k.number > 0
              WHERE k.place <= i.indnkeyatts ORDER BY k.place) AS columns
  FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE (i.indisunique OR i.indisexclusion) AND NOT x.relispartition AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
