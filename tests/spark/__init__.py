"""The kernel in real Spark: several executors, each a Java machine with Python processes of its own."""
