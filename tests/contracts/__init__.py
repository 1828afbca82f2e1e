"""What must hold of everything, found by walking models, addresses and source."""
