"""How fast it is: `make bench`. Nothing here is a test; no test looks at a clock on the wall."""
