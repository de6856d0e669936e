"""Money: present value, annuity, capital charge, IRR with a status."""
