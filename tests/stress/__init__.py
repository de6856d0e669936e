"""What breaks a site: break-evens found, verified and told."""
