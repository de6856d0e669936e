"""What a scenario changes of the inputs that a site was sized on."""


def overlaid(base, overlay):
    """A recursive overlay: records are merged, everything else is replaced.

    >>> overlaid({"a": {"b": 1, "c": 2}}, {"a": {"b": 3}})
    {'a': {'b': 3, 'c': 2}}
    """
    if not isinstance(base, dict) or not isinstance(overlay, dict):
        return overlay
    return {key: overlaid(base.get(key), overlay[key]) if key in overlay else base[key] for key in {**base, **overlay}}
