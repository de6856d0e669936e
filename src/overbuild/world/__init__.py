"""What we assume: typed inputs, case files and presets."""
