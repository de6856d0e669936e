"""Write every reference page into the folder named, or into docs/reference."""

from __future__ import annotations

import sys

from overbuild.surfaces.reference.pages import main

if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "docs/reference")
