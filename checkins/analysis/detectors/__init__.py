"""What is pointed out: a file per detector, and beside it what only detectors need. The engine runs them all."""
