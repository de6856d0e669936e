"""Audit: from a model back to its papers. The only reader of traces for people."""
