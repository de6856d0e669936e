"""Who published a page: the owner of its address, never the platform that hosts pages for everyone."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple
from urllib.parse import urlparse


class Platform(NamedTuple):
    """A host of other people's pages: they are named by the label before its domain, or by the first part of the path."""

    domain: str
    named_by: str


_BY_LABEL = (
    "amazonaws.com", "azurewebsites.net", "beehiiv.com", "blogspot.com", "bearblog.dev", "cloudfront.net",
    "deno.dev", "firebaseapp.com", "fly.dev", "ghost.io", "github.io", "gitbook.io", "gitlab.io", "herokuapp.com",
    "hf.space", "medium.com", "neocities.org", "netlify.app", "notion.site", "onrender.com", "pages.dev", "q4cdn.com",
    "readthedocs.io", "replit.app", "streamlit.app", "substack.com", "surge.sh", "tumblr.com", "typepad.com",
    "vercel.app", "web.app", "webflow.io", "weebly.com", "wixsite.com", "wordpress.com", "workers.dev",
)  # fmt: skip

_BY_PATH = (
    "bitbucket.org", "docs.google.com", "gist.github.com", "github.com", "gitlab.com", "githubusercontent.com",
    "googleapis.com", "huggingface.co", "issuu.com", "linkedin.com", "notion.so", "scribd.com", "sites.google.com",
    "slideshare.net", "x.com", "youtube.com",
)  # fmt: skip

PLATFORMS = (
    *(Platform(domain, "label") for domain in _BY_LABEL),
    *(Platform(domain, "path") for domain in _BY_PATH),
)
"""Every platform that is known. One that is missing here is taken for a publisher: add its domain."""

_SECOND_LEVELS = frozenset({"ac", "co", "com", "edu", "go", "gov", "ne", "net", "or", "org"})
"""Labels before a country's ending that are no one's name: the `co` of example.co.uk."""

_NO_ONES = frozenset({"", "www", "in", "company", "status", "watch", "document", "presentation", "embed", "view"})
"""Labels and parts of a path that name no owner."""


def platform_of(address: str) -> Platform | None:
    """The platform that an address stands on; none for a publisher's own site.

    >>> platform_of("https://belcourt.vercel.app/AMZN"), platform_of("https://www.sec.gov/x")
    (Platform(domain='vercel.app', named_by='label'), None)
    """
    return _platform_of_host(_host(address))


@functools.cache
def _platform_of_host(host: str) -> Platform | None:
    found = [one for one in PLATFORMS if host == one.domain or host.endswith(f".{one.domain}")]
    return max(found, key=lambda one: len(one.domain), default=None)


def publisher_of(address: str) -> str:
    """The publisher's name as a key begins with it: letters and digits; empty where the address names none.

    >>> [publisher_of(f"https://{one}") for one in ("www.sec.gov/x", "news.example.co.uk", "belcourt.vercel.app/AMZN")]
    ['sec', 'example', 'belcourt']
    >>> [publisher_of(f"https://{one}") for one in ("raw.githubusercontent.com/sanand0/blog", "medium.com/@ann/a")]
    ['sanand0', 'ann']
    """
    host, platform = _host(address), platform_of(address)
    if platform is None:
        return _plain(_registered_label(host))
    owners = host.removesuffix(platform.domain).rstrip(".").split(".")
    if platform.domain == "amazonaws.com":
        owners = [label for label in owners[:1] if not label.startswith("s3")]
    owner = owners[-1] if owners and platform.named_by == "label" else ""
    if owner in _NO_ONES:
        parts = [part for part in urlparse(address).path.lower().split("/") if part not in _NO_ONES]
        owner = parts[0] if parts else ""
    return _plain(owner) or _plain(_registered_label(host))


def names_platform(key: str, address: str) -> bool:
    """Whether the key of a source begins with the name of the platform that copies the page, not of its publisher.

    >>> names_platform("vercel-2026-amzn", "https://belcourt.vercel.app/AMZN")
    True
    >>> names_platform("github-2026-octoverse", "https://github.com/github/octoverse")
    False
    """
    platform, first = platform_of(address), key.split("-")[0].lower()
    if platform is None or first == publisher_of(address):
        return False
    labels = _host(address).split(".") if platform.named_by == "path" else platform.domain.split(".")
    return first in {*map(_plain, labels), "github" if "github" in platform.domain else ""} - {""}


def _host(address: str) -> str:
    return (urlparse(address if "//" in address else f"//{address}").hostname or "").removeprefix("www.")


def _registered_label(host: str) -> str:
    labels = host.split(".")
    if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVELS:
        return labels[-3]
    return labels[-2] if len(labels) > 1 else host


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())
