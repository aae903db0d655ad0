"""What videos really show, read from files."""
