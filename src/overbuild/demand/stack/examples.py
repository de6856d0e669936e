"""A chain of five layers for the worked numbers of this room: each buys of the one below it, costs shocked."""

from __future__ import annotations

from overbuild.demand.stack.layer import BoughtInput, LayerTerms
from overbuild.demand.stack.model import StackShape, StackTerms
from overbuild.demand.stack.owner import IntegrationTerms, OwnedLayers

SHAPE = StackShape(
    firms=(
        OwnedLayers("integrated", ("chips", "cloud", "model", "app")),
        OwnedLayers("cloud_model", ("cloud", "model")),
        OwnedLayers("api_app", ("app",)),
    ),
    owner="integrated",
    buyer="api_app",
)
"""A firm that owns all but energy, one that owns the middle, and one that buys the model."""

TERMS = StackTerms(
    layers=(
        LayerTerms("energy", 4.0, 0.1, 1.0, 0.4, 0.0, ()),
        LayerTerms("chips", 12.0, 0.6, 0.8, 0.25, 0.0, (BoughtInput("energy", 0.1, None),)),
        LayerTerms("cloud", 9.0, 0.35, 0.7, 0.0, 0.0, (BoughtInput("chips", 1.0, None),)),
        LayerTerms("model", 15.0, 0.45, 0.5, 0.0, 0.0, (BoughtInput("cloud", 0.9, None),)),
        LayerTerms("app", 30.0, 0.55, 0.3, 0.0, 0.0, (BoughtInput("model", 0.5, None),)),
    ),
    integration=IntegrationTerms(1e6, 0.0, 60e6, 5.0, 0.1, 10e6, 0.1, 0.25, (0.2,) * 5),
)
"""Energy costs 40% more and chips 25% more; a million units of the app are sold a year."""
