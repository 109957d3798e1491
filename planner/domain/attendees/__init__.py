"""Who comes, in counts without names: what they need, and what that asks of a plan. Begin with counts.py."""
