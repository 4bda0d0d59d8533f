"""PostgreSQL keeps the search index in parts by kind: each has statistics and an index of its own."""

from django.db import migrations

from record.search.index import CREATE, POSTGRESQL_COLUMNS


def part_tables(apps, schema_editor):
    """Takes the entries over into tables in parts, where they are not in parts yet."""
    on = schema_editor.connection
    if on.vendor != "postgresql":
        return
    with on.cursor() as cursor:
        for table in POSTGRESQL_COLUMNS:
            cursor.execute("SELECT relkind FROM pg_class WHERE oid = to_regclass(%s)", [table])
            if cursor.fetchone() == ("p",):
                continue
            for name in (table, f"{table}_pkey", f"{table}_terms"):
                kind = "TABLE" if name == table else "INDEX"
                cursor.execute(f"ALTER {kind} {name} RENAME TO {name}_whole")
            *tables, index = CREATE["postgresql", table]
            for statement in tables:
                cursor.execute(statement)
            cursor.execute(f"INSERT INTO {table} SELECT * FROM {table}_whole")
            cursor.execute(index)
            cursor.execute(f"DROP TABLE {table}_whole")
            cursor.execute(f"ANALYZE {table}")


class Migration(migrations.Migration):
    dependencies = [("record", "0010_printings_by_entry")]

    operations = [migrations.RunPython(part_tables, migrations.RunPython.noop)]
