"""Which model keeps up with speech on this machine."""
