"""`python -m showcause`: the same command as the script."""

from showcause.faces.cli import main

if __name__ == "__main__":
    main()
