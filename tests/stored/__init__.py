"""What earlier states of the program have stored, each in a folder by its commit. Begin here: README.md."""
