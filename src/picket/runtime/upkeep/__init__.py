"""Looking after the index: backups, mending, agreement with the files, import."""
