"""Some cameras in a process: read, record, analyse, listen."""
