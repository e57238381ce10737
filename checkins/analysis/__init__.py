"""Numbers from answers: arrays, detectors, and the digest of a week. Runs in a child process, so it may use numpy."""
