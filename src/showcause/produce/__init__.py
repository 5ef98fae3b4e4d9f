"""Documents with their decisions in, production volumes, privilege logs and letters out."""
