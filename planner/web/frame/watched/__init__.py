"""What a machine that watches over the service asks: figures for Prometheus."""
