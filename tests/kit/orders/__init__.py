"""Large days for the order search: published ones, made-up ones, and how PyVRP orders the same."""
