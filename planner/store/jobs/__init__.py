"""Jobs: the table, and questions to it."""
