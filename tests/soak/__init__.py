"""Long runs that end a service in the worst moments: `make soak`. Begin with crashes.py."""
