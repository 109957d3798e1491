"""What a worker does beside its requests: what nobody waits for. Begin with later.py."""
