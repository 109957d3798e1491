"""Two recordings side by side. Begin here: `differences` says what one is, `__main__` lists them all."""
