"""Timeline: periods, calendars, the shifting of series, and the one loop over periods."""
