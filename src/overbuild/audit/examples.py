"""One small site for the worked numbers of this room."""

from __future__ import annotations

from overbuild.audit.origins import Origins
from overbuild.equations import flatten
from overbuild.old_site.examples import PLAN
from overbuild.old_site.model import model_of
from overbuild.old_site.sizing.sizing import size

SITE = Origins(PLAN, size(PLAN), model_of, {path: (path,) for path in flatten(PLAN)})
