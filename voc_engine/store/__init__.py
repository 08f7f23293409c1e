"""The only room that knows Parquet, DuckDB and SQLite."""
