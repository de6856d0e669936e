"""A check on a rent: how many tokens a unit has to serve to earn it at the price that tokens bring."""

from __future__ import annotations

from overbuild.units import SECONDS_PER_HOUR, Scalar, UsdPerGpuHour


def tokens_to_earn(rent: UsdPerGpuHour, token_price: Scalar) -> Scalar:
    """Tokens a second that a unit has to serve, all hours of the day, so that their price is its rent.

        tokens a second = rent / token price / 3600

    The token price is in USD a token. It leaves nothing for the model, for idle hours or for whoever sells the tokens.
    Source: ours, an identity; a bound from below on what a renter must serve.

    >>> round(tokens_to_earn(2.53, 0.5e-6), 1)
    1405.6
    """
    return rent / token_price / SECONDS_PER_HOUR
