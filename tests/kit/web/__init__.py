"""Services asked as a person or a program would."""
