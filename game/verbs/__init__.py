"""What the verbs of the command line do, one module for each that is more than a few lines."""
