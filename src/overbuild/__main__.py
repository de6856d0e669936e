"""`python -m overbuild` is the same program as `overbuild`."""

from overbuild.surfaces.cli import main

if __name__ == "__main__":
    main()
