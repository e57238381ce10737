"""The commands of `trueline`, one file each with a `register(app)`."""
