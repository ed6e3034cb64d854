"""What `rollcall doctor` looks at: one small function a check, grouped by where it looks."""
