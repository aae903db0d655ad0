"""The index: schema, migrations, one file of queries per table."""
