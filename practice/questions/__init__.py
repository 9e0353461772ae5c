"""Questions and the banks that hold them."""
