
-- Passwords. Each login tries its own; only one that does not get in is set, so a second run writes nothing and leaves no
-- refusal in the log. One that has no connection left did get in.
\set try 'try() { said=$(PGUSER="$1" PGPASSWORD="$2" psql -Xwqc "SELECT 1" 2>&1 </dev/null) || case "$said" in *"too many connections for"*) ;; *) return 1 ;; esac; }'
\if :migrator_is_new
\set migrator_comes f
\else
\set migrator_comes `:try; export PGDATABASE=:'database'; try :'migrator' "$MIGRATOR_PASSWORD" && echo t || echo f`
\endif
\if :app_a_is_new
\set app_a_comes f
\else
\set app_a_comes `:try; export PGDATABASE=:'database'; try :'app_a' "$APP_A_PASSWORD" && echo t || echo f`
\endif
\if :app_b_is_new
\set app_b_comes f
\else
\set app_b_comes `:try; export PGDATABASE=:'database'; try :'app_b' "$APP_B_PASSWORD" && echo t || echo f`
\endif
SELECT NOT (:'migrator_comes' AND :'app_a_comes' AND :'app_b_comes') AS any_is_wrong \gset
\set refused ''
\set ON_ERROR_STOP on
\if :any_is_wrong
-- A value goes from the environment through COPY, whose rows no setting makes the server log, and through a statement
-- inside of a block, whose text pgaudit redacts and no other setting but this one keeps.
CREATE TEMP TABLE given (position int GENERATED ALWAYS AS IDENTITY, password text);
\copy given (password) FROM PROGRAM 'printf "%s\n" "$MIGRATOR_PASSWORD" "$APP_A_PASSWORD" "$APP_B_PASSWORD"' WITH (FORMAT csv, DELIMITER E'\x01', QUOTE E'\x02')
CREATE TEMP TABLE wrong AS
  SELECT * FROM (VALUES (1, :'migrator', :'migrator_comes'::boolean), (2, :'app_a', :'app_a_comes'), (3, :'app_b', :'app_b_comes')) AS login (position, login, comes)
   WHERE NOT comes;
DO $$
DECLARE
  name text;
  secret text;
BEGIN
  IF current_setting('pg_stat_statements.track', true) = 'all' THEN
    RAISE EXCEPTION 'no password was set: pg_stat_statements.track is all and would keep it; top is enough';
  ELSIF (SELECT count(*) FROM given) <> 3 THEN
    RAISE EXCEPTION 'no password was set: one of them has more than one line';
  END IF;
  FOR name, secret IN SELECT login, password FROM wrong JOIN given USING (position) LOOP
    BEGIN
      EXECUTE format('ALTER ROLE %I PASSWORD %L', name, secret);
    EXCEPTION WHEN OTHERS THEN  -- the error itself would bring the statement into the log
      RAISE WARNING 'the password of % was not set: SQLSTATE %', name, SQLSTATE;
    END;
  END LOOP;
END $$;
DROP TABLE given;
\set refused `:try; export PGDATABASE=:'database'; for login in :'migrator' :'app_a' :'app_b'; do case "$login" in :'migrator') password=$MIGRATOR_PASSWORD ;; :'app_a') password=$APP_A_PASSWORD ;; *) password=$APP_B_PASSWORD ;; esac; try "$login" "$password" || printf '%s cannot log in: %s; ' "$login" "$said"; done`
\endif
