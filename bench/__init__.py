"""What Rollcall costs, printed as ratios: `make bench`."""
