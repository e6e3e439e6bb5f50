"""Agreement files: reading them, refusing them, comparing them."""
