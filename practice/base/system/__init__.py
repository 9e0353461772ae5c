"""What differs between Linux, macOS and Windows: no other room asks which of them it runs on."""
