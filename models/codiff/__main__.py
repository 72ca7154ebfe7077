"""`python -m codiff`."""

from codiff.cli import main

if __name__ == "__main__":
    main()
