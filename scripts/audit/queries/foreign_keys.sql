SELECT conname::text AS name, conrelid::bigint AS relation, confrelid::bigint AS referenced,
       ARRAY(SELECT a.attname::text FROM unnest(conkey) WITH ORDINALITY AS k (number, place)
               JOIN pg_attribute a ON a.attrelid = conrelid AND a.attnum = k.number ORDER BY k.place) AS columns,
       ARRAY(SELECT a.attname::text FROM unnest(confkey) WITH ORDINALITY AS k (number, place)
               JOIN pg_attribute a ON a.attrelid = confrelid AND a.attnum = k.number ORDER BY k.place) AS referenced_columns,
       confdeltype IN ('c', 'n', 'd') OR confupdtype IN ('c', 'n', 'd') AS changes
  FROM pg_constraint WHERE contype = 'f' AND conparentid = 0
