-- What the role of readers' pages may read: the record's tables, and which migrations were applied. No drafts, no
-- withheld names, no accounts. Run it as the owner of the tables, and again after an upgrade that adds tables; bin/install
-- does both. The role itself is made before:  CREATE ROLE claimtrack_reader LOGIN;
-- The owner of the tables becomes a member of it, so that a restore may end its connections.
ALTER ROLE claimtrack_reader SET default_transaction_read_only = on;
ALTER ROLE claimtrack_reader SET statement_timeout = '10s';
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO claimtrack_reader;
DO $$
DECLARE
    readable text;
    owner text;
BEGIN
    SELECT tableowner INTO owner FROM pg_tables WHERE schemaname = 'public' AND tablename = 'record_publication';
    EXECUTE format('GRANT claimtrack_reader TO %I', owner);
    FOR readable IN
        SELECT format('%I.%I', schemaname, tablename)
        FROM pg_tables
        WHERE schemaname = 'public' AND (tablename LIKE 'record\_%' OR tablename = 'django_migrations')
    LOOP
        EXECUTE 'GRANT SELECT ON ' || readable || ' TO claimtrack_reader';
    END LOOP;
END
$$;
