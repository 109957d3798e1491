"""The list of visits, publishing one, and what follows."""
