"""The faces: the command line, the REST API and its pages; each command is one call of the room behind it."""
