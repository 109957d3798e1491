"""What is arranged with hosts, where orders and remedies are looked for."""
