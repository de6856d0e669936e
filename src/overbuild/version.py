"""The version of the package; the build and every answer read it here."""

__version__ = "0.1.0"
