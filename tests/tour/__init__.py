"""Takes the pictures of the guided tour from a demonstration that is running."""
