"""Many scenarios on many machines, by dask.distributed: the same digits as on one core."""
