"""What the program is made of: known faults of its components (`audit`) and their list (`components`)."""
